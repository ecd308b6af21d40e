"""JSON-LD 1.1: the RDF blocks as plain JSON objects under a context of short names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.export import terms
from kg.export.files import atomic_text
from kg.export.rdfmodel import RdfModel
from kg.export.records import Records
from kg.export.spelling import Block, Turtle
from kg.export.terms import XSD
from kg.export.vocabulary import DECIMAL, DEFAULT_BASE, PROPERTIES, Kind, Names, names
from kg.schema import Schema

STANDARD_TERMS: dict[str, tuple[str, Kind]] = {
    "label": ("rdfs:label", "text"),
    "prefLabel": ("skos:prefLabel", "text"),
    "altLabel": ("skos:altLabel", "text"),
    "identifier": ("schema:identifier", "string"),
    "exactMatch": ("skos:exactMatch", "iri"),
    "sameAs": ("owl:sameAs", "iri"),
    "tickerSymbol": ("schema:tickerSymbol", "string"),
    "headline": ("schema:headline", "text"),
    "datePublished": ("schema:datePublished", "date"),
    "publisher": ("schema:publisher", "text"),
    "url": ("schema:url", "iri"),
    "inLanguage": ("schema:inLanguage", "string"),
    "isBasedOn": ("schema:isBasedOn", "iri"),
    "softwareVersion": ("schema:softwareVersion", "string"),
    "wasAttributedTo": ("prov:wasAttributedTo", "iri"),
    "subject": ("rdf:subject", "iri"),
    "predicate": ("rdf:predicate", "iri"),
    "object": ("rdf:object", "iri"),
    "source": ("oa:hasSource", "iri"),
    "selector": ("oa:hasSelector", "iri"),
    "exact": ("oa:exact", "text"),
    "start": ("oa:start", "integer"),
    "end": ("oa:end", "integer"),
}
"""Short names of the public properties in use; our own go by their own names."""


_EXACT = 2**53
"""From here on JSON readers may round a number."""
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def _table(schema: Schema) -> dict[str, tuple[str, Kind]]:
    own: dict[str, tuple[str, Kind]] = {p.name: (f"kg:{p.name}", p.kind) for p in PROPERTIES}
    relations: dict[str, tuple[str, Kind]] = {name: (f"kg:{name}", "iri") for name in sorted(schema.relations)}
    return {**STANDARD_TERMS, **own, **relations}


def context(schema: Schema, vocabulary: Names) -> dict[str, Any]:
    """Return the JSON-LD context: prefixes, then a name for each property with its kind of value."""
    result: dict[str, Any] = {"@version": 1.1, **dict(sorted(vocabulary.prefixes.items()))}
    result |= {"id": "@id", "type": "@type"}
    for name, (curie, kind) in _table(schema).items():
        if kind == "iri":
            result[name] = {"@id": curie, "@type": "@id"}
        elif kind in DECIMAL:
            result[name] = {"@id": curie, "@type": "xsd:decimal"}
        else:
            result[name] = curie
    return result


def write_jsonld(records: Records, schema: Schema, path: Path, *, base: str = DEFAULT_BASE) -> None:
    """Write JSON-LD with its context inside, one node a line."""
    with atomic_text(path) as out:
        out.writelines(_pieces(RdfModel(records, schema, JsonLd(names(schema, base), schema))))


def _pieces(model: RdfModel) -> Iterator[str]:
    head = json.dumps(context(model.schema, model.spelling.names), ensure_ascii=False, separators=(",", ":"))
    yield f'{{"@context":{head},\n"@graph":['
    separator = "\n"
    for block in model.blocks():
        yield separator + model.spelling.block(block)
        separator = ",\n"
    yield "\n]}\n"


class JsonLd(Turtle):
    """JSON-LD under our context: a subject is an object, its predicates the short names."""

    def __init__(self, vocabulary: Names, schema: Schema) -> None:
        super().__init__(vocabulary)
        self._keys = {vocabulary.term(curie): name for name, (curie, _) in _table(schema).items()}
        self._keys[vocabulary.term("rdf:type")] = "type"
        self.integer, self.decimal = _integer, _decimal

    def term(self, term: str) -> str:
        """Return a term of N-Triples as JSON."""
        if term.startswith("<"):
            return _quoted(super().term(term).strip("<>"))
        end = term.rindex('"') + 1
        value, suffix = _quoted(json.loads(term[:end])), term[end:]
        if suffix.startswith("@"):
            return f'{{"@value":{value},"@language":"{suffix[1:]}"}}'
        return value if not suffix else _typed(value, suffix[len(f"^^<{XSD}") : -1])

    def verb(self, term: str) -> str:
        """Return a predicate as a key and a colon."""
        return f'"{self._keys[term]}":'

    def data(self, kind: str, segment: str) -> str:
        """Return the compact IRI of a thing."""
        return f'"{super().data(kind, segment).strip("<>")}"'

    def lines(self, verb: str, values: list[str]) -> list[str]:
        """Return a member, an array where there are several values."""
        joined = ",".join(values)
        return [f"{verb}[{joined}]" if len(values) > 1 else f"{verb}{joined}"] if values else []

    def block(self, block: Block) -> str:
        """Return all of one subject."""
        return f'{{"id":{block.subject},{",".join(block.lines)}}}'


def _integer(value: int) -> str:
    return str(int(value)) if abs(int(value)) < _EXACT else _typed(f'"{int(value)}"', "integer")


def _decimal(value: float) -> str:
    """Return a number as text: the context has its datatype."""
    return f'"{terms.plain_decimal(value)}"'


def _typed(value: str, datatype: str) -> str:
    return f'{{"@value":{value},"@type":"xsd:{datatype}"}}'
