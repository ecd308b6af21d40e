"""`kg sparql`, `kg load` and `kg serve`: a graph in triple stores."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options as opt

if TYPE_CHECKING:
    from kg.triplestore.answers import Answer


Base = Annotated[
    str | None,
    typer.Option(
        help="Namespace of the IRIs made for a folder or graph.json, like https://example.org/kg/.",
        show_default="https://w3id.org/korean-news-kg/",
    ),
]
NamedGraphs = Annotated[
    bool,
    typer.Option("--named-graphs", help="Beside the default graph with everything a graph for each article."),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command(epilog="Example: kg sparql exports partners --set name=카카오")(sparql)
    app.command(epilog="Example: kg load exports --store exports/oxigraph")(load)
    app.command(epilog="Example: kg serve exports --port 7878")(serve)


def sparql(
    graph: Annotated[
        Path | None,
        typer.Argument(help="Folder that kg build wrote, its graph.json, an RDF file, or a store that kg load made."),
    ] = None,
    query: Annotated[
        str | None,
        typer.Argument(help="SPARQL, a .rq file, - for standard input, or the name of a query that --list shows."),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="Value of a parameter of a query by name, like name=카카오; again for several values."
        ),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the queries that have a name.")] = False,
    as_json: opt.AsJson = False,
    as_csv: opt.AsCsv = False,
) -> None:
    """Ask a graph in SPARQL 1.1; the prefixes of the schema are known. CONSTRUCT prints N-Triples."""
    from kg.triplestore.engines import ask

    if listed:
        _show_queries(as_json, as_csv)
        return
    if graph is None or query is None:
        raise typer.BadParameter("give a graph and a query, or --list")
    if as_json and as_csv:
        raise typer.BadParameter("--json and --csv exclude each other")
    _print(ask(graph, _text(query, values or [])), as_json, as_csv)


def load(
    graph: Annotated[
        Path, typer.Argument(help="Folder that kg build wrote, its graph.json, or an RDF file.", show_default=False)
    ],
    store: Annotated[Path | None, typer.Option(help="Folder of an Oxigraph store, made or replaced.")] = None,
    endpoint: Annotated[
        str | None,
        typer.Option(
            help="Address of a store for the SPARQL 1.1 Graph Store Protocol, like http://127.0.0.1:7878/store."
        ),
    ] = None,
    update: Annotated[
        str | None, typer.Option(help="Address of a store that takes SPARQL 1.1 Update alone; everything is sent.")
    ] = None,
    base: Base = None,
    named_graphs: NamedGraphs = False,
    default_graph: Annotated[
        bool,
        typer.Option("--default-graph", help="At --endpoint: one graph, in place of all that the default graph has."),
    ] = False,
    prune: Annotated[
        bool,
        typer.Option("--prune", help="At --endpoint: delete articles that are gone, however many."),
    ] = False,
) -> None:
    """Load a graph into a triple store: a folder of Oxigraph's, or any store at an address.

    At an address each article has a named graph, replaced whole. What has not changed since the last load is not sent
    again, so a load that was cut off goes on where it stopped; articles that are gone are deleted. A graph with
    another --base is another one and stays. KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN, log in.
    """
    from kg.triplestore.connection import Login, shown
    from kg.triplestore.embedded import load_store
    from kg.triplestore.endpoint import load_default, load_endpoint
    from kg.triplestore.update import load_update

    if sum(place is not None for place in (store, endpoint, update)) != 1:
        raise typer.BadParameter("give one of --store, --endpoint and --update")
    if (named_graphs and store is None) or ((default_graph or prune) and endpoint is None) or (default_graph and prune):
        raise typer.BadParameter("--named-graphs goes with --store, --default-graph or --prune with --endpoint")
    login = Login.of_environment()
    if store is not None:
        typer.echo(f"{load_store(graph, store, base=base, named_graphs=named_graphs)} triples in {store}")
    elif endpoint is not None and default_graph:
        load_default(graph, endpoint, login, base=base)
        typer.echo(f"default graph sent to {shown(endpoint)}")
    elif endpoint is not None:
        done = load_endpoint(graph, endpoint, login, base=base, prune=prune)
        typer.echo(f"{done.sent} graphs sent, {done.unchanged} unchanged, {done.deleted} deleted at {shown(endpoint)}")
    elif update is not None:
        typer.echo(f"{load_update(graph, update, login, base=base)} graphs sent to {shown(update)}")


def serve(
    graph: Annotated[
        Path,
        typer.Argument(
            help="Folder that kg build wrote, its graph.json, an RDF file, or a store that kg load made.",
            show_default=False,
        ),
    ],
    port: Annotated[int, typer.Option(min=1, max=65534, help="Port of the queries; the next one has the page.")] = 7878,
    host: Annotated[
        str, typer.Option(help="Address to listen at; others than this machine reach 0.0.0.0.")
    ] = "127.0.0.1",
    base: Base = None,
    named_graphs: NamedGraphs = False,
    write: Annotated[
        bool, typer.Option("--write", help="Allow updates; they last where the graph is a store.")
    ] = False,
) -> None:
    """Serve a graph with the Oxigraph server, query page included, and the graph's page; Ctrl+C ends it."""
    from kg.triplestore.server import is_loopback
    from kg.triplestore.server import serve as serve_here

    if not is_loopback(host):
        typer.echo(f"warning: at {host} other machines reach this without a password", err=True)
        if write:
            typer.echo("warning: and --write lets them change it", err=True)
    typer.echo(f"loading {graph}", err=True)
    # Ended like Ctrl+C, so that the server does not stay behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    status = 0
    serving = serve_here(graph, host=host, port=port, write=write, base=base, named_graphs=named_graphs)
    with suppress(KeyboardInterrupt), serving as served:
        typer.echo(f"queries:  {served.query}")
        typer.echo(f"examples: {served.examples}")
        if served.page is not None:
            typer.echo(f"graph:    {served.page}")
        typer.echo("Ctrl+C ends it", err=True)
        status = served.wait()
    if status:
        raise typer.Exit(1)


