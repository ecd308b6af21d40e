"""Pairs of entities that a sentence may relate: named in it, or one of them carried on from the discourse."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kg.model import DocumentEntity, Mention
from kg.schema import Schema

FARTHEST, CROWD = 250, 9
"""Characters, and names, that may stand between two ends: farther apart next to no pair is related."""


@dataclass(frozen=True, slots=True)
class End:
    """An end of a pair: where a sentence names an entity; `carried` says that the discourse supplies it instead."""

    start: int
    end: int
    entity: str
    type: str
    subtype: str
    name: str
    carried: str = ""


def joinable(schema: Schema) -> frozenset[tuple[str, str]]:
    """Return the pairs of top types, either way round, that some relation of a schema joins."""
    found: set[tuple[str, str]] = set()
    for relation in schema.relations.values():
        for left in relation.domain:
            for right in relation.range:
                found |= {(left, right), (right, left)}
    return frozenset(found)


def ends(mentions: Sequence[Mention], entities: dict[str, DocumentEntity], start: int, stop: int) -> list[End]:
    """Return the ends that stand within a sentence, in reading order."""
    found: dict[tuple[int, int, str], End] = {}
    for m in mentions:
        if m.entity is not None and start <= m.start and m.end <= stop:
            found.setdefault((m.start, m.end, m.entity), _end(m.start, m.end, entities[m.entity]))
    return [found[key] for key in sorted(found)]


def carried(
    topics: Collection[tuple[str, str]], entities: dict[str, DocumentEntity], named: Collection[str], start: int
) -> list[End]:
    """Return ends, set at the start of a sentence, for the (entity, kind) of the discourse that it does not name."""
    found: dict[str, End] = {}
    for entity, kind in topics:
        if entity not in named:
            found.setdefault(entity, _end(start, start, entities[entity], kind))
    return list(found.values())


def _end(start: int, end: int, entity: DocumentEntity, kind: str = "") -> End:
    return End(start, end, entity.id, entity.type, entity.subtype or entity.type, entity.name, kind)


def pairs(
    named: Sequence[End], supplied: Sequence[End], allowed: frozenset[tuple[str, str]]
) -> Iterator[tuple[End, End, tuple[str, ...]]]:
    """Yield each two entities once, at their closest, in reading order, with the types of the names between."""
    best: dict[tuple[str, str], tuple[int, int, int, End, End]] = {}
    both = [*supplied, *named]
    for i, first in enumerate(both):
        for j in range(max(i + 1, len(supplied)), len(both)):
            second = both[j]
            gap = second.start - first.end
            if gap < 0 or first.entity == second.entity or (first.type, second.type) not in allowed:
                continue
            if gap > FARTHEST:
                break
            key = min(first.entity, second.entity), max(first.entity, second.entity)
            if key not in best or gap < best[key][0]:
                best[key] = gap, i, j, first, second
    for _, i, _, first, second in sorted(best.values(), key=lambda pair: pair[1:3]):
        between = named if i < len(supplied) else both[i + 1 :]
        inside = tuple(e.type for e in between if first.end <= e.start and e.end <= second.start)
        if len(inside) <= CROWD:
            yield first, second, inside
