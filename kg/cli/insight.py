"""`kg top`, `kg communities`, `kg conflicts` and `kg diff`: what stands out in a graph, and what changed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from kg.cli import options as opt

if TYPE_CHECKING:
    from kg.graph.ranking import Measure

LISTED = 10
"""How many entities of a group the table names."""


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command(epilog="Example: kg top exports --by degree --type Company")(top)
    app.command(epilog="Example: kg communities exports --json")(communities)
    app.command(epilog="Example: kg conflicts exports")(conflicts)
    app.command(epilog="Example: kg diff exports-may exports-june")(diff)


def top(
    graph: opt.Graph,
    n: Annotated[int, typer.Option("-n", min=1, help="How many.")] = 10,
    by: Annotated[str, typer.Option(help="mentions, articles, degree, relations or pagerank.")] = "mentions",
    type: Annotated[str | None, typer.Option(help="Entity type, by name or label; those below it count.")] = None,
    as_json: opt.AsJson = False,
    as_csv: opt.AsCsv = False,
) -> None:
    """List the entities that matter most, with their scores."""
    from kg.cli.screen import show
    from kg.run.api import load

    found = load(graph).top(n, cast("Measure", by), type=type)
    rows = [(entity.name, entity.subtype or entity.type, score, entity.id) for entity, score in found]
    records = ({"score": score, **asdict(entity)} for entity, score in found)
    show(f"{len(found)} entities by {by}", ("name", "type", by, "id"), rows, records, as_json, as_csv)


def communities(graph: opt.Graph, as_json: opt.AsJson = False) -> None:
    """List groups of entities that are joined more closely with one another than with others, the biggest first."""
    from kg.cli.screen import show
    from kg.run.api import load

    found = load(graph).communities()
    rows = [
        (len(group), ", ".join(e.name for e in group[:LISTED]) + (", …" if len(group) > LISTED else ""))
        for group in found
    ]
    records = ([asdict(entity) for entity in group] for group in found)
    show(f"{len(found)} groups", ("entities", "most mentioned"), rows, records, as_json, False)


def conflicts(graph: opt.Graph, as_json: opt.AsJson = False, as_csv: opt.AsCsv = False) -> None:
    """List relations that contradict one another, and why; each is a place to look at, not a judgement."""
    from kg.cli.screen import show
    from kg.run.api import load

    found = load(graph).conflicts()
    rows = [(c.kind, c.ko, c.en) for c in found]
    show(f"{len(found)} conflicts", ("kind", "ko", "en"), rows, map(asdict, found), as_json, as_csv)


def diff(
    before: Annotated[Path, typer.Argument(help="Folder or graph.json of the earlier graph.", show_default=False)],
    after: Annotated[Path, typer.Argument(help="Folder or graph.json of the later graph.", show_default=False)],
    as_json: opt.AsJson = False,
    as_csv: opt.AsCsv = False,
) -> None:
    """List the entities and relations that were added to a graph, are gone from it or changed in it."""
    from kg.cli.screen import show
    from kg.run.api import load

    found = load(before).diff(load(after))
    show(found.summary(), ("change", "entity or relation", "of it"), list(found.rows()), asdict(found), as_json, as_csv)
