"""The result in parts: N-Quads for a bulk loader, and the rows of Parquet tables, each record with its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from kg.distributed.rows import Made, Record
from kg.export import parquet
from kg.export.rdfmodel import RecordBlocks
from kg.export.records import Attributes, Edge, Told
from kg.export.spelling import Block, NQuads
from kg.export.vocabulary import names
from kg.graph.assemble import node_attributes
from kg.model import Entity
from kg.resolve.identifiers import Named, identified, identifier_table
from kg.schema import Schema, load_schema
from kg.store.records import dump, record_from_json

QUADS = "quads"
TABLES = {**parquet.TABLES, "failures": dict.fromkeys(("source", "stage", "message"), "string")}
"""Columns of the tables and their types: those of a local export, and what failed."""


class Quads:
    """N-Quads of single records, each as the lines that it gives; see `kg.export.rdf.write_nquads`."""

    def __init__(self, schema: Schema) -> None:
        self._spelling = NQuads(names(schema))
        self._blocks = RecordBlocks(schema, self._spelling)
        self._schema = schema

    def about(self, extractors: list[str]) -> str:
        """Return what holds for the graph as a whole."""
        return self._spelled(self._blocks.about(self._blocks.of.graph_term("meta"), self._schema.hash, extractors))

    def entity(self, node: str, attributes: Attributes) -> str:
        """Return an entity, and in the graphs of its articles that they name it."""
        told = (Told(article, None, [node], ()) for article in attributes["article_ids"])
        naming = (block for one in told for block in self._blocks.article(one, ""))
        return self._spelled([self._blocks.entity(node, attributes), *naming])

    def article(self, id: str, attributes: Attributes) -> str:
        """Return an article."""
        return self._spelled(self._blocks.article(Told(id, attributes, (), ()), ""))

    def relation(self, edge: Edge, languages: dict[str, str]) -> str:
        """Return a relation: what holds over all articles, and in the graph of each what it states."""
        subject, obj, key, attributes = edge
        blocks = [self._blocks.relation(key, attributes)]
        for article, found in groupby(attributes["evidence"], key=itemgetter("article")):
            stated = subject, obj, key, {**attributes, "evidence": list(found)}
            blocks += self._blocks.article(Told(article, None, (), [stated]), languages[article])
        return self._spelled(blocks)

    def _spelled(self, blocks: Iterable[Block]) -> str:
        return "".join(map(self._spelling.block, blocks))


@lru_cache(maxsize=1)
def quads() -> Quads:
    """Return the quads of the shipped schema."""
    return Quads(load_schema())


def entity_parts(rows: Iterable[Record], shared: frozenset[Named]) -> Iterator[Made]:
    """Make node, quads and row of each entity, with its identifiers elsewhere.

    Names in `shared` have several bearers and identify none.
    """
    bearers = dict.fromkeys(identifier_table().keys() - shared, 1)
    for row in rows:
        entity = record_from_json(Entity, row["value"])
        node: Attributes = {**node_attributes(identified(entity, bearers))}
        yield Made("nodes", entity.id, dump(node))
        yield Made(QUADS, "", quads().entity(entity.id, node))
        yield Made("entities", entity.id, {"id": entity.id, **node})


def article_parts(rows: Iterable[Record], text: bool) -> Iterator[Made]:
    """Make the quads and the row of each article, without its title where there is to be no `text`."""
    for row in rows:
        attributes = json.loads(row["value"]) | ({} if text else {"title": None})
        yield Made(QUADS, "", quads().article(row["key"], attributes))
        yield Made("articles", row["key"], {"id": row["key"], **attributes})


def relation_parts(rows: Iterable[Record], text: bool) -> Iterator[Made]:
    """Make the quads and the rows of each relation and its evidence, and name each extractor once a part."""
    extractors: set[str] = set()
    for row in rows:
        subject, obj, edge, languages = json.loads(row["value"])
        if not text:
            edge["evidence"] = [{**one, "text": ""} for one in edge["evidence"]]
        found: Edge = subject, obj, row["key"], edge
        yield Made(QUADS, "", quads().relation(found, languages))
        yield Made("relations", row["key"], parquet.relation_row(found))
        yield from (Made("evidence", row["key"], one) for one in parquet.evidence_rows(found))
        extractors |= {one["extractor"] for one in edge["evidence"]}
    yield from (Made("extractors", one) for one in sorted(extractors))
