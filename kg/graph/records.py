"""Nodes and edges of the NetworkX graph as the records of kg.model."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kg.contract import ArticleAttributes, DealAttributes, EvidenceAttributes
from kg.model import Deal, Entity, Relation, SourcedEvidence, Status

if TYPE_CHECKING:
    import networkx as nx

Edge = tuple[str, str, str]
"""Subject id, object id and key of an edge of the graph."""


def entity_of(graph: nx.MultiDiGraph[Any], node: str) -> Entity:
    """Return the Entity of a node."""
    attributes = graph.nodes[node]
    return Entity(
        id=node,
        name=attributes["name"],
        type=attributes["type"],
        aliases=tuple(attributes["aliases"]),
        subtype=attributes["subtype"],
        mentions=attributes["mentions"],
        articles=attributes["articles"],
        article_ids=tuple(attributes["article_ids"]),
        ids=tuple(attributes["ids"]),
    )


def relation_of(
    graph: nx.MultiDiGraph[Any], edge: Edge, entity: Callable[[str], Entity], *, reverse: bool = False
) -> Relation:
    """Return the Relation of an edge, its ends made by `entity`.

    `reverse` exchanges the ends, for a symmetric relation seen from the other side.
    """
    subject, obj, key = edge
    attributes = graph.edges[edge]
    if reverse:
        subject, obj = obj, subject
    articles: dict[str, ArticleAttributes] = graph.graph["articles"]
    return Relation(
        id=key,
        type=attributes["type"],
        subject=entity(subject),
        object=entity(obj),
        status=attributes["status"],
        date=attributes["date"],
        last_date=attributes["last_date"],
        role=attributes["role"],
        deal=_deal(attributes["deal"]),
        confidence=attributes["confidence"],
        articles=attributes["articles"],
        sources=attributes["sources"],
        evidence=tuple(_sourced(e, articles[e["article"]], attributes["status"]) for e in attributes["evidence"]),
    )


def _deal(attributes: DealAttributes | None) -> Deal | None:
    return Deal(**attributes) if attributes is not None else None


def _sourced(evidence: EvidenceAttributes, article: ArticleAttributes, status: Status) -> SourcedEvidence:
    return SourcedEvidence(
        article=evidence["article"],
        title=article["title"],
        publisher=article["publisher"],
        published=article["date"],
        url=article["url"],
        start=evidence["start"],
        end=evidence["end"],
        text=evidence["text"],
        cue=(evidence["cue"][0], evidence["cue"][1]),
        status=status,
        date=evidence["date"],
        role=evidence["role"],
        deal=_deal(evidence["deal"]),
        speaker=evidence["speaker"],
        confidence=evidence["confidence"],
        extractor=evidence["extractor"],
        original=article["original"],
    )
