"""Subtypes of entities (PoliticalParty, FinancialInstitution, …) from the gazetteers and the endings of their names."""

from __future__ import annotations

from functools import lru_cache

from kg.lang.ko.gazetteer import gazetteer
from kg.lang.ko.names import normalise
from kg.schema import load_schema


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, str, str], ...]:
    """Return (ending, top type, subtype) of the schema, longest ending first."""
    schema = load_schema()
    found = [
        (ending, schema.top(kind.name), kind.name)
        for kind in schema.entities.values()
        if kind.parent is not None
        for ending in kind.suffixes
    ]
    return tuple(sorted(found, key=lambda item: (-len(item[0]), item)))


def subtype_of(names: tuple[str, ...], type_: str) -> str | None:
    """Return the subtype that a gazetteer or an ending of one of the names shows, None without evidence.

    Names are tried in order, the gazetteers before the endings, longer endings first.
    """
    for name in names:
        listed = gazetteer().get(normalise(name), {}).get(type_)
        if listed:
            return listed
    for name in names:
        for ending, top, subtype in _endings():
            if top == type_ and name.endswith(ending):
                return subtype
    return None
