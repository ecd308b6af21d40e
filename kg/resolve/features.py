"""What two appearances of a block have in common, as numbers: names, evidence of the documents, context."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg import resources
from kg.lang.ko.aliases import alias_table
from kg.lang.ko.names import is_shortened, same_name
from kg.lang.ko.wordlist import words
from kg.resolve.appearances import Appearance, canonical_key, forms
from kg.resolve.context import is_party, kinds
from kg.resolve.matrices import Feature, Matrix, Product, Spread, shared_weights
from kg.resolve.naming import is_kind_of_body, is_listed_place, says_little, starts_abroad, stem, without_place
from kg.resolve.statistics import Statistics

MOST = 60.0
"""Bound of the summed weight of what is shared, in nats, beyond which more says nothing new."""
SPORTS = frozenset(
    words(
        """
        야구 축구 농구 배구 골프 선수 감독 투수 타자 타선 타석 안타 홈런 이닝 선발 불펜 등판 득점 실점 골문 슈팅
        리그 연승 연패 우승 승리 패배 구단 시즌 결승 예선 본선 올림 챔피 kb 마운 수비 공격 코치 심판
        """
    )
)
"""Beginnings of words of the sports pages."""
LATIN_OR_SPELLED = frozenset({"letters", "initials", "sound"})


class Told(NamedTuple):
    """What the documents of a block say of the forms of its names.

    `together` counts the entities that bear both forms, `apart` the documents that have both as different things.
    """

    together: Counter[tuple[str, str]]
    apart: Counter[tuple[str, str]]


def told(block: Iterable[Appearance]) -> Told:
    """Count the forms of a block that documents give to one thing, and to different ones."""
    together: Counter[tuple[str, str]] = Counter()
    apart: Counter[tuple[str, str]] = Counter()
    by_document: dict[str, list[frozenset[str]]] = defaultdict(list)
    for appearance in block:
        given = forms(appearance)
        by_document[appearance.document].append(given)
        together.update((a, b) for a in given for b in given if a < b)
    for things in by_document.values():
        if len(things) > 1:
            both = {
                (min(a, b), max(a, b))
                for one in things
                for other in things
                if one is not other
                for a in one - other
                for b in other - one
            }
            apart.update(pair for pair in both if not any(set(pair) <= one for one in things))
    return Told(together, apart)


def pair_features(kind: str, items: Sequence[Appearance], evidence: Told, statistics: Statistics) -> dict[str, Feature]:
    """Return each feature as a symmetric matrix over the items, all of one top type `kind`.

    People are told apart by context alone: names enter by how common the given name is. Everything else is compared
    by name too.
    """
    found = _context(items, statistics)
    if kind == "Person":
        return {**found, **_people(items, statistics)}
    found |= _agreement("scope", [item.scope for item in items])
    return {**found, **_names(items, evidence, statistics, found)}


def _context(items: Sequence[Appearance], statistics: Statistics) -> dict[str, Matrix]:
    found: dict[str, Matrix] = {}
    for name, values, weigh in (
        ("company", [item.company for item in items], statistics.rarity),
        ("words", [item.words for item in items], statistics.word_rarity),
    ):
        shared = _shared(values, weigh)
        own = np.sqrt(np.maximum(np.diag(shared), 1e-9))
        found[f"{name}_alike"] = shared / np.outer(own, own)
        found[f"{name}_shared"] = np.minimum(shared, MOST) / 20
    return found


def in_sports(item: Appearance) -> bool:
    """Say whether an appearance stands among words of the sports pages."""
    return len(SPORTS.intersection(item.words)) > 1


def _people(items: Sequence[Appearance], statistics: Statistics) -> dict[str, Matrix]:
    company = [tuple(key[1:] for key in item.company) for item in items]
    employers = [item.employers for item in items]
    seen = _overlap(employers, company)
    found = {"employer_seen": _flag((seen + seen.T) > 0)}
    for name, values in (
        ("employer", employers),
        ("title", [item.titles for item in items]),
        ("title_kind", [tuple(sorted(kinds(item.titles))) for item in items]),
    ):
        found |= _agreement(name, values)
    given = np.array([statistics.bearers(item.name) for item in items], dtype=float)
    found["korean_name"] = _pairwise(given > 0, np.minimum)
    found["common_given_name"] = np.log1p(_pairwise(given, np.minimum))
    sports = np.array([in_sports(item) for item in items])
    found["sports_differs"] = _flag(np.not_equal.outer(sports, sports))
    return found


def _names(
    items: Sequence[Appearance], evidence: Told, statistics: Statistics, context: dict[str, Matrix]
) -> dict[str, Feature]:
    writings = sorted({(item.key, item.name) for item in items})
    index = {writing: at for at, writing in enumerate(writings)}
    at = np.array([index[item.key, item.name] for item in items])
    rows = [[compared(a, b, evidence, statistics) for b in writings[: i + 1]] for i, a in enumerate(writings)]
    written: dict[str, Spread] = {}
    for name in rows[0][0]:
        table = np.zeros((len(writings), len(writings)))
        for i, row in enumerate(rows):
            for j, values in enumerate(row):
                table[i, j] = table[j, i] = values[name]
        written[name] = Spread(table, at)
    found: dict[str, Feature] = dict(written)
    different = 1 - written["same_name"].whole().astype(np.uint8)
    own = [tuple(sorted(form for form in forms(item) if not says_little(form))) for item in items]
    found["form_shared"] = _flag(_overlap(own, own) > 0) * different
    places = [frozenset(key[1:] for key in item.company if key[0] == "L" or is_party(key[1:])) for item in items]
    found["place_said"] = _place_said(items, places) * different
    found["common_company"] = Product(written["common_ending"], context["company_alike"])
    found["body_company"] = Product(written["kind_of_body"], context["company_alike"])
    for name in ("scope", "scope_differs"):
        found[f"body_{name}"] = Product(written["kind_of_body"], context[name])
        found[f"common_{name}"] = Product(written["common_ending"], context[name])
    return found


def compared(
    first: tuple[str, str], second: tuple[str, str], evidence: Told, statistics: Statistics
) -> dict[str, float]:
    """Return the features of two writings, each a key and the name as written."""
    (a, name_a), (b, name_b) = first, second
    short, long = sorted((a, b), key=lambda key: (len(key), key))
    same = a == b
    alike = not same and same_name(name_a, name_b, "Organization")[1] in LATIN_OR_SPELLED
    rest_before = long[: -len(short)] if long.endswith(short) and not same else ""
    rest_after = long[len(short) :] if long.startswith(short) and not same and not rest_before else ""
    letter = not (same or rest_before or rest_after) and min(len(a), len(b)) > 2 and one_letter_apart(a, b)
    ending, beginning = math.log1p(statistics.endings(short)), math.log1p(statistics.beginnings(short))
    body = is_kind_of_body(short)
    place_off = not same and (without_place(name_a) == stem(name_b) or without_place(name_b) == stem(name_a))
    return {
        "same_name": same,
        "same_sound": alike,
        "shortened": not same and (is_shortened(name_a, name_b) or is_shortened(name_b, name_a)),
        "longer_before": bool(rest_before),
        "longer_after": bool(rest_after),
        "one_letter": letter,
        "unrelated": not (same or alike or rest_before or rest_after or letter),
        "one_syllable_after": len(rest_after) == 1,
        "place_before": bool(rest_before) and is_listed_place(rest_before),
        "abroad_before": bool(rest_before) and starts_abroad(rest_before),
        "korea_before": rest_before in ("한국", "코리아"),
        "group_after": rest_after == "그룹",
        "place_dropped": place_off,
        "common_ending": ending,
        "common_ending_same": ending * same,
        "common_ending_before": ending * bool(rest_before),
        "common_beginning_same": beginning * same,
        "common_beginning_after": beginning * bool(rest_after),
        "short": float(len(short)),
        "kind_of_body": body,
        "kind_of_body_same": body * (same or alike),
        "known_same": same and is_known(a),
        "known_short": not same and is_known(short),
        "known_long": not same and is_known(long),
        "both_known": not (same or alike) and is_known(a) and is_known(b),
        **_said(a, b, evidence),
    }


def _said(a: str, b: str, evidence: Told) -> dict[str, float]:
    """Return what documents say of two forms."""
    pair = min(a, b), max(a, b)
    together, apart = evidence.together[pair], evidence.apart[pair]
    return {
        "given_together": math.log1p(together),
        "mostly_together": together / (together + apart + 1),
        "given_apart": math.log1p(apart),
    }


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    rows = resources.table("ko", "organizations.tsv")
    return frozenset(canonical_key(row["name"], row["type"], alias_table()) for row in rows)


def is_known(key: str) -> bool:
    """Say whether a key is that of a listed organization."""
    return key in _known()


def one_letter_apart(a: str, b: str) -> bool:
    """Say whether two keys differ in one character, put in, left out or exchanged."""
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )


def _place_said(items: Sequence[Appearance], places: Sequence[frozenset[str]]) -> Matrix:
    """Say where the longer of two names begins with a place or party that the other's article names."""
    keys = sorted({item.key for item in items})
    found = np.zeros((len(items), len(items)), dtype=np.uint8)
    rows = {key: [at for at, item in enumerate(items) if item.key == key] for key in keys}
    for long in keys:
        for short in keys:
            rest = long[: -len(short)] if long.endswith(short) and long != short else ""
            if not rest:
                continue
            for other in rows[short]:
                if any(
                    place.startswith(rest) or (len(place) > 1 and rest.startswith(place)) for place in places[other]
                ):
                    found[np.ix_(rows[long], [other])] = found[np.ix_([other], rows[long])] = 1
    return found


def _agreement(name: str, values: Sequence[tuple[str, ...]]) -> dict[str, Matrix]:
    """Return `name` where two have a value in common, `name`_differs where both have values and none in common."""
    shared = _overlap(values, values) > 0
    has = np.array([bool(value) for value in values])
    return {name: _flag(shared), f"{name}_differs": _flag(np.outer(has, has) & ~shared)}


def _shared(values: Sequence[tuple[str, ...]], weigh: Callable[[str], float]) -> Matrix:
    """Return the summed weight of the values that each two have in common, and of those of each on the diagonal."""
    found = shared_weights(values, values, weigh)
    weight_of = {value: weigh(value) for value in set(chain.from_iterable(values))}
    np.fill_diagonal(found, [sum(weight_of[one] for one in value) for value in values])
    return found


def _overlap(first: Sequence[tuple[str, ...]], second: Sequence[tuple[str, ...]]) -> Matrix:
    return shared_weights(first, second, lambda _: 1.0)


def _pairwise(values: npt.NDArray[np.generic], combine: np.ufunc) -> Matrix:
    return np.asarray(combine.outer(values.astype(float), values.astype(float)))


def _flag(values: npt.NDArray[np.bool_]) -> Matrix:
    return values.astype(np.uint8)
