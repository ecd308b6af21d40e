"""`kg add`, `kg retract` and `kg articles`: articles in and out of the store of a folder."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from kg.cli import options as opt

COLUMNS = ("id", "date", "publisher", "title")


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command(epilog="Example: kg add exports news.csv --text-column 본문 --publisher 한빛일보")(add)
    app.command(epilog="Example: kg retract exports 3f2a9c0d51e87b64")(retract)
    app.command(epilog="Example: kg articles exports --csv")(articles)


def add(
    folder: opt.Folder,
    paths: opt.Paths,
    export: opt.Export = True,
    date: opt.Date = None,
    publisher: opt.Publisher = None,
    clean: opt.Clean = True,
    workers: opt.Workers = None,
    max_failure_rate: opt.MaxFailureRate = 0.5,
    id_column: opt.IdColumn = None,
    title_column: opt.TitleColumn = None,
    text_column: opt.TextColumn = None,
    date_column: opt.DateColumn = None,
    publisher_column: opt.PublisherColumn = None,
    url_column: opt.UrlColumn = None,
) -> None:
    """Take articles into the graph of a folder, in place of those of the same id that have changed."""
    from kg.cli.screen import ProgressBar
    from kg.run import local
    from kg.run.api import extractor
    from kg.run.extraction import ExtractOptions
    from kg.run.outputs import make_folder
    from kg.store import DocumentStore, store_file

    columns = (id_column, title_column, text_column, date_column, publisher_column, url_column)
    read = opt.read_options(date, publisher, clean, columns)
    options = ExtractOptions(read, workers, max_failure_rate=max_failure_rate)
    make_folder(store_file(folder).parent)
    with ProgressBar() as bar, DocumentStore(folder) as store:
        stdin = opt.standard_input(paths)
        intake = local.add(store, paths, options, extractor(), write=export, stdin=stdin, watch=bar)
        held = len(store)
    typer.echo(
        f"{intake.added} articles added, {intake.replaced} replaced, {intake.unchanged} unchanged; {held} in {folder}"
    )
    intake.extraction.check_rate()


def retract(
    folder: opt.Folder,
    ids: Annotated[list[str], typer.Argument(help="Ids of articles; kg articles lists them.", show_default=False)],
    export: opt.Export = True,
) -> None:
    """Take articles out of the graph of a folder, with all that rests on them alone."""
    from kg.cli.screen import ProgressBar
    from kg.run import local
    from kg.store import DocumentStore

    with ProgressBar() as bar, DocumentStore(folder, create=False) as store:
        before = len(store)
        local.retract(store, ids, write=export, watch=bar)
        held = len(store)
    typer.echo(f"{before - held} articles taken out; {held} in {folder}")


def articles(folder: opt.Folder, as_json: opt.AsJson = False, as_csv: opt.AsCsv = False) -> None:
    """List the articles of a folder's graph, by id."""
    from kg.cli.screen import print_csv, print_table
    from kg.store import DocumentStore

    if as_json and as_csv:
        raise typer.BadParameter("--json and --csv exclude each other")
    with DocumentStore(folder, create=False) as store:
        found = [asdict(article) for article in store.articles()]
    rows = [[article[column] for column in COLUMNS] for article in found]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif as_csv:
        print_csv(COLUMNS, rows)
    else:
        print_table(f"{len(found)} articles", COLUMNS, rows)
