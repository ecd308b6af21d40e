"""`kg sparql`, `kg load` and `kg serve`: a graph in triple stores."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options as opt

if TYPE_CHECKING:
    from kg.triplestore.answers import Answer


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
    user: Annotated[str | None, typer.Option(envvar="KG_ENDPOINT_USER", help="User at the endpoint.")] = None,
    password: Annotated[
        str | None, typer.Option(envvar="KG_ENDPOINT_PASSWORD", help="Password; better in the variable.")
    ] = None,
    token: Annotated[
        str | None, typer.Option(envvar="KG_ENDPOINT_TOKEN", help="Bearer token; better in the variable.")
    ] = None,
) -> None:
    """Load a graph into a triple store: a folder of Oxigraph's, or any store at an address.

    At an address each article has a named graph, replaced whole. What has not changed since the last load is not sent
    again, so a load that was cut off goes on where it stopped.
    """
    from kg.triplestore.connection import Login
    from kg.triplestore.embedded import load_store
    from kg.triplestore.endpoint import load_endpoint
    from kg.triplestore.update import load_update

    if sum(place is not None for place in (store, endpoint, update)) != 1:
        raise typer.BadParameter("give one of --store, --endpoint and --update")
    login = Login(user, password, token)
    if store is not None:
        typer.echo(f"{load_store(graph, store)} triples in {store}")
    elif endpoint is not None:
        done = load_endpoint(graph, endpoint, login)
        typer.echo(f"{done.sent} graphs sent, {done.unchanged} unchanged, {done.deleted} deleted at {endpoint}")
    elif update is not None:
        typer.echo(f"{load_update(graph, update, login)} graphs sent to {update}")


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
    write: Annotated[
        bool, typer.Option("--write", help="Allow updates; they last where the graph is a store.")
    ] = False,
) -> None:
    """Serve a graph with the Oxigraph server, query page included, and the graph's page; Ctrl+C ends it."""
    from kg.triplestore.server import serve as serve_here

    with serve_here(graph, host=host, port=port, write=write) as served:
        typer.echo(f"queries: {served.query}")
        if served.page is not None:
            typer.echo(f"page:    {served.page}")
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
