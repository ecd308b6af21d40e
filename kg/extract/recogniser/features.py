"""What the CRF sees of each unit: strings for forms, tags, affixes, shapes, clusters, names and windows."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.extract.recogniser.lexicon import Lexicon
from kg.extract.recogniser.units import Unit

WINDOW, MARKED = 3, 2
"""Units on either side that a unit sees, and those of which it sees what names they are part of."""
EVERYWHERE = "b"
"""The feature that all units have."""
CACHED = 100_000
"""Morphemes kept in the cache."""
_CLASSES = (
    (re.compile(r"[가-힣]"), "가"),
    (re.compile(r"[A-Z]"), "A"),
    (re.compile(r"[a-z]"), "a"),
    (re.compile(r"[0-9]"), "0"),
    (re.compile(r"[一-鿿]"), "漢"),
)
PARTICLES = frozenset(("JKS", "JKC", "JKG", "JKO", "JKB", "JKV", "JKQ", "JX", "JC", "VCP", "EC", "ETM", "EF"))


def shape(form: str) -> str:
    """Return the form with each character replaced by its class, runs shortened to three."""
    out = ""
    for char in form:
        kind = next((name for pattern, name in _CLASSES if pattern.match(char)), "-")
        if not out.endswith(kind * 3):
            out += kind
    return out


class Around(NamedTuple):
    """What the units of a sentence see beyond the views of single units.

    `pairs` has a list a unit, `words` the units of each word with what they all see. `marks` has, by unit and offset,
    the names that units around are part of and the edges of the sentence, `topics` the nouns that a place sees.
    """

    pairs: list[list[str]]
    words: list[tuple[range, list[str]]]
    marks: dict[tuple[int, int], list[str]]
    topics: dict[int, list[str]]


class FeatureMaker:
    """Turns a sentence of units into CRF features; keeps a cache of what depends on one morpheme alone."""

    def __init__(
        self,
        lexicon: Lexicon,
        clusters: Mapping[tuple[str, str], Sequence[int]],
        surnames: Collection[str],
    ) -> None:
        self._lexicon, self._clusters, self._surnames = lexicon, clusters, surnames
        self._cache: dict[tuple[str, str], list[list[str]]] = {}

    def __call__(self, units: Sequence[Unit], text: str) -> list[list[str]]:
        """Return one list of feature strings for each unit of a sentence."""
        pairs, words, marks, topics = self.around(units, text)
        alone = [self._cached(unit) for unit in units]
        rows: list[list[str]] = []
        for inside, word in words:
            for at in inside:
                row = [EVERYWHERE]
                for offset in range(-WINDOW, WINDOW + 1):
                    if 0 <= at + offset < len(units):
                        row += alone[at + offset][offset + WINDOW]
                    row += marks.get((at, offset), ())
                rows.append([*row, *pairs[at], *word, in_word(at - inside.start), *topics.get(at, ())])
        return rows

    def around(self, units: Sequence[Unit], text: str) -> Around:
        """Return what units see beyond the `views` of the units around them."""
        named = self._lexicon.match(units, text)
        marks = {(0, -1): ["BOS"], (len(units) - 1, 1): ["EOS"]}
        topics: dict[int, list[str]] = {}
        for at, names in enumerate(named):
            if names:
                for offset in range(-MARKED, MARKED + 1):
                    if 0 <= at - offset < len(units):
                        marks[at - offset, offset] = [f"{offset}G{name}" for name in names]
                if any(name.startswith("B") and "/k:Pla" in name for name in names):
                    topics[at] = self._topic(units)
        return Around(self._pairs(units), _words(units), marks, topics)

    def views(self, unit: Unit) -> list[list[str]]:
        """Return the features of a unit alone as seen from each place of the window, the leftmost view first."""
        atoms = [self._atoms(unit, distance) for distance in range(WINDOW + 1)]
        return [[f"{o}{name}" for name in atoms[abs(o)]] for o in range(-WINDOW, WINDOW + 1)]

    def _cached(self, unit: Unit) -> list[list[str]]:
        key = unit.form, unit.tag
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) > CACHED:
                self._cache.clear()
            found = self._cache[key] = self.views(unit)
        return found

    def _topic(self, units: Sequence[Unit]) -> list[str]:
        """Return the nouns of a sentence and their clusters: what tells a national team from a country."""
        nouns = {(unit.form, unit.tag) for unit in units if unit.tag in ("NNG", "NNP")}
        groups = {self._clusters[noun][1] for noun in nouns if noun in self._clusters}
        return [f"in{form}" for form in sorted({form for form, _ in nouns})] + [f"ic{n}" for n in sorted(groups)]

    def _atoms(self, unit: Unit, distance: int) -> list[str]:
        form, tag = unit.form, unit.tag
        atoms = [f"w{form}/{tag[:2]}", f"t{tag}"]
        cluster = self._clusters.get((form, tag), ())
        atoms += [f"c{level}{number}" for level, number in enumerate(cluster)]
        if distance >= 3:
            return atoms[:3]
        if tag[0] in "NSXMU" and tag not in ("SF", "SP", "SS", "SSO", "SSC"):
            atoms.append(f"s2{form[-2:]}")
            if distance <= 1:
                atoms += [
                    f"p1{form[:1]}",
                    f"s1{form[-1:]}",
                    f"h{shape(form)}",
                    f"p2{form[:2]}",
                    f"s3{form[-3:]}",
                    f"n{min(len(form), 6)}",
                ]
                if form[:1] in self._surnames and 2 <= len(form) <= 4:
                    atoms.append(f"sur{len(form)}")
                if form in self._surnames:
                    atoms.append("sur")
        return atoms

    def _pairs(self, units: Sequence[Unit]) -> list[list[str]]:
        """Return for each unit what it makes with the one before and the one after it."""
        rows: list[list[str]] = []
        groups = [self._clusters.get((unit.form, unit.tag)) for unit in units]
        for at, unit in enumerate(units):
            before = units[at - 1] if at else None
            after = units[at + 1] if at + 1 < len(units) else None
            tag_before, tag_after = (before.tag if before else "^"), (after.tag if after else "$")
            row = [
                "g" if unit.glued else "G",
                f"tt-{tag_before}|{unit.tag}",
                f"tt+{unit.tag}|{tag_after}{'g' if after and after.glued else ''}",
                f"ttt{tag_before}|{unit.tag}|{tag_after}",
            ]
            if before:
                row.append(f"ww-{before.form}|{unit.form}")
            if after:
                row.append(f"ww+{unit.form}|{after.form}")
                if before:
                    row.append(f"w-+{before.form}|{after.form}")
            mine = groups[at]
            for name, theirs in (
                ("cc-", groups[at - 1] if before else None),
                ("cc+", groups[at + 1] if after else None),
            ):
                if mine and theirs:
                    row.append(f"{name}{mine[1]}|{theirs[1]}")
            rows.append(row)
        return rows


def in_word(place: int) -> str:
    """Return the feature of a unit's place in its word, counted from 0."""
    return f"i{place}"


