"""FollowTheMoney entities as JSON lines, for OpenAleph and the tools around it (https://followthemoney.tech).

Articles are Article, entities the schema that fits their type, relations an interval: Ownership, Directorship,
Employment, Membership or Family where their ends allow it, else UnknownLink. Only what is actual or has ended becomes
one of the former; what is planned, possible or denied is an UnknownLink whose role and status say so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from kg.export import terms
from kg.export.characters import one_line, utf8_text
from kg.export.elsewhere import EXCHANGES
from kg.export.files import atomic_text
from kg.export.records import Attributes, Edge, Records
from kg.export.vocabulary import STATUS_LABELS
from kg.model import UNREALISED, content_id
from kg.schema import Schema

SCHEMATA = {
    "Company": "Company",
    "FinancialInstitution": "Company",
    "GovernmentOrganization": "PublicBody",
    "Organization": "Organization",
    "Person": "Person",
    "Place": "Address",
    "Product": "Asset",
}
"""Schema of a subtype, else of a type."""
TOPICS = {
    "FinancialInstitution": "fin",
    "GovernmentOrganization": "gov",
    "InternationalOrganization": "gov.igo",
    "PoliticalParty": "pol.party",
}
LINKS = {
    "acquires": ("Ownership", "owner", "asset"),
    "holdsPosition": ("Employment", "employee", "employer"),
    "memberOf": ("Membership", "member", "organization"),
    "ownsStakeIn": ("Ownership", "owner", "asset"),
    "parentOf": ("Family", "person", "relative"),
    "siblingOf": ("Family", "person", "relative"),
    "spouse": ("Family", "person", "relative"),
    "subsidiaryOf": ("Ownership", "asset", "owner"),
}
"""Schema of a relation and the properties of its subject and object."""
_ORGANIZATIONS = {"Company", "Organization", "PublicBody"}
RANGES = {
    "owner": _ORGANIZATIONS | {"Person"},
    "asset": {"Asset", "Company"},
    "director": _ORGANIZATIONS | {"Person"},
    "organization": _ORGANIZATIONS,
    "employee": {"Person"},
    "employer": _ORGANIZATIONS,
    "member": _ORGANIZATIONS | {"Person"},
    "person": {"Person"},
    "relative": {"Person"},
}
DIRECTORS = ("대표", "이사", "회장", "사장", "의장", "감사", "최고경영자", "CEO")
"""Endings of the titles of those who direct a company, who are Directors of it rather than employees."""
LONGEST = {
    **dict.fromkeys(("description", "notes", "summary"), 65_000),
    **dict.fromkeys(("alias", "name"), 384),
    "full": 250,
    "ticker": 64,
}
"""Characters that FollowTheMoney takes of a property, 1,024 of any other; what is longer is cut."""
_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]{0,99}[0-9a-zA-Z])?")
_HOST = re.compile(r"<https?://([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9](:\d+)?(/|[?#>])")
_Properties = dict[str, list[str]]


def write_ftm(records: Records, schema: Schema, path: Path) -> None:
    """Write articles, entities and relations by id, one JSON object a line; the articles' heads are held meanwhile."""
    articles = dict(records.articles())
    kinds: dict[str, str] = {}
    with atomic_text(path) as out:

        def write(id: str, kind: str, properties: _Properties) -> None:
            kept = {name: _kept(values, LONGEST.get(name, 1024)) for name, values in sorted(properties.items())}
            entity = {"id": id, "schema": kind, "properties": {name: values for name, values in kept.items() if values}}
            out.write(json.dumps(entity, ensure_ascii=False) + "\n")

        for article, found in articles.items():
            write(ftm_id("doc", article), "Article", _article(article, found))
        for node, found in records.nodes():
            kinds[node] = SCHEMATA.get(found["subtype"], SCHEMATA.get(found["type"], "Asset"))
            write(ftm_id("ent", node), kinds[node], _entity(node, found, schema))
        for edge in records.edges_by_id():
            kind, subject, obj = _link(edge, kinds)
            ends = {subject: [ftm_id("ent", edge[0])], obj: [ftm_id("ent", edge[1])]}
            write(ftm_id("rel", edge[2]), kind, _interval(edge, kind, schema, articles) | ends)


def ftm_id(kind: str, identifier: str) -> str:
    """Return an id that FollowTheMoney takes, different for each article, entity and relation."""
    return f"{kind}-{identifier if _ID.fullmatch(identifier) else content_id(identifier, length=40)}"


def _text(value: str) -> str:
    """Return text as FollowTheMoney's own cleaning leaves it: no control characters, no blanks around it."""
    return one_line(utf8_text(value))


def _kept(values: Iterable[str], longest: int) -> list[str]:
    return list(dict.fromkeys(filter(None, (_text(value)[:longest].strip() for value in values))))


