"""What each record of the graph is in RDF: pairs of predicate and object terms, apart from their order in a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from typing import Any

from kg.export import terms
from kg.export.elsewhere import identifier_pairs
from kg.export.vocabulary import Names
from kg.model import content_id
from kg.schema import Schema

Pair = tuple[str, str]
"""A predicate term and an object term."""

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


class _Terms(dict[str, str]):
    """The IRI terms of CURIEs, made once each."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def __missing__(self, curie: str) -> str:
        self[curie] = self._names.term(curie)
        return self[curie]


def evidence_id(key: str, evidence: dict[str, Any]) -> str:
    """Return an id for evidence of a relation that stays the same where the words are left out."""
    deal = "" if evidence["deal"] is None else json.dumps(evidence["deal"], sort_keys=True)
    return content_id(key, repr(_IDENTIFYING(evidence)), deal)


@dataclass(frozen=True)
class Descriptions:
    """The terms and pairs of records; `reifiers` makes a statement an RDF 1.2 reifier, not an rdf:Statement."""

    schema: Schema
    names: Names
    reifiers: bool = False

    @cached_property
    def term(self) -> _Terms:
        """The IRI term of each CURIE."""
        return _Terms(self.names)

    @cached_property
    def _base(self) -> str:
        return f"<{self.names.base}"

    def entity_term(self, node: str) -> str:
        """Return the IRI term of a node."""
        return f"{self._base}ent/{terms.path_segment(node)}>"

    def article_term(self, article: str) -> str:
        """Return the IRI term of an article."""
        return f"{self._base}doc/{terms.path_segment(article)}>"

    def statement_term(self, key: str) -> str:
        """Return the IRI term of a relation."""
        return f"{self._base}stmt/{terms.path_segment(key)}>"

    def evidence_term(self, identifier: str) -> str:
        """Return the IRI term of a piece of evidence, of its selector where the id ends in -s."""
        return f"{self._base}ev/{identifier}>"

    def agent_term(self, extractor: str) -> str:
        """Return the IRI term of the software that an extractor is."""
        return self.names.data("agent", terms.path_segment(extractor))

    def dataset(self, schema_hash: str) -> list[Pair]:
        """Return what holds for a graph as a whole."""
        return [
            (self.term["rdf:type"], self.term["schema:Dataset"]),
            (self.term["kg:schemaHash"], terms.text(schema_hash)),
        ]

    def agent(self, extractor: str) -> list[Pair]:
        """Return the name and version of an extractor."""
        term, (software, _, version) = self.term, extractor.rpartition("/")
        pairs = [
            (term["rdf:type"], term["prov:SoftwareAgent"]),
            (term["rdfs:label"], terms.tagged(software or extractor)),
            (term["schema:identifier"], terms.text(extractor)),
        ]
        return [*pairs, (term["schema:softwareVersion"], terms.text(version))] if software else pairs

    def entity(self, node: str, attributes: dict[str, Any]) -> list[Pair]:
        """Return what is known of a node by itself."""
        term, name = self.term, terms.tagged(attributes["name"])
        others = sorted({*map(terms.tagged, attributes["aliases"])} - {name})
        return [
            *((term["rdf:type"], kind) for kind in self._classes(attributes["subtype"], attributes["type"])),
            (term["rdfs:label"], name),
            (term["skos:prefLabel"], name),
            *((term["skos:altLabel"], other) for other in others),
            (term["schema:identifier"], terms.text(node)),
            *sorted({pair for identifier in attributes["ids"] for pair in identifier_pairs(identifier, self.names)}),
            (term["kg:mentions"], terms.integer(attributes["mentions"])),
            (term["kg:articles"], terms.integer(attributes["articles"])),
        ]

    def mentioned(self, article: str) -> Pair:
        """Return that an article names a node."""
        return self.term["kg:mentionedIn"], self.article_term(article)

    @cached_property
    def _classes(self) -> Callable[[str | None, str], list[str]]:
        return cache(self._classes_of)

    def _classes_of(self, *kinds: str | None) -> list[str]:
        """Return the classes of types and of all above them: our own first, then the public ones."""
        own, public = [], []
        for kind in kinds:
            while kind is not None:
                found = self.schema.entity(kind)
                own.append(self.term[f"kg:{kind}"])
                public += [self.term[curie] for curie in found.iris if not curie.startswith("wd:")]
                kind = found.parent
        return list(dict.fromkeys([*own, self.term["kg:Entity"], *public]))

    def article(self, article: str, attributes: dict[str, Any]) -> list[Pair]:
        """Return what is known of an article."""
        term = self.term
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
            pairs.append((term["schema:isBasedOn"], self.article_term(attributes["original"])))
        return [*pairs, (term["kg:sha256"], terms.text(attributes["sha256"]))]

    def direct(self, subject: str, obj: str, kind: str) -> list[tuple[str, Pair]]:
        """Return the direct triples of a relation, each by the node that is its subject."""
        predicate = self.term[f"kg:{kind}"]
        ways = [(subject, (predicate, self.entity_term(obj)))]
        if self.schema.relation(kind).symmetric:
            ways.append((obj, (predicate, self.entity_term(subject))))
        return ways

    def core(self, subject: str, obj: str, edge: dict[str, Any]) -> list[Pair]:
        """Return what a relation states: its ends, type and status."""
        term, ends = self.term, (self.entity_term(subject), self.entity_term(obj))
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

    def qualifiers(self, edge: dict[str, Any]) -> list[Pair]:
        """Return what holds for a relation over all articles that state it."""
        pairs = self._optional(edge)
        if edge["last_date"] is not None:
            pairs.append((self.term["kg:lastDate"], terms.date(edge["last_date"])))
        pairs.append((self.term["kg:articles"], terms.integer(edge["articles"])))
        pairs.append((self.term["kg:sources"], terms.integer(edge["sources"])))
        return pairs

    def _optional(self, record: dict[str, Any]) -> list[Pair]:
        """Return what edges and evidence share: date, role, deal where stated, and confidence."""
        term, pairs = self.term, []
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

    def links(self, identifiers: Iterable[str]) -> list[Pair]:
        """Return what leads from a statement to its evidence."""
        predicate = self.term["kg:evidence"]
        return [(predicate, self.evidence_term(identifier)) for identifier in identifiers]

    def evidence(self, evidence: dict[str, Any], selector: str) -> list[Pair]:
        """Return what a sentence states and where it stands but for its own words."""
        term = self.term
        pairs = [
            *self._evidence_types,
            (term["oa:hasSource"], self.article_term(evidence["article"])),
            (term["oa:hasSelector"], selector),
            (term["kg:cueStart"], terms.integer(evidence["cue"][0])),
            (term["kg:cueEnd"], terms.integer(evidence["cue"][1])),
            *self._optional(evidence),
        ]
        if evidence["speaker"] is not None:
            pairs.append((term["kg:speaker"], terms.tagged(evidence["speaker"])))
        return pairs + self._found_by(evidence["extractor"])

    @cached_property
    def _evidence_types(self) -> list[Pair]:
        return [(self.term["rdf:type"], self.term[curie]) for curie in ("kg:Evidence", "oa:SpecificResource")]

    @cached_property
    def _found_by(self) -> Callable[[str], list[Pair]]:
        return cache(self._extractor)

    def _extractor(self, extractor: str) -> list[Pair]:
        pairs = [(self.term["kg:extractor"], terms.text(extractor))]
        if extractor:
            pairs.append((self.term["prov:wasAttributedTo"], self.agent_term(extractor)))
        return pairs

    def selector(self, evidence: dict[str, Any], language: str) -> list[Pair]:
        """Return the offsets of a quotation, and its words unless they were left out."""
        term, pairs = self.term, [(self.term["rdf:type"], self.term["oa:TextPositionSelector"])]
        if evidence["text"]:
            pairs.append((term["rdf:type"], term["oa:TextQuoteSelector"]))
            pairs.append((term["oa:exact"], terms.tagged(evidence["text"], language)))
        pairs.append((term["oa:start"], terms.integer(evidence["start"])))
        pairs.append((term["oa:end"], terms.integer(evidence["end"])))
        return pairs
