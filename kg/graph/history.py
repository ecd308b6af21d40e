"""The graph as it stood on a day, and what is new in it since one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.contract import ArticleAttributes, EvidenceAttributes, NodeAttributes
from kg.graph.assemble import EdgeKey, assembled
from kg.graph.period import earliest, latest
from kg.model import Status

if TYPE_CHECKING:
    import networkx as nx

Articles = Mapping[str, ArticleAttributes]


def as_of(graph: nx.MultiDiGraph[Any], date: str) -> nx.MultiDiGraph[Any]:
    """Return the graph of the articles published by the end of a day, month or year; see KnowledgeGraph.as_of."""
    articles = {key: a for key, a in _dated(graph).items() if latest(a["date"] or "") <= latest(date)}
    evidence: dict[EdgeKey, list[EvidenceAttributes]] = {}
    for subject, obj, _, attributes in graph.edges(keys=True, data=True):
        for e in _stated_in(articles, attributes["evidence"]):
            ahead = e["date"] is not None and e["date"] > latest(date)
            key = attributes["type"], subject, obj, _status_then(attributes["status"], ahead)
            evidence.setdefault(key, []).append(e)
    nodes = {node: _node(graph, node, articles) for node in _appearing(graph, articles, evidence)}
    return assembled(graph.graph["schema"], articles, nodes, evidence)


def since(graph: nx.MultiDiGraph[Any], date: str) -> nx.MultiDiGraph[Any]:
    """Return what no article published before a date names or states, and later ones do; see KnowledgeGraph.since."""
    dated = _dated(graph)
    articles = {key: a for key, a in dated.items() if latest(a["date"] or "") >= date}
    earlier = {key: a for key, a in dated.items() if key not in articles}
    known: set[EdgeKey] = set()
    evidence: dict[EdgeKey, list[EvidenceAttributes]] = {}
    for subject, obj, _, attributes in graph.edges(keys=True, data=True):
        kind, status = attributes["type"], attributes["status"]
        if stated := _stated_in(articles, attributes["evidence"]):
            evidence[kind, subject, obj, status] = stated
        for e in _stated_in(earlier, attributes["evidence"]):
            ahead = e["date"] is not None and earliest(e["date"]) >= earliest(date)
            known.add((kind, subject, obj, _status_then(status, ahead)))
    evidence = {key: evidence[key] for key in evidence.keys() - known}
    joined = {end for _, *ends, _ in evidence for end in ends}
    fresh = (
        node for node in _appearing(graph, articles, {}) if earlier.keys().isdisjoint(graph.nodes[node]["article_ids"])
    )
    nodes = {node: _node(graph, node, articles) for node in joined.union(fresh)}
    return assembled(graph.graph["schema"], articles, nodes, evidence)


def _dated(graph: nx.MultiDiGraph[Any]) -> Articles:
    return {key: a for key, a in graph.graph["articles"].items() if a["date"] is not None}


def _stated_in(articles: Articles, evidence: Iterable[EvidenceAttributes]) -> list[EvidenceAttributes]:
    return [e for e in evidence if e["article"] in articles]


def _status_then(status: Status, ahead: bool) -> Status:
    """Return how a relation held on a day: what was certainly still ahead was planned."""
    return "planned" if status == "actual" and ahead else status


def _appearing(
    graph: nx.MultiDiGraph[Any], articles: Articles, evidence: Mapping[EdgeKey, list[EvidenceAttributes]]
) -> set[str]:
    """Return the nodes that some articles name, and the ends of what they state."""
    named = {node for node, ids in graph.nodes(data="article_ids") if any(article in articles for article in ids)}
    return named.union(end for _, *ends, _ in evidence for end in ends)


def _node(graph: nx.MultiDiGraph[Any], node: str, articles: Articles) -> NodeAttributes:
    """Return the attributes of a node, counted over some articles alone; each is known to name it at least once."""
    found = graph.nodes[node]
    ids = [article for article in found["article_ids"] if article in articles]
    return {
        "name": found["name"],
        "type": found["type"],
        "subtype": found["subtype"],
        "aliases": found["aliases"],
        "mentions": len(ids),
        "articles": len(ids),
        "article_ids": ids,
        "ids": found["ids"],
    }
