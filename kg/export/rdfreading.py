"""RDF that `kg.export` wrote back into the NetworkX graph, from any of its forms.

Ids come from the IRIs, whose last segment quotes them, so the base does not matter. What RDF cannot carry does not
come back: a lone surrogate is U+FFFD, a deal without parts is none. Lists come
sorted and evidence by `kg.contract.evidence_order`, as the graph has them anyway.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import networkx as nx

from kg.contract import (
    ArticleAttributes,
    DealAttributes,
    EdgeAttributes,
    EvidenceAttributes,
    NodeAttributes,
    evidence_order,
)
from kg.errors import FormatError
from kg.export.elsewhere import identifier_from
from kg.export.rdfstream import Triple, file_triples, rdflib_triples
from kg.export.terms import RDF, from_segment
from kg.export.vocabulary import STANDARD
from kg.model import DEAL_PARTS, STATUSES
from kg.schema import Schema

if TYPE_CHECKING:
    import rdflib

ELSEWHERE = ("skos:exactMatch", "owl:sameAs", "schema:tickerSymbol", "schema:url", "kg:otherId")
"""Properties of an entity that hold its identifiers elsewhere."""
TYPE = f"{RDF}type"


def read_rdf(path: Path, schema: Schema) -> nx.MultiDiGraph[Any]:
    """Return the graph of a file in one of the forms of RDF_SUFFIXES, as RDF 1.1 or with the reifiers of RDF 1.2.

    Raises FormatError naming the file, and MissingExtraError for RDF 1.2 without the extra `oxigraph`.
    """
    try:
        return _graph(file_triples(path), schema)
    except FormatError as error:
        raise FormatError(f"{path}: {error}") from error


def graph_from_rdf(rdf: rdflib.Graph, schema: Schema) -> nx.MultiDiGraph[Any]:
    """Return the graph that the triples of a Graph or of all graphs of a Dataset hold.

    Raises FormatError naming the subject that lacks something or has a wrong value.
    """
    return _graph(rdflib_triples(rdf), schema)


def _graph(triples: Iterable[Triple], schema: Schema) -> nx.MultiDiGraph[Any]:
    found = _Triples(schema)
    for triple in triples:
        found.add(*triple)
    return _Reading(found, schema).graph()


@dataclass
class _Triples:
    """Values by subject and predicate, both as IRIs; properties are asked for by their CURIEs."""

    schema: Schema
    values: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    classes: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.prefixes = {**STANDARD, **self.schema.prefixes}

    def add(self, subject: str, predicate: str, obj: str) -> None:
        if predicate == TYPE:
            self.classes.setdefault(obj, set()).add(subject)
            return
        values = self.values.setdefault(subject, {})
        # A list for each is a third of the memory of a set; what two named graphs state is in it twice.
        if predicate in values:
            values[predicate].append(obj)
        else:
            values[sys.intern(predicate)] = [obj]

    def iri(self, curie: str) -> str:
        prefix, _, local = curie.partition(":")
        return self.prefixes[prefix] + local

    def of_class(self, curie: str) -> list[str]:
        return sorted(self.classes.get(self.iri(curie), ()))

    def all(self, subject: str, curie: str) -> list[str]:
        return sorted({*self.values.get(subject, {}).get(self.iri(curie), ())})

    def optional(self, subject: str, curie: str) -> str | None:
        values = self.all(subject, curie)
        if len(values) > 1:
            raise FormatError(f"RDF: <{subject}> has {len(values)} values of {curie}, one at most; export it again")
        return values[0] if values else None

    def one(self, subject: str, curie: str) -> str:
        value = self.optional(subject, curie)
        if value is None:
            raise FormatError(f"RDF: <{subject}> has no {curie}; read a whole graph that this version exported")
        return value

    def number(self, subject: str, curie: str, kind: Callable[[str], Any]) -> Any:
        value = self.one(subject, curie)
        try:
            return kind(value)
        except ValueError as error:
            raise FormatError(f"RDF: <{subject}> has {value!r} as {curie}, no number; export it again") from error


@dataclass
class _Reading:
    triples: _Triples
    schema: Schema

    def graph(self) -> nx.MultiDiGraph[Any]:
        datasets = self.triples.of_class("schema:Dataset")
        if len(datasets) != 1:
            raise FormatError(f"RDF: {len(datasets)} things of class schema:Dataset, not one; read one whole export")
        articles = {_id(one): self._article(one) for one in self.triples.of_class("schema:NewsArticle")}
        graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(
            schema=self.triples.one(datasets[0], "kg:schemaHash"),
            articles={key: articles[key] for key in sorted(articles)},
        )
        nodes = {_id(one): self._node(one) for one in self.triples.of_class("kg:Entity")}
        graph.add_nodes_from(sorted(nodes.items()))
        for subject, obj, _, _, key, edge in sorted(
            map(self._edge, self.triples.of_class("rdf:Statement")), key=_order
        ):
            if not {subject, obj} <= nodes.keys():
                raise FormatError(f"RDF: statement {key!r} joins an unknown entity; read a whole export")
            graph.add_edge(subject, obj, key=key, **edge)
        return graph

    def _article(self, one: str) -> ArticleAttributes:
        triples, original = self.triples, self.triples.optional(one, "schema:isBasedOn")
        address = triples.optional(one, "kg:address")
        return {
            "title": triples.optional(one, "schema:headline"),
            "date": triples.optional(one, "schema:datePublished"),
            "publisher": triples.optional(one, "schema:publisher"),
            "url": triples.optional(one, "schema:url") if address is None else address,
            "language": triples.one(one, "schema:inLanguage"),
            "sha256": triples.one(one, "kg:sha256"),
            "original": _id(one if original is None else original),
        }

    def _node(self, one: str) -> NodeAttributes:
        triples = self.triples
        kinds = [name for name in self.schema.entities if one in triples.classes.get(triples.iri(f"kg:{name}"), ())]
        above = {self.schema.entities[name].parent for name in kinds}
        tops, lowest = {self.schema.top(name) for name in kinds}, [name for name in kinds if name not in above]
        if len(tops) != 1 or len(lowest) != 1:
            raise FormatError(f"RDF: <{one}> is of types {', '.join(kinds) or 'none'}; one and those above it can be")
        return {
            "name": triples.one(one, "rdfs:label"),
            "type": (top := tops.pop()),
            "subtype": lowest[0] if lowest[0] != top else None,
            "aliases": triples.all(one, "skos:altLabel"),
            "mentions": triples.number(one, "kg:mentions", int),
            "articles": triples.number(one, "kg:articles", int),
            "article_ids": sorted(map(_id, triples.all(one, "kg:mentionedIn"))),
            "ids": sorted({identifier_from(curie, value) for curie in ELSEWHERE for value in triples.all(one, curie)}),
        }

    def _edge(self, one: str) -> tuple[str, str, str, int, str, EdgeAttributes]:
        triples = self.triples
        kind, status = self._local(one, "rdf:predicate"), self._local(one, "kg:status")
        subject, obj = _id(triples.one(one, "rdf:subject")), _id(triples.one(one, "rdf:object"))
        if status not in STATUSES:
            raise FormatError(f"RDF: <{one}> has status {status!r}, none of {', '.join(STATUSES)}; export it again")
        attributes: EdgeAttributes = {
            "type": kind,
            "status": status,
            "date": triples.optional(one, "kg:date"),
            "last_date": triples.optional(one, "kg:lastDate"),
            "role": triples.optional(one, "kg:role"),
            "deal": self._deal(one),
            "confidence": triples.number(one, "kg:confidence", float),
            "articles": triples.number(one, "kg:articles", int),
            "sources": triples.number(one, "kg:sources", int),
            "evidence": sorted(map(self._evidence, triples.all(one, "kg:evidence")), key=evidence_order),
        }
        return subject, obj, kind, STATUSES.index(status), _id(one), attributes

    def _local(self, one: str, curie: str) -> str:
        return self.triples.one(one, curie).removeprefix(self.triples.prefixes["kg"])

    def _deal(self, one: str) -> DealAttributes | None:
        triples = self.triples
        parts: dict[str, Any] = {part: triples.optional(one, f"kg:{part}") for part in DEAL_PARTS}
        for part, kind in (("value", int), ("stake", float)):
            if parts[part] is not None:
                parts[part] = triples.number(one, f"kg:{part}", kind)
        if all(value is None for value in parts.values()):
            return None
        return cast(DealAttributes, parts)

    def _evidence(self, one: str) -> EvidenceAttributes:
        triples, selector = self.triples, self.triples.one(one, "oa:hasSelector")
        return {
            "article": _id(triples.one(one, "oa:hasSource")),
            "start": triples.number(selector, "oa:start", int),
            "end": triples.number(selector, "oa:end", int),
            "text": triples.optional(selector, "oa:exact") or "",
            "cue": [triples.number(one, "kg:cueStart", int), triples.number(one, "kg:cueEnd", int)],
            "date": triples.optional(one, "kg:date"),
            "role": triples.optional(one, "kg:role"),
            "deal": self._deal(one),
            "speaker": triples.optional(one, "kg:speaker"),
            "confidence": triples.number(one, "kg:confidence", float),
            "extractor": triples.one(one, "kg:extractor"),
        }


def _id(iri: str) -> str:
    """Return the id that an IRI of the data ends in; its segments hold no slash of their own."""
    return from_segment(iri.rpartition("/")[2])


def _order(edge: tuple[Any, ...]) -> tuple[Any, ...]:
    return edge[:5]
