"""Identifiers elsewhere of entities that the shipped tables know by name: tickers, web domains, Wikidata."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from kg import resources
from kg.lang.ko.names import normalise
from kg.model import Entity
from kg.resolve.resolution import Resolution

SCHEMES: Mapping[str, re.Pattern[str]] = {
    "domain": re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+"),
    "krx": re.compile(r"[0-9][0-9A-Z]{5}"),
    "nasdaq": re.compile(r"[A-Z]+(\.[A-Z])?"),
    "nyse": re.compile(r"[A-Z]+(\.[A-Z])?"),
    "wikidata": re.compile(r"Q[1-9][0-9]*"),
}
"""Prefixes of the CURIEs in an entity's `ids`, and what an identifier of each looks like."""

Named = tuple[str, str]
"""Top type and normalised name."""
Table = Mapping[Named, Mapping[str, frozenset[str]]]
"""Identifiers of names by scheme."""
_Resolution = TypeVar("_Resolution", bound=Resolution)


@lru_cache(maxsize=1)
def identifier_table() -> Mapping[Named, Mapping[str, frozenset[str]]]:
    """Return the identifiers of each name by scheme: the Korean tickers of the gazetteer and `identifiers.tsv`."""
    found: dict[Named, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in resources.table("ko", "organizations.tsv"):
        if SCHEMES["krx"].fullmatch(row["ticker"]):
            found[row["type"], normalise(row["name"])]["krx"].add(row["ticker"])
    for row in resources.table("ko", "identifiers.tsv"):
        found[row["type"], normalise(row["name"])][row["scheme"]].add(row["id"])
    return {named: {scheme: frozenset(ids) for scheme, ids in schemes.items()} for named, schemes in found.items()}


def identify(resolution: _Resolution, table: Table | None = None) -> _Resolution:
    """Return a resolution whose entities have the identifiers that the tables give their names.

    A name counts when one entity alone of its type bears it, and never for people, whose names are shared. Where an
    entity's names have different identifiers in one scheme, those of its main name stand, else none of that scheme.
    """
    known = identifier_table() if table is None else table
    bearers = bearers_of(resolution.entities.values(), known)
    return replace(
        resolution, entities={key: identified(one, bearers, known) for key, one in resolution.entities.items()}
    )


def bearers_of(entities: Iterable[Entity], table: Table | None = None) -> Counter[Named]:
    """Count the entities that bear each name of the tables."""
    known = identifier_table() if table is None else table
    return Counter(named for entity in entities for named in names_of(entity) if named in known)


def identified(entity: Entity, bearers: Mapping[Named, int], table: Table | None = None) -> Entity:
    """Return an entity with the identifiers of the names that it alone bears; see `identify`."""
    known = identifier_table() if table is None else table
    rows = {named: known[named] for named in names_of(entity) if bearers.get(named) == 1}
    return _identified(entity, rows) if rows else entity


def names_of(entity: Entity) -> Iterable[Named]:
    """Return the keys of an entity's names, the main one first."""
    if entity.type == "Person":
        return ()
    return dict.fromkeys((entity.type, normalise(name)) for name in (entity.name, *entity.aliases))


def _identified(entity: Entity, rows: Mapping[Named, Mapping[str, frozenset[str]]]) -> Entity:
    main = rows.get((entity.type, normalise(entity.name)), {})
    if entity.name.endswith("그룹"):  # its short name (SK of SK그룹) is listed for its holding company
        rows = {named: row for named, row in rows.items() if row == main}
    ids = set(entity.ids)
    for scheme in SCHEMES:
        given = {row[scheme] for row in rows.values() if scheme in row}
        chosen = main.get(scheme) or (min(given) if len(given) == 1 else ())
        ids.update(f"{scheme}:{one}" for one in chosen)
    return replace(entity, ids=tuple(sorted(ids)))
