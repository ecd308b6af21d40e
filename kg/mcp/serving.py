"""Runs the server over standard input and output, or at a port of this machine."""

from __future__ import annotations

import signal
import socket
import sys
from contextlib import suppress

from kg.errors import MissingExtraError, StoreError
from kg.graph.knowledge_graph import KnowledgeGraph

HOST = "127.0.0.1"
"""Anybody who reaches the server may ask it, so only this machine does."""


def check_extra() -> None:
    """Raise MissingExtraError unless the SDK is installed."""
    try:
        import mcp.server.mcpserver  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("kg mcp", "mcp") from error


def serve_standard_streams(graph: KnowledgeGraph) -> None:
    """Serve the client at standard input and output until it closes them; what else prints goes to standard error."""
    from kg.mcp.server import graph_server

    server = graph_server(graph)
    # The thread that reads standard input cannot be woken, and there is nothing to save.
    with suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    server.run("stdio")


def serve_at_port(graph: KnowledgeGraph, port: int) -> None:
    """Serve over streamable HTTP at /mcp of a port of this machine until Ctrl+C or SIGTERM.

    Requests must name this machine as their host and origin, so that no web page reaches the server by a name of its
    own. Raises StoreError when the port is taken.
    """
    import uvicorn

    from kg.mcp.server import graph_server

    with _listening(port) as listener:
        app = graph_server(graph).streamable_http_app(host=HOST)
        print(f"http://{HOST}:{listener.getsockname()[1]}/mcp", file=sys.stderr, flush=True)
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=2)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _listening(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise StoreError(f"{HOST}:{port} cannot be served at ({error.strerror}); choose another --port") from error
    return listener
