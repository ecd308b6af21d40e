"""What each record of the graph is in RDF: lines of predicates and values, apart from their order in a file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from typing import Any

from kg.export import terms
from kg.export.elsewhere import identifier_pairs
from kg.export.spelling import NTriples
from kg.model import content_id
from kg.schema import Schema

_IDENTIFYING = itemgetter("article", "start", "end", "cue", "date", "role", "speaker", "confidence", "extractor")


class _Made(dict[str, str]):
    """What is made of CURIEs, once each."""

    def __init__(self, make: Callable[[str], str]) -> None:
        self._make = make

    def __missing__(self, curie: str) -> str:
        self[curie] = self._make(curie)
        return self[curie]


def evidence_id(key: str, evidence: dict[str, Any]) -> str:
    """Return an id for evidence of a relation that stays the same where the words are left out."""
    deal = "" if evidence["deal"] is None else json.dumps(evidence["deal"], sort_keys=True)
    return content_id(key, repr(_IDENTIFYING(evidence)), deal)


@dataclass(frozen=True)
class Descriptions:
    """The terms and lines of records as one form spells them.

    `reifiers` makes a statement an RDF 1.2 reifier, not an rdf:Statement.
    """

    schema: Schema
    spelling: NTriples
    reifiers: bool = False

    @cached_property
    def term(self) -> _Made:
        """The IRI of each CURIE."""
        return _Made(lambda curie: self.spelling.term(self.spelling.names.term(curie)))

    @cached_property
    def verb(self) -> _Made:
        """The predicate of each CURIE, ready for its value."""
        return _Made(lambda curie: self.spelling.verb(self.spelling.names.term(curie)))

    def entity_term(self, node: str) -> str:
        """Return the IRI of a node."""
        return self.spelling.data("ent", terms.path_segment(node))

    @cached_property
    def article_term(self) -> Callable[[str], str]:
        """What returns the IRI of an article; many pieces of evidence one after another are of the same few."""
        return lru_cache(maxsize=4096)(lambda article: self.spelling.data("doc", terms.path_segment(article)))

    def statement_term(self, key: str) -> str:
        """Return the IRI of a relation."""
        return self.spelling.data("stmt", terms.path_segment(key))

    def evidence_term(self, identifier: str) -> str:
        """Return the IRI of a piece of evidence, of its selector where the id ends in -s."""
        return self.spelling.data("ev", identifier)

    def agent_term(self, extractor: str) -> str:
        """Return the IRI of the software that an extractor is."""
        return self.spelling.data("agent", terms.path_segment(extractor))

    def graph_term(self, path: str) -> str:
        """Return the IRI of a named graph, `path` already fit for an IRI."""
        return self.spelling.term(self.spelling.names.data("graph", path))

    def _line(self, curie: str, literal: str) -> str:
        return f"{self.verb[curie]}{self.spelling.term(literal)}"

    def _types(self, *curies: str) -> list[str]:
        return self.spelling.lines(self.verb["rdf:type"], [self.term[curie] for curie in curies])

    def dataset(self, schema_hash: str) -> list[str]:
        """Return what holds for a graph as a whole."""
        return [*self._types("schema:Dataset"), self._line("kg:schemaHash", terms.text(schema_hash))]

    def agent(self, extractor: str) -> list[str]:
        """Return the name and version of an extractor."""
        software, _, version = extractor.rpartition("/")
        lines = [
            *self._types("prov:SoftwareAgent"),
            self._line("rdfs:label", terms.tagged(software or extractor)),
            self._line("schema:identifier", terms.text(extractor)),
        ]
        return [*lines, self._line("schema:softwareVersion", terms.text(version))] if software else lines

    def entity(self, node: str, attributes: dict[str, Any]) -> list[str]:
        """Return what is known of a node by itself."""
        spelling, name = self.spelling, terms.tagged(attributes["name"])
        others = sorted({*map(terms.tagged, attributes["aliases"])} - {name})
        elsewhere = {pair for one in attributes["ids"] for pair in identifier_pairs(one, spelling.names)}
        return [
            *self._classes(attributes["subtype"], attributes["type"]),
            self._line("rdfs:label", name),
            self._line("skos:prefLabel", name),
            *spelling.lines(self.verb["skos:altLabel"], [spelling.term(other) for other in others]),
            self._line("schema:identifier", terms.text(node)),
            *spelling.lines_of(sorted(elsewhere)),
            f"{self.verb['kg:mentions']}{spelling.integer(attributes['mentions'])}",
            f"{self.verb['kg:articles']}{spelling.integer(attributes['articles'])}",
        ]

    def mentioned(self, articles: Iterable[str]) -> list[str]:
        """Return that articles name a node."""
        return self.spelling.lines(self.verb["kg:mentionedIn"], [self.article_term(article) for article in articles])

    @cached_property
    def _classes(self) -> Callable[[str | None, str], list[str]]:
        return cache(self._classes_of)

    def _classes_of(self, *kinds: str | None) -> list[str]:
        """Return the classes of types and of all above them: our own first, then the public ones."""
        own, public = [], []
        for kind in kinds:
            while kind is not None:
                found = self.schema.entity(kind)
                own.append(f"kg:{kind}")
                public += [curie for curie in found.iris if not curie.startswith("wd:")]
                kind = found.parent
        # Two CURIEs may be one IRI.
        classes = dict.fromkeys(self.term[curie] for curie in (*own, "kg:Entity", *public))
        return self.spelling.lines(self.verb["rdf:type"], list(classes))

    def article(self, article: str, attributes: dict[str, Any]) -> list[str]:
        """Return what is known of an article."""
        line = self._line
        lines = [*self._types("schema:NewsArticle"), line("schema:identifier", terms.text(article))]
        if attributes["title"] is not None:
            lines.append(line("schema:headline", terms.tagged(attributes["title"], attributes["language"])))
        if attributes["date"] is not None:
            lines.append(line("schema:datePublished", terms.date(attributes["date"])))
        if attributes["publisher"] is not None:
            lines.append(line("schema:publisher", terms.tagged(attributes["publisher"])))
        if attributes["url"] is not None:
            address = terms.url(attributes["url"])
            lines.append(line("schema:url", address))
            if address != f"<{attributes['url']}>":
                lines.append(line("kg:address", terms.text(attributes["url"])))
        lines.append(line("schema:inLanguage", terms.text(attributes["language"])))
        if attributes["original"] != article:
            lines.append(f"{self.verb['schema:isBasedOn']}{self.article_term(attributes['original'])}")
        return [*lines, line("kg:sha256", terms.text(attributes["sha256"]))]

    def facts(self, found: Iterable[tuple[str, str]]) -> list[str]:
        """Return the direct triples of a node from types and other ends, in the order of their IRI terms."""
        others: dict[str, list[str]] = defaultdict(list)
        for kind, other in found:
            others[f"kg:{kind}"].append(f"{terms.path_segment(other)}>")
        lines: list[str] = []
        for curie in sorted(others, key=self.spelling.names.term):
            values = [self.spelling.data("ent", other[:-1]) for other in sorted(others[curie])]
            lines += self.spelling.lines(self.verb[curie], values)
        return lines

    def fact(self, kind: str, other: str) -> str:
        """Return the direct triple of a relation, given by its type and the other node."""
        return f"{self.verb[f'kg:{kind}']}{self.entity_term(other)}"

    def core(self, subject: str, obj: str, edge: dict[str, Any]) -> list[str]:
        """Return what a relation states: its ends, type and status."""
        term, verb, ends = self.term, self.verb, (self.entity_term(subject), self.entity_term(obj))
        predicate, status = term[f"kg:{edge['type']}"], f"{verb['kg:status']}{term['kg:' + edge['status']]}"
        if self.reifiers:
            return [f"{verb['rdf:reifies']}<<( {ends[0]} {predicate} {ends[1]} )>>", status]
        return [
            f"{verb['rdf:type']}{term['rdf:Statement']}",
            f"{verb['rdf:subject']}{ends[0]}",
            f"{verb['rdf:predicate']}{predicate}",
            f"{verb['rdf:object']}{ends[1]}",
            status,
        ]

    def qualifiers(self, edge: dict[str, Any]) -> list[str]:
        """Return what holds for a relation over all articles that state it."""
        integer, lines = self.spelling.integer, self._optional(edge)
        if edge["last_date"] is not None:
            lines.append(self._line("kg:lastDate", terms.date(edge["last_date"])))
        lines.append(f"{self.verb['kg:articles']}{integer(edge['articles'])}")
        lines.append(f"{self.verb['kg:sources']}{integer(edge['sources'])}")
        return lines

    def _optional(self, record: dict[str, Any]) -> list[str]:
        """Return what edges and evidence share: date, role, deal where stated, and confidence."""
        lines = []
        if record["date"] is not None:
            lines.append(self._line("kg:date", terms.date(record["date"])))
        if record["role"] is not None:
            lines.append(self._line("kg:role", terms.tagged(record["role"])))
        if deal := record["deal"]:
            for part, form in self._deal_forms.items():
                if deal.get(part) is not None:
                    lines.append(f"{self.verb[f'kg:{part}']}{form(deal[part])}")
        lines.append(f"{self.verb['kg:confidence']}{self.spelling.decimal(record['confidence'])}")
        return lines

    @cached_property
    def _deal_forms(self) -> dict[str, Callable[[Any], str]]:
        """How each part of a deal becomes a literal, in the order in which they stand."""
        spelling = self.spelling
        return {
            "amount": lambda value: spelling.term(terms.tagged(value)),
            "value": spelling.integer,
            "currency": lambda value: spelling.term(terms.text(value)),
            "stake": spelling.decimal,
            "round": lambda value: spelling.term(terms.tagged(value)),
            "item": lambda value: spelling.term(terms.tagged(value)),
        }

    def links(self, identifiers: Iterable[str]) -> list[str]:
        """Return what leads from a statement to its evidence."""
        return self.spelling.lines(self.verb["kg:evidence"], [self.evidence_term(one) for one in identifiers])

    def evidence(self, evidence: dict[str, Any], selector: str) -> list[str]:
        """Return what a sentence states and where it stands but for its own words."""
        verb, integer, (start, end) = self.verb, self.spelling.integer, evidence["cue"]
        lines = [
            *self._evidence_types,
            f"{verb['oa:hasSource']}{self.article_term(evidence['article'])}",
            f"{verb['oa:hasSelector']}{selector}",
            f"{verb['kg:cueStart']}{integer(start)}",
            f"{verb['kg:cueEnd']}{integer(end)}",
            *self._optional(evidence),
        ]
        if evidence["speaker"] is not None:
            lines.append(self._line("kg:speaker", terms.tagged(evidence["speaker"])))
        return lines + self._found_by(evidence["extractor"])

    @cached_property
    def _evidence_types(self) -> list[str]:
        return self._types("kg:Evidence", "oa:SpecificResource")

    @cached_property
    def _found_by(self) -> Callable[[str], list[str]]:
        return cache(self._extractor)

    def _extractor(self, extractor: str) -> list[str]:
        lines = [self._line("kg:extractor", terms.text(extractor))]
        if extractor:
            lines.append(f"{self.verb['prov:wasAttributedTo']}{self.agent_term(extractor)}")
        return lines

    def selector(self, evidence: dict[str, Any], language: str) -> list[str]:
        """Return the offsets of a quotation, and its words unless they were left out."""
        verb, integer = self.verb, self.spelling.integer
        if evidence["text"]:
            lines = [*self._quoted_types, self._line("oa:exact", terms.tagged(evidence["text"], language))]
        else:
            lines = [*self._types("oa:TextPositionSelector")]
        lines.append(f"{verb['oa:start']}{integer(evidence['start'])}")
        lines.append(f"{verb['oa:end']}{integer(evidence['end'])}")
        return lines

    @cached_property
    def _quoted_types(self) -> list[str]:
        return self._types("oa:TextPositionSelector", "oa:TextQuoteSelector")
