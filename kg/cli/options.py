"""Arguments and options that several commands share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

if TYPE_CHECKING:
    from kg.stage import Stage

LAST = "kg add and --retry-failed: that of the last build"
TABLE = "Columns of tables (CSV, Parquet)"

Paths = Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for standard input.", show_default=False)]
Graph = Annotated[
    Path,
    typer.Argument(help="Folder that kg build wrote, its graph.json, or RDF that kg export wrote.", show_default=False),
]
Folder = Annotated[Path, typer.Argument(help="Folder that kg build wrote, or its store.sqlite.", show_default=False)]
Export = Annotated[bool, typer.Option("--export/--no-export", help="Write the graph files of the folder again.")]
Date = Annotated[str | None, typer.Option(help="Date of publication of all the articles, like 2025-05-27.")]
Publisher = Annotated[str | None, typer.Option(help="Publisher of all the articles.")]
Clean = Annotated[bool, typer.Option("--clean/--no-clean", help="Take menus, captions, credits and listings out.")]
Language = Annotated[
    str | None,
    typer.Option(
        "--lang",
        help="Language of the articles, like en.",
        show_default=f"ko; {LAST}",
    ),
]
Extractor = Annotated[
    str | None,
    typer.Option(
        help="What finds names and relations, like spacy:en_core_web_sm; kg extractors lists what there is.",
        show_default=f"korean; {LAST}",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, help="Processes to extract with.", show_default="all cores for many articles, else 1"),
]
ArticleTimeout = Annotated[
    float,
    typer.Option(min=0.1, help="Seconds of processor time that 10,000 characters of an article may take, or it fails."),
]
WorkerMemory = Annotated[float, typer.Option(min=0.01, help="Gigabytes that a worker may take, its models included.")]
MinConfidence = Annotated[float, typer.Option(min=0, max=1, help="Leave out relations stated with less.")]
MaxFailureRate = Annotated[
    float, typer.Option(min=0, max=1, help="Share of articles that may fail before the command exits with 1.")
]
IdColumn = Annotated[str | None, typer.Option(help="Column of ids.", rich_help_panel=TABLE)]
TitleColumn = Annotated[str | None, typer.Option(help="Column of titles.", rich_help_panel=TABLE)]
TextColumn = Annotated[str | None, typer.Option(help="Column of texts.", rich_help_panel=TABLE)]
DateColumn = Annotated[str | None, typer.Option(help="Column of dates of publication.", rich_help_panel=TABLE)]
PublisherColumn = Annotated[str | None, typer.Option(help="Column of publishers.", rich_help_panel=TABLE)]
UrlColumn = Annotated[str | None, typer.Option(help="Column of addresses.", rich_help_panel=TABLE)]
Text = Annotated[
    bool,
    typer.Option(
        "--text/--no-text", help="Leave quotations and titles out of the graph files; offsets and hashes stay."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV, safe to open in a spreadsheet.")]


def named(*columns: str | None) -> dict[str, str]:
    """Return the columns given, by the field of ingest's FIELDS that each stands at."""
    from kg.ingest.options import FIELDS

    return {field: column for field, column in zip(FIELDS, columns, strict=True) if column is not None}


def print_report(stage: Stage) -> None:
    """Print on stderr what a stage has to say once its work is done, if anything."""
    from kg.run.forecast import Reporting

    if isinstance(stage, Reporting):
        typer.echo(stage.report(), err=True)


def standard_input(paths: list[str]) -> BinaryIO | None:
    """Return standard input when `-` is among the paths."""
    return sys.stdin.buffer if "-" in paths else None
