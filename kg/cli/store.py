"""`kg add`, `kg retract`, `kg articles`, `kg explain` and `kg review`: the store of a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options as opt
from kg.run.limits import ARTICLE_TIMEOUT, WORKER_MEMORY

if TYPE_CHECKING:
    from kg.store.explaining import Judged

COLUMNS = ("id", "date", "publisher", "title")
SEEN = ("date", "article", "name", "aliases", "titles", "employers", "mentions", "headline")
JUDGED = ("verdict", "score", "left", "left id", "right", "right id", "reasons", "first article", "second article")


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command(epilog="Example: kg add exports news.csv --text-column 본문 --publisher 한빛일보")(add)
    app.command(epilog="Example: kg retract exports 3f2a9c0d51e87b64")(retract)
    app.command(epilog="Example: kg articles exports --csv")(articles)
    app.command(epilog="Example: kg explain exports 카카오")(explain)
    app.command(epilog="Example: kg review exports --type Person --limit 20")(review)


def add(
    folder: opt.Folder,
    paths: opt.Paths,
    export: opt.Export = True,
    date: opt.Date = None,
    publisher: opt.Publisher = None,
    clean: opt.Clean = True,
    language: opt.Language = None,
    extractor: opt.Extractor = None,
    workers: opt.Workers = None,
    max_failure_rate: opt.MaxFailureRate = 0.5,
    article_timeout: opt.ArticleTimeout = ARTICLE_TIMEOUT,
    worker_memory: opt.WorkerMemory = WORKER_MEMORY,
    id_column: opt.IdColumn = None,
    title_column: opt.TitleColumn = None,
    text_column: opt.TextColumn = None,
    date_column: opt.DateColumn = None,
    publisher_column: opt.PublisherColumn = None,
    url_column: opt.UrlColumn = None,
) -> None:
    """Take articles into the graph of a folder, in place of those of the same id that have changed."""
    from kg.cli.screen import ProgressBar
    from kg.run import given, local
    from kg.run.outputs import make_store_folder
    from kg.store import DocumentStore

    options = given.extract_options(
        date=date,
        publisher=publisher,
        columns=opt.named(id_column, title_column, text_column, date_column, publisher_column, url_column),
        clean=clean,
        language=language,
        extractor=extractor,
        workers=workers,
        max_failure_rate=max_failure_rate,
        article_timeout=article_timeout,
        worker_memory=worker_memory,
        last=given.last_settings(folder),
    )
    stage = given.stage_of(options)
    make_store_folder(folder)
    with local.no_empty_store(folder), ProgressBar() as bar, DocumentStore(folder) as store:
        stdin = opt.standard_input(paths)
        intake = local.add(store, paths, options, stage, write=export, stdin=stdin, watch=bar)
        held = len(store)
    typer.echo(
        f"{intake.added} articles added, {intake.replaced} replaced, {intake.unchanged} unchanged; {held} in {folder}"
    )
    opt.print_report(stage)
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
    from kg.cli.screen import show
    from kg.store import DocumentStore

    with DocumentStore(folder, create=False) as store:
        found = [asdict(article) for article in store.articles()]
    rows = [[article[column] for column in COLUMNS] for article in found]
    show(f"{len(found)} articles", COLUMNS, rows, found, as_json, as_csv)


def explain(
    folder: opt.Folder,
    name: Annotated[str, typer.Argument(help="Name, alias or id of an entity.", show_default=False)],
    as_json: opt.AsJson = False,
) -> None:
    """Show why what articles name was taken for one entity: what each calls it, and the judgements on pairs."""
    from kg.cli.screen import print_table, printable, show
    from kg.store import CORRECTIONS, DocumentStore

    with DocumentStore(folder, create=False) as store:
        found = store.explain(name)
    entity = found.entity
    seen = [[_cell(asdict(one)[column]) for column in SEEN] for one in found.seen]
    title = f"{entity.name} ({entity.subtype or entity.type}, {entity.id}): {len(seen)} appearances"
    show(title, SEEN, seen, asdict(found), as_json, False)
    if not as_json:
        for entry in found.by_hand:
            typer.echo(f"{CORRECTIONS}: {printable(entry)}")
        for title, judged in (("Most like which one before", found.links), ("Judgements", found.judged)):
            if judged:
                print_table(title, JUDGED, _rows(judged))


def review(
    folder: opt.Folder,
    type: Annotated[str | None, typer.Option(help="Entity type, by name or label; those below it count.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Show so many, the likeliest first.")] = None,
    as_json: opt.AsJson = False,
    as_csv: opt.AsCsv = False,
) -> None:
    """List the pairs of entities that may be one; kg correct merge or kg correct distinct settles them."""
    from kg.cli.screen import show
    from kg.graph.lookup import entity_types
    from kg.schema import load_schema
    from kg.store import DocumentStore

    with DocumentStore(folder, create=False) as store:
        found = store.review()
    if type is not None:
        wanted = entity_types(load_schema(), type)
        found = [one for one in found if {one.left.type, one.left.subtype} & wanted]
    shown = found[:limit]
    title = f"{len(shown)} of {len(found)} unsure pairs"
    show(title, JUDGED, _rows(shown), [asdict(one) for one in shown], as_json, as_csv)


def _rows(judged: Sequence[Judged]) -> list[list[object]]:
    return [
        [
            *(one.verdict, one.score, one.left.name, one.left.id, one.right.name, one.right.id),
            *("; ".join(one.reasons), one.first.headline or one.first.article),
            one.second.headline or one.second.article,
        ]
        for one in judged
    ]


def _cell(value: object) -> object:
    return ", ".join(value) if isinstance(value, tuple) else value
