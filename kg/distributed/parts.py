"""The result in parts: N-Quads for a bulk loader, and the rows of Parquet tables.

The quads are those of `kg.export.rdfmodel.RdfModel.named_blocks`: every line of it comes from one entity, one relation
or one article, so that each record gives its own, whichever part it is in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.contract import NodeAttributes
from kg.distributed.rows import Made, Record, dump
from kg.export import terms
from kg.export.descriptions import Descriptions, evidence_id
from kg.export.spelling import Block, NQuads
from kg.export.vocabulary import names
from kg.graph.assemble import node_attributes
from kg.model import DEAL_PARTS, Entity
from kg.resolve import Resolution
from kg.resolve.identifiers import Named, identifier_table, identify
from kg.schema import Schema, load_schema
from kg.store.records import record_from_json

if TYPE_CHECKING:
    import pyarrow as pa

QUADS = "quads"
TABLES = ("entities", "relations", "evidence", "articles", "failures")


class Quads:
    """N-Quads of single records, each as the lines that it gives; see `kg.export.rdf.write_nquads`."""

    def __init__(self, schema: Schema) -> None:
        self._spelling = NQuads(names(schema))
        self._of = Descriptions(schema, self._spelling)
        self._schema = schema

    def about(self, extractors: Iterable[str]) -> str:
        """Return what holds for the graph as a whole."""
        of, meta = self._of, self._of.graph_term("meta")
        agents = [Block(meta, of.agent_term(one), of.agent(one)) for one in extractors if one]
        return self._spelled([Block(meta, meta, of.dataset(self._schema.hash)), *agents])

    def entity(self, node: str, attributes: NodeAttributes) -> str:
        """Return an entity, and in the graphs of its articles that they name it."""
        of, term = self._of, self._of.entity_term(node)
        named = [Block(self._graph(article), term, of.mentioned([article])) for article in attributes["article_ids"]]
        return self._spelled([Block(of.graph_term("entities"), term, of.entity(node, dict(attributes))), *named])

    def article(self, id: str, attributes: dict[str, Any]) -> str:
        """Return an article."""
        return self._spelled([Block(self._graph(id), self._of.article_term(id), self._of.article(id, attributes))])

    def relation(self, key: str, ends: tuple[str, str], edge: dict[str, Any], languages: dict[str, str]) -> str:
        """Return a relation: what holds over all articles, and in the graph of each what it states."""
        of = self._of
        blocks = [Block(of.graph_term("relations"), of.statement_term(key), of.qualifiers(edge))]
        stated: dict[str, dict[str, dict[str, Any]]] = {}
        for evidence in edge["evidence"]:
            stated.setdefault(evidence["article"], {})[evidence_id(key, evidence)] = evidence
        for article, found in stated.items():
            graph = self._graph(article)
            blocks.append(Block(graph, of.statement_term(key), of.core(*ends, edge) + of.links(found)))
            if edge["status"] == "actual":
                both = self._schema.relations[edge["type"]].symmetric
                ways = [ends, (ends[1], ends[0])] if both else [ends]
                blocks += [Block(graph, of.entity_term(one), [of.fact(edge["type"], other)]) for one, other in ways]
            for identifier, evidence in found.items():
                selector = of.evidence_term(f"{identifier}-s")
                blocks.append(Block(graph, of.evidence_term(identifier), of.evidence(evidence, selector)))
                blocks.append(Block(graph, selector, of.selector(evidence, languages[article])))
        return self._spelled(blocks)

    def _graph(self, article: str) -> str:
        return self._of.graph_term(f"article/{terms.path_segment(article)}")

    def _spelled(self, blocks: Iterable[Block]) -> str:
        return "".join(map(self._spelling.block, blocks))


@lru_cache(maxsize=1)
def quads() -> Quads:
    """Return the quads of the shipped schema."""
    return Quads(load_schema())


def entity_parts(rows: Iterable[Record], shared: frozenset[Named]) -> Iterator[Made]:
    """Make node, quads and row of each entity, with its identifiers elsewhere.

    Names in `shared` have several bearers and identify none. Row by row, for `identify` asks no more than that of the
    other entities.
    """
    table = {name: row for name, row in identifier_table().items() if name not in shared}
    for row in rows:
        entity = record_from_json(Entity, row["value"])
        node = node_attributes(identify(Resolution({}, {entity.id: entity}), table).entities[entity.id])
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
        yield Made(QUADS, "", quads().relation(row["key"], (subject, obj), edge, languages))
        yield Made(
            "relations", row["key"], {"id": row["key"], "subject": subject, "object": obj, **edge, **_deal(edge)}
        )
        for one in edge["evidence"]:
            cue = {"cue_start": one["cue"][0], "cue_end": one["cue"][1]}
            yield Made("evidence", row["key"], {"relation": row["key"], **one, **cue, **_deal(one)})
            extractors.add(one["extractor"])
    yield from (Made("extractors", one) for one in sorted(extractors))


def _deal(record: dict[str, Any]) -> dict[str, Any]:
    return {f"deal_{part}": (record["deal"] or {}).get(part) for part in DEAL_PARTS}


def table_schema(name: str) -> pa.Schema:
    """Return the columns of one of TABLES: those of the graph contract (`kg.contract`), a deal's parts side by side."""
    import pyarrow as pa

    text, number, share, several = pa.large_string(), pa.int64(), pa.float64(), pa.list_(pa.large_string())
    deal = {**dict.fromkeys((f"deal_{part}" for part in DEAL_PARTS), text), "deal_value": number, "deal_stake": share}
    said = {"date": text, "role": text, **deal, "confidence": share}
    node = dict.fromkeys(("id", "name", "type", "subtype"), text) | {"aliases": several, "mentions": number}
    article = ("id", "title", "date", "publisher", "url", "language", "sha256", "original")
    columns = {
        "entities": {**node, "articles": number, "article_ids": several, "ids": several},
        "relations": {
            **dict.fromkeys(("id", "type", "subject", "object", "status"), text),
            **(said | {"last_date": text, "articles": number, "sources": number}),
        },
        "evidence": {
            **dict.fromkeys(("relation", "article"), text),
            **dict.fromkeys(("start", "end", "cue_start", "cue_end"), number),
            **(said | dict.fromkeys(("text", "speaker", "extractor"), text)),
        },
        "articles": dict.fromkeys(article, text),
        "failures": dict.fromkeys(("source", "stage", "message"), text),
    }
    return pa.schema(list(columns[name].items()))
