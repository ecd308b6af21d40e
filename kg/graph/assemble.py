"""The last fold: resolved documents become the NetworkX graph of kg.contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from kg.contract import (
    ArticleAttributes,
    DealAttributes,
    EdgeAttributes,
    EvidenceAttributes,
    NodeAttributes,
    evidence_order,
)
from kg.model import STATUSES, Deal, Document, Entity, RelationMention, Status, relation_id
from kg.schema import Schema

if TYPE_CHECKING:
    import networkx as nx

    from kg.resolve import Resolution

EdgeKey = tuple[str, str, str, Status]
"""Type, subject id, object id and status: what makes two relation mentions one relation."""
Typed = tuple[str, str]
"""Id and type of an entity."""
Retractions = Container[tuple[str, str, str, str, str]]
"""Edges that a correction takes out, by key and article (`kg.resolve.corrections.Retracted`)."""
Value = TypeVar("Value", str, float, tuple[int, str], tuple[int, str, str])


class Assembler:
    """Takes documents one at a time, in any order, and gives the graph they make together.

    `originals` maps the id of an article that is a copy to the id of the article it copies (see `kg.resolve.copies`).
    `retracted` has the edges that a correction takes out, by key and article (`kg.resolve.corrections.Retracted`).
    `dropped` counts the relation mentions that joined an entity to itself once resolved, or that the
    schema does not allow between the resolved types, and those retracted.
    """

    def __init__(
        self,
        resolution: Resolution,
        schema: Schema,
        originals: Mapping[str, str] | None = None,
        retracted: Retractions = (),
    ) -> None:
        self.dropped: Counter[str] = Counter()
        self._retracted = retracted
        self._resolution = resolution
        self._schema = schema
        self._originals = originals or {}
        self._articles: dict[str, ArticleAttributes] = {}
        self._evidence: dict[EdgeKey, list[EvidenceAttributes]] = {}

    def add(self, document: Document) -> None:
        """Count a document in; raises UnknownNameError for a relation type the schema lacks."""
        head = (document.title, document.date, document.publisher, document.url, document.language)
        original = self._originals.get(document.id, document.id)
        self._articles[document.id] = article_attributes(*head, document.sha256, original)
        for mention in document.relations:
            self._add(document.id, mention)

    def graph(self) -> nx.MultiDiGraph[Any]:
        """Return a new graph of everything added, its nodes, edges and evidence in a fixed order."""
        nodes = {key: node_attributes(entity) for key, entity in self._resolution.entities.items()}
        return assembled(self._schema.hash, self._articles, nodes, self._evidence)

    def _add(self, article: str, mention: RelationMention) -> None:
        subject, obj = (self._canonical(article, end) for end in (mention.subject, mention.object))
        ends = (subject.id, subject.type), (obj.id, obj.type)
        found = placed(article, mention, *ends, self._schema, self._retracted)
        if isinstance(found, str):
            self.dropped[found] += 1
        else:
            self._evidence.setdefault(found, []).append(evidence_attributes(article, mention))

    def _canonical(self, document_id: str, entity_id: str) -> Entity:
        return self._resolution.entities[self._resolution.canonical[document_id, entity_id]]


def placed(
    article: str, mention: RelationMention, subject: Typed, obj: Typed, schema: Schema, retracted: Retractions
) -> EdgeKey | str:
    """Return the edge that a relation mention is evidence of, or why there is none, as `Assembler.dropped` counts it.

    Raises UnknownNameError for a relation type the schema lacks.
    """
    if subject[0] == obj[0]:
        return "joins an entity to itself"
    if not schema.allows(mention.type, subject[1], obj[1]):
        return "not allowed by the schema"
    key: EdgeKey = (mention.type, *schema.ordered(mention.type, subject[0], obj[0]), mention.status)
    return "retracted by hand" if (*key, article) in retracted else key


def assemble(
    documents: Iterable[Document], resolution: Resolution, schema: Schema, originals: Mapping[str, str] | None = None
) -> nx.MultiDiGraph[Any]:
    """Return the graph of resolved documents, the same whatever their order; see Assembler for what is dropped."""
    assembler = Assembler(resolution, schema, originals)
    for document in documents:
        assembler.add(document)
    return assembler.graph()


def assembled(
    schema_hash: str,
    articles: Mapping[str, ArticleAttributes],
    nodes: Mapping[str, NodeAttributes],
    evidence: Mapping[EdgeKey, list[EvidenceAttributes]],
) -> nx.MultiDiGraph[Any]:
    """Return the graph of articles, nodes and what the articles state, in a fixed order whatever that of the input."""
    edges = (
        (key[1], key[2], relation_id(*key), edge_attributes(key[0], key[3], evidence[key], articles))
        for key in sorted(evidence, key=edge_order)
    )
    return graph_of(schema_hash, {key: articles[key] for key in sorted(articles)}, sorted(nodes.items()), edges)


def graph_of(
    schema_hash: str,
    articles: Mapping[str, Any],
    nodes: Iterable[tuple[str, Mapping[str, Any]]],
    edges: Iterable[tuple[str, str, str, Mapping[str, Any]]],
) -> nx.MultiDiGraph[Any]:
    """Return the graph of records that are whole, in the order given; an edge is subject, object, id and attributes."""
    import networkx as nx

    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(schema=schema_hash, articles=articles)
    graph.add_nodes_from(nodes)
    for subject, obj, key, attributes in edges:
        graph.add_edge(subject, obj, key=key, **attributes)
    return graph


def edge_order(key: EdgeKey) -> tuple[str, str, str, int]:
    """Return what edges are sorted by."""
    relation_type, subject, obj, status = key
    return subject, obj, relation_type, STATUSES.index(status)


def article_attributes(
    title: str | None,
    date: str | None,
    publisher: str | None,
    url: str | None,
    language: str,
    sha256: str,
    original: str,
) -> ArticleAttributes:
    """Return the attributes of an article; `original` is its own id where it is no copy."""
    return {
        "title": title,
        "date": date,
        "publisher": publisher,
        "url": url,
        "language": language,
        "sha256": sha256,
        "original": original,
    }


def evidence_attributes(article: str, mention: RelationMention) -> EvidenceAttributes:
    """Return what a relation mention of an article is as evidence of an edge."""
    return {
        "article": article,
        "start": mention.evidence.start,
        "end": mention.evidence.end,
        "text": mention.evidence.text,
        "cue": [*mention.evidence.cue],
        "date": mention.date,
        "role": mention.role,
        "deal": _deal_attributes(mention.deal),
        "speaker": mention.speaker,
        "confidence": mention.confidence,
        "extractor": mention.extractor,
    }


def node_attributes(entity: Entity) -> NodeAttributes:
    """Return the attributes of an entity's node."""
    return {
        "name": entity.name,
        "type": entity.type,
        "subtype": entity.subtype,
        "aliases": list(entity.aliases),
        "mentions": entity.mentions,
        "articles": entity.articles,
        "article_ids": list(entity.article_ids),
        "ids": list(entity.ids),
    }


