"""`kg mcp`: a graph for language-model agents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: kg mcp exports")(mcp)


def mcp(
    graph: Annotated[
        Path,
        typer.Argument(help="Folder that kg build wrote, its graph.json, an RDF file or a store.", show_default=False),
    ],
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            help="Serve HTTP at this port of 127.0.0.1 instead; 0 takes a free one.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Serve a graph to language-model agents over the Model Context Protocol, on standard input and output.

    A client starts this command itself; `--port` serves at http://127.0.0.1:PORT/mcp until Ctrl+C.
    """
    from kg.mcp.serving import check_extra, serve_at_port, serve_standard_streams
    from kg.run.api import load

    check_extra()
    found = load(graph)
    counts = f"{len(found.entities())} entities, {len(found)} relations from {found.articles} articles"
    typer.echo(f"{graph}: {counts}", err=True)
    if port is None:
        typer.echo("serving a client on standard input and output", err=True)
        serve_standard_streams(found)
    else:
        serve_at_port(found, port)
