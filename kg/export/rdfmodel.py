"""The graph as RDF: each node, edge, article and piece of evidence as one block of lines.

Plain RDF 1.1, or with reifiers RDF 1.2. An entity is typed with our type and the public ones. A relation is a direct
triple, only when some edge of its type and ends is actual, and an `rdf:Statement` node with status, dates and evidence
(RDF 1.1 Semantics, section on reification). A piece of evidence is a Web Annotation SpecificResource whose selector
quotes the sentence and gives its offsets in code points; the software that found it is its agent in PROV-O. What the
graph contract (`kg.contract`) has is all there, so that `kg.export.rdfreading` gives the graph back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.export import terms
from kg.export.descriptions import Descriptions, evidence_id
from kg.export.records import Records, Told
from kg.export.spelling import Block, NTriples
from kg.schema import Schema


@dataclass(frozen=True)
class RdfModel:
    """The blocks of one graph as one form spells them; every order is by id, so equal graphs give equal bytes.

    `reifiers` writes a statement as an RDF 1.2 reifier of its triple term instead of an rdf:Statement.
    """

    records: Records
    schema: Schema
    spelling: NTriples
    reifiers: bool = False

    def blocks(self) -> Iterator[Block]:
        """Yield everything for the default graph, each subject once: entities, articles, statements by their subject.

        Nothing is held meanwhile but one record (and what the records themselves hold).
        """
        of = self._of
        yield from self._about("")
        for node, attributes, facts in self.records.stated(self._symmetric):
            named = of.mentioned(attributes["article_ids"])
            yield Block("", of.entity_term(node), of.entity(node, attributes) + named + of.facts(facts))
        for article, attributes in self.records.articles():
            yield Block("", of.article_term(article), of.article(article, attributes))
        for subject, obj, key, edge in self.records.edges():
            found = {evidence_id(key, e): e for e in edge["evidence"]}
            lines = of.core(subject, obj, edge) + of.qualifiers(edge) + of.links(found)
            yield Block("", of.statement_term(key), lines)
            for identifier, evidence in found.items():
                yield from self._evidence("", identifier, evidence)

    def named_blocks(self) -> Iterator[Block]:
        """Yield the same triples in named graphs: `meta`, `entities`, `relations` and one for each article.

        An article's graph holds what the article alone supports, so that a retraction is DROP GRAPH;
        dates, counts and confidence over all articles stand in `relations`.
        """
        of = self._of
        yield from self._about(self._of.graph_term("meta"))
        entities, relations = self._of.graph_term("entities"), self._of.graph_term("relations")
        for node, attributes in self.records.nodes():
            yield Block(entities, of.entity_term(node), of.entity(node, attributes))
        for _, _, key, edge in self.records.edges():
            yield Block(relations, of.statement_term(key), of.qualifiers(edge))
        for told in self.records.told():
            yield from self._article_blocks(told)

    def _article_blocks(self, told: Told) -> Iterator[Block]:
        of, article = self._of, told.article
        name = of.graph_term(f"article/{terms.path_segment(article)}")
        if told.attributes is not None:
            yield Block(name, of.article_term(article), of.article(article, told.attributes))
        for node in told.nodes:
            yield Block(name, of.entity_term(node), of.mentioned([article]))
        for subject, obj, key, edge in told.edges:
            found = {evidence_id(key, e): e for e in edge["evidence"] if e["article"] == article}
            yield Block(name, of.statement_term(key), of.core(subject, obj, edge) + of.links(found))
            if edge["status"] == "actual":
                for one, other in self._ways(subject, obj, edge["type"]):
                    yield Block(name, of.entity_term(one), [of.fact(edge["type"], other)])
            for identifier, evidence in found.items():
                yield from self._evidence(name, identifier, evidence)

    def _about(self, name: str) -> Iterator[Block]:
        """Yield what holds for the graph as a whole: its schema, and the software that found the evidence."""
        yield Block(name, self._of.graph_term("meta"), self._of.dataset(self.records.schema))
        for extractor in sorted({*self.records.extractors()} - {""}):
            yield Block(name, self._of.agent_term(extractor), self._of.agent(extractor))

    def _evidence(self, name: str, identifier: str, evidence: dict[str, Any]) -> tuple[Block, Block]:
        of = self._of
        selector = of.evidence_term(f"{identifier}-s")
        return (
            Block(name, of.evidence_term(identifier), of.evidence(evidence, selector)),
            Block(name, selector, of.selector(evidence, self.records.language(evidence["article"]))),
        )

    def _ways(self, subject: str, obj: str, kind: str) -> list[tuple[str, str]]:
        """Return the ends between which a relation is a direct triple."""
        return [(subject, obj), (obj, subject)] if kind in self._symmetric else [(subject, obj)]

    @cached_property
    def _of(self) -> Descriptions:
        return Descriptions(self.schema, self.spelling, self.reifiers)

    @cached_property
    def _symmetric(self) -> frozenset[str]:
        return frozenset(name for name, found in self.schema.relations.items() if found.symmetric)
