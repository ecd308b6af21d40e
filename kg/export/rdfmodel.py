"""The graph as RDF: each node, edge, article and piece of evidence as one block of pairs.

Plain RDF 1.1. An entity is typed with our type and the public ones. A relation is a direct triple,
only when some edge of its type and ends is actual, and an `rdf:Statement` node with status, dates and
evidence (RDF 1.1 Semantics, section on reification). A piece of evidence is a Web Annotation
SpecificResource whose selector quotes the sentence and gives its offsets in code points.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx

from kg.export import terms
from kg.export.elsewhere import identifier_pairs
from kg.export.vocabulary import Names
from kg.model import content_id
from kg.schema import Schema

Pair = tuple[str, str]
"""A predicate term and an object term."""


@dataclass(frozen=True)
class Block:
    """The pairs of one subject term, in the order to be written, and the named graph they belong to."""

    graph: str
    subject: str
    pairs: list[Pair]


@dataclass(frozen=True)
class RdfModel:
    """The blocks of one graph; every order is by id, so equal graphs give equal bytes."""

    graph: nx.MultiDiGraph[Any]
    schema: Schema
    names: Names

    def blocks(self) -> Iterator[Block]:
        """Yield everything for the default graph, each subject once: entities, articles, statements."""
        for node in sorted(self.graph.nodes):
            yield Block("", self._entity_term(node), self._entity(node) + self._facts[node])
        for article in sorted(self.graph.graph["articles"]):
            yield Block("", self._article_term(article), self._article(article))
        for subject, obj, key, edge in self._edges:
            found = [(self._evidence_id(key, e), e) for e in edge["evidence"]]
            pairs = self._core(subject, obj, edge) + self._qualifiers(edge) + self._links([i for i, _ in found])
            yield Block("", self._statement_term(key), pairs)
            for identifier, evidence in dict(found).items():
                yield from self._evidence("", identifier, evidence)

    def named_blocks(self) -> Iterator[Block]:
        """Yield the same triples in named graphs: `entities`, `relations` and one for each article.

        An article's graph holds what the article alone supports, so that a retraction is DROP GRAPH;
        dates, counts and confidence over all articles stand in `relations`.
        """
        entities, relations = self._graph_term("entities"), self._graph_term("relations")
        for node in sorted(self.graph.nodes):
            yield Block(entities, self._entity_term(node), self._entity(node))
        for _, _, key, edge in self._edges:
            yield Block(relations, self._statement_term(key), self._qualifiers(edge))
        for article in sorted(self.graph.graph["articles"]):
            name = self._graph_term(f"article/{terms.path_segment(article)}")
            yield Block(name, self._article_term(article), self._article(article))
            for index in self._by_article[article]:
                yield from self._stated(name, article, index)

    def _stated(self, name: str, article: str, index: int) -> Iterator[Block]:
        subject, obj, key, edge = self._edges[index]
        found = {self._evidence_id(key, e): e for e in edge["evidence"] if e["article"] == article}
        yield Block(name, self._statement_term(key), self._core(subject, obj, edge) + self._links(list(found)))
        if edge["status"] == "actual":
            for one, pair in self._direct(subject, obj, edge["type"]):
                yield Block(name, self._entity_term(one), [pair])
        for identifier, evidence in found.items():
            yield from self._evidence(name, identifier, evidence)

    @cached_property
    def _edges(self) -> list[tuple[str, str, str, dict[str, Any]]]:
        return sorted(self.graph.edges(keys=True, data=True), key=lambda edge: edge[2])

    @cached_property
    def _by_article(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index, (_, _, _, edge) in enumerate(self._edges):
            for article in dict.fromkeys(e["article"] for e in edge["evidence"]):
                found[article].append(index)
        return found

    @cached_property
    def _facts(self) -> dict[str, list[Pair]]:
        """The direct triples by subject node; what no edge states as actual has none."""
        facts: dict[str, set[Pair]] = defaultdict(set)
        for subject, obj, _, edge in self._edges:
            if edge["status"] == "actual":
                for one, pair in self._direct(subject, obj, edge["type"]):
                    facts[one].add(pair)
        return defaultdict(list, {node: sorted(pairs) for node, pairs in facts.items()})

    def _direct(self, subject: str, obj: str, kind: str) -> list[tuple[str, Pair]]:
        predicate = self.names.term(f"kg:{kind}")
        ways = [(subject, (predicate, self._entity_term(obj)))]
        if self.schema.relation(kind).symmetric:
            ways.append((obj, (predicate, self._entity_term(subject))))
        return ways

    def _entity_term(self, node: str) -> str:
        return self.names.data("ent", terms.path_segment(node))

    def _article_term(self, article: str) -> str:
        return self.names.data("doc", terms.path_segment(article))

    def _statement_term(self, key: str) -> str:
        return self.names.data("stmt", terms.path_segment(key))

    def _graph_term(self, path: str) -> str:
        return self.names.data("graph", path)

    def _entity(self, node: str) -> list[Pair]:
        attributes, term = self.graph.nodes[node], self.names.term
        pairs = [(term("rdf:type"), name) for name in self._classes(attributes["subtype"], attributes["type"])]
        pairs.append((term("rdfs:label"), terms.tagged(attributes["name"])))
        pairs.append((term("skos:prefLabel"), terms.tagged(attributes["name"])))
        others = sorted({terms.tagged(alias) for alias in attributes["aliases"]} - {terms.tagged(attributes["name"])})
        pairs += [(term("skos:altLabel"), other) for other in others]
        pairs.append((term("schema:identifier"), terms.text(node)))
        elsewhere = {pair for identifier in attributes["ids"] for pair in identifier_pairs(identifier, self.names)}
        pairs += sorted(elsewhere)
        pairs.append((term("kg:mentions"), terms.integer(attributes["mentions"])))
        pairs.append((term("kg:articles"), terms.integer(attributes["articles"])))
        return pairs

    def _classes(self, *kinds: str | None) -> list[str]:
        """Return the classes of types and of all above them: our own first, then the public ones."""
        own, public = [], []
        for kind in kinds:
            while kind is not None:
                found = self.schema.entity(kind)
                own.append(self.names.term(f"kg:{kind}"))
                public += [self.names.term(curie) for curie in found.iris if not curie.startswith("wd:")]
                kind = found.parent
        return list(dict.fromkeys([*own, self.names.term("kg:Entity"), *public]))

    def _article(self, article: str) -> list[Pair]:
        attributes, term = self.graph.graph["articles"][article], self.names.term
        pairs = [(term("rdf:type"), term("schema:NewsArticle")), (term("schema:identifier"), terms.text(article))]
        if attributes["title"]:
            pairs.append((term("schema:headline"), terms.tagged(attributes["title"], attributes["language"])))
        if attributes["date"]:
            pairs.append((term("schema:datePublished"), terms.date(attributes["date"])))
        if attributes["publisher"]:
            pairs.append((term("schema:publisher"), terms.tagged(attributes["publisher"])))
        if attributes["url"]:
            pairs.append((term("schema:url"), terms.url(attributes["url"])))
        pairs.append((term("schema:inLanguage"), terms.text(attributes["language"])))
        if attributes["original"] != article:
            pairs.append((term("schema:isBasedOn"), self._article_term(attributes["original"])))
        pairs.append((term("kg:sha256"), terms.text(attributes["sha256"])))
        return pairs

    def _core(self, subject: str, obj: str, edge: dict[str, Any]) -> list[Pair]:
        term = self.names.term
        return [
            (term("rdf:type"), term("rdf:Statement")),
            (term("rdf:subject"), self._entity_term(subject)),
            (term("rdf:predicate"), term(f"kg:{edge['type']}")),
            (term("rdf:object"), self._entity_term(obj)),
            (term("kg:status"), term(f"kg:{edge['status']}")),
        ]

    def _qualifiers(self, edge: dict[str, Any]) -> list[Pair]:
        pairs = self._optional(edge)
        if edge["last_date"]:
            pairs.insert(1, (self.names.term("kg:lastDate"), terms.date(edge["last_date"])))
        pairs.append((self.names.term("kg:articles"), terms.integer(edge["articles"])))
        pairs.append((self.names.term("kg:sources"), terms.integer(edge["sources"])))
        return pairs

    def _optional(self, record: dict[str, Any]) -> list[Pair]:
        """Return what edges and evidence share: date, role, deal where stated, and confidence."""
        term, pairs = self.names.term, []
        if record["date"]:
            pairs.append((term("kg:date"), terms.date(record["date"])))
        if record["role"]:
            pairs.append((term("kg:role"), terms.tagged(record["role"])))
        pairs += self._deal(record["deal"] or {})
        pairs.append((term("kg:confidence"), terms.decimal(record["confidence"])))
        return pairs

    def _deal(self, deal: dict[str, Any]) -> list[Pair]:
        """Return what is stated of a deal, in the order of its parts."""
        forms: dict[str, Callable[[Any], str]] = {
            "amount": terms.tagged,
            "value": terms.integer,
            "currency": terms.text,
            "stake": terms.decimal,
            "round": terms.tagged,
            "item": terms.tagged,
        }
        return [(self.names.term(f"kg:{part}"), form(deal[part])) for part, form in forms.items() if deal.get(part)]

    def _links(self, identifiers: list[str]) -> list[Pair]:
        predicate = self.names.term("kg:evidence")
        return [(predicate, self.names.data("ev", identifier)) for identifier in dict.fromkeys(identifiers)]

    def _evidence_id(self, key: str, evidence: dict[str, Any]) -> str:
        return content_id(key, json.dumps(evidence, sort_keys=True))

    def _evidence(self, name: str, identifier: str, evidence: dict[str, Any]) -> Iterator[Block]:
        term, selector = self.names.term, self.names.data("ev", f"{identifier}-s")
        pairs = [
            (term("rdf:type"), term("kg:Evidence")),
            (term("rdf:type"), term("oa:SpecificResource")),
            (term("oa:hasSource"), self._article_term(evidence["article"])),
            (term("oa:hasSelector"), selector),
            (term("kg:cueStart"), terms.integer(evidence["cue"][0])),
            (term("kg:cueEnd"), terms.integer(evidence["cue"][1])),
            *self._optional(evidence),
        ]
        if evidence["speaker"]:
            pairs.append((term("kg:speaker"), terms.tagged(evidence["speaker"])))
        pairs.append((term("kg:extractor"), terms.text(evidence["extractor"])))
        yield Block(name, self.names.data("ev", identifier), pairs)
        language = self.graph.graph["articles"][evidence["article"]]["language"]
        quoted = [
            (term("rdf:type"), term("oa:TextPositionSelector")),
            (term("rdf:type"), term("oa:TextQuoteSelector")),
            (term("oa:exact"), terms.tagged(evidence["text"], language)),
            (term("oa:start"), terms.integer(evidence["start"])),
            (term("oa:end"), terms.integer(evidence["end"])),
        ]
        yield Block(name, selector, quoted)
