"""Subtypes of entities (PoliticalParty, FinancialInstitution, …) from the gazetteers and the endings of their names."""

from __future__ import annotations

from functools import cache

from kg.lang.ko.gazetteer import gazetteer
from kg.lang.ko.names import normalise
from kg.schema import load_schema


@cache
def _endings(type_: str) -> dict[str, str]:
    """Return the endings of the names of a top type with the subtype each shows, the longest first."""
    schema = load_schema()
    found = [
        (ending, schema.top(kind.name), kind.name)
        for kind in schema.entities.values()
        if kind.parent is not None
        for ending in kind.suffixes
    ]
    subtypes: dict[str, str] = {}
    for ending, top, subtype in sorted(found, key=lambda item: (-len(item[0]), item)):
        if top == type_:
            subtypes.setdefault(ending, subtype)
    return subtypes


def subtype_of(names: tuple[str, ...], type_: str) -> str | None:
    """Return the subtype that a gazetteer or an ending of one of the names shows, None without evidence.

    Names are tried in order, the gazetteers before the endings, longer endings first.
    """
    for name in names:
        listed = gazetteer().get(normalise(name), {}).get(type_)
        if listed:
            return listed
    endings = _endings(type_)
    for name in names:
        if name.endswith(tuple(endings)):
            return next(subtype for ending, subtype in endings.items() if name.endswith(ending))
    return None
