"""A graph served to language-model agents over the Model Context Protocol.

`answers` says what is asked and answered, `server` offers it as tools, resources and prompts; the SDK, the package
`mcp` (extra `mcp`), is imported by `server` and `serving` alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["serve"]


def serve(graph: KnowledgeGraph | str | Path, *, port: int | None = None) -> None:
    """Serve a graph until the client ends the conversation: over standard input and output, or at a port.

    `graph` is one in memory, or whatever `kg.load` takes. With `port` it is served over streamable HTTP at
    http://127.0.0.1:PORT/mcp, to programs of this machine alone; 0 takes any free port, which standard error names.
    Raises MissingExtraError without the extra `mcp`, and StoreError when the port is taken.
    """
    from kg.mcp.serving import check_extra, serve_at_port, serve_standard_streams
    from kg.run.api import load

    check_extra()
    if isinstance(graph, str | Path):
        graph = load(graph)
    if port is None:
        serve_standard_streams(graph)
    else:
        serve_at_port(graph, port)
