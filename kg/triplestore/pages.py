"""The pages that `kg serve` has beside Oxigraph's own: the graph, and the query pack with a link to ask each."""

from __future__ import annotations

import re
import socket
import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

from kg.triplestore.pack import queries

QUERIES = "/queries"
_HOST = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d+)?")
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "li{margin:.6rem 0}small{display:block;opacity:.75}"
)


class Pages(ThreadingHTTPServer):
    """Serves the graph's page at `/`, where there is one, and the queries; nothing else."""

    daemon_threads = True

    def __init__(self, host: str, port: int, query_port: int, graph: bytes | None) -> None:
        """Listen; links lead to `query_port` of the host that the browser asks."""
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.query_port, self.graph = query_port, graph
        super().__init__((host, port), _Handler)
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Stop."""
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Pages

    def do_GET(self) -> None:
        """Answer with the page of the path, else 404."""
        body = self.server.graph if self.path == "/" else None
        if self.path == QUERIES:
            host = _HOST.fullmatch(self.headers.get("Host", ""))
            body = query_list(f"http://{host[1] if host else '127.0.0.1'}:{self.server.query_port}/").encode()
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def query_list(address: str) -> str:
    """Return the page of the query pack; each link opens the query page at `address` with the query filled in."""
    endpoint = quote(f"{address}query", safe="")
    rows = "".join(
        f'<li><a href="{escape(address)}#query={quote(query.text, safe="")}&amp;endpoint={endpoint}">'
        f"{escape(query.title)}</a><small>{escape(query.asks)}</small></li>\n"
        for query in queries().values()
    )
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Queries</title><style>{_STYLE}</style>\n'
        "<h1>Queries</h1>\n<p>Each opens with names from the sample articles: put others in its line VALUES, "
        f"then press the arrow.</p>\n<ul>\n{rows}</ul>\n</html>\n"
    )
