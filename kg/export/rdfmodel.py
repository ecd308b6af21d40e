"""The graph as RDF: each node, edge, article and piece of evidence as one block of pairs.

Plain RDF 1.1, or with reifiers RDF 1.2. An entity is typed with our type and the public ones. A relation is a direct
triple, only when some edge of its type and ends is actual, and an `rdf:Statement` node with status, dates and evidence
(RDF 1.1 Semantics, section on reification). A piece of evidence is a Web Annotation SpecificResource whose selector
quotes the sentence and gives its offsets in code points; the software that found it is its agent in PROV-O. What the
graph contract (`kg.contract`) has is all there, so that `kg.export.rdfreading` gives the graph back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from typing import Any, NamedTuple

import networkx as nx

from kg.export import terms
from kg.export.elsewhere import identifier_pairs
from kg.export.vocabulary import Names
from kg.model import content_id
from kg.schema import Schema

Pair = tuple[str, str]
"""A predicate term and an object term."""
Edge = tuple[str, str, str, dict[str, Any]]
"""Subject, object, id and attributes of a relation."""

_by_id = itemgetter(2)
_IDENTIFYING = itemgetter("article", "start", "end", "cue", "date", "role", "speaker", "confidence", "extractor")
DEAL_FORMS: dict[str, Callable[[Any], str]] = {
    "amount": terms.tagged,
    "value": terms.integer,
    "currency": terms.text,
    "stake": terms.decimal,
    "round": terms.tagged,
    "item": terms.tagged,
}
"""How each part of a deal becomes a literal, in the order in which they stand."""


class Block(NamedTuple):
    """The pairs of one subject term, in the order to be written, and the named graph they belong to."""

    graph: str
    subject: str
    pairs: list[Pair]


class _Terms(dict[str, str]):
    """The IRI terms of CURIEs, made once each."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def __missing__(self, curie: str) -> str:
        self[curie] = self._names.term(curie)
        return self[curie]