def edge_attributes(
    relation_type: str, status: str, mentions: list[EvidenceAttributes], articles: Mapping[str, ArticleAttributes]
) -> EdgeAttributes:
    """Return the attributes of the edge of all its evidence, in any order; `articles` has those that state it."""
    evidence = _distinct(mentions)
    stating = {e["article"]: articles[e["article"]] for e in evidence}
    dates = sorted(e["date"] for e in evidence if e["date"] is not None)
    return {
        "type": relation_type,
        "status": status,
        "date": dates[0] if dates else None,
        "last_date": dates[-1] if dates else None,
        "role": _most_frequent(e["role"] for e in evidence),
        "deal": _shared_deal([e["deal"] for e in evidence if e["deal"] is not None]),
        "confidence": max(e["confidence"] for e in evidence),
        "articles": len(stating),
        "sources": independent(stating),
        "evidence": evidence,
    }


def independent(articles: Mapping[str, ArticleAttributes]) -> int:
    """Return how many independent sources articles are: those of one original or one publisher are one."""
    import networkx as nx

    if len(articles) == 1:
        return 1
    shared: nx.Graph[Any] = nx.Graph()
    for article, attributes in articles.items():
        shared.add_edge(article, ("original", attributes["original"]))
        if attributes["publisher"]:
            shared.add_edge(article, ("publisher", attributes["publisher"]))
    return int(nx.number_connected_components(shared))


def _distinct(mentions: list[EvidenceAttributes]) -> list[EvidenceAttributes]:
    """Sort by article and position, and keep one of those that two merged entities made alike."""
    kept: list[EvidenceAttributes] = []
    for mention in sorted(mentions, key=evidence_order):
        if not kept or mention != kept[-1]:
            kept.append(mention)
    return kept


def _deal_attributes(deal: Deal | None) -> DealAttributes | None:
    if deal is None:
        return None
    return {
        "amount": deal.amount,
        "value": deal.value,
        "currency": deal.currency,
        "stake": deal.stake,
        "round": deal.round,
        "item": deal.item,
    }


def _shared_deal(deals: list[DealAttributes]) -> DealAttributes | None:
    """Return each part as most of the deals give it; the sum keeps the value and currency it came with."""
    if not deals:
        return None
    sums = [d for d in deals if d["amount"] is not None]
    best = _most_frequent((d["value"] or 0, d["currency"] or "", d["amount"] or "") for d in _agreeing(sums))
    value, currency, amount = best if best is not None else (0, "", "")
    return {
        "amount": amount or None,
        "value": value or None,
        "currency": currency or None,
        "stake": _most_frequent(d["stake"] for d in deals),
        "round": _most_frequent(d["round"] for d in deals),
        "item": _most_frequent(d["item"] for d in deals),
    }


def _agreeing(deals: list[DealAttributes]) -> list[DealAttributes]:
    """Return the deals with the value and currency that most of them give, known values before unknown ones."""
    known = [d for d in deals if d["value"] is not None] or deals
    most = _most_frequent((d["value"] or 0, d["currency"] or "") for d in known)
    return [d for d in known if (d["value"] or 0, d["currency"] or "") == most]


def _most_frequent(values: Iterable[Value | None]) -> Value | None:
    """Return the value given most often, the first in order among equals, None when none is given."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None
