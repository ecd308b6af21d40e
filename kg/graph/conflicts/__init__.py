"""Relations that contradict one another, with the reason in words.

Found are places to look at; precision was put before completeness, and each reason says what may explain it otherwise.
What counts as a contradiction:

- amount: two articles give one deal sums in one currency that lie more than ROUNDING apart. It is one deal where both
  state the same month or day, round or item, or where such a deal happens once (ONCE) and both were published within
  NEAR days. Copies are one article, and an article that gives both sums takes them for two things.
- denial: what one article states as a fact another denies, not before it and not of another date; of types that do
  not happen again and again (DENIABLE), both stated with at least SURE confidence.
- end: a state (STATES) was over by two independent articles, and two say more than NEAR days later that it holds, in
  the same role, without a new beginning.
- post: two people hold a post that one holds at a time (SOLE). Two independent articles name each as its present
  holder, their days of publication overlap, and no article names both as holders.
- spouse, parent: one person has two spouses, or one organization two owners of more than half each, by the same rule.
  A parent's parent is no other owner. Names spelled alike may be one, and are not held against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.graph.conflicts.record import Conflict, same_role
from kg.graph.conflicts.rivals import parents, posts, spouses
from kg.graph.conflicts.statements import amounts, denials, ends
from kg.model import Relation

__all__ = ["Conflict", "conflicts"]


def conflicts(relations: Iterable[Relation]) -> list[Conflict]:
    """Return the contradictions among relations, by kind and the names of their ends."""
    joined: defaultdict[tuple[str, str, str], dict[str, Relation]] = defaultdict(dict)
    for relation in relations:
        joined[relation.type, relation.subject.id, relation.object.id][relation.status] = relation
    found: list[Conflict] = []
    facts: list[Relation] = []
    for by_status in joined.values():
        for relation in by_status.values():
            found += amounts(relation)
        found += denials(by_status)
        found += ends(by_status)
        actual, ended = by_status.get("actual"), by_status.get("ended")
        if actual is not None and (ended is None or not same_role(actual, ended)):
            facts.append(actual)
    for rivals in (posts, spouses, parents):
        found += rivals(facts)
    return sorted(found, key=_order)


def _order(conflict: Conflict) -> tuple[object, ...]:
    first = conflict.relations[0]
    return conflict.kind, first.type, first.subject.name, first.object.name, [r.id for r in conflict.relations]