def _show_queries(as_json: bool, as_csv: bool) -> None:
    from dataclasses import asdict

    from kg.cli.screen import show
    from kg.triplestore.pack import queries

    known = queries().values()
    rows = [(q.name, q.title, "; ".join(f"{p.name}={p.default}" for p in q.parameters)) for q in known]
    show(f"{len(rows)} queries", ("name", "title", "parameters"), rows, map(asdict, known), as_json, as_csv)


def _text(query: str, given: list[str]) -> str:
    """Return the SPARQL that an argument stands for."""
    from kg.errors import InputError
    from kg.triplestore.pack import named

    if query == "-":
        text = sys.stdin.read()
    elif query.endswith(".rq"):
        try:
            text = Path(query).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{query}: cannot be read ({error}); give a query in UTF-8") from error
    elif not any(char in query for char in " \t\n{"):
        return named(query).fill(_values(given))
    else:
        text = query
    if given:
        raise typer.BadParameter("--set fills queries by name; kg sparql --list shows them")
    return text


def _values(given: list[str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise typer.BadParameter(f"--set {one}: write name=value")
        values.setdefault(name, []).append(value)
    return values


def _print(answer: Answer, as_json: bool, as_csv: bool) -> None:
    from kg.cli.screen import print_csv, print_json, print_table
    from kg.triplestore.engines import known_prefixes

    if as_json:
        print_json(answer.json())
    elif answer.boolean is not None:
        shown = str(answer.boolean).lower()
        typer.echo(f"answer\n{shown}" if as_csv else shown)
    elif as_csv:
        print_csv(answer.variables, answer.cells())
    elif answer.graph:
        typer.echo(answer.ntriples(), nl=False)
    else:
        print_table(f"{len(answer.rows)} rows", answer.variables, answer.cells(known_prefixes()))
