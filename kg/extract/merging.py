"""The relation mentions of a document, one for each relation, status and sentence, at one with one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.model import RelationMention, Status
from kg.schema import Schema


def _triple(relation: RelationMention) -> tuple[str, str, str]:
    return relation.type, relation.subject, relation.object


def assumed(found: Sequence[tuple[RelationMention, bool]]) -> list[RelationMention]:
    """Give what is merely taken for granted as done the status that the article's own clauses state.

    "부산에 공장까지 세운 까닭" does not make a fact of the plant that another sentence says is planned.
    """
    stated: dict[tuple[str, str, str], set[Status]] = {}
    for relation, finite in found:
        if finite:
            stated.setdefault(_triple(relation), set()).add(relation.status)
    result = []
    for relation, finite in found:
        known = stated.get(_triple(relation), set())
        if not finite and relation.status == "actual" and known and "actual" not in known:
            relation = replace(relation, status=min(known))
        result.append(relation)
    return result


def best(found: Sequence[RelationMention], schema: Schema) -> list[RelationMention]:
    """Keep one mention for each relation, status and sentence, the most confident; symmetric pairs either way."""
    kept: dict[tuple[str, str, str, str, int], RelationMention] = {}
    for relation in found:
        if relation.subject == relation.object:
            continue
        subject, obj = schema.ordered(*_triple(relation))
        relation = replace(relation, subject=subject, object=obj)
        key = (*_triple(relation), relation.status, relation.evidence.start)
        if key not in kept or relation.confidence > kept[key].confidence:
            kept[key] = relation
    return sorted(
        _dated(list(kept.values())), key=lambda r: (r.evidence.start, r.evidence.cue, r.type, r.subject, r.object)
    )


def _dated(found: Sequence[RelationMention]) -> list[RelationMention]:
    """Give undated mentions of a relation and status the date that the article gives most of the others, else first."""
    dates: dict[tuple[str, str, str, str], Counter[str]] = {}
    for relation in sorted(found, key=lambda r: r.evidence.start):
        if relation.date is not None:
            dates.setdefault((*_triple(relation), relation.status), Counter())[relation.date] += 1
    result = []
    for relation in found:
        known = dates.get((*_triple(relation), relation.status))
        if relation.date is None and known is not None:
            relation = replace(relation, date=known.most_common(1)[0][0])
        result.append(relation)
    return result
