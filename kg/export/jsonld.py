"""JSON-LD 1.1: the RDF blocks as plain JSON objects under a context of short names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import networkx as nx

from kg.export.files import atomic_text
from kg.export.rdf import shortener
from kg.export.rdfmodel import Block, RdfModel
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


def write_jsonld(graph: nx.MultiDiGraph[Any], schema: Schema, path: Path, *, base: str = DEFAULT_BASE) -> None:
    """Write JSON-LD with its context inside, one node a line."""
    model = RdfModel(graph, schema, names(schema, base))
    with atomic_text(path) as out:
        out.writelines(_pieces(model))


def _pieces(model: RdfModel) -> Iterator[str]:
    keys = {model.names.term(curie): (name, kind) for name, (curie, kind) in _table(model.schema).items()}
    keys[model.names.term("rdf:type")] = ("type", "iri")
    shorten = shortener(model.names)
    head = json.dumps(context(model.schema, model.names), ensure_ascii=False, separators=(",", ":"))
    yield f'{{"@context":{head},\n"@graph":['
    separator = "\n"
    for block in model.blocks():
        node = json.dumps(_node(block, keys, shorten), ensure_ascii=False, separators=(",", ":"))
        yield separator + node
        separator = ",\n"
    yield "\n]}\n"


def _node(block: Block, keys: dict[str, tuple[str, Kind]], shorten: Callable[[str], str]) -> dict[str, Any]:
    node: dict[str, Any] = {"id": shorten(block.subject).strip("<>")}
    for predicate, pairs in groupby(block.pairs, key=lambda pair: pair[0]):
        name, kind = keys[predicate]
        values = [_value(obj, kind, shorten) for _, obj in pairs]
        node[name] = values if len(values) > 1 else values[0]
    return node


def _value(term: str, kind: Kind, shorten: Callable[[str], str]) -> Any:
    if term.startswith("<"):
        return shorten(term).strip("<>")
    end = term.rindex('"')
    value, suffix = json.loads(term[: end + 1]), term[end + 1 :]
    if suffix.startswith("@"):
        return {"@value": value, "@language": suffix[1:]}
    if not suffix:
        return value if kind != "iri" else {"@value": value}
    datatype = suffix[len(f"^^<{XSD}") : -1]
    if datatype == "integer" and abs(int(value)) < _EXACT:
        return int(value)
    return value if kind in DECIMAL and datatype == "decimal" else {"@value": value, "@type": f"xsd:{datatype}"}
