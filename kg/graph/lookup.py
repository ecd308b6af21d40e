"""Finds entities by any of their names, and types by their names or labels."""

from __future__ import annotations

import difflib
import heapq
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import UnknownNameError
from kg.graph.records import entity_of
from kg.lang.ko.names import normalise
from kg.model import FORMER_ID
from kg.resolve.ids import ID, answering
from kg.schema import EntityType, RelationType, Schema

if TYPE_CHECKING:
    import networkx as nx

NEAREST = 3
CUTOFF = 0.5
"""How many close names an error offers, and the least likeness (difflib's ratio over jamo) of one."""
COMPARED = 2000
"""Of more names, only so many that share most characters are compared, since difflib takes some 10 µs for each."""
ALIKE = 0.7
"""The least likeness of two names that may be one."""


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """Return the names closest to one, best first; Hangul is compared by jamo, so 크래프턴 is near 크래프톤."""
    chars = {*name, *normalise(name)}
    spelled: dict[str, str] = {}
    for other in heapq.nlargest(COMPARED, names, key=lambda other: len(chars.intersection(other))):
        spelled.setdefault(_jamo(other), other)
    return [spelled[key] for key in difflib.get_close_matches(_jamo(name), spelled, n=NEAREST, cutoff=CUTOFF)]


def alike(one: str, other: str) -> bool:
    """Say whether two names are spelled so much alike that they may be one name: 라케슈 카푸르, 라케시 카푸르."""
    first, second = sorted((_jamo(one), _jamo(other)))
    return difflib.SequenceMatcher(None, first, second).ratio() >= ALIKE


def _jamo(name: str) -> str:
    return unicodedata.normalize("NFD", normalise(name))


class NameIndex:
    """The names and aliases of a graph's nodes; what kg.lang.ko.names.normalise leaves out does not count."""

    def __init__(self, graph: nx.MultiDiGraph[Any]) -> None:
        self._graph = graph
        self._names: dict[str, list[str]] = {}
        self._aliases: dict[str, list[str]] = {}
        self._elsewhere: dict[str, list[str]] = {}
        for node, attributes in graph.nodes(data=True):
            self._names.setdefault(normalise(attributes["name"]), []).append(node)
            for key in sorted({normalise(alias) for alias in attributes["aliases"]}):
                self._aliases.setdefault(key, []).append(node)
            for identifier in attributes["ids"]:
                self._elsewhere.setdefault(identifier.casefold(), []).append(node)

    def nodes(self, name: str) -> list[str]:
        """Return the nodes a name may stand for.

        The one of that id, else those with that identifier elsewhere (krx:035720), else those so named, else those so
        called, else the one that one of that id was merged into by hand, else those whose id it was in an earlier build
        (`kg.resolve.ids`).
        """
        if name in self._graph:
            return [name]
        key = normalise(name)
        found = self._elsewhere.get(name.casefold()) or self._names.get(key) or self._aliases.get(key)
        found = found or self._elsewhere.get(FORMER_ID + name)
        return found or (self._formerly(name) if ID.fullmatch(name) else [])

    def _formerly(self, entity: str) -> list[str]:
        entities = [entity_of(self._graph, node) for node in self._graph.nodes]
        return answering(entities, [entity]).get(entity, [])

    def node(self, name: str) -> str:
        """Return the one node of a name or id.

        Raises UnknownNameError with the nearest names, or with the ids of all where several share the name.
        """
        found = self.nodes(name)
        if len(found) == 1:
            return found[0]
        if not found:
            raise UnknownNameError("entity", name, nearest(name, self._spelled()))
        raise UnknownNameError("single entity (use an id)", name, [self._described(node) for node in found])

    def _spelled(self) -> Iterable[str]:
        for _, attributes in self._graph.nodes(data=True):
            yield attributes["name"]
            yield from attributes["aliases"]

    def _described(self, node: str) -> str:
        attributes = self._graph.nodes[node]
        return f"{node} ({attributes['name']}, {attributes['subtype'] or attributes['type']})"


def relation_type(schema: Schema, name: str) -> str:
    """Return the relation type of a name or a Korean or English label; raises UnknownNameError."""
    return _typed("relation type", name, schema.relations)


def entity_type(schema: Schema, name: str) -> str:
    """Return the entity type of a name or a Korean or English label; raises UnknownNameError."""
    return _typed("entity type", name, schema.entities)


def entity_types(schema: Schema, name: str) -> frozenset[str]:
    """Return an entity type, given by name or label, and all types below it; raises UnknownNameError."""
    top = entity_type(schema, name)
    return frozenset(kind for kind in schema.entities if top in _line(schema, kind))


def is_of(attributes: Mapping[str, Any], kinds: frozenset[str]) -> bool:
    """Say whether a node is of one of some types."""
    return not kinds.isdisjoint((attributes["type"], attributes["subtype"]))


def _line(schema: Schema, kind: str) -> Iterable[str]:
    """Yield a type and the types above it."""
    above: str | None = kind
    while above is not None:
        yield above
        above = schema.entities[above].parent


def _typed(kind: str, name: str, table: Mapping[str, EntityType | RelationType]) -> str:
    if name in table:
        return name
    known: dict[str, str] = {}
    for type_name, found in table.items():
        for spelling in (type_name, found.labels.ko, found.labels.en):
            known.setdefault(normalise(spelling), type_name)
    if normalise(name) in known:
        return known[normalise(name)]
    raise UnknownNameError(kind, name, _nearest_types(name, table))


def _nearest_types(name: str, table: Mapping[str, EntityType | RelationType]) -> Sequence[str]:
    spellings = {
        spelling: type_name
        for type_name, found in table.items()
        for spelling in (found.labels.en, found.labels.ko, type_name)
    }
    return list(dict.fromkeys(spellings[close] for close in nearest(name, spellings)))
