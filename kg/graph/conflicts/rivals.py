"""What only one can be at a time, stated of two: holders of a post, spouses, owners of more than half."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from kg.graph.conflicts.record import Conflict, backed, present, sources
from kg.graph.lookup import alike
from kg.lang.ko.titles import title_core
from kg.lang.ko.wordlist import words
from kg.model import Entity, Relation, SourcedEvidence

Claim = tuple[Entity, Relation]
"""Who holds, marries or owns, and the relation that says so."""
SOLE = words(
    """
    대통령 총리 국무총리 총재 회장 이사장 총장 행장 은행장 청장 검찰총장 경찰청장 교육감 도지사 시장 군수 구청장
    당대표 원내대표 비대위원장 최고경영자 CEO 대표이사
    """
)
"""Posts that one person holds at a time; 대표, 사장 and 위원장 are ranks or posts of many in Korean organizations."""
MINISTER = "장관"
"""A ministry has one; a government or a country many."""
HALF = 50
"""Percent of the shares."""


def posts(facts: Iterable[Relation]) -> Iterator[Conflict]:
    """Yield a conflict for every two people who hold one post at one time."""
    held: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for relation in facts:
        if relation.type == "holdsPosition" and relation.role is not None and _is_sole(relation.role, relation.object):
            held[relation.object.id, title_core(relation.role)].append((relation.subject, relation))
    for (_, post), claims in sorted(held.items()):
        for one, other in _rivals(claims):
            both, where = _both(one, other), one[1].object.name
            yield Conflict(
                "post",
                (one[1], other[1]),
                f"{where} {post}: 같은 시기에 두 사람이다: {both}. 공동으로 맡거나 이름이 같은 자리일 수 있다.",
                f"{where} {post}: two people at one time: {both}. They may hold it jointly, or two posts share a name.",
            )


def _is_sole(role: str, organization: Entity) -> bool:
    core = title_core(role)
    if core.endswith(MINISTER):
        return organization.type != "Place" and organization.name.endswith("부")
    return core in SOLE


def spouses(facts: Iterable[Relation]) -> Iterator[Conflict]:
    """Yield a conflict for every two spouses of one person at one time."""
    married: defaultdict[str, list[Claim]] = defaultdict(list)
    names: dict[str, str] = {}
    for relation in facts:
        if relation.type == "spouse":
            for person, other in ((relation.subject, relation.object), (relation.object, relation.subject)):
                names[person.id] = person.name
                married[person.id].append((other, relation))
    for person_id, claims in sorted(married.items()):
        for one, other_claim in _rivals(claims):
            name, both = names[person_id], _both(one, other_claim)
            yield Conflict(
                "spouse",
                (one[1], other_claim[1]),
                f"{name}: 같은 시기에 배우자가 둘이다: {both}. 이름이 같은 사람이 섞였을 수 있다.",
                f"{name}: two spouses at one time: {both}. People of one name may have been taken for one.",
            )


def parents(facts: Iterable[Relation]) -> Iterator[Conflict]:
    """Yield a conflict for every two owners of more than half of one organization at one time."""
    owned: defaultdict[str, list[Claim]] = defaultdict(list)
    above: defaultdict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for relation in facts:
        if relation.type in ("subsidiaryOf", "ownsStakeIn"):
            ends = relation.subject, relation.object
            below, owner = ends if relation.type == "subsidiaryOf" else ends[::-1]
            names[below.id] = below.name
            above[below.id].add(owner.id)
            if relation.deal is not None and (relation.deal.stake or 0) > HALF:
                owned[below.id].append((owner, relation))
    for below_id, claims in sorted(owned.items()):
        for one, other in _rivals(claims):
            if one[0].id in above[other[0].id] or other[0].id in above[one[0].id]:
                continue
            name, both = names[below_id], _both(one, other)
            yield Conflict(
                "parent",
                (one[1], other[1]),
                f"{name}: 같은 시기에 과반을 가진 곳이 둘이다: {both}. 지분이 그 사이에 넘어갔을 수 있다.",
                f"{name}: two owners of more than half at one time: {both}. The shares may have changed hands between.",
            )


def _rivals(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield every two claims of different entities that hold at one time and that no article states together.

    Two independent articles must state each.
    """
    held = [(entity, relation, stated) for entity, relation in claims if backed(stated := present(relation))]
    ordered = sorted(held, key=lambda claim: (claim[0].name, claim[1].id))
    for (one, first, ones), (other, second, others) in combinations(ordered, 2):
        together = {e.original for e in first.evidence} & {e.original for e in second.evidence}
        if not together and not _may_be_one(one, other) and _overlap(ones, others):
            yield (one, first), (other, second)


def _may_be_one(one: Entity, other: Entity) -> bool:
    """Say whether two entities may be one thing named twice: by a word they share, or by names spelled alike."""
    ones, others = ({name, *name.split()} for name in (one.name, other.name))
    return bool(ones & others) or one.id == other.id or alike(one.name, other.name)


def _overlap(ones: Sequence[SourcedEvidence], others: Sequence[SourcedEvidence]) -> bool:
    """Say whether the days from the first to the last publication of two claims have one in common."""
    starts, ends = zip(
        *((stated[0].published or "", stated[-1].published or "") for stated in (ones, others)), strict=True
    )
    return bool(max(starts) <= min(ends))


def _both(*claims: Claim) -> str:
    return ", ".join(f"{entity.name} ({sources(relation)})" for entity, relation in claims)
