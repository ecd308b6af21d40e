"""`kg correct`: merge, split, name and type entities of a built graph, and take relations out, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

group = typer.Typer(
    no_args_is_help=True, help="Correct a graph by hand; corrections.yaml beside it keeps every correction."
)
GROUPS = {"correct": group}

Folder = Annotated[Path, typer.Argument(help="Folder that kg build wrote.", show_default=False)]
Names = Annotated[list[str], typer.Argument(help="Names or ids of the entities, two or more.", show_default=False)]
One = Annotated[str, typer.Argument(help="Name or id of the entity.", show_default=False)]
Note = Annotated[str | None, typer.Option(help="Why, for people to read.")]
By = Annotated[str | None, typer.Option(help="Who corrects.")]
Date = Annotated[str | None, typer.Option(help="Date of the correction, like 2025-05-27.")]


@group.command(epilog="Example: kg correct merge exports 카카오 다음카카오 --note '2015년에 이름을 바꿨다'")
def merge(
    folder: Folder,
    names: Names,
    into: Annotated[str | None, typer.Option(help="The one to keep.", show_default="the first")] = None,
    note: Note = None,
    by: By = None,
    date: Date = None,
) -> None:
    """Make several entities one; their old ids go on being understood."""
    _correct(folder, {"merge": names, "into": into}, note, by, date)


@group.command(epilog="Example: kg correct split exports 김민준 --article news-7 --article news-9")
def split(
    folder: Folder,
    name: One,
    article: Annotated[list[str], typer.Option(help="Id of an article that means another; may be repeated.")],
    note: Note = None,
    by: By = None,
    date: Date = None,
) -> None:
    """Make what some articles mean by an entity one of its own."""
    _correct(folder, {"split": {"entity": name, "articles": article}}, note, by, date)


@group.command(epilog="Example: kg correct distinct exports 한빛은행 한빛산업은행")
def distinct(folder: Folder, names: Names, note: Note = None, by: By = None, date: Date = None) -> None:
    """Note that two entities are two."""
    _correct(folder, {"distinct": names}, note, by, date)


@group.command(epilog="Example: kg correct rename exports 페이스북 메타")
def rename(
    folder: Folder,
    name: One,
    new: Annotated[str, typer.Argument(help="Its name from now on.", show_default=False)],
    note: Note = None,
    by: By = None,
    date: Date = None,
) -> None:
    """Give an entity another name; the old one stays an alias."""
    _correct(folder, {"rename": {"entity": name, "name": new}}, note, by, date)


@group.command(epilog="Example: kg correct retype exports 한빛신문 NewsMedia")
def retype(
    folder: Folder,
    name: One,
    type: Annotated[
        str, typer.Argument(help="Type by name or label; kg schema lists them.", show_default=False, metavar="TYPE")
    ],
    note: Note = None,
    by: By = None,
    date: Date = None,
) -> None:
    """Give an entity another type."""
    from kg.graph.lookup import entity_type
    from kg.schema import load_schema

    schema = load_schema()
    found = entity_type(schema, type)
    part = "type" if schema.entity(found).parent is None else "subtype"
    _correct(folder, {"retype": {"entity": name, part: found}}, note, by, date)


@group.command(epilog="Example: kg correct retract exports 카카오 acquires 멜론 --status possible")
def retract(
    folder: Folder,
    subject: Annotated[str, typer.Argument(help="Name or id of the subject.", show_default=False)],
    type: Annotated[str, typer.Argument(help="Relation type, by name or label.", show_default=False, metavar="TYPE")],
    object: Annotated[str, typer.Argument(help="Name or id of the object.", show_default=False)],
    status: Annotated[str | None, typer.Option(help="Only in this status.", show_default="every status")] = None,
    article: Annotated[str | None, typer.Option(help="Only what this article states.", show_default="all")] = None,
    note: Note = None,
    by: By = None,
    date: Date = None,
) -> None:
    """Take a relation out, or what one article says of it."""
    edge = {"type": type, "subject": subject, "object": object, "status": status, "article": article}
    _correct(folder, {"retract": edge}, note, by, date)


def _correct(folder: Path, entry: dict[str, Any], note: str | None, by: str | None, date: str | None) -> None:
    from kg.cli.screen import printable
    from kg.run.correct import correct
    from kg.store import CORRECTIONS

    found = correct(folder, {**entry, "note": note, "by": by, "date": date})
    for line in found.entry.splitlines():
        typer.echo(printable(line))
    for message in found.notes:
        typer.echo(f"{CORRECTIONS}: {printable(message)}", err=True)
    typer.echo(f"added to {folder / CORRECTIONS}; {found.graph!r}", err=True)
