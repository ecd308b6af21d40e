"""A small store for the Graph Store Protocol on loopback that fails when told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.serving import HERE, Handler, running

Fault = Callable[[int, str], int | None]
"""Given the number of a request and its method, the status to answer with; 0 to hang up half-way, None to do it."""


class Faulty(ThreadingHTTPServer):
    """Keeps graphs by name; `fault` decides what becomes of each request."""

    def __init__(self) -> None:
        super().__init__(HERE, Graphs)
        self.graphs: dict[str, bytes] = {}
        self.requests: list[tuple[str, str, str | None]] = []
        self.fault: Fault = lambda number, method: None
        self.said: tuple[bytes, dict[str, str]] = (b"no", {})
        """Body and headers of an answer that is a fault."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing where the other side hung up."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/store"


class Graphs(Handler):
    protocol_version = "HTTP/1.1"
    server: Faulty

    def _do(self) -> None:
        name = parse_qs(urlsplit(self.path).query)["graph"][0]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        store = self.server
        store.requests.append((self.command, name, self.headers.get("Authorization")))
        status = store.fault(len(store.requests), self.command)
        if status == 0:
            self.close_connection = True
            self.wfile.write(b"HTTP/1.1 20")
            return
        answer, headers = store.said
        if status is None:
            status, answer = self._kept(name, body)
            headers = {}
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _kept(self, name: str, body: bytes) -> tuple[int, bytes]:
        graphs = self.server.graphs
        if self.command == "PUT":
            graphs[name] = body
            return 201, b""
        if self.command == "POST":
            graphs[name] = graphs.get(name, b"") + body
            return 204, b""
        if name not in graphs:
            return 404, b""
        return 200, graphs.pop(name) if self.command == "DELETE" else graphs[name]

    do_GET = do_PUT = do_POST = do_DELETE = _do  # noqa: N815 - the names that http.server calls


@contextmanager
def faulty() -> Iterator[Faulty]:
    with running(Faulty()) as server:
        yield server
