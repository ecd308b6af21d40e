"""The graph of a settled store, by the assembler that makes it of documents, as corrected by hand."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.codec import relation_from_dict
from kg.contract import check_graph
from kg.graph.assemble import Assembler
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Entity
from kg.resolve import Appearance, Resolution
from kg.resolve.corrections import Corrected, Corrections, apply
from kg.resolve.identifiers import identify
from kg.resolve.judgements import Judgement
from kg.schema import Schema
from kg.store.records import record_from_json, unpack


@dataclass(frozen=True, slots=True)
class Fold:
    """A graph with counts of the relation mentions it has no place for (see Assembler).

    `notes` say which corrections found nothing to correct.
    """

    graph: KnowledgeGraph
    dropped: Counter[str]
    notes: tuple[str, ...]

    @property
    def counts(self) -> dict[str, Any]:
        """What a manifest counts of the graph."""
        return {**self.graph.summary(), "dropped": dict(sorted(self.dropped.items()))}


def fold(connection: sqlite3.Connection, schema: Schema, corrections: Corrections) -> Fold:
    """Return the graph of what was settled, with corrections laid over it."""
    entities = corrected(connection, resolution(connection), schema, corrections)
    originals = dict(connection.execute("SELECT id, original FROM article WHERE original IS NOT NULL"))
    assembler = Assembler(entities, schema, originals, entities.retracted)
    columns = "id, title, date, publisher, url, language, sha256, relations"
    for id, *head, relations in connection.execute(f"SELECT {columns} FROM article ORDER BY id"):
        assembler.add_article(id, *head)
        for row in json.loads(unpack(relations)):
            assembler.add_relation(id, relation_from_dict(row))
    graph = assembler.graph()
    check_graph(graph, schema)
    return Fold(KnowledgeGraph(graph, schema), assembler.dropped, entities.notes)


def corrected(
    connection: sqlite3.Connection, automatic: Resolution, schema: Schema, corrections: Corrections
) -> Corrected:
    """Return what was settled, with corrections laid over it and the identifiers that names have elsewhere."""
    return identify(apply(automatic, corrections, appearances(connection), schema))


def appearances(connection: sqlite3.Connection) -> Iterator[Appearance]:
    """Yield the appearances of all articles."""
    rows = connection.execute("SELECT record FROM appearance ORDER BY number")
    return (record_from_json(Appearance, record) for (record,) in rows)


def resolution(connection: sqlite3.Connection) -> Resolution:
    """Return what was settled, as `kg.resolve.resolve` gives it of the documents: without corrections."""
    members = connection.execute(
        "SELECT article.id, entity, canonical FROM appearance JOIN article ON article.number = appearance.article"
    )
    canonical = {(article, entity): found for article, entity, found in members}
    entities = {
        id: record_from_json(Entity, record)
        for id, record in connection.execute("SELECT id, record FROM entity ORDER BY id")
    }
    rows = connection.execute("SELECT record FROM judgement")
    judged = (record_from_json(Judgement, record) for (record,) in rows)
    return Resolution(canonical, entities, tuple(sorted(judged, key=lambda one: (one.first, one.second, one.verdict))))
