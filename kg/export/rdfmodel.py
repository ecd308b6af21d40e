"""The graph as RDF: each node, edge, article and piece of evidence as one block of lines.

Plain RDF 1.1, or with reifiers RDF 1.2. An entity is typed with our type and the public ones. A relation is a direct
triple, only when some edge of its type and ends is actual, and an `rdf:Statement` node with status, dates and evidence
(RDF 1.1 Semantics, section on reification). A piece of evidence is a Web Annotation SpecificResource whose selector
quotes the sentence and gives its offsets in code points; the software that found it is its agent in PROV-O. What the
graph contract (`kg.contract`) has is all there, so that `kg.export.rdfreading` gives the graph back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.export import terms
from kg.export.descriptions import Descriptions, evidence_id
from kg.export.records import Attributes, Records, Told
from kg.export.spelling import Block, NTriples
from kg.schema import Schema


@dataclass(frozen=True)
class RecordBlocks:
    """The blocks of single records as one form spells them, in the named graphs that `RdfModel.named_blocks` has.

    `reifiers` writes a statement as an RDF 1.2 reifier of its triple term instead of an rdf:Statement.
    """

    schema: Schema
    spelling: NTriples
    reifiers: bool = False

    def about(self, name: str, schema: str, extractors: Collection[str]) -> Iterator[Block]:
        """Yield what holds for the graph as a whole: the hash of its schema, and the software that found evidence."""
        yield Block(name, self.of.graph_term("meta"), self.of.dataset(schema))
        for extractor in sorted({*extractors} - {""}):
            yield Block(name, self.of.agent_term(extractor), self.of.agent(extractor))

    def entity(self, node: str, attributes: Attributes) -> Block:
        """Return an entity, in the graph of them."""
        return Block(self._entities, self.of.entity_term(node), self.of.entity(node, attributes))

    def relation(self, key: str, edge: Attributes) -> Block:
        """Return what holds of a relation over all articles, in the graph of relations."""
        return Block(self._relations, self.of.statement_term(key), self.of.qualifiers(edge))

    def article(self, told: Told, language: str) -> Iterator[Block]:
        """Yield what an article names and states, in its graph; `language` is that of its text."""
        of = self.of
        name = of.graph_term(f"article/{terms.path_segment(told.article)}")
        if told.attributes is not None:
            yield Block(name, of.article_term(told.article), of.article(told.article, told.attributes))
        for node in told.nodes:
            yield Block(name, of.entity_term(node), of.mentioned([told.article]))
        for subject, obj, key, edge in told.edges:
            found = {evidence_id(key, e): e for e in edge["evidence"] if e["article"] == told.article}
            yield Block(name, of.statement_term(key), of.core(subject, obj, edge) + of.links(found))
            if edge["status"] == "actual":
                ways = [(subject, obj), (obj, subject)] if edge["type"] in self.symmetric else [(subject, obj)]
                for one, other in ways:
                    yield Block(name, of.entity_term(one), [of.fact(edge["type"], other)])
            for identifier, evidence in found.items():
                yield from self.evidence(name, identifier, evidence, language)

    def evidence(self, name: str, identifier: str, evidence: Attributes, language: str) -> tuple[Block, Block]:
        """Return a piece of evidence and its selector, in the graph `name`."""
        of = self.of
        selector = of.evidence_term(f"{identifier}-s")
        return (
            Block(name, of.evidence_term(identifier), of.evidence(evidence, selector)),
            Block(name, selector, of.selector(evidence, language)),
        )

    @cached_property
    def of(self) -> Descriptions:
        """The lines of each kind of subject."""
        return Descriptions(self.schema, self.spelling, self.reifiers)

    @cached_property
    def symmetric(self) -> frozenset[str]:
        """The types of relations that hold either way."""
        return frozenset(name for name, found in self.schema.relations.items() if found.symmetric)

    @cached_property
    def _entities(self) -> str:
        return self.of.graph_term("entities")

    @cached_property
    def _relations(self) -> str:
        return self.of.graph_term("relations")


@dataclass(frozen=True)
class RdfModel:
    """The blocks of one graph as one form spells them; every order is by id, so equal graphs give equal bytes."""

    records: Records
    schema: Schema
    spelling: NTriples
    reifiers: bool = False

    def blocks(self) -> Iterator[Block]:
        """Yield everything for the default graph, each subject once: entities, articles, statements by their subject.

        Nothing is held meanwhile but one record (and what the records themselves hold).
        """
        of = self._record.of
        yield from self._about("")
        for node, attributes, facts in self.records.stated(self._record.symmetric):
            named = of.mentioned(attributes["article_ids"])
            yield Block("", of.entity_term(node), of.entity(node, attributes) + named + of.facts(facts))
        for article, attributes in self.records.articles():
            yield Block("", of.article_term(article), of.article(article, attributes))
        for subject, obj, key, edge in self.records.edges():
            found = {evidence_id(key, e): e for e in edge["evidence"]}
            lines = of.core(subject, obj, edge) + of.qualifiers(edge) + of.links(found)
            yield Block("", of.statement_term(key), lines)
            for identifier, evidence in found.items():
                yield from self._record.evidence("", identifier, evidence, self.records.language(evidence["article"]))

    def named_blocks(self) -> Iterator[Block]:
        """Yield the same triples in named graphs: `meta`, `entities`, `relations` and one for each article.

        An article's graph holds what the article alone supports, so that a retraction is DROP GRAPH;
        dates, counts and confidence over all articles stand in `relations`.
        """
        record = self._record
        yield from self._about(record.of.graph_term("meta"))
        for node, attributes in self.records.nodes():
            yield record.entity(node, attributes)
        for _, _, key, edge in self.records.edges():
            yield record.relation(key, edge)
        for told in self.records.told():
            yield from record.article(told, self.records.language(told.article) if told.edges else "")

    def _about(self, name: str) -> Iterator[Block]:
        return self._record.about(name, self.records.schema, self.records.extractors())

    @cached_property
    def _record(self) -> RecordBlocks:
        return RecordBlocks(self.schema, self.spelling, self.reifiers)