@dataclass(frozen=True)
class RdfModel:
    """The blocks of one graph; every order is by id, so equal graphs give equal bytes.

    `reifiers` writes a statement as an RDF 1.2 reifier of its triple term instead of an rdf:Statement.
    """

    graph: nx.MultiDiGraph[Any]
    schema: Schema
    names: Names
    reifiers: bool = False

    def blocks(self) -> Iterator[Block]:
        """Yield everything for the default graph, each subject once: entities, articles, statements by their subject.

        What is held meanwhile is a list of the ids of nodes and articles, and one node's relations.
        """
        yield from self._about("")
        for node in sorted(self.graph.nodes):
            named = [self._mentioned(article) for article in self.graph.nodes[node]["article_ids"]]
            yield Block("", self._entity_term(node), self._entity(node) + named + self._facts(node))
        for article in sorted(self.graph.graph["articles"]):
            yield Block("", self._article_term(article), self._article(article))
        for subject, obj, key, edge in self._edges():
            found = {self._evidence_id(key, e): e for e in edge["evidence"]}
            pairs = self._core(subject, obj, edge) + self._qualifiers(edge) + self._links(found)
            yield Block("", self._statement_term(key), pairs)
            for identifier, evidence in found.items():
                yield from self._evidence("", identifier, evidence)

    def named_blocks(self) -> Iterator[Block]:
        """Yield the same triples in named graphs: `meta`, `entities`, `relations` and one for each article.

        An article's graph holds what the article alone supports, so that a retraction is DROP GRAPH;
        dates, counts and confidence over all articles stand in `relations`. A list of what each article
        names and states is held meanwhile.
        """
        yield from self._about(self._graph_term("meta"))
        entities, relations = self._graph_term("entities"), self._graph_term("relations")
        for node in sorted(self.graph.nodes):
            yield Block(entities, self._entity_term(node), self._entity(node))
        for _, _, key, edge in self._edges():
            yield Block(relations, self._statement_term(key), self._qualifiers(edge))
        for article in sorted({*self._named, *self._stating, *self.graph.graph["articles"]}):
            yield from self._article_blocks(article)

    def _article_blocks(self, article: str) -> Iterator[Block]:
        name = self._graph_term(f"article/{terms.path_segment(article)}")
        if article in self.graph.graph["articles"]:
            yield Block(name, self._article_term(article), self._article(article))
        for node in self._named.get(article, ()):
            yield Block(name, self._entity_term(node), [self._mentioned(article)])
        for subject, obj, key, edge in self._stating.get(article, ()):
            found = {self._evidence_id(key, e): e for e in edge["evidence"] if e["article"] == article}
            yield Block(name, self._statement_term(key), self._core(subject, obj, edge) + self._links(found))
            if edge["status"] == "actual":
                for one, pair in self._direct(subject, obj, edge["type"]):
                    yield Block(name, self._entity_term(one), [pair])
            for identifier, evidence in found.items():
                yield from self._evidence(name, identifier, evidence)

    def _edges(self) -> Iterator[Edge]:
        for node in sorted(self.graph.nodes):
            found = [(node, obj, key, edge) for obj, edges in self._after[node].items() for key, edge in edges.items()]
            yield from sorted(found, key=_by_id)

    @cached_property
    def _after(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Relations by subject, object and id: the graph's own records, which its views are slow to give."""
        return dict(self.graph.adjacency())

    @cached_property
    def _before(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Relations by object, subject and id."""
        return dict(self.graph.reverse(copy=False).adjacency())

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

    def _facts(self, node: str) -> list[Pair]:
        """Return the direct triples of a subject node; what no edge states as actual has none."""
        facts = set()
        for others, backwards in ((self._after[node], False), (self._before[node], True)):
            for other, edges in others.items():
                kinds = {edge["type"] for edge in edges.values() if edge["status"] == "actual"}
                for kind in kinds:
                    if not backwards or self.schema.relation(kind).symmetric:
                        facts.add((self._term[f"kg:{kind}"], self._entity_term(other)))
        return sorted(facts)

    def _direct(self, subject: str, obj: str, kind: str) -> list[tuple[str, Pair]]:
        predicate = self._term[f"kg:{kind}"]
        ways = [(subject, (predicate, self._entity_term(obj)))]
        if self.schema.relation(kind).symmetric:
            ways.append((obj, (predicate, self._entity_term(subject))))
        return ways

    @cached_property
    def _term(self) -> _Terms:
        return _Terms(self.names)

    @cached_property
    def _base(self) -> str:
        return f"<{self.names.base}"

    def _entity_term(self, node: str) -> str:
        return f"{self._base}ent/{terms.path_segment(node)}>"

    def _article_term(self, article: str) -> str:
        return f"{self._base}doc/{terms.path_segment(article)}>"

    def _statement_term(self, key: str) -> str:
        return f"{self._base}stmt/{terms.path_segment(key)}>"

    def _evidence_term(self, identifier: str) -> str:
        return f"{self._base}ev/{identifier}>"

    def _agent_term(self, extractor: str) -> str:
        return self.names.data("agent", terms.path_segment(extractor))

    def _graph_term(self, path: str) -> str:
        return self.names.data("graph", path)

    def _mentioned(self, article: str) -> Pair:
        return self._term["kg:mentionedIn"], self._article_term(article)

    def _about(self, name: str) -> Iterator[Block]:
        """Yield what holds for the graph as a whole: its schema, and the software that found the evidence."""
        term = self._term
        pairs = [
            (term["rdf:type"], term["schema:Dataset"]),
            (term["kg:schemaHash"], terms.text(self.graph.graph["schema"])),
        ]
        yield Block(name, self._graph_term("meta"), pairs)
        extractors = {e["extractor"] for *_, edge in self.graph.edges(data=True) for e in edge["evidence"]}
        for extractor in sorted(extractors - {""}):
            software, _, version = extractor.rpartition("/")
            pairs = [
                (term["rdf:type"], term["prov:SoftwareAgent"]),
                (term["rdfs:label"], terms.tagged(software or extractor)),
                (term["schema:identifier"], terms.text(extractor)),
            ]
            if software:
                pairs.append((term["schema:softwareVersion"], terms.text(version)))
            yield Block(name, self._agent_term(extractor), pairs)

    def _entity(self, node: str) -> list[Pair]:
        attributes, term = self.graph.nodes[node], self._term
        name = terms.tagged(attributes["name"])
        pairs = [(term["rdf:type"], kind) for kind in self._classes(attributes["subtype"], attributes["type"])]
        pairs.append((term["rdfs:label"], name))
        pairs.append((term["skos:prefLabel"], name))
        pairs += [
            (term["skos:altLabel"], other) for other in sorted({*map(terms.tagged, attributes["aliases"])} - {name})
        ]
        pairs.append((term["schema:identifier"], terms.text(node)))
        pairs += sorted({pair for identifier in attributes["ids"] for pair in identifier_pairs(identifier, self.names)})
        pairs.append((term["kg:mentions"], terms.integer(attributes["mentions"])))
        pairs.append((term["kg:articles"], terms.integer(attributes["articles"])))
        return pairs

    @cached_property
    def _classes(self) -> Callable[[str | None, str], list[str]]:
        return cache(self._classes_of)

    def _classes_of(self, *kinds: str | None) -> list[str]:
        """Return the classes of types and of all above them: our own first, then the public ones."""
        own, public = [], []
        for kind in kinds:
            while kind is not None:
                found = self.schema.entity(kind)
                own.append(self._term[f"kg:{kind}"])
                public += [self._term[curie] for curie in found.iris if not curie.startswith("wd:")]
                kind = found.parent
        return list(dict.fromkeys([*own, self._term["kg:Entity"], *public]))

    def _article(self, article: str) -> list[Pair]:
        attributes, term = self.graph.graph["articles"][article], self._term
        pairs = [(term["rdf:type"], term["schema:NewsArticle"]), (term["schema:identifier"], terms.text(article))]
        if attributes["title"] is not None:
            pairs.append((term["schema:headline"], terms.tagged(attributes["title"], attributes["language"])))
        if attributes["date"] is not None:
            pairs.append((term["schema:datePublished"], terms.date(attributes["date"])))
        if attributes["publisher"] is not None:
            pairs.append((term["schema:publisher"], terms.tagged(attributes["publisher"])))
        if attributes["url"] is not None:
            address = terms.url(attributes["url"])
            pairs.append((term["schema:url"], address))
            if address != f"<{attributes['url']}>":
                pairs.append((term["kg:address"], terms.text(attributes["url"])))
        pairs.append((term["schema:inLanguage"], terms.text(attributes["language"])))
        if attributes["original"] != article:
            pairs.append((term["schema:isBasedOn"], self._article_term(attributes["original"])))
        pairs.append((term["kg:sha256"], terms.text(attributes["sha256"])))
        return pairs

    def _core(self, subject: str, obj: str, edge: dict[str, Any]) -> list[Pair]:
        term, ends = self._term, (self._entity_term(subject), self._entity_term(obj))
        predicate, status = term[f"kg:{edge['type']}"], (term["kg:status"], term[f"kg:{edge['status']}"])
        if self.reifiers:
            return [(term["rdf:reifies"], f"<<( {ends[0]} {predicate} {ends[1]} )>>"), status]
        return [
            (term["rdf:type"], term["rdf:Statement"]),
            (term["rdf:subject"], ends[0]),
            (term["rdf:predicate"], predicate),
            (term["rdf:object"], ends[1]),
            status,
        ]

    def _qualifiers(self, edge: dict[str, Any]) -> list[Pair]:
        pairs = self._optional(edge)
        if edge["last_date"] is not None:
            pairs.append((self._term["kg:lastDate"], terms.date(edge["last_date"])))
        pairs.append((self._term["kg:articles"], terms.integer(edge["articles"])))
        pairs.append((self._term["kg:sources"], terms.integer(edge["sources"])))
        return pairs

    def _optional(self, record: dict[str, Any]) -> list[Pair]:
        """Return what edges and evidence share: date, role, deal where stated, and confidence."""
        term, pairs = self._term, []
        if record["date"] is not None:
            pairs.append((term["kg:date"], terms.date(record["date"])))
        if record["role"] is not None:
            pairs.append((term["kg:role"], terms.tagged(record["role"])))
        if deal := record["deal"]:
            for part, form in DEAL_FORMS.items():
                if deal.get(part) is not None:
                    pairs.append((term[f"kg:{part}"], form(deal[part])))
        pairs.append((term["kg:confidence"], terms.decimal(record["confidence"])))
        return pairs

    def _links(self, identifiers: dict[str, Any]) -> list[Pair]:
        predicate = self._term["kg:evidence"]
        return [(predicate, self._evidence_term(identifier)) for identifier in identifiers]

    def _evidence_id(self, key: str, evidence: dict[str, Any]) -> str:
        """Return an id that stays the same where the words are left out."""
        deal = "" if evidence["deal"] is None else json.dumps(evidence["deal"], sort_keys=True)
        return content_id(key, repr(_IDENTIFYING(evidence)), deal)

    def _evidence(self, name: str, identifier: str, evidence: dict[str, Any]) -> Iterator[Block]:
        term, selector = self._term, self._evidence_term(f"{identifier}-s")
        pairs = [
            *self._evidence_types,
            (term["oa:hasSource"], self._article_term(evidence["article"])),
            (term["oa:hasSelector"], selector),
            (term["kg:cueStart"], terms.integer(evidence["cue"][0])),
            (term["kg:cueEnd"], terms.integer(evidence["cue"][1])),
            *self._optional(evidence),
        ]
        if evidence["speaker"] is not None:
            pairs.append((term["kg:speaker"], terms.tagged(evidence["speaker"])))
        pairs += self._found_by(evidence["extractor"])
        yield Block(name, self._evidence_term(identifier), pairs)
        yield Block(name, selector, self._selector(evidence))

    @cached_property
    def _evidence_types(self) -> list[Pair]:
        return [(self._term["rdf:type"], self._term[curie]) for curie in ("kg:Evidence", "oa:SpecificResource")]

    @cached_property
    def _found_by(self) -> Callable[[str], list[Pair]]:
        return cache(self._extractor)

    def _extractor(self, extractor: str) -> list[Pair]:
        pairs = [(self._term["kg:extractor"], terms.text(extractor))]
        if extractor:
            pairs.append((self._term["prov:wasAttributedTo"], self._agent_term(extractor)))
        return pairs

    def _selector(self, evidence: dict[str, Any]) -> list[Pair]:
        """Return the offsets of a quotation, and its words unless they were left out."""
        term, pairs = self._term, [(self._term["rdf:type"], self._term["oa:TextPositionSelector"])]
        if evidence["text"]:
            language = self.graph.graph["articles"][evidence["article"]]["language"]
            pairs.append((term["rdf:type"], term["oa:TextQuoteSelector"]))
            pairs.append((term["oa:exact"], terms.tagged(evidence["text"], language)))
        pairs.append((term["oa:start"], terms.integer(evidence["start"])))
        pairs.append((term["oa:end"], terms.integer(evidence["end"])))
        return pairs
