"""`kg query`, `kg entities`, `kg export` and `kg schema`: what a graph holds, in other forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options as opt
from kg.cli.build import FORMS
from kg.model import DEAL_PARTS

if TYPE_CHECKING:
    from kg.model import Entity, Relation

COLUMNS: dict[tuple[bool, bool], tuple[str, ...]] = {
    (False, False): ("subject", "type", "object", "status", "date", "role", "confidence", "articles", "sources"),
    (True, False): ("subject", "type", "object", "status", "published", "publisher", "text"),
    (False, True): (
        *("id", "subject", "type", "object", "status", "date", "last_date", "role", *DEAL_PARTS, "confidence"),
        *("articles", "sources"),
    ),
    (True, True): (
        *("id", "subject", "type", "object", "status", "date", "role", *DEAL_PARTS, "speaker", "confidence"),
        *("published", "publisher", "title", "url", "article", "start", "end", "text"),
    ),
}
"""The columns of relations, by whether a row is one sentence and whether it is for CSV."""
ENTITY_COLUMNS = ("name", "type", "aliases", "mentions", "articles", "ids", "id")


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command(epilog="Example: kg query exports --about 카카오 --type partnersWith --since 2025-02 --evidence")(query)
    app.command(epilog="Example: kg entities exports --type Person --csv")(entities)
    app.command(epilog="Example: kg export exports -o march.json --as-of 2025-03-31")(export)
    app.command(epilog="Example: kg schema --json")(schema)
    app.command(epilog="Example: kg verify shared.ttl --articles news")(verify)


def query(
    graph: opt.Graph,
    subject: Annotated[str | None, typer.Option(help="Name of the subject; any alias will do.")] = None,
    object: Annotated[str | None, typer.Option(help="Name of the object.")] = None,
    about: Annotated[str | None, typer.Option(help="Name of either.")] = None,
    type: Annotated[
        list[str] | None, typer.Option(help="Relation type, by name or label (kg schema lists them); may be repeated.")
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option(help="actual, planned, possible, denied or ended; may be repeated.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First date, like 2025, 2025-02 or 2025-02-14.")] = None,
    until: Annotated[str | None, typer.Option(help="Last date, included.")] = None,
    min_confidence: opt.MinConfidence = 0.0,
    min_sources: Annotated[int, typer.Option(min=0, help="Leave out what fewer independent sources state.")] = 0,
    publisher: Annotated[str | None, typer.Option(help="Publisher of an article that states it.")] = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="One row for each sentence that states it.")] = False,
    as_json: opt.AsJson = False,
    as_csv: opt.AsCsv = False,
) -> None:
    """List the relations of a graph that meet every condition."""
    from kg.cli.screen import show
    from kg.run.api import load

    found = load(graph).relations(
        subject,
        object,
        type,
        about=about,
        status=status,
        since=since,
        until=until,
        min_confidence=min_confidence,
        min_sources=min_sources,
        publisher=publisher,
    )
    columns = COLUMNS[evidence, as_csv]
    rows = [row for relation in found for row in _relation_rows(relation, columns, evidence)]
    show(f"{len(found)} relations", columns, rows, map(asdict, found), as_json, as_csv)


def entities(
    graph: opt.Graph,
    type: Annotated[str | None, typer.Option(help="Entity type, by name or label; those below it count.")] = None,
    name: Annotated[str | None, typer.Option(help="Name that they have or are also called by.")] = None,
    as_json: opt.AsJson = False,
    as_csv: opt.AsCsv = False,
) -> None:
    """List the entities of a graph, the most mentioned first."""
    from kg.cli.screen import show
    from kg.run.api import load

    found = load(graph).entities(type, name=name)
    rows = [_entity_row(entity) for entity in found]
    show(f"{len(found)} entities", ENTITY_COLUMNS, rows, map(asdict, found), as_json, as_csv)


def export(
    graph: opt.Graph,
    out: Annotated[Path, typer.Option("-o", "--out", help="File or folder to write to.", show_default=False)],
    form: Annotated[
        str | None,
        typer.Option(
            "--format", help=f"Form to write: json, turtle, html, {FORMS}.", show_default="that of the file's ending"
        ),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Only what articles published by this date state, like 2025-03-01.")
    ] = None,
    new_since: Annotated[
        str | None, typer.Option(help="Only what no article published before this date states.")
    ] = None,
    text: opt.Text = True,
    base: Annotated[
        str | None, typer.Option(help="Base of the IRIs of RDF, like https://example.org/kg/.", show_default=False)
    ] = None,
    rdf12: Annotated[bool, typer.Option("--rdf12", help="RDF 1.2: statements as reifiers of triple terms.")] = False,
) -> None:
    """Write a graph in another form, or as it was on a day; gzip where the file ends in .gz."""
    from kg.errors import ExportError
    from kg.run.api import load
    from kg.run.outputs import is_own_file

    if (as_of or new_since) is not None and is_own_file(out):
        raise ExportError(f"{out}: the graph of that folder, which a part of it must not replace; choose another name")
    found = load(graph)
    found = found if as_of is None else found.as_of(as_of)
    found = found if new_since is None else found.since(new_since)
    given = {"base": base, "rdf12": rdf12 or None}
    found.export(out, form, text=text, **{name: value for name, value in given.items() if value is not None})
    typer.echo(f"written to {out}", err=True)


def schema(as_json: opt.AsJson = False) -> None:
    """List the types of entities and relations, with their Korean and English labels."""
    from kg.cli.screen import print_json, print_table
    from kg.schema import load_schema

    found = load_schema()
    if as_json:
        kept = {"hash", "entities", "relations", "prefixes"}
        print_json(found.model_dump(mode="json", include=kept))
        return
    kinds = ((kind.name, kind.labels.ko, kind.labels.en, kind.parent) for kind in found.entities.values())
    print_table("Entity types", ("type", "ko", "en", "below"), kinds)
    relations = (
        (kind.name, kind.labels.ko, kind.labels.en, ", ".join(kind.domain), ", ".join(kind.range))
        for kind in found.relations.values()
    )
    print_table("Relation types", ("type", "ko", "en", "subject", "object"), relations)


def _relation_rows(relation: Relation, columns: Sequence[str], evidence: bool) -> Iterator[list[object]]:
    """Yield the cells of a relation, or of each sentence that states it."""
    cells = {**asdict(relation), "subject": relation.subject.name, "object": relation.object.name}
    stated = [{**cells, **asdict(quoted)} for quoted in relation.evidence]
    for row in stated if evidence else [cells]:
        parts = row | (row["deal"] or dict.fromkeys(DEAL_PARTS))
        yield [parts[column] for column in columns]


def _entity_row(entity: Entity) -> Sequence[object]:
    aliases = ", ".join(alias for alias in entity.aliases if alias != entity.name)
    counts = (entity.mentions, entity.articles)
    return entity.name, entity.subtype or entity.type, aliases, *counts, " ".join(entity.ids), entity.id


def verify(
    graph: opt.Graph,
    articles: Annotated[
        list[str] | None,
        typer.Option(
            help="Files, folders or globs of the articles, or documents.jsonl; may be repeated.",
            show_default="documents.jsonl of the folder",
        ),
    ] = None,
    clean: opt.Clean = True,
    as_json: opt.AsJson = False,
) -> None:
    """Check that every edge's evidence stands in its article, to the character; exit with 1 when any does not.

    A graph without text is checked by the hashes of its articles and its offsets.
    """
    from kg.cli.screen import print_json
    from kg.run.verify import verify as verify_here
    from kg.run.verify import verify_against

    found = verify_against(graph, articles, clean=clean) if articles else verify_here(graph)
    if as_json:
        print_json(asdict(found))
    else:
        for problem in found.problems:
            typer.echo(problem, err=True)
        ends = f"{found.named} name both ends, {found.resolved} one that stands elsewhere in the article; "
        typer.echo(
            f"{found.relations} relations in {found.articles} articles and {found.edges} edges checked: "
            f"{'' if articles else ends}{len(found.problems)} problems"
        )
    if found.problems:
        raise typer.Exit(1)
