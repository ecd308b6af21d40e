"""The organizations, places and products of the shipped gazetteers."""

from __future__ import annotations

from functools import lru_cache

from kg import resources
from kg.lang.ko.names import normalise

_FILES = ("organizations.tsv", "places.tsv", "products.tsv")
_REGIONS = ("Country", "AdministrativeArea")


@lru_cache(maxsize=1)
def gazetteer() -> dict[str, dict[str, str | None]]:
    """Return for each name key its top types, each with the subtype the gazetteer gives (None where it gives none)."""
    listed: dict[str, dict[str, str | None]] = {}
    for file in _FILES:
        for row in resources.table("ko", file):
            listed.setdefault(normalise(row["name"]), {}).setdefault(row["type"], row["subtype"] or None)
    return listed


def is_organization(name: str) -> bool:
    """Say whether a name is listed as that of an organization, whatever else it may name."""
    return "Organization" in gazetteer().get(normalise(name), {})


def is_country(name: str) -> bool:
    """Say whether a name is that of a country."""
    return gazetteer().get(normalise(name), {}).get("Place") == "Country"


def is_region(name: str) -> bool:
    """Say whether a name is that of a country or a first-level region."""
    return gazetteer().get(normalise(name), {}).get("Place") in _REGIONS
