"""The graph of a settled store, by the assembler that makes it of documents."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter

from kg.codec import relation_from_dict
from kg.contract import check_graph
from kg.graph.assemble import Assembler
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Entity
from kg.resolve import Resolution
from kg.schema import Schema
from kg.store.records import record_from_json, unpack


def fold(connection: sqlite3.Connection, schema: Schema) -> tuple[KnowledgeGraph, Counter[str]]:
    """Return the graph, and counts of the relation mentions it has no place for (see Assembler)."""
    originals = dict(connection.execute("SELECT id, original FROM article WHERE original IS NOT NULL"))
    assembler = Assembler(resolution(connection), schema, originals)
    columns = "id, title, date, publisher, url, language, sha256, relations"
    for id, *head, relations in connection.execute(f"SELECT {columns} FROM article ORDER BY id"):
        assembler.add_article(id, *head)
        for row in json.loads(unpack(relations)):
            assembler.add_relation(id, relation_from_dict(row))
    graph = assembler.graph()
    check_graph(graph, schema)
    return KnowledgeGraph(graph, schema), assembler.dropped


def resolution(connection: sqlite3.Connection) -> Resolution:
    """Return the canonical entities as they were settled; what is laid over them is laid over this."""
    members = connection.execute(
        "SELECT article.id, entity, canonical FROM appearance JOIN article ON article.number = appearance.article"
    )
    canonical = {(article, entity): found for article, entity, found in members}
    entities = {
        id: record_from_json(Entity, record)
        for id, record in connection.execute("SELECT id, record FROM entity ORDER BY id")
    }
    return Resolution(canonical, entities)
