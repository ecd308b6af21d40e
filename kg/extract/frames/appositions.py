"""What stands beside a name without a verb: "미국 반도체업체 마이크론", "삼성전자 평택 공장", "넥슨의 게임 X"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.frames.arguments import Context
from kg.extract.frames.clauses import Clauses
from kg.extract.frames.denotation import denoted
from kg.extract.frames.lexicon import endings, words
from kg.extract.frames.phrases import Phrase, Unit
from kg.extract.frames.stated import Stated

NATIONAL = frozenset(("GovernmentOrganization", "PoliticalParty", "InternationalOrganization", "SportsTeam"))
"""Subtypes that belong to a country rather than stand in it: 일본 방위성, 미국 공화당."""
MAX_BETWEEN = 3


def appositions(clauses: Clauses, context: Context) -> Iterator[Stated]:
    """Yield locatedIn and produces for names that stand together in one noun phrase or joined by 의."""
    for index, phrase in enumerate(clauses.phrases):
        if phrase.kind != "noun":
            yield from _standing(clauses, index)
            continue
        for at, unit in enumerate(phrase.units):
            if unit.entity is None or (unit.joiner and at):
                continue
            before, between, linked = _before(clauses.phrases, index, at)
            if before is None or before.entity is None or before.entity == unit.entity:
                continue
            found = _relation(before, between, unit, phrase.units[at + 1 :], context, linked)
            if found is not None:
                relation, subject, obj, score = found
                cue = (between[0].start, between[-1].end) if between else (unit.start, unit.end)
                yield Stated(relation, subject, obj, "actual", cue, score)


def _standing(clauses: Clauses, index: int) -> Iterator[Stated]:
    """Yield locatedIn for "포항에 있는 포스코 제철소": a place, a verb of standing, and whose facility stands there."""
    phrases = clauses.phrases
    verb = phrases[index]
    if verb.lemma not in words("standing") or verb.ending != "adnominal" or not 0 < index < len(phrases) - 1:
        return
    place, owner = phrases[index - 1], phrases[index + 1]
    there = denoted(place) if place.case == "dative" else []
    if not there or there[-1].type != "Place" or owner.kind != "noun" or owner.units[0].type != "Organization":
        return
    rest = [u for u in owner.units[1:] if not u.joiner]
    facility = not rest or (rest[-1].entity is None and rest[-1].text.endswith(endings("facility")))
    if facility and owner.units[0].entity and there[-1].entity:
        cue = (verb.start, verb.end)
        yield Stated("locatedIn", owner.units[0].entity, there[-1].entity, "actual", cue, 0.75)


def _before(phrases: list[Phrase], index: int, at: int) -> tuple[Unit | None, list[Unit], bool]:
    """Return the name before a name, the plain words between them, and whether 의 joins them."""
    units = phrases[index].units
    between: list[Unit] = []
    for k in range(at - 1, max(-1, at - 2 - MAX_BETWEEN), -1):
        if units[k + 1].joiner:
            return None, [], False
        if units[k].entity is not None:
            return units[k], between[::-1], False
        between.append(units[k])
    left = phrases[index - 1] if index else None
    if (
        left is not None
        and left.kind == "noun"
        and left.case == "genitive"
        and len(between) == at
        and len(left.units) <= 3
    ):
        name = left.units[-1] if left.units[-1].entity is not None else left.units[0]
        if name.entity is not None:
            return name, between[::-1], True
    return None, [], False


def _relation(
    before: Unit, between: list[Unit], unit: Unit, after: list[Unit], context: Context, linked: bool
) -> tuple[str, str, str, float] | None:
    left, right = before.entity or "", unit.entity or ""
    last = between[-1].text if between else ""
    if before.type == "Place" and unit.type == "Organization":
        kinds = context.kinds(right) - {"Organization"}
        direct = not linked and before.text in words("country") and bool(kinds) and not kinds & NATIONAL
        fits = last.endswith(endings("organization_kind")) if between else direct
        return ("locatedIn", right, left, 0.75 if between else 0.65) if fits else None
    if before.type == "Organization" and unit.type == "Place" and not between:
        facility = after and not after[0].joiner and after[0].text.endswith(endings("facility"))
        return ("locatedIn", left, right, 0.75) if facility else None
    if before.type in ("Organization", "Person") and unit.type == "Product":
        if last.endswith(endings("work")) or (linked and not between):
            return "produces", left, right, 0.75
        if not between and before.type == "Organization":
            return "produces", left, right, 0.6
    return None
