"""What the commands show: progress, summaries, tables and CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from kg.model import Failure
from kg.run.local import Watch

UNSAFE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet read a cell as a formula (OWASP, "CSV Injection")."""
PIPED_WIDTH = 160
"""Columns of a table that goes to a file or another command."""


class ProgressBar(Watch):
    """Shows on a terminal's stderr how a run goes, and lists at its end what failed."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=self._console, disable=not self._console.is_terminal)
        self._task = self._progress.add_task("read", total=None)
        self._failures: list[Failure] = []

    def __enter__(self) -> ProgressBar:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()
        if self._failures:
            self._console.print(f"{len(self._failures)} failed:", style="bold red")
        for failure in self._failures:
            self._console.print(Text(printable(f"  {failure.source}: {failure.message}")), soft_wrap=True)

    def step(self, name: str) -> None:
        """Show the name of the step that begins."""
        self._progress.update(self._task, description=name)

    def result(self, failure: Failure | None) -> None:
        """Count an article, done or failed."""
        self._progress.advance(self._task)
        if failure is not None:
            self._failures.append(failure)


def printable(text: str) -> str:
    """Return text that cannot steer a terminal: what is not printable becomes a blank."""
    return "".join(char if char.isprintable() else " " for char in text)


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as a table, numbers to the right."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=PIPED_WIDTH)
    table = Table(title=title, title_justify="left")
    cells = [list(row) for row in rows]
    for index, column in enumerate(columns):
        numeric = bool(cells) and all(isinstance(row[index], int | float) for row in cells)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in cells:
        table.add_row(*(Text(printable("" if value is None else str(value))) for value in row))
    console.print(table)


def show(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    records: Iterable[object],
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print rows as a table or CSV, or records (an object, or any number of them) as JSON."""
    if as_json and as_csv:
        raise typer.BadParameter("--json and --csv exclude each other")
    if as_json:
        print_json(records if isinstance(records, dict) else list(records))
    elif as_csv:
        print_csv(columns, rows)
    else:
        print_table(title, columns, rows)


def print_json(value: object) -> None:
    """Print a value as JSON, for people to read too."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_summary(summary: dict[str, Any]) -> None:
    """Print what KnowledgeGraph.summary counts."""
    entities, relations = summary["entities"], summary["relations"]
    print_table("Entities", ("type", "entities"), entities.items())
    rows = [(kind, status, count) for kind, counts in relations.items() for status, count in counts.items()]
    print_table("Relations", ("type", "status", "relations"), rows)
    found = sum(count for *_, count in rows)
    print(f"{summary['articles']} articles, {sum(entities.values())} entities, {found} relations")


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as CSV; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    # csv.writer puts no quotation marks around a lone carriage return, which would begin a row.
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{value}" if value.lstrip(" ").startswith(UNSAFE) else value
