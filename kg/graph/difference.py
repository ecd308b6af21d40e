"""What two graphs do not share: entities and relations added, gone and changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

from kg.lang.ko.names import normalise
from kg.model import Deal, Entity, Relation

Record = TypeVar("Record", Entity, Relation)
Key = tuple[str, str, str, str]
"""Type, subject and object by the ids of the graph compared against, and status of a relation."""


@dataclass(frozen=True, slots=True)
class Change(Generic[Record]):
    """A record as it was and as it is; `attributes` names those that differ, in the order of the record."""

    before: Record
    after: Record
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Difference:
    """What one graph has over another (added), lacks (gone) and has otherwise (changed), each by name and id.

    False where the graphs are the same; `str` gives a line for each.
    """

    entities_added: tuple[Entity, ...]
    entities_gone: tuple[Entity, ...]
    entities_changed: tuple[Change[Entity], ...]
    relations_added: tuple[Relation, ...]
    relations_gone: tuple[Relation, ...]
    relations_changed: tuple[Change[Relation], ...]

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def __repr__(self) -> str:
        return f"<Difference: {self.summary()}>"

    def __str__(self) -> str:
        return "\n".join([self.summary(), *(" ".join(row).rstrip() for row in self.rows())])

    def summary(self) -> str:
        """Return how many entities and relations were added, are gone and changed, in words."""
        counts = ", ".join(
            f"{len(getattr(self, field.name))} {field.name.replace('_', ' ')}"
            for field in fields(self)
            if getattr(self, field.name)
        )
        return counts or "no difference"

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield "added", "gone" or "changed", the record in words and what changed of it, entities first."""
        for how, entities in (("added", self.entities_added), ("gone", self.entities_gone)):
            yield from ((how, _entity_words(entity), "") for entity in entities)
        yield from (("changed", _entity_words(c.after), _changed(c)) for c in self.entities_changed)
        for how, relations in (("added", self.relations_added), ("gone", self.relations_gone)):
            yield from ((how, _relation_words(relation), "") for relation in relations)
        yield from (("changed", _relation_words(c.after), _changed(c)) for c in self.relations_changed)


def difference(
    entities: tuple[Iterable[Entity], Iterable[Entity]], relations: tuple[Iterable[Relation], Iterable[Relation]]
) -> Difference:
    """Return what changed from the entities and relations of one graph, each first, to those of another.

    Entities are matched by id and, where the id is of one graph alone, by type and name: an entity whose name is the
    only one of its type to be found among the names of an unmatched other was renamed. Relations are matched by type,
    matched ends and status.
    """
    old, new = ({entity.id: entity for entity in found} for found in entities)
    renamed = _renamed([e for e in old.values() if e.id not in new], [e for e in new.values() if e.id not in old])
    was = {**{key: key for key in old.keys() & new.keys()}, **renamed}
    gone = old.keys() - set(was.values())
    old_relations = {_key(relation, {}): relation for relation in relations[0]}
    new_relations = {_key(relation, was): relation for relation in relations[1]}
    both = old_relations.keys() & new_relations.keys()
    return Difference(
        entities_added=_in_order(e for key, e in new.items() if key not in was),
        entities_gone=_in_order(old[key] for key in gone),
        entities_changed=_changes((old[was[key]], new[key]) for key in was),
        relations_added=_in_order(r for key, r in new_relations.items() if key not in both),
        relations_gone=_in_order(r for key, r in old_relations.items() if key not in both),
        relations_changed=_changes((old_relations[key], new_relations[key]) for key in both),
    )


def _renamed(gone: list[Entity], added: list[Entity]) -> dict[str, str]:
    """Return which unmatched entity of the later graph each of the earlier one became, by ids, later first."""
    names: dict[tuple[str, str], set[str]] = {}
    for entity in gone:
        for name in _names(entity):
            names.setdefault((entity.type, name), set()).add(entity.id)
    found: dict[str, set[str]] = {}
    for entity in added:
        for name in _names(entity):
            found.setdefault(entity.id, set()).update(names.get((entity.type, name), ()))
    taken = Counter(old for olds in found.values() for old in olds)
    return {new: old for new, olds in found.items() for old in olds if len(olds) == 1 and taken[old] == 1}


def _names(entity: Entity) -> set[str]:
    return {normalise(name) for name in (entity.name, *entity.aliases)}


def _key(relation: Relation, was: Mapping[str, str]) -> Key:
    subject, obj = (was.get(end.id, end.id) for end in (relation.subject, relation.object))
    return relation.type, subject, obj, relation.status


def _changes(pairs: Iterable[tuple[Record, Record]]) -> tuple[Change[Record], ...]:
    found = [Change(before, after, changed) for before, after in pairs if (changed := _differing(before, after))]
    return tuple(sorted(found, key=lambda change: _order(change.after)))


def _differing(before: Record, after: Record) -> tuple[str, ...]:
    """Return the attributes that differ; the ends of a relation have changes of their own, and its id follows them."""
    names = [
        f.name for f in fields(before) if not (isinstance(before, Relation) and f.name in ("id", "subject", "object"))
    ]
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=_order))


def _order(record: Entity | Relation) -> tuple[str, ...]:
    if isinstance(record, Entity):
        return record.name, record.type, record.id
    return record.type, record.subject.name, record.object.name, record.status, record.id


def _entity_words(entity: Entity) -> str:
    return f"{entity.name} ({entity.subtype or entity.type})"


def _relation_words(relation: Relation) -> str:
    return f"{relation.subject.name} {relation.type} {relation.object.name} ({relation.status})"


def _changed(change: Change[Entity] | Change[Relation]) -> str:
    """Return what changed in words: counts and single values with both, lists and records by name."""
    return ", ".join(
        _value(name, getattr(change.before, name), getattr(change.after, name)) for name in change.attributes
    )


def _value(name: str, before: object, after: object) -> str:
    if any(isinstance(value, tuple) for value in (before, after)):
        return name
    return f"{name} {_plain(before)} → {_plain(after)}"


def _plain(value: object) -> str:
    if isinstance(value, Deal):
        return "/".join(str(part) for field in fields(value) if (part := getattr(value, field.name)) is not None)
    return "none" if value is None else str(value)
