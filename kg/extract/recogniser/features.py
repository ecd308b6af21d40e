"""What the CRF sees of each unit: strings for forms, tags, affixes, shapes, clusters, names and windows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
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


class Word(NamedTuple):
    """The units of a word, its nominal part and its particles or endings."""

    inside: range
    head: str
    tail: str


class Around(NamedTuple):
    """What the units of a sentence see that neither they nor two neighbours nor their word tell.

    `marks` has, by unit and offset, the names that units around are part of and the edges of the sentence, `topics` the
    nouns that a place sees.
    """

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
        self._lexicon, self.clusters, self._surnames = lexicon, clusters, surnames
        self._cache: dict[tuple[str, str], list[list[str]]] = {}

    def __call__(self, units: Sequence[Unit], text: str) -> list[list[str]]:
        """Return one list of feature strings for each unit of a sentence."""
        marks, topics = self.around(units, text)
        alone = [self._cached(unit) for unit in units]
        joints = [self.joint(*two) for two in pairwise([None, *units, None])]
        words = words_of(units)
        rows: list[list[str]] = []
        for before, word, after in neighbours(words):
            shared = [
                *as_head(word.head),
                *as_tail(word.head[-1:], word.tail),
                *as_preceding(before),
                *as_following(after),
            ]
            for at in word.inside:
                row = [EVERYWHERE]
                for offset in range(-WINDOW, WINDOW + 1):
                    if 0 <= at + offset < len(units):
                        row += alone[at + offset][offset + WINDOW]
                    row += marks.get((at, offset), ())
                row += [*joints[at][1], *joints[at + 1][0], *either_side(units, at), *shared]
                rows.append([*row, in_word(at - word.inside.start), *topics.get(at, ())])
        return rows

    def around(self, units: Sequence[Unit], text: str) -> Around:
        """Return what units see of the names and nouns of their sentence."""
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
        return Around(marks, topics)

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
        groups = {self.clusters[noun][1] for noun in nouns if noun in self.clusters}
        return [f"in{form}" for form in sorted({form for form, _ in nouns})] + [f"ic{n}" for n in sorted(groups)]

    def _atoms(self, unit: Unit, distance: int) -> list[str]:
        form, tag = unit.form, unit.tag
        atoms = [f"w{form}/{tag[:2]}", f"t{tag}"]
        cluster = self.clusters.get((form, tag), ())
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

    def joint(self, before: Unit | None, after: Unit | None) -> tuple[list[str], list[str]]:
        """Return what two neighbours, None beyond the edge of a sentence, tell of the first and of the second."""
        first, second = [], []
        if before:
            glued = "g" if after and after.glued else ""
            first.append(f"tt+{before.tag}|{after.tag if after else '$'}{glued}")
        if after:
            second += ["g" if after.glued else "G", f"tt-{before.tag if before else '^'}|{after.tag}"]
        if before and after:
            first.append(f"ww+{before.form}|{after.form}")
            second.append(f"ww-{before.form}|{after.form}")
            left, right = (self.clusters.get((unit.form, unit.tag)) for unit in (before, after))
            if left and right:
                first.append(f"cc+{left[1]}|{right[1]}")
                second.append(f"cc-{right[1]}|{left[1]}")
        return first, second


def either_side(units: Sequence[Unit], at: int) -> list[str]:
    """Return what a unit makes with both of its neighbours."""
    before = units[at - 1] if at else None
    after = units[at + 1] if at + 1 < len(units) else None
    row = [f"ttt{before.tag if before else '^'}|{units[at].tag}|{after.tag if after else '$'}"]
    return [*row, f"w-+{before.form}|{after.form}"] if before and after else row


def in_word(place: int) -> str:
    """Return the feature of a unit's place in its word, counted from 0."""
    return f"i{place}"


def words_of(units: Sequence[Unit]) -> list[Word]:
    """Return the words of a sentence."""
    starts = [at for at, unit in enumerate(units) if at and not unit.glued]
    words = []
    for first, stop in pairwise([0, *starts, len(units)]):
        cut = first
        while cut < stop and units[cut].tag not in PARTICLES and units[cut].tag[0] not in "VE":
            cut += 1
        head = "".join([unit.form for unit in units[first:cut]])
        words.append(Word(range(first, stop), head, "".join([f"{u.form}/{u.tag}" for u in units[cut:stop][:2]])))
    return words


def neighbours(words: Sequence[Word]) -> Iterator[tuple[str, Word, str]]:
    """Return each word with the head before it, "^" for none, and the one after it, "$" for none."""
    heads = ["^", *(word.head for word in words), "$"]
    return zip(heads, words, heads[2:], strict=False)


def as_head(head: str) -> list[str]:
    """Return what units see of the nominal part of their word."""
    return [f"H{head}", f"Hs{head[-2:]}"]


def as_tail(last: str, tail: str) -> list[str]:
    """Return what units see of the end of their word, after the last character of its nominal part."""
    return [f"T{tail}", f"HT{last}|{tail}"]


def as_preceding(head: str) -> list[str]:
    """Return what units see of the nominal part before their word."""
    return [f"P{head[-2:]}"]


def as_following(head: str) -> list[str]:
    """Return what units see of the nominal part after their word."""
    return [f"N{head[-2:]}", f"NF{head}"]
