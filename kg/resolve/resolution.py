"""The fold that merges document entities into canonical entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.lang.ko.aliases import AliasTable, alias_table
from kg.lang.ko.names import normalise
from kg.model import Document, Entity, content_id
from kg.resolve.aliases import merged_keys
from kg.resolve.appearances import Appearance, Key, appearances, key_of
from kg.resolve.blocks import blocks


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which canonical entity each document entity is.

    `canonical` maps (document id, document entity id) to an entity id, `entities` an entity id to its Entity.
    """

    canonical: Mapping[tuple[str, str], str]
    entities: Mapping[str, Entity]


@dataclass(slots=True)
class _Group:
    """What the documents say about one key."""

    names: Counter[str] = field(default_factory=Counter)
    surfaces: set[str] = field(default_factory=set)
    subtypes: Counter[str] = field(default_factory=Counter)
    mentions: int = 0
    articles: set[str] = field(default_factory=set)
    members: list[tuple[str, str]] = field(default_factory=list)

    def add(self, appearance: Appearance) -> None:
        self.names[appearance.name] += 1
        self.surfaces.update((appearance.name, *appearance.aliases))
        if appearance.subtype is not None:
            self.subtypes[appearance.subtype] += 1
        self.mentions += appearance.mentions
        self.articles.add(appearance.document)
        self.members.append(appearance.member)

    def join(self, other: _Group) -> None:
        self.names += other.names
        self.surfaces |= other.surfaces
        self.subtypes += other.subtypes
        self.mentions += other.mentions
        self.articles |= other.articles
        self.members += other.members


def resolve(documents: Iterable[Document], table: AliasTable | None = None) -> Resolution:
    """Return the canonical entities of documents; the order of the documents does not matter.

    Entities of one type are one when their names have one key, or when the name of one is an unambiguous alias of
    the other (in the documents or in the alias table); see `kg.resolve.aliases`. People need equal full names. The name
    is the most frequent one, ties to the longest, then the first in code point order.
    """
    canonical: dict[tuple[str, str], str] = {}
    entities: dict[str, Entity] = {}
    for block in blocks((one for document in documents for one in appearances(document)), table):
        found = resolve_block(block, table)
        canonical.update(found.canonical)
        entities.update(found.entities)
    return Resolution({member: canonical[member] for member in sorted(canonical)}, entities)


def resolve_block(block: Iterable[Appearance], table: AliasTable | None = None) -> Resolution:
    """Return the canonical entities of one block (`kg.resolve.blocks`); no other block has a say in them."""
    table = table or alias_table()
    groups: dict[Key, _Group] = {}
    for appearance in block:
        groups.setdefault(key_of(appearance, table), _Group()).add(appearance)
    targets = merged_keys({key: group.surfaces for key, group in groups.items()})
    merged: dict[Key, _Group] = {}
    for key in sorted(groups):
        merged.setdefault(targets[key], _Group()).join(groups[key])
    owners = _owners(merged)
    canonical: dict[tuple[str, str], str] = {}
    entities: dict[str, Entity] = {}
    for key, group in merged.items():
        entity = _entity(key, group, _known_aliases(key, group, table, owners))
        entities[entity.id] = entity
        canonical.update(dict.fromkeys(group.members, entity.id))
    return Resolution(canonical, entities)


def _owners(merged: Mapping[Key, _Group]) -> dict[tuple[str, str], int]:
    """Return how many entities of a type bear each surface key."""
    return Counter((key.type, form) for key, group in merged.items() for form in {normalise(s) for s in group.surfaces})


def _known_aliases(
    key: Key, group: _Group, table: AliasTable, owners: Mapping[tuple[str, str], int]
) -> tuple[str, ...]:
    """Return aliases of the table that name this entity alone, so that a reader may ask by them too."""
    if key.document:
        return ()
    own = {normalise(surface) for surface in group.surfaces}
    return tuple(
        alias
        for alias in table.aliases(key.name, key.type)
        if len(alias) > 1
        and len(table.canonical(alias, key.type)) == 1
        and (normalise(alias) in own or not owners.get((key.type, normalise(alias))))
    )


def _entity(key: Key, group: _Group, known: tuple[str, ...]) -> Entity:
    name = min(group.names, key=lambda form: (-group.names[form], -len(form), form))
    subtype = min(group.subtypes, key=lambda kind: (-group.subtypes[kind], kind), default=None)
    return Entity(
        id="e" + content_id(key.type, key.name, *filter(None, [key.document])),
        name=name,
        type=key.type,
        aliases=tuple(sorted({*group.surfaces, *known} - {name})),
        subtype=subtype,
        mentions=group.mentions,
        articles=len(group.articles),
        article_ids=tuple(sorted(group.articles)),
    )
