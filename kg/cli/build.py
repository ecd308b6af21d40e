"""`kg build` and `kg extract`: from articles to a graph, or to documents."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options as opt
from kg.model import MIN_CONFIDENCE
from kg.run.limits import ARTICLE_TIMEOUT, WORKER_MEMORY

if TYPE_CHECKING:
    from kg.run.extraction import Extraction, ExtractOptions
    from kg.stage import Stage

FORMS = "ntriples, nquads, trig, jsonld, parquet, graphml, gexf, neo4j, ftm, schemaorg, dot, obsidian, svg, png"
"""The forms of kg.export that a build does not write anyway; named here so that help need not load them."""


class Engine(StrEnum):
    """What runs a build."""

    LOCAL = "local"
    RAY = "ray"


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command(epilog="Example: kg build seeds/articles -o exports --format ntriples")(build)
    app.command(epilog="Example: kg extract news.csv --text-column 본문 --date 2025-05-27 -o documents.jsonl")(extract)


def build(
    paths: opt.Paths,
    out: Annotated[str, typer.Option("-o", "--out", help="Folder to write to.")] = "exports",
    engine: Annotated[Engine, typer.Option(help="What runs the build: this machine, or a Ray cluster.")] = Engine.LOCAL,
    address: Annotated[
        str | None, typer.Option(help="Address of the Ray cluster.", show_default="a Ray on this machine")
    ] = None,
    form: Annotated[
        list[str] | None, typer.Option("--format", help=f"A further form to write ({FORMS}); may be repeated.")
    ] = None,
    text: opt.Text = True,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Take only what failed last time, each article on its own.")
    ] = False,
    date: opt.Date = None,
    publisher: opt.Publisher = None,
    clean: opt.Clean = True,
    language: opt.Language = None,
    extractor: opt.Extractor = None,
    workers: opt.Workers = None,
    min_confidence: opt.MinConfidence = MIN_CONFIDENCE,
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
    """Read articles and write their graph: graph.html, graph.ttl, graph.json, documents.jsonl, manifest.json.

    What was extracted is kept in store.sqlite of the folder; only articles that are new or changed are extracted again.
    With --engine ray, articles and folder may be of any file system (s3://…, gs://…), and the graph comes in parts too:
    quads/*.nq.gz and tables/*/*.parquet.
    """
    from kg.cli.screen import ProgressBar, print_summary
    from kg.run import given, local

    options = given.extract_options(
        date=date,
        publisher=publisher,
        columns=opt.named(id_column, title_column, text_column, date_column, publisher_column, url_column),
        clean=clean,
        language=language,
        extractor=extractor,
        workers=workers,
        min_confidence=min_confidence,
        max_failure_rate=max_failure_rate,
        article_timeout=article_timeout,
        worker_memory=worker_memory,
        last=given.last_settings(out) if retry_failed and engine is Engine.LOCAL else None,
    )
    if engine is Engine.RAY:
        if retry_failed:
            raise typer.BadParameter("is the local engine's alone", param_hint="--retry-failed")
        _build_there(paths, out, options, address, form or [], text)
        return
    if "://" in out:
        raise typer.BadParameter(f"{out}: only --engine ray writes to other file systems", param_hint="--out")
    folder, stdin, forms = Path(out), opt.standard_input(paths), form or ()
    with ProgressBar() as bar:
        stage = given.stage_of(options)
        if retry_failed:
            result = local.retry(paths, folder, options, stage, forms=forms, stdin=stdin, watch=bar)
        else:
            result = local.build(paths, folder, options, stage, forms=forms, text=text, stdin=stdin, watch=bar)
    print_summary(result.fold.summary())
    typer.echo(f"written to {out}")
    for note in result.manifest.get("corrections", {}).get("notes", ()):
        typer.echo(f"corrections.yaml: {note}", err=True)
    opt.print_report(stage)
    result.extraction.check_rate()


def _build_there(
    paths: list[str], out: str, options: ExtractOptions, address: str | None, forms: list[str], text: bool
) -> None:
    from kg.cli.screen import ProgressBar, print_summary
    from kg.distributed.engine import build as build_there
    from kg.run import given

    stage = given.stage_of(options)
    with ProgressBar() as bar:
        built = build_there(paths, out, options, stage, address=address, forms=forms, text=text, watch=bar)
        for failure in built.failures:
            bar.result(failure)
    if built.graph is not None:
        print_summary(built.graph.summary())
    counts = built.manifest["counts"]
    found = ", ".join(f"{counts[kind]} {kind}" for kind in ("articles", "entities", "relations"))
    typer.echo(f"{found} in {len(built.manifest['parts']['quads'])} parts of N-Quads; written to {out}")
    built.check_rate(options.max_failure_rate)


def extract(
    paths: opt.Paths,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="File to write to.", show_default="standard output")
    ] = None,
    date: opt.Date = None,
    publisher: opt.Publisher = None,
    clean: opt.Clean = True,
    language: opt.Language = None,
    extractor: opt.Extractor = None,
    workers: opt.Workers = None,
    min_confidence: opt.MinConfidence = MIN_CONFIDENCE,
    max_failure_rate: opt.MaxFailureRate = 0.5,
    article_timeout: opt.ArticleTimeout = ARTICLE_TIMEOUT,
    worker_memory: opt.WorkerMemory = WORKER_MEMORY,
    id_column: opt.IdColumn = None,
    title_column: opt.TitleColumn = None,
    text_column: opt.TextColumn = None,
    date_column: opt.DateColumn = None,
    publisher_column: opt.PublisherColumn = None,
    url_column: opt.UrlColumn = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what a paid extractor may cost; send and write nothing.")
    ] = False,
) -> None:
    """Read articles and write what each states, one JSON document a line."""
    from kg.cli.screen import ProgressBar
    from kg.run import given
    from kg.run.extraction import Extraction, check_outside

    check_outside(out, paths)
    options = given.extract_options(
        date=date,
        publisher=publisher,
        columns=opt.named(id_column, title_column, text_column, date_column, publisher_column, url_column),
        clean=clean,
        language=language,
        extractor=extractor,
        workers=workers,
        min_confidence=min_confidence,
        max_failure_rate=max_failure_rate,
        article_timeout=article_timeout,
        worker_memory=worker_memory,
    )
    stage = given.stage_of(options)
    if dry_run:
        _forecast(paths, options, stage)
        return
    with ProgressBar() as bar:
        extraction = Extraction(paths, options, stage, stdin=opt.standard_input(paths), watch=bar.result)
        _write_documents(extraction, out)
    typer.echo(f"{extraction.documents} documents", err=True)
    opt.print_report(stage)
    extraction.check_rate()


def _forecast(paths: list[str], options: ExtractOptions, stage: Stage) -> None:
    from kg.cli.screen import ProgressBar
    from kg.run.forecast import forecast_of

    with ProgressBar() as bar:
        _, lines = forecast_of(paths, options, stage, stdin=opt.standard_input(paths), watch=bar.result)
    for line in lines:
        typer.echo(line)


def _write_documents(extraction: Extraction, out: Path | None) -> None:
    """Write documents as they come; a file takes its name when it is complete and has at least one."""
    from kg.codec import dump_line, write_documents
    from kg.export.files import atomic_path

    if out is None:
        for document in extraction:
            sys.stdout.write(dump_line(document) + "\n")
        extraction.check_some()
        return
    with atomic_path(out) as temporary:
        write_documents(extraction, temporary)
        extraction.check_some()
