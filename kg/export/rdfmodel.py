"""The graph as RDF: each node, edge, article and piece of evidence as one block of lines.

Plain RDF 1.1, or with reifiers RDF 1.2. An entity is typed with our type and the public ones. A relation is a direct
triple, only when some edge of its type and ends is actual, and an `rdf:Statement` node with status, dates and evidence
(RDF 1.1 Semantics, section on reification). A piece of evidence is a Web Annotation SpecificResource whose selector
quotes the sentence and gives its offsets in code points; the software that found it is its agent in PROV-O. What the
graph contract (`kg.contract`) has is all there, so that `kg.export.rdfreading` gives the graph back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

import networkx as nx

from kg.export import terms
from kg.export.descriptions import Descriptions, evidence_id
from kg.export.spelling import Block, NTriples
from kg.schema import Schema

Edge = tuple[str, str, str, dict[str, Any]]
"""Subject, object, id and attributes of a relation."""
_Records = Mapping[str, Mapping[str, Mapping[str, dict[str, Any]]]]
_by_id = itemgetter(2)


@dataclass(frozen=True)
class RdfModel:
    """The blocks of one graph as one form spells them; every order is by id, so equal graphs give equal bytes.

    `reifiers` writes a statement as an RDF 1.2 reifier of its triple term instead of an rdf:Statement.
    """

    graph: nx.MultiDiGraph[Any]
    schema: Schema
    spelling: NTriples
    reifiers: bool = False

    def blocks(self) -> Iterator[Block]:
        """Yield everything for the default graph, each subject once: entities, articles, statements by their subject.

        What is held meanwhile is a list of the ids of nodes and articles, and one node's relations.
        """
        of = self._of
        yield from self._about("")
        for node in sorted(self.graph.nodes):
            attributes = self.graph.nodes[node]
            named, facts = of.mentioned(attributes["article_ids"]), of.facts(self._actual(node))
            yield Block("", of.entity_term(node), of.entity(node, attributes) + named + facts)
        for article in sorted(self.graph.graph["articles"]):
            yield Block("", of.article_term(article), of.article(article, self.graph.graph["articles"][article]))
        for subject, obj, key, edge in self._edges():
            found = {evidence_id(key, e): e for e in edge["evidence"]}
            lines = of.core(subject, obj, edge) + of.qualifiers(edge) + of.links(found)
            yield Block("", of.statement_term(key), lines)
            for identifier, evidence in found.items():
                yield from self._evidence("", identifier, evidence)

    def named_blocks(self) -> Iterator[Block]:
        """Yield the same triples in named graphs: `meta`, `entities`, `relations` and one for each article.

        An article's graph holds what the article alone supports, so that a retraction is DROP GRAPH;
        dates, counts and confidence over all articles stand in `relations`. A list of what each article
        names and states is held meanwhile.
        """
        of = self._of
        yield from self._about(self._of.graph_term("meta"))
        entities, relations = self._of.graph_term("entities"), self._of.graph_term("relations")
        for node in sorted(self.graph.nodes):
            yield Block(entities, of.entity_term(node), of.entity(node, self.graph.nodes[node]))
        for _, _, key, edge in self._edges():
            yield Block(relations, of.statement_term(key), of.qualifiers(edge))
        for article in sorted({*self._named, *self._stating, *self.graph.graph["articles"]}):
            yield from self._article_blocks(article)

    def _article_blocks(self, article: str) -> Iterator[Block]:
        of, name = self._of, self._of.graph_term(f"article/{terms.path_segment(article)}")
        if article in self.graph.graph["articles"]:
            yield Block(name, of.article_term(article), of.article(article, self.graph.graph["articles"][article]))
        for node in self._named.get(article, ()):
            yield Block(name, of.entity_term(node), of.mentioned([article]))
        for subject, obj, key, edge in self._stating.get(article, ()):
            found = {evidence_id(key, e): e for e in edge["evidence"] if e["article"] == article}
            yield Block(name, of.statement_term(key), of.core(subject, obj, edge) + of.links(found))
            if edge["status"] == "actual":
                for one, other in self._ways(subject, obj, edge["type"]):
                    yield Block(name, of.entity_term(one), [of.fact(edge["type"], other)])
            for identifier, evidence in found.items():
                yield from self._evidence(name, identifier, evidence)

    def _about(self, name: str) -> Iterator[Block]:
        """Yield what holds for the graph as a whole: its schema, and the software that found the evidence."""
        yield Block(name, self._of.graph_term("meta"), self._of.dataset(self.graph.graph["schema"]))
        extractors = {e["extractor"] for *_, edge in self.graph.edges(data=True) for e in edge["evidence"]}
        for extractor in sorted(extractors - {""}):
            yield Block(name, self._of.agent_term(extractor), self._of.agent(extractor))

    def _evidence(self, name: str, identifier: str, evidence: dict[str, Any]) -> tuple[Block, Block]:
        of = self._of
        selector = of.evidence_term(f"{identifier}-s")
        language = self.graph.graph["articles"][evidence["article"]]["language"]
        return (
            Block(name, of.evidence_term(identifier), of.evidence(evidence, selector)),
            Block(name, selector, of.selector(evidence, language)),
        )

    def _actual(self, node: str) -> set[tuple[str, str]]:
        """Return types and other ends of the relations from a node, either way if symmetric, that are facts."""
        found = set()
        for other, edges in self._after[node].items():
            found |= {(edge["type"], other) for edge in edges.values() if edge["status"] == "actual"}
        for other, edges in self._before[node].items():
            for edge in edges.values():
                if edge["type"] in self._symmetric and edge["status"] == "actual":
                    found.add((edge["type"], other))
        return found

    def _ways(self, subject: str, obj: str, kind: str) -> list[tuple[str, str]]:
        """Return the ends between which a relation is a direct triple."""
        return [(subject, obj), (obj, subject)] if kind in self._symmetric else [(subject, obj)]

    def _edges(self) -> Iterator[Edge]:
        for node in sorted(self.graph.nodes):
            found = [(node, obj, key, edge) for obj, edges in self._after[node].items() for key, edge in edges.items()]
            yield from sorted(found, key=_by_id)

    @cached_property
    def _of(self) -> Descriptions:
        return Descriptions(self.schema, self.spelling, self.reifiers)

    @cached_property
    def _after(self) -> _Records:
        """Relations by subject, object and id: plain dictionaries, as networkx's views take a tenth of all the time."""
        return dict(self.graph.adjacency())

    @cached_property
    def _before(self) -> _Records:
        """Relations by object, subject and id."""
        return dict(self.graph.reverse(copy=False).adjacency())

    @cached_property
    def _symmetric(self) -> frozenset[str]:
        return frozenset(name for name, found in self.schema.relations.items() if found.symmetric)

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """The nodes that each article names."""
        found: dict[str, list[str]] = defaultdict(list)
        for node in sorted(self.graph.nodes):
            for article in self.graph.nodes[node]["article_ids"]:
                found[article].append(node)
        return found

    @cached_property
    def _stating(self) -> dict[str, list[Edge]]:
        """The relations that each article states."""
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in self._edges():
            for article in dict.fromkeys(e["article"] for e in edge[3]["evidence"]):
                found[article].append(edge)
        return found
