"""HTTP servers of tests: on loopback, silent, for the length of a block."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

Server = TypeVar("Server", bound=ThreadingHTTPServer)
HERE = ("127.0.0.1", 0)
"""Any free port of this machine."""


class Handler(BaseHTTPRequestHandler):
    """Answers without writing a line of each request to standard error."""

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Run a server in a thread, and close it in the end."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
