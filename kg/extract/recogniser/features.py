"""What the CRF sees of each unit: strings for forms, tags, affixes, shapes, clusters, names and windows."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from kg.extract.recogniser.lexicon import Lexicon
from kg.extract.recogniser.units import Unit

WINDOW = 3
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


class FeatureMaker:
    """Turns a sentence of units into CRF features; keeps a cache of what depends on one morpheme alone.

    `kept` names the features a trained model gives weight to: of what is cached, the others are left out, which
    changes no label and saves time.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        clusters: Mapping[tuple[str, str], Sequence[int]],
        surnames: Collection[str],
        kept: Collection[str] | None = None,
    ) -> None:
        self._lexicon, self._clusters, self._surnames, self._kept = lexicon, clusters, surnames, kept
        self._cache: dict[tuple[str, str], list[list[str]]] = {}

    def __call__(self, units: Sequence[Unit], text: str) -> list[list[str]]:
        """Return one list of feature strings for each unit of a sentence."""
        marks = self._lexicon.match(units, text)
        alone = [self._alone(unit) for unit in units]
        words = _words(units)
        topic = self._topic(units)
        rows: list[list[str]] = []
        for at in range(len(units)):
            row = ["b"]
            for offset in range(-WINDOW, WINDOW + 1):
                place = at + offset
                if 0 <= place < len(units):
                    row += alone[place][offset + WINDOW]
                    if marks[place] and -2 <= offset <= 2:
                        row += [f"{offset}G{mark}" for mark in marks[place]]
                elif offset in (-1, 1):
                    row.append("BOS" if offset < 0 else "EOS")
            row += self._pairs(units, at)
            row += words[at]
            if any(mark.startswith("B") and "/k:Pla" in mark for mark in marks[at]):
                row += topic
            rows.append(row)
        return rows

    def _topic(self, units: Sequence[Unit]) -> list[str]:
        """Return the nouns of a sentence and their clusters: what tells a national team from a country."""
        nouns = {(unit.form, unit.tag) for unit in units if unit.tag in ("NNG", "NNP")}
        groups = {self._clusters[noun][1] for noun in nouns if noun in self._clusters}
        return [f"in{form}" for form in sorted({form for form, _ in nouns})] + [f"ic{n}" for n in sorted(groups)]

    def _alone(self, unit: Unit) -> list[list[str]]:
        """Return the features of a unit alone as seen from each place of the window, the leftmost view first."""
        key = unit.form, unit.tag
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) > CACHED:
                self._cache.clear()
            views = [[f"{o}{name}" for name in self._atoms(unit, abs(o))] for o in range(-WINDOW, WINDOW + 1)]
            if self._kept is not None:
                views = [[name for name in view if name in self._kept] for view in views]
            found = self._cache[key] = views
        return found

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

    def _pairs(self, units: Sequence[Unit], at: int) -> list[str]:
        unit = units[at]
        before = units[at - 1] if at else None
        after = units[at + 1] if at + 1 < len(units) else None
        row = ["g" if unit.glued else "G"]
        tag_before, tag_after = (before.tag if before else "^"), (after.tag if after else "$")
        row.append(f"tt-{tag_before}|{unit.tag}")
        row.append(f"tt+{unit.tag}|{tag_after}{'g' if after and after.glued else ''}")
        row.append(f"ttt{tag_before}|{unit.tag}|{tag_after}")
        if before:
            row.append(f"ww-{before.form}|{unit.form}")
        if after:
            row.append(f"ww+{unit.form}|{after.form}")
            if before:
                row.append(f"w-+{before.form}|{after.form}")
        mine = self._clusters.get((unit.form, unit.tag))
        for name, other in (("cc-", before), ("cc+", after)):
            theirs = self._clusters.get((other.form, other.tag)) if other else None
            if mine and theirs:
                row.append(f"{name}{mine[1]}|{theirs[1]}")
        return row


def _words(units: Sequence[Unit]) -> list[list[str]]:
    """Return word-level features: the nominal part of the unit's word, its particle, and the next word's noun."""
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
    rows: list[list[str]] = []
    for number, (first, stop) in enumerate(pairwise(bounds)):
        following = heads[number + 1] if number + 1 < len(heads) else "$"
        preceding = heads[number - 1] if number else "^"
        common = [
            f"H{heads[number]}",
            f"T{tails[number]}",
            f"Hs{heads[number][-2:]}",
            f"N{following[-2:]}",
            f"HT{heads[number][-1:]}|{tails[number]}",
            f"P{preceding[-2:]}",
            f"NF{following}",
        ]
        rows += [[*common, f"i{place - first}"] for place in range(first, stop)]
    return rows
