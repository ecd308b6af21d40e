"""Answers in the two forms that stores write alike: SPARQL 1.1 Query Results JSON and N-Triples."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pyoxigraph

from kg.export.terms import XSD
from kg.triplestore.answers import Answer, Term

JSON = "application/sparql-results+json"
TRIPLES = "application/n-triples"


def form(query: str) -> str:
    """Return the media type to ask for the answer in."""
    return TRIPLES if re.search(r"^(CONSTRUCT|DESCRIBE)\b", query, re.MULTILINE) else JSON


def answer(query: str, written: str) -> Answer:
    """Return the answer to a query that a store wrote in the form that belongs to it."""
    if form(query) == TRIPLES:
        return Answer.triples(
            tuple(map(_parsed, (found.subject, found.predicate, found.object)))
            for found in pyoxigraph.parse(written, pyoxigraph.RdfFormat.N_TRIPLES)
        )
    found = json.loads(written, strict=False)
    if "boolean" in found:
        return Answer(boolean=found["boolean"])
    names = found["head"]["vars"]
    rows = (tuple(_read(row.get(name)) for name in names) for row in found["results"]["bindings"])
    return Answer.of(names, rows, ordered="ORDER BY" in query)


def _read(found: Mapping[str, str] | None) -> Term | None:
    if found is None:
        return None
    if found["type"] in ("uri", "bnode"):
        return Term("uri" if found["type"] == "uri" else "bnode", found["value"])
    return Term.literal(found["value"], found.get("xml:lang"), found.get("datatype", f"{XSD}string"))


def _parsed(term: Any) -> Term:
    if isinstance(term, pyoxigraph.Literal):
        return Term.literal(term.value, term.language, term.datatype.value)
    return Term("uri" if isinstance(term, pyoxigraph.NamedNode) else "bnode", term.value)
