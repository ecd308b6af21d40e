"""Why entities are what they are: the appearances of one, and the judgements on pairs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.graph.assemble import Assembler
from kg.graph.lookup import NameIndex
from kg.model import FORMER_ID, Entity
from kg.resolve import Appearance, Member
from kg.resolve.corrections import Corrected, Corrections
from kg.resolve.judgements import Judgement, Verdict, links
from kg.resolve.scoring import scorer
from kg.schema import Schema
from kg.store.folding import corrected, resolution
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
    """An entity, what each article calls it, what links each to one before, and what joins or parts it and others.

    `links` has for each appearance but the first the earlier one it is most like, among those that were taken for one
    without corrections; `by_hand` are the entries of corrections.yaml that name it or what was merged into it. `judged`
    are the judgements that joined its names, kept namesakes apart or could not be told.
    """

    entity: Entity
    seen: tuple[Seen, ...]
    links: tuple[Judged, ...]
    by_hand: tuple[str, ...]
    judged: tuple[Judged, ...]


def explain(connection: sqlite3.Connection, schema: Schema, corrections: Corrections, name: str) -> Explanation:
    """Return why what articles name is one entity; raises UnknownNameError as `KnowledgeGraph.entity` does."""
    automatic = resolution(connection)
    now = corrected(connection, automatic, schema, corrections)
    id = NameIndex(Assembler(now, schema).graph()).node(name)
    members = [member for member, canonical in now.canonical.items() if canonical == id]
    found = _appearances(connection, members)
    seen = sorted((one for one, _ in found.values()), key=lambda one: (one.date or "9", one.article, one.name))
    alone: dict[str, list[Appearance]] = {}
    for member, (_, appearance) in found.items():
        alone.setdefault(automatic.canonical[member], []).append(appearance)
    linked = [link for one in sorted(alone) for link in links(alone[one], scorer())]
    judged = [one for one in _judged(connection, now) if id in (one.left.id, one.right.id)]
    return Explanation(
        entity=now.entities[id],
        seen=tuple(seen),
        links=tuple(_told(one, now, found) for one in linked),
        by_hand=tuple(_by_hand(now.entities[id], corrections)),
        judged=tuple(judged),
    )


def review(connection: sqlite3.Connection, schema: Schema, corrections: Corrections) -> list[Judged]:
    """Return the pairs that could not be told and that no correction has settled, the likeliest to be one first."""
    now = corrected(connection, resolution(connection), schema, corrections)
    return [
        one
        for one in _judged(connection, now)
        if one.verdict == "unsure"
        and one.left.id != one.right.id
        and frozenset((one.left.id, one.right.id)) not in now.apart
    ]


def _by_hand(entity: Entity, corrections: Corrections) -> Iterator[str]:
    """Yield each entry that names an entity, with the note that people left."""
    own = {entity.id, *(one.removeprefix(FORMER_ID) for one in entity.ids if one.startswith(FORMER_ID))}
    for number, entry in enumerate(corrections.entries, 1):
        made = [entry.split.id] if entry.split else []
        if own.intersection((*entry.ids, *made)):
            yield f"entry {number} ({entry.kind}){f': {entry.note}' if entry.note else ''}"


def _judged(connection: sqlite3.Connection, now: Corrected) -> Iterator[Judged]:
    """Yield the judgements, positive ones first, then by falling score."""
    order = {"positive": 0, "unsure": 1, "negative": 2}
    found = sorted(now.judgements, key=lambda one: (order[one.verdict], -one.score, one.first, one.second))
    seen = _appearances(connection, {member for one in found for member in (one.first, one.second)})
    return (_told(one, now, seen) for one in found)


def _told(judgement: Judgement, now: Corrected, found: Mapping[Member, tuple[Seen, Appearance]]) -> Judged:
    ends = judgement.first, judgement.second
    left, right = (now.entities[now.canonical[member]] for member in ends)
    first, second = (found[member][0] for member in ends)
    return Judged(judgement.verdict, judgement.score, left, right, first, second, judgement.reasons)


def _appearances(connection: sqlite3.Connection, members: Iterable[Member]) -> dict[Member, tuple[Seen, Appearance]]:
    """Return what articles call entities, and what resolution knew of them."""
    wanted = set(members)
    query = """
        SELECT article.id, date, publisher, title, record FROM appearance JOIN article ON article.number = article
        WHERE article.id IN (SELECT value FROM json_each(?))
    """
    found: dict[Member, tuple[Seen, Appearance]] = {}
    articles = dump(sorted({article for article, _ in wanted}))
    for article, date, publisher, headline, record in connection.execute(query, (articles,)):
        one = record_from_json(Appearance, record)
        if one.member in wanted:
            kept = (one.name, one.aliases, one.mentions, one.titles, one.employers)
            found[one.member] = Seen(article, date, publisher, headline, *kept), one
    return {member: found[member] for member in sorted(found)}
