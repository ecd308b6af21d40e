"""The real Oxigraph server over a graph, and the graph's page beside it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.errors import MissingExtraError, StoreError
from kg.triplestore.embedded import load_store
from kg.triplestore.engines import EXTRA, only_named, oxigraph_store
from kg.triplestore.sources import Source

PORT = 7878
STARTS = 60.0
"""Seconds in which the server must answer."""
LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Where this machine itself reaches what listens at every address."""


class Served:
    """A server that runs: the addresses of the query page and of the graph page (None for a store or RDF file)."""

    def __init__(self, process: subprocess.Popen[bytes], query: str, page: str | None) -> None:
        self._process = process
        self.query, self.page = query, page

    def wait(self) -> int:
        """Wait for the server to end, and return its exit status."""
        return self._process.wait()


@contextmanager
def serve(
    graph: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = PORT,
    write: bool = False,
    base: str | None = None,
    named_graphs: bool = False,
) -> Iterator[Served]:
    """Run the Oxigraph server over a graph until the block ends.

    Queries go to `/query` of `port`, with `write` updates to `/update` and graphs to `/store`; the graph's page is at
    the next port. A folder or file is loaded into a store that is gone afterwards, with `base` and `named_graphs` as
    `load_store` has them; a store of `kg load` is served itself. Raises StoreError when it cannot start, as where
    a port is taken, and MissingExtraError without the server.
    """
    program, source = _program(), Source.of(graph, base)
    for one in (port, port + 1) if _has_page(source) else (port,):
        _check_free(host, one)
    with TemporaryDirectory(prefix="kg-") as folder:
        place = source.path if source.store else Path(folder, "store")
        if not source.store:
            load_store(graph, place, base=base, named_graphs=named_graphs)
        union = ["--union-default-graph"] if source.store and only_named(oxigraph_store(source)) else []
        page = _page(source, Path(folder), host, port + 1) if _has_page(source) else None
        with Path(folder, "log").open("wb") as log:
            command = [program, "serve" if write else "serve-read-only", *union, "--location", str(place)]
            process = subprocess.Popen([*command, "--bind", f"{_in_url(host)}:{port}"], stdout=log, stderr=log)
        try:
            _await(process, host, port, Path(folder, "log"))
            shown = _in_url(LOOPBACK.get(host, host))
            yield Served(process, f"http://{shown}:{port}/", None if page is None else f"http://{shown}:{port + 1}/")
        finally:
            process.terminate()
            process.wait()
            if page is not None:
                page.shutdown()
                page.server_close()


def is_loopback(host: str) -> bool:
    """Return whether only programs on this machine reach what listens at an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _has_page(source: Source) -> bool:
    return not source.store and source.form is None


def _check_free(host: str, port: int) -> None:
    """Raise StoreError for a port that is taken: whatever has it would be taken for the server that is to start."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise StoreError(
            f"{_in_url(host)}:{port} cannot be served at ({error.strerror}); choose another --port"
        ) from error


def _program() -> str:
    beside = Path(sysconfig.get_path("scripts"), "oxigraph")
    found = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if found is None:
        raise MissingExtraError("the Oxigraph server", EXTRA)
    return found


def _await(process: subprocess.Popen[bytes], host: str, port: int, log: Path) -> None:
    """Return when the server answers; raises StoreError with its own words when it ends or takes too long."""
    ends = time.monotonic() + STARTS
    while process.poll() is None and time.monotonic() < ends:
        probe = HTTPConnection(LOOPBACK.get(host, host), port, timeout=5)
        try:
            probe.request("GET", "/")
            probe.getresponse().read()
            if process.poll() is None:
                return
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            probe.close()
    said = " ".join(log.read_text(encoding="utf-8", errors="replace").split()) or "no answer"
    raise StoreError(f"the Oxigraph server did not start at {_in_url(host)}:{port} ({said[:300]})")


def _page(source: Source, folder: Path, host: str, port: int) -> ThreadingHTTPServer:
    """Serve the page of a folder's graph, that one file and nothing else, from a thread."""
    body = source.graph.to_html(folder / "graph.html").read_bytes()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path == "/"
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body) if known else 0))
            self.end_headers()
            self.wfile.write(body if known else b"")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

    server = Server((host, port), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
