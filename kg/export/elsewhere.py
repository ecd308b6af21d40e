"""The identifiers elsewhere of an entity (`ids`, CURIEs) as RDF and as links of the page.

Exchanges go by their Market Identifier Codes (ISO 10383), as schema.org recommends for tickerSymbol: "XKRX 035720".
"""

from __future__ import annotations

import re

from kg.export import terms
from kg.export.vocabulary import Names
from kg.model import FORMER_ID

EXCHANGES = {"krx": "XKRX", "nasdaq": "XNAS", "nyse": "XNYS"}
LABELS = {"krx": "KRX", "nasdaq": "Nasdaq", "nyse": "NYSE"}
_ITEM = re.compile(r"Q[1-9][0-9]*")


def identifier_pairs(identifier: str, names: Names) -> list[tuple[str, str]]:
    """Return the predicate and object terms of one identifier.

    An item of Wikidata is a close enough match to be used for the entity (skos:exactMatch); an id that the entity took
    over from another when they were merged is the same thing (owl:sameAs). What has no public property, or would not
    come back from it, is a kg:otherId.
    """
    scheme, _, local = identifier.partition(":")
    if scheme == "wikidata":
        return [(names.term("skos:exactMatch"), names.term(f"wd:{terms.path_segment(local)}"))]
    if scheme in EXCHANGES:
        return [(names.term("schema:tickerSymbol"), terms.text(f"{EXCHANGES[scheme]} {local}"))]
    if scheme == "domain" and (address := terms.url(f"https://{local}")) == f"<https://{local}>":
        return [(names.term("schema:url"), address)]
    if identifier.startswith(FORMER_ID):
        return [(names.term("owl:sameAs"), names.data("ent", terms.path_segment(local)))]
    return [(names.term("kg:otherId"), terms.text(identifier))]


def identifier_from(property: str, value: str) -> str:
    """Return the identifier that `identifier_pairs` wrote as a value of a property, both as CURIE and plain text."""
    if property == "schema:tickerSymbol":
        exchange, _, local = value.partition(" ")
        scheme = next((scheme for scheme, code in EXCHANGES.items() if code == exchange), exchange)
        return f"{scheme}:{local}"
    if property == "schema:url":
        return f"domain:{value.removeprefix('https://')}"
    if property == "kg:otherId":
        return value
    local = terms.from_segment(value.rpartition("/")[2])
    return f"wikidata:{local}" if property == "skos:exactMatch" else f"{FORMER_ID}{local}"


def is_wikidata_item(local: str) -> bool:
    """Say whether an id is that of an item of Wikidata, which those given by hand need not be."""
    return _ITEM.fullmatch(local) is not None


def identifier_link(identifier: str) -> tuple[str, str | None] | None:
    """Return the words and the web address that the page shows of an identifier, None where it shows none."""
    scheme, _, local = identifier.partition(":")
    if identifier.startswith(FORMER_ID):
        return None
    if scheme == "wikidata":
        return f"Wikidata {local}", f"https://www.wikidata.org/wiki/{terms.path_segment(local)}"
    if scheme == "domain":
        return local, f"https://{local}"
    return f"{LABELS.get(scheme, scheme)} {local}", None
