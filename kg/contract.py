"""The attribute contract of the NetworkX graph: what every node, edge and the graph itself carry.

The graph is a `networkx.MultiDiGraph`. `graph.graph` holds `schema` (hash) and `articles`, a dict from
article id to ArticleAttributes. A node key is the entity id, an edge key the relation id; each edge is one
(type, subject, object, status). Symmetric relations have one edge, from the smaller id to the larger. Lists of names
and ids are sorted, evidence by `evidence_order`.
"""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from typing import Any, TypedDict

import networkx as nx

from kg.errors import GraphError, GraphSizeError
from kg.model import STATUSES
from kg.schema import Schema


class ArticleAttributes(TypedDict):
    """An article of the graph; `sha256` is that of the UTF-8 bytes of the document's text.

    `original` is the id of the article that this one is a copy or a rewrite of, its own id where it is neither.
    """

    title: str | None
    date: str | None
    publisher: str | None
    url: str | None
    language: str
    sha256: str
    original: str


class DealAttributes(TypedDict):
    """What a deal is about: `value` in whole units of `currency`, `stake` in percent, the rest as written."""

    amount: str | None
    value: int | None
    currency: str | None
    stake: float | None
    round: str | None
    item: str | None


class EvidenceAttributes(TypedDict):
    """One relation mention: offsets are code points of the document's text, `cue` lies inside them."""

    article: str
    start: int
    end: int
    text: str
    cue: list[int]
    date: str | None
    role: str | None
    deal: DealAttributes | None
    speaker: str | None
    confidence: float
    extractor: str


class NodeAttributes(TypedDict):
    """A canonical entity; `type` is a top type of the schema, `mentions` and `articles` are counts.

    `aliases` are names other than `name`. `article_ids` are the articles it occurs in; `ids` are its identifiers
    elsewhere as CURIEs (wikidata:Q…, krx:035720, domain:kakaocorp.com).
    """

    name: str
    type: str
    subtype: str | None
    aliases: list[str]
    mentions: int
    articles: int
    article_ids: list[str]
    ids: list[str]


class EdgeAttributes(TypedDict):
    """A relation; `date` and `last_date` are the first and last event dates of its evidence.

    `articles` counts the articles that state it, `sources` those independent of one another: copies of one text and
    articles of one publisher are one source.
    """

    type: str
    status: str
    date: str | None
    last_date: str | None
    role: str | None
    deal: DealAttributes | None
    confidence: float
    articles: int
    sources: int
    evidence: list[EvidenceAttributes]


def evidence_order(evidence: EvidenceAttributes) -> tuple[Any, ...]:
    """Return what the evidence of a relation is sorted by: article, position, then the rest."""
    optional = (evidence["date"], evidence["role"], evidence["speaker"])
    return (
        *(evidence["article"], evidence["start"], evidence["end"], evidence["cue"]),
        *(value or "" for value in optional),
        json.dumps(evidence["deal"], sort_keys=True),
        *(evidence["confidence"], evidence["extractor"]),
    )


def check_graph(graph: nx.MultiDiGraph[Any], schema: Schema) -> None:
    """Raise GraphError naming the node or edge unless the graph keeps the contract and the schema."""
    articles = graph.graph.get("articles", {})
    for article, attributes in articles.items():
        check_article(article, attributes)
    for node, attributes in graph.nodes(data=True):
        check_node(node, attributes, schema)
    for subject, obj, key, attributes in graph.edges(keys=True, data=True):
        ends = graph.nodes[subject]["type"], graph.nodes[obj]["type"]
        check_edge(key, attributes, ends, articles, schema)


def check_size(entities: int, relations: int, largest: int) -> None:
    """Raise GraphSizeError when a graph has more than `largest` entities and relations."""
    if entities + relations > largest:
        raise GraphSizeError(entities, relations, largest)


def check_article(article: str, attributes: Mapping[str, Any]) -> None:
    """Raise GraphError unless the attributes of an article keep the contract."""
    _keys(f"article {article}", attributes, ArticleAttributes)


def check_node(node: str, attributes: Mapping[str, Any], schema: Schema) -> None:
    """Raise GraphError unless the attributes of a node keep the contract and the schema."""
    _keys(f"node {node}", attributes, NodeAttributes)
    if attributes["type"] not in schema.entities:
        raise GraphError(f"node {node}: type {attributes['type']!r} is not in the schema")
    subtype = attributes["subtype"]
    if subtype is not None and (subtype not in schema.entities or schema.top(subtype) != attributes["type"]):
        raise GraphError(f"node {node}: subtype {subtype!r} is not one of {attributes['type']}")


def check_edge(
    key: str, attributes: Mapping[str, Any], ends: tuple[str, str], articles: Container[str], schema: Schema
) -> None:
    """Raise GraphError unless the attributes of an edge keep the contract and the schema.

    `ends` are the types of its subject and object, `articles` those that the graph has.
    """
    where = f"edge {key}"
    _keys(where, attributes, EdgeAttributes)
    if attributes["status"] not in STATUSES:
        raise GraphError(f"{where}: status {attributes['status']!r} is none of {', '.join(STATUSES)}")
    if not schema.allows(attributes["type"], *ends):
        raise GraphError(f"{where}: {attributes['type']} may not join {ends[0]} and {ends[1]}")
    if not attributes["evidence"]:
        raise GraphError(f"{where}: no evidence")
    for evidence in attributes["evidence"]:
        _keys(f"evidence of {where}", evidence, EvidenceAttributes)
        if evidence["article"] not in articles:
            raise GraphError(f"{where}: evidence from unknown article {evidence['article']!r}")


def _keys(where: str, attributes: Mapping[str, Any], kind: type) -> None:
    wanted = kind.__annotations__.keys()
    if attributes.keys() != wanted:
        missing, extra = sorted(wanted - attributes.keys()), sorted(attributes.keys() - wanted)
        raise GraphError(f"{where}: attributes missing {missing}, unknown {extra}")
