"""Why entities are what they are: the appearances of one, and the judgements on pairs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.graph.assemble import Assembler
from kg.graph.lookup import NameIndex
from kg.model import Entity
from kg.resolve import Appearance
from kg.resolve.corrections import Corrected, Corrections, apply
from kg.resolve.identifiers import identify
from kg.resolve.judgements import Verdict
from kg.schema import Schema
from kg.store.folding import appearances, resolution
from kg.store.records import dump, record_from_json


@dataclass(frozen=True, slots=True)
class Seen:
    """What one article calls an entity, with the article's date, publisher and title."""

    article: str
    date: str | None
    publisher: str | None
    headline: str | None
    name: str
    aliases: tuple[str, ...]
    mentions: int
    titles: tuple[str, ...]
    employers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement on a pair (`kg.resolve.judgements.Judgement`), with the entities that the two are now."""

    verdict: Verdict
    score: float
    left: Entity
    right: Entity
    first: Seen
    second: Seen
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An entity, what each article calls it, and the judgements that joined its names or kept others apart."""

    entity: Entity
    seen: tuple[Seen, ...]
    judged: tuple[Judged, ...]


def explain(connection: sqlite3.Connection, schema: Schema, corrections: Corrections, name: str) -> Explanation:
    """Return why what articles name is one entity; raises UnknownNameError as `KnowledgeGraph.entity` does."""
    corrected = _corrected(connection, schema, corrections)
    id = NameIndex(Assembler(corrected, schema).graph()).node(name)
    members = [member for member, canonical in corrected.canonical.items() if canonical == id]
    seen = [one for _, one in sorted(_seen(connection, members).items())]
    judged = [one for one in _judged(connection, corrected) if id in (one.left.id, one.right.id)]
    ordered = sorted(seen, key=lambda one: (one.date or "9", one.article, one.name))
    return Explanation(corrected.entities[id], tuple(ordered), tuple(judged))


def review(connection: sqlite3.Connection, schema: Schema, corrections: Corrections) -> list[Judged]:
    """Return the pairs that could not be told and that no correction has settled, the likeliest to be one first."""
    corrected = _corrected(connection, schema, corrections)
    return [
        one
        for one in _judged(connection, corrected)
        if one.verdict == "unsure"
        and one.left.id != one.right.id
        and frozenset((one.left.id, one.right.id)) not in corrected.apart
    ]


def _corrected(connection: sqlite3.Connection, schema: Schema, corrections: Corrections) -> Corrected:
    return identify(apply(resolution(connection), corrections, appearances(connection), schema))


def _judged(connection: sqlite3.Connection, corrected: Corrected) -> Iterator[Judged]:
    """Yield the judgements, positive ones first, then by falling score."""
    order = {"positive": 0, "unsure": 1, "negative": 2}
    found = sorted(corrected.judgements, key=lambda one: (order[one.verdict], -one.score, one.first, one.second))
    seen = _seen(connection, {member for one in found for member in (one.first, one.second)})
    for one in found:
        left, right = (corrected.entities[corrected.canonical[member]] for member in (one.first, one.second))
        yield Judged(one.verdict, one.score, left, right, seen[one.first], seen[one.second], one.reasons)


def _seen(connection: sqlite3.Connection, members: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Seen]:
    """Return what articles call entities, by article id and document entity id."""
    wanted = set(members)
    query = """
        SELECT article.id, date, publisher, title, record FROM appearance JOIN article ON article.number = article
        WHERE article.id IN (SELECT value FROM json_each(?))
    """
    found: dict[tuple[str, str], Seen] = {}
    articles = dump(sorted({article for article, _ in wanted}))
    for article, date, publisher, headline, record in connection.execute(query, (articles,)):
        one = record_from_json(Appearance, record)
        if one.member in wanted:
            kept = (one.name, one.aliases, one.mentions, one.titles, one.employers)
            found[one.member] = Seen(article, date, publisher, headline, *kept)
    return found
