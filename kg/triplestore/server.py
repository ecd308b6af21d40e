"""The real Oxigraph server over a graph, and pages beside it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.errors import MissingExtraError, StoreError
from kg.triplestore.embedded import load_store
from kg.triplestore.engines import EXTRA, only_named, oxigraph_store
from kg.triplestore.pages import QUERIES, Pages
from kg.triplestore.sources import Source

PORT = 7878
STARTS = 60.0
"""Seconds in which the server must answer."""
LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Where this machine itself reaches what listens at every address."""


class Served:
    """A server that runs: the addresses of its query page, of a list of queries and of the graph's page.

    `page` is None for a store or RDF file.
    """

    def __init__(self, process: subprocess.Popen[bytes], query: str, examples: str, page: str | None) -> None:
        self._process = process
        self.query, self.examples, self.page = query, examples, page

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

    Queries go to `/query` of `port`, with `write` updates to `/update` and graphs to `/store`; the graph's page and the
    list of queries are at the next port. A folder or file is loaded into a store that is gone afterwards, with `base`
    and `named_graphs` as `load_store` has them; a store of `kg load` is served itself. Raises StoreError when it cannot
    start, as where a port is taken, and MissingExtraError without the server.
    """
    program, source = _program(), Source.of(graph, base)
    for one in (port, port + 1):
        _check_free(host, one)
    with TemporaryDirectory(prefix="kg-") as folder:
        place = source.path if source.store else Path(folder, "store")
        if not source.store:
            load_store(graph, place, base=base, named_graphs=named_graphs)
        union = ["--union-default-graph"] if source.store and only_named(oxigraph_store(source)) else []
        graph_page = None
        if not source.store and source.form is None:
            graph_page = source.graph.to_html(Path(folder, "graph.html")).read_bytes()
        command = [program, "serve" if write else "serve-read-only", *union, "--location", str(place)]
        log = Path(folder, "log")
        with closing(Pages(host, port + 1, port, graph_page)), log.open("wb") as out:
            process = subprocess.Popen([*command, "--bind", f"{_in_url(host)}:{port}"], stdout=out, stderr=out)
            try:
                _await(process, host, port, log)
                shown = _in_url(LOOPBACK.get(host, host))
                page = f"http://{shown}:{port + 1}"
                yield Served(process, f"http://{shown}:{port}/", f"{page}{QUERIES}", f"{page}/" if graph_page else None)
            finally:
                process.terminate()
                process.wait()


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
