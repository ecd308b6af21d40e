"""The real Oxigraph server over a graph, and the graph's page beside it."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.errors import MissingExtraError, StoreError
from kg.triplestore.embedded import load_store
from kg.triplestore.engines import EXTRA
from kg.triplestore.sources import Source

PORT = 7878
STARTS = 60.0
"""Seconds in which the server must answer."""


class Served:
    """A server that runs: the addresses of the query page and of the graph page (None for a store or RDF file)."""

    def __init__(self, process: subprocess.Popen[bytes], query: str, page: str | None) -> None:
        self._process = process
        self.query, self.page = query, page

    def wait(self) -> int:
        """Wait for the server to end, and return its exit status."""
        return self._process.wait()


@contextmanager
def serve(graph: str | Path, *, host: str = "127.0.0.1", port: int = PORT, write: bool = False) -> Iterator[Served]:
    """Run the Oxigraph server over a graph until the block ends.

    Queries go to `/query` of `port`, with `write` updates to `/update` and graphs to `/store`; the graph's page is at
    the next port. A folder or file is loaded into a store that is gone afterwards; a store of `kg load` is served
    itself. Raises StoreError when it cannot start and MissingExtraError without the server.
    """
    program, source = _program(), Source.of(graph)
    with TemporaryDirectory(prefix="kg-") as folder:
        place = source.path if source.store else Path(folder, "store")
        if not source.store:
            load_store(graph, place)
        page = _page(source, Path(folder), host, port + 1)
        with Path(folder, "log").open("wb") as log:
            command = [program, "serve" if write else "serve-read-only"]
            process = subprocess.Popen(
                [*command, "--location", str(place), "--bind", f"{host}:{port}"], stdout=log, stderr=log
            )
        try:
            _await(process, host, port, Path(folder, "log"))
            yield Served(process, f"http://{host}:{port}/", None if page is None else f"http://{host}:{port + 1}/")
        finally:
            process.terminate()
            process.wait()
            if page is not None:
                page.shutdown()
                page.server_close()


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
        probe = HTTPConnection(host, port, timeout=5)
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
    raise StoreError(f"the Oxigraph server did not start at {host}:{port} ({said[:300]}); choose another --port")


def _page(source: Source, folder: Path, host: str, port: int) -> ThreadingHTTPServer | None:
    """Serve the page of a folder's graph, that one file and nothing else, from a thread."""
    if source.store or source.form is not None:
        return None
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

    try:
        server = ThreadingHTTPServer((host, port), Page)
    except OSError as error:
        raise StoreError(
            f"the page cannot be served at {host}:{port} ({error.strerror}); choose another --port"
        ) from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
