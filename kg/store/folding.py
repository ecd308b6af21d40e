"""Folds a settled store into its graph, record by record, as corrected by hand.

What it comes to is what `kg.graph.assemble.Assembler` makes of the same documents in memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from kg.codec import relation_from_dict
from kg.contract import check_edge, check_node
from kg.graph.assemble import (
    Typed,
    article_attributes,
    edge_attributes,
    evidence_attributes,
    node_attributes,
    placed,
)
from kg.model import STATUSES, Entity, relation_id
from kg.resolve import Appearance, Member, Resolution
from kg.resolve.corrections import Corrected, Corrections, apply, reached
from kg.resolve.identifiers import bearers_of, identified, identify
from kg.resolve.judgements import Judgement
from kg.schema import Schema
from kg.store.fold import Fold, temporary
from kg.store.records import dump, record_from_json, unpack

_key = itemgetter(0, 1, 2, 3)
_Article = tuple[str, str | None, str]
"""Id, publisher and original of an article."""


def fold(connection: sqlite3.Connection, schema: Schema, corrections: Corrections) -> Fold:
    """Return the graph of what was settled, with corrections laid over it."""
    made = temporary()
    found = Fold(schema, made)
    folding = _Folding(connection, made, schema, _Entities(connection, corrections, schema), found)
    made.execute("BEGIN")
    folding.nodes()
    folding.articles()
    folding.edges()
    made.execute("COMMIT")
    return found


class _Entities:
    """The entities of a settled store as corrections leave them, by id; each pass reads them anew.

    `changed` has those that corrections name, `reached` the ids of those that it takes the place of.
    """

    def __init__(self, connection: sqlite3.Connection, corrections: Corrections, schema: Schema) -> None:
        self._connection = connection
        self.reached = reached(corrections, _Stored(connection))
        base = _part(connection, self.reached)
        self.changed: Corrected = apply(base, corrections, appearances(connection, base.canonical), schema)

    def __iter__(self) -> Iterator[Entity]:
        kept = (one for one in _Stored(self._connection) if one.id not in self.reached)
        changed = self.changed.entities
        return merge(kept, (changed[id] for id in sorted(changed)), key=attrgetter("id"))

    def ends(self, article: str, number: int, entities: Iterable[str]) -> dict[str, Typed]:
        """Return which entity, of which type, each of some entities of an article is."""
        query = "SELECT canonical, json_extract(record, '$[2]') FROM appearance WHERE article = ? AND entity = ?"
        found: dict[str, Typed] = {}
        for entity in entities:
            now = self.changed.canonical.get((article, entity))
            if now is not None:
                found[entity] = now, self.changed.entities[now].type
            else:  # an entity is of the type of all its appearances
                found[entity] = self._connection.execute(query, (number, entity)).fetchone()
        return found


@dataclass(frozen=True, slots=True)
class _Stored:
    """The entities as they were settled, by id; each pass reads them anew."""

    connection: sqlite3.Connection

    def __iter__(self) -> Iterator[Entity]:
        rows = self.connection.execute("SELECT record FROM entity ORDER BY id")
        return (record_from_json(Entity, record) for (record,) in rows)


@dataclass(frozen=True, slots=True)
class _Folding:
    """The steps of a fold, in their order."""

    stored: sqlite3.Connection
    made: sqlite3.Connection
    schema: Schema
    entities: _Entities
    found: Fold

    def nodes(self) -> None:
        """Make a node of each entity, with the identifiers that names have elsewhere."""
        self.found.notes = self.entities.changed.notes
        bearers = bearers_of(self.entities)
        rows = (self._node(identified(one, bearers)) for one in self.entities)
        self.made.executemany("INSERT INTO node (id, type, record) VALUES (?, ?, ?)", rows)

    def articles(self) -> None:
        """Take the articles in, and what they state as mentions of edges."""
        columns = "id, number, original, relations, title, date, publisher, url, language, sha256"
        for row in self.stored.execute(f"SELECT {columns} FROM article ORDER BY id"):
            id, number, original, relations, title, date, publisher, url, language, sha256 = row
            attributes = article_attributes(title, date, publisher, url, language, sha256, original or id)
            self.made.execute("INSERT INTO article VALUES (?, ?, ?)", (id, language, dump(attributes)))
            mentions = json.loads(unpack(relations))
            rows = self._stated(number, (id, attributes["publisher"], attributes["original"]), mentions)
            self.made.executemany("INSERT INTO stated VALUES (?,?,?,?,?,?,?,?,?,?)", rows)

    def edges(self) -> None:
        """Fold the mentions of each edge."""
        mentions = self.made.execute("SELECT * FROM stated ORDER BY subject, object, type, status")
        columns = "subject, object, id, type, status, evidence, record"
        rows = (self._edge(list(group)) for _, group in groupby(mentions, key=_key))
        self.made.executemany(f"INSERT INTO edge ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self.made.execute("DELETE FROM stated")

    def _node(self, entity: Entity) -> tuple[str, str, str]:
        attributes = node_attributes(entity)
        check_node(entity.id, attributes, self.schema)
        return entity.id, entity.type, dump(attributes)

    def _stated(self, number: int, article: _Article, rows: Sequence[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
        ends = self.entities.ends(article[0], number, {row[end] for row in rows for end in ("subject", "object")})
        types = dict(ends.values())
        for mention in map(relation_from_dict, rows):
            both = ends[mention.subject], ends[mention.object]
            key = placed(article[0], mention, *both, self.schema, self.entities.changed.retracted)
            if isinstance(key, str):
                self.found.dropped[key] += 1
                continue
            kind, subject, obj, status = key
            self.found.extracted.add(mention.extractor)
            edge = subject, obj, kind, STATUSES.index(status), types[subject], types[obj]
            yield *edge, *article, dump(evidence_attributes(article[0], mention))

    def _edge(self, mentions: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
        subject, obj, kind, number, *ends = mentions[0][:6]
        status, key = STATUSES[number], relation_id(kind, subject, obj, STATUSES[number])
        articles: dict[str, Any] = {id: {"publisher": p, "original": o} for *_, id, p, o, _ in mentions}
        attributes = edge_attributes(kind, status, [json.loads(row[-1]) for row in mentions], articles)
        check_edge(key, attributes, (ends[0], ends[1]), articles, self.schema)
        return subject, obj, key, kind, status, len(attributes["evidence"]), dump(attributes)


def corrected(
    connection: sqlite3.Connection, automatic: Resolution, schema: Schema, corrections: Corrections
) -> Corrected:
    """Return what was settled, with corrections laid over it and the identifiers that names have elsewhere."""
    return identify(apply(automatic, corrections, appearances(connection, automatic.canonical), schema))


def appearances(connection: sqlite3.Connection, members: Container[Member]) -> Iterator[Appearance]:
    """Yield the appearances of some members."""
    query = "SELECT article.id, entity, record FROM appearance JOIN article ON article.number = article"
    for article, entity, record in connection.execute(f"{query} ORDER BY appearance.number"):
        if (article, entity) in members:
            yield record_from_json(Appearance, record)


def resolution(connection: sqlite3.Connection) -> Resolution:
    """Return what was settled, as `kg.resolve.resolve` gives it of the documents: without corrections."""
    members = connection.execute(
        "SELECT article.id, entity, canonical FROM appearance JOIN article ON article.number = appearance.article"
    )
    canonical = {(article, entity): found for article, entity, found in members}
    entities = {one.id: one for one in _Stored(connection)}
    rows = connection.execute("SELECT record FROM judgement")
    judged = (record_from_json(Judgement, record) for (record,) in rows)
    return Resolution(canonical, entities, tuple(sorted(judged, key=lambda one: (one.first, one.second, one.verdict))))


def _part(connection: sqlite3.Connection, ids: set[str]) -> Resolution:
    """Return some of the entities that were settled, with what appears as them; no judgements."""
    if not ids:
        return Resolution({}, {})
    listed = (dump(sorted(ids)),)
    query = """
        SELECT article.id, entity, canonical FROM appearance JOIN article ON article.number = appearance.article
        WHERE canonical IN (SELECT value FROM json_each(?))
    """
    canonical = {(article, entity): now for article, entity, now in connection.execute(query, listed)}
    rows = connection.execute("SELECT record FROM entity WHERE id IN (SELECT value FROM json_each(?))", listed)
    found = (record_from_json(Entity, record) for (record,) in rows)
    return Resolution(canonical, {one.id: one for one in found})
