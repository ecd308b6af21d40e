"""JSON-LD with the terms of schema.org alone, for search engines and whoever reads no other vocabulary.

A property states a fact, so only actual relations for which schema.org has a term become properties. Every relation,
whatever its status, is besides a Claim: what it says, with its status in words, the quoted sentences and the articles
they appear in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from kg.export import terms
from kg.export.characters import utf8_text
from kg.export.elsewhere import EXCHANGES
from kg.export.files import atomic_text
from kg.export.records import Attributes, Edge, Records
from kg.export.vocabulary import DEFAULT_BASE, STATUS_LABELS, Names, names
from kg.schema import Schema

CONTEXT = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}, "sameAs": {"@type": "@id"}}
"""The vocabulary itself rather than the address of schema.org's context, which readers would have to fetch."""
FACTS = {
    "bornIn": "birthPlace",
    "educatedAt": "alumniOf",
    "finances": "^funder",
    "foundedBy": "founder",
    "investsIn": "^funder",
    "locatedIn": "location",
    "memberOf": "memberOf",
    "operatesIn": "areaServed",
    "parentOf": "children",
    "siblingOf": "sibling",
    "spouse": "spouse",
    "subsidiaryOf": "parentOrganization",
}
"""Property of a relation, with ^ where it is the object's; `_fact` has those that depend on the ends."""
_Kinds = dict[str, tuple[str, str | None]]


class _Model(NamedTuple):
    schema: Schema
    names: Names
    kinds: _Kinds
    """Type and subtype of each entity."""

    def id(self, kind: str, identifier: str) -> str:
        return self.names.data(kind, terms.path_segment(identifier))[1:-1]

    def ref(self, kind: str, identifier: str) -> dict[str, str]:
        return {"@id": self.id(kind, identifier)}