def _article(article: str, found: Attributes) -> _Properties:
    return {
        "title": [found["title"] or f"기사 {article}"],
        "publishedAt": _dates(found["date"]),
        "publisher": [found["publisher"] or ""],
        "sourceUrl": _urls(found["url"]),
        "notes": [f"id {article}"],
    }


def _entity(node: str, found: Attributes, schema: Schema) -> _Properties:
    name = _text(found["name"]) or _text(node) or "?"
    kind = found["subtype"] or found["type"]
    properties = {"name": [name], "alias": found["aliases"], "keywords": [schema.entity(kind).labels.ko]}
    properties["topics"] = [TOPICS[kind]] if kind in TOPICS else []
    if found["type"] == "Place":
        properties["full"] = [name]
    for identifier in found["ids"]:
        scheme, _, local = identifier.partition(":")
        if scheme == "wikidata" and re.fullmatch(r"Q[1-9][0-9]*", local, re.ASCII):
            properties["wikidataId"] = [local]
        elif scheme == "domain" and found["type"] in ("Organization", "Person") and (site := _urls(f"https://{local}")):
            properties.setdefault("website", []).extend(site)
        elif scheme in EXCHANGES and SCHEMATA.get(kind) == "Company":
            properties.setdefault("ticker", []).append(local)
        else:
            properties["keywords"].append(identifier)
    return properties


def _link(edge: Edge, kinds: dict[str, str]) -> tuple[str, str, str]:
    """Return the schema of a relation and which properties its ends are of."""
    subject, obj, _, found = edge
    kind, *ends = LINKS.get(found["type"], ("UnknownLink", "", ""))
    if kind == "Employment" and kinds[obj] == "Company" and (found["role"] or "").endswith(DIRECTORS):
        kind, ends = "Directorship", ["director", "organization"]
    fitting = kind != "UnknownLink" and all(
        kinds[end] in RANGES[name] for end, name in zip((subject, obj), ends, strict=True)
    )
    if found["status"] in UNREALISED or not fitting:
        return "UnknownLink", "subject", "object"
    return kind, ends[0], ends[1]


def _interval(edge: Edge, kind: str, schema: Schema, articles: dict[str, Attributes]) -> _Properties:
    key, found = edge[2], edge[3]
    label, status = schema.relation(found["type"]).labels.ko, found["status"]
    said = found["role"] or label if kind != "UnknownLink" else " ".join(filter(None, (label, found["role"])))
    said = said if status == "actual" else f"{said} ({STATUS_LABELS[status][0]})"
    properties: _Properties = {"recordId": [key], "date": _dates(found["date"], found["last_date"])}
    if status in ("actual", "ended"):
        stated = found["date"] if status == "actual" else found["last_date"] or found["date"]
        properties["startDate" if status == "actual" else "endDate"] = _dates(stated)
    properties |= {"relationship": [said]} if kind == "Family" else {"role": [said], "status": [status]}
    deal = found["deal"] or {}
    if kind == "Ownership" and deal.get("stake") is not None:
        properties["percentage"] = [terms.plain_decimal(deal["stake"])]
    parts = ("round", "item", "amount")
    properties["description"] = [", ".join(deal[part] for part in parts if deal.get(part))]
    return properties | _proof(found, articles)


def _proof(found: Attributes, articles: dict[str, Attributes]) -> _Properties:
    """Return what a relation rests on: its articles, and each quoted sentence with its source."""
    told = dict.fromkeys(evidence["article"] for evidence in found["evidence"])
    heads = [articles[article] for article in told]
    quoted = [
        f"“{evidence['text']}”{_source(articles[evidence['article']])}"
        for evidence in found["evidence"]
        if evidence["text"]
    ]
    return {
        "proof": [ftm_id("doc", article) for article in told],
        "summary": list(dict.fromkeys(quoted)),
        "publisher": sorted({head["publisher"] or "" for head in heads}),
        "sourceUrl": sorted({url for head in heads for url in _urls(head["url"])}),
    }


def _source(head: Attributes) -> str:
    said = ", ".join(filter(None, (head["publisher"], head["date"])))
    return f" ({said})" if said else ""


def _dates(*stated: str | None) -> list[str]:
    """Return what is a date, without time: FollowTheMoney takes years, months and days."""
    days = dict.fromkeys(one.partition("T")[0] for one in stated if one)
    return [day for day in days if terms.date(day) != terms.text(day)]


def _urls(url: str | None) -> list[str]:
    """Return a web address of a named host, which is all that FollowTheMoney takes for one."""
    found = terms.url(url) if url else ""
    return [found[1:-1]] if _HOST.match(found) and len(found) <= 1024 else []