def _words(units: Sequence[Unit]) -> list[tuple[range, list[str]]]:
    """Return the units of each word with what they see: its nominal part, its particle, the nouns of its neighbours."""
    starts = [at for at, unit in enumerate(units) if not unit.glued] or [0]
    if starts and starts[0] != 0:
        starts.insert(0, 0)
    bounds = [*starts, len(units)]
    heads, tails = [], []
    for first, stop in pairwise(bounds):
        group = units[first:stop]
        cut = len(group)
        for place, unit in enumerate(group):
            if unit.tag in PARTICLES or unit.tag[0] in "VE":
                cut = place
                break
        heads.append("".join(unit.form for unit in group[:cut]))
        tails.append("".join(f"{u.form}/{u.tag}" for u in group[cut : cut + 2]))
    words: list[tuple[range, list[str]]] = []
    for number, (first, stop) in enumerate(pairwise(bounds)):
        following = heads[number + 1] if number + 1 < len(heads) else "$"
        preceding = heads[number - 1] if number else "^"
        shared = [
            f"H{heads[number]}",
            f"T{tails[number]}",
            f"Hs{heads[number][-2:]}",
            f"N{following[-2:]}",
            f"HT{heads[number][-1:]}|{tails[number]}",
            f"P{preceding[-2:]}",
            f"NF{following}",
        ]
        words.append((range(first, stop), shared))
    return words