def write_schemaorg(records: Records, schema: Schema, path: Path, *, base: str = DEFAULT_BASE) -> None:
    """Write articles, entities with their facts, and claims by id, one object a line; the types are held meanwhile."""
    model = _Model(schema, names(schema, base), {node: (a["type"], a["subtype"]) for node, a in records.nodes()})
    with atomic_text(path) as out:
        out.write(f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [')
        between = "\n"
        for found in _objects(records, model):
            out.write(between + _dump(found))
            between = ",\n"
        out.write("\n]}\n")


def _objects(records: Records, model: _Model) -> Iterator[dict[str, Any]]:
    for told in records.told():
        if told.attributes is not None:
            yield _article(told.article, told.attributes, model) | {
                "mentions": [model.ref("ent", n) for n in told.nodes]
            }
    stated = groupby(records.edges(), key=itemgetter(0))
    subject, edges = next(stated, (None, iter(())))
    for node, attributes in records.nodes():
        found = _entity(node, attributes, model)
        if node == subject:
            for edge in edges:
                _add_fact(found, edge, model)
            subject, edges = next(stated, (None, iter(())))
        yield found
    heads = {node: attributes["name"] for node, attributes in records.nodes()}
    for edge in records.edges_by_id():
        yield _claim(edge, heads, model)


def _article(article: str, found: Attributes, model: _Model) -> dict[str, Any]:
    publisher = {"@type": "NewsMediaOrganization", "name": found["publisher"]} if found["publisher"] else None
    copied = found["original"] != article
    return {
        "@id": model.id("doc", article),
        "@type": "NewsArticle",
        "identifier": article,
        "headline": found["title"],
        "datePublished": _date(found["date"]),
        "publisher": publisher,
        "url": _url(found["url"]),
        "inLanguage": found["language"],
        "isBasedOn": model.ref("doc", found["original"]) if copied else None,
    }


def _entity(node: str, found: Attributes, model: _Model) -> dict[str, Any]:
    result: dict[str, Any] = {
        "@id": model.id("ent", node),
        "@type": _type(found["subtype"] or found["type"], model.schema),
        "name": found["name"],
        "alternateName": found["aliases"],
    }
    for identifier in found["ids"]:
        scheme, _, local = identifier.partition(":")
        if scheme == "wikidata" and re.fullmatch(r"Q[1-9][0-9]*", local, re.ASCII):
            result["sameAs"] = f"http://www.wikidata.org/entity/{local}"
        elif scheme == "domain":
            result["url"] = _url(f"https://{local}")
        elif scheme in EXCHANGES and result["@type"] == "Corporation":
            result["tickerSymbol"] = f"{EXCHANGES[scheme]} {local}"
    return result


def _type(kind: str, schema: Schema) -> str:
    """Return the class of schema.org for a type, that of its parent where it has none of its own."""
    found = schema.entity(kind)
    own = next((iri.removeprefix("schema:") for iri in found.iris if iri.startswith("schema:")), None)
    if own is None:
        return _type(found.parent, schema) if found.parent else "Thing"
    return own


def _add_fact(found: dict[str, Any], edge: Edge, model: _Model) -> None:
    """Add what an edge states to its subject, if it is actual and schema.org has a term for it."""
    if edge[3]["status"] != "actual" or (fact := _fact(edge, model)) is None:
        return
    property, value = fact
    place = found.setdefault("@reverse", {}) if property.startswith("^") else found
    values = place.setdefault(property.removeprefix("^"), [])
    if value not in values:
        values.append(value)


def _fact(edge: Edge, model: _Model) -> tuple[str, dict[str, Any]] | None:
    """Return the property of an edge, as FACTS has them, and its value; None where schema.org has none."""
    subject, obj, _, stated = edge
    type, value = stated["type"], model.ref("ent", obj)
    (doer, _), (top, kind) = model.kinds[subject], model.kinds[obj]
    if type == "holdsPosition":
        return _post(stated, value, top)
    if type == "produces":
        if kind in ("CreativeWork", "Software"):
            return "^creator", value
        return ("^manufacturer", value) if doer == "Organization" else None
    return (FACTS[type], value) if type in FACTS and doer != "Place" else None


def _post(stated: Attributes, value: dict[str, Any], top: str) -> tuple[str, dict[str, Any]]:
    """Return a post as a Role of worksFor; one of a country or city as an Occupation there."""
    if top == "Place":
        return "hasOccupation", {"@type": "Occupation", "name": stated["role"], "occupationLocation": value}
    role = {"@type": "EmployeeRole", "worksFor": value, "roleName": stated["role"], "startDate": _date(stated["date"])}
    return "worksFor", role if stated["role"] or stated["date"] else value


def _claim(edge: Edge, heads: dict[str, str], model: _Model) -> dict[str, Any]:
    subject, obj, key, stated = edge
    label, status = model.schema.relation(stated["type"]).labels.ko, stated["status"]
    articles = dict.fromkeys(evidence["article"] for evidence in stated["evidence"])
    return {
        "@id": model.id("stmt", key),
        "@type": "Claim",
        "name": f"{heads[subject]} → {heads[obj]}: {label} ({STATUS_LABELS[status][0]})",
        "keywords": [stated["type"], status],
        "about": [model.ref("ent", end) for end in dict.fromkeys((subject, obj))],
        "text": list(dict.fromkeys(evidence["text"] for evidence in stated["evidence"] if evidence["text"])),
        "temporalCoverage": _date(stated["date"]),
        "appearance": [model.ref("doc", article) for article in articles],
    }


def _date(stated: str | None) -> str | None:
    return stated if stated and terms.date(stated) != terms.text(stated) else None


def _url(url: str | None) -> str | None:
    found = terms.url(url) if url else ""
    return found[1:-1] if found.startswith("<") else None


def _dump(found: dict[str, Any]) -> str:
    """Return an object without what is absent; `<` is escaped, so that it ends no script element of a web page."""
    text = json.dumps(_kept(found), ensure_ascii=False)
    return utf8_text(text).replace("<", "\\u003c")


def _kept(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _kept(one) for name, one in value.items() if one is not None and one != []}
    return [_kept(one) for one in value] if isinstance(value, list) else value
