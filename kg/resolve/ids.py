"""Ids of canonical entities: what they are made of, and which ids an entity answers to beside its own.

An id is a hash of content, so it changes when the content does: a name that one build splits into several people,
or joins to another by an alias, has another id in the next. What an entity may have been called before follows from
what it is now: its names, and the articles it occurs in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.lang.ko.aliases import alias_table
from kg.model import FORMER_ID, Entity, content_id
from kg.resolve.appearances import canonical_key

ID = re.compile(r"e[0-9a-f]{16}")
"""The form of every entity id."""


def entity_id(type: str, key: str, article: str = "") -> str:
    """Return the id of the entity of a normalised name; `article` (an id) tells apart several of one name."""
    return "e" + (content_id(type, key, article) if article else content_id(type, key))


def answering(entities: Iterable[Entity], wanted: Iterable[str]) -> dict[str, list[str]]:
    """Return for each id the ids of the entities that answer to it, sorted; ids that none answers to are left out.

    An entity answers to its own id, to those that its names alone, or one of its names in one of its articles, have or
    have had, and to those of entities merged into it by hand. `entities` are iterated twice, once over the names, and
    over names and articles only when some id is in neither.
    """
    found: dict[str, set[str]] = {}
    open_ids = set(wanted)
    for ids_of in (_named, _in_articles):
        for entity in entities if open_ids else ():
            for one in open_ids.intersection(ids_of(entity)):
                found.setdefault(one, set()).add(entity.id)
        open_ids -= found.keys()
    return {one: sorted(found[one]) for one in sorted(found)}


def _keys(entity: Entity) -> list[str]:
    table = alias_table()
    return sorted({canonical_key(name, entity.type, table) for name in (entity.name, *entity.aliases)})


def _named(entity: Entity) -> Iterator[str]:
    yield entity.id
    yield from (one.removeprefix(FORMER_ID) for one in entity.ids if one.startswith(FORMER_ID))
    yield from (entity_id(entity.type, key) for key in _keys(entity))


def _in_articles(entity: Entity) -> Iterator[str]:
    return (entity_id(entity.type, key, article) for key in _keys(entity) for article in entity.article_ids)
