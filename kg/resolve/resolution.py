"""The fold that merges document entities into canonical entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.lang.ko.aliases import AliasTable, alias_table
from kg.model import Document, Entity
from kg.resolve.appearances import Appearance, Member, appearances, canonical_key, forms, stays_alone
from kg.resolve.blocks import blocks
from kg.resolve.clustering import clusters
from kg.resolve.entities import make_entity
from kg.resolve.features import told
from kg.resolve.ids import entity_id
from kg.resolve.judgements import Judgement, judgements
from kg.resolve.scoring import Scorer, scorer


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which canonical entity each document entity is.

    `canonical` maps (document id, document entity id) to an entity id, `entities` an entity id to its Entity;
    `judgements` say of pairs why they were joined or not.
    """

    canonical: Mapping[Member, str]
    entities: Mapping[str, Entity]
    judgements: tuple[Judgement, ...] = ()


def resolve(documents: Iterable[Document], table: AliasTable | None = None, model: Scorer | None = None) -> Resolution:
    """Return the canonical entities of documents; the order of the documents does not matter.

    Entities meet in blocks (`kg.resolve.blocks`) and are joined by average linkage over the probability that two are
    one thing (`kg.resolve.features`, `kg.resolve.clustering`).
    """
    canonical: dict[Member, str] = {}
    entities: dict[str, Entity] = {}
    judged: list[Judgement] = []
    for block in blocks((one for document in documents for one in appearances(document, table)), table):
        found = resolve_block(block, table, model)
        canonical.update(found.canonical)
        entities.update(found.entities)
        judged += found.judgements
    ordered = sorted(judged, key=lambda one: (one.first, one.second, one.verdict))
    return Resolution({member: canonical[member] for member in sorted(canonical)}, entities, tuple(ordered))


def resolve_block(
    block: Iterable[Appearance], table: AliasTable | None = None, model: Scorer | None = None
) -> Resolution:
    """Return the canonical entities of one block (`kg.resolve.blocks`); no other block has a say in them."""
    table = table or alias_table()
    members = sorted(block, key=lambda one: one.order)
    if stays_alone(members[0]):  # and all of them: two writings in one article (김 대표, 김대표) are one person
        entity = make_entity(entity_id(members[0].type, members[0].key, members[0].document), members)
        return Resolution({one.member: entity.id for one in members}, {entity.id: entity})
    model = model or scorer()
    evidence = told(members)
    found = clusters(members, evidence, model)
    owners = Counter(form for cluster in found for form in {form for one in cluster for form in forms(one)})
    first = _first_bearers(members)
    canonical: dict[Member, str] = {}
    entities: dict[str, Entity] = {}
    for cluster in found:
        entity = make_entity(_id(cluster, first), cluster, _known_aliases(cluster, table, owners))
        entities[entity.id] = entity
        canonical.update(dict.fromkeys((one.member for one in cluster), entity.id))
    return Resolution(canonical, entities, tuple(judgements(found, evidence, model)))


def _first_bearers(members: Sequence[Appearance]) -> dict[str, Member]:
    """Return for each key the member that bears it first in the block's order."""
    first: dict[str, Member] = {}
    for one in members:
        first.setdefault(one.key, one.member)
    return first


def _id(cluster: Sequence[Appearance], first: Mapping[str, Member]) -> str:
    """Return the id of a cluster, made of the key of its earliest appearance.

    The cluster that bears the key first of all has the id of the key alone, so that it keeps it whatever other bearers
    later articles bring; another has that of the key and the article in which it appears first.
    """
    earliest = cluster[0]
    plain = first[earliest.key] == earliest.member
    return entity_id(earliest.type, earliest.key, "" if plain else earliest.document)


def _known_aliases(cluster: Sequence[Appearance], table: AliasTable, owners: Mapping[str, int]) -> set[str]:
    """Return names of the table for this entity alone, so that a reader may ask by them too."""
    kind = cluster[0].type
    own = {form for one in cluster for form in forms(one)}
    known: set[str] = set()
    for one in {one.key: one for one in cluster}.values():
        canonical = table.canonical(one.name, kind)
        if len(canonical) != 1:
            continue
        for alias in (canonical[0], *table.aliases(canonical[0], kind)):
            key = canonical_key(alias, kind, table)
            if len(alias) > 1 and len(table.canonical(alias, kind)) == 1 and (key in own or not owners.get(key)):
                known.add(alias)
    return known
