"""Copies of articles: wire copies and rewrites, which count as one independent source with their original.

Articles that share a band of a MinHash signature may be a pair (Leskovec, Rajaraman and Ullman, Mining of Massive
Datasets, chapter 3); `kg.resolve.likeness` decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import Document
from kg.resolve.blocks import components
from kg.resolve.delegates import delegates
from kg.resolve.likeness import LENGTH, Fingerprint, Telling, letters_of, log_odds, parts, runs

if TYPE_CHECKING:
    from datasketch import MinHash

MULTIPLIER = 0x9E3779B97F4A7C15
"""Spreads a pair of 64-bit numbers over their upper bits (Knuth, The Art of Computer Programming, 6.4)."""
BANDS = 128
ROWS = 2
"""Two articles that have a tenth of their shingles of 8 letters in common meet in 72 of 100 cases, those that have a
fifth in 99, strangers (under 0.2 %) hardly ever."""
LEAST = 60
"""Texts of fewer letters copy nothing: captions and lists have too little of their own."""
MOST = 2500
"""The letters outside quotations, and those inside, that count of a long text, from its beginning."""
CROWD = 32
"""Articles of a band, by date, that one is compared with after itself: notices of one wording come by the thousand."""
SEED = 1


def fingerprint(document: Document) -> Fingerprint:
    """Return what `originals` needs of an article; it depends on the article alone."""
    plain, quoted = parts(document.text)
    plain, quoted = plain[:MOST], quoted[:MOST]
    return Fingerprint(
        article=document.id,
        date=document.date,
        bands=_bands(plain, quoted) if len(plain) + len(quoted) >= LEAST else (),
        title=letters_of(document.title or ""),
        plain=plain,
        quoted=quoted,
    )


def originals(fingerprints: Iterable[Fingerprint]) -> dict[str, str]:
    """Return the original of each article that copies or rewrites another; the others are left out.

    The original of a group is its article of the earliest date, then of the smallest id; undated ones come last. What
    becomes of an article depends only on those that bands link to it, directly or through others. Ids must differ.
    """
    banded = {one.article: one for one in fingerprints if one.bands}
    copies: dict[str, str] = {}
    for component in _components(banded.values()):
        for group in _groups(component):
            first, *rest = sorted(group, key=lambda article: _order(banded[article]))
            copies.update(dict.fromkeys(rest, first))
    return dict(sorted(copies.items()))


def _components(fingerprints: Iterable[Fingerprint]) -> list[list[Fingerprint]]:
    """Return the fingerprints that bands link, in lists of two or more."""
    found = components(sorted(fingerprints, key=lambda one: one.article), lambda one: one.bands)
    return [component for component in found.values() if len(component) > 1]


def _order(one: Fingerprint) -> tuple[str, str]:
    return one.date or "~", one.article


def _pairs(component: Sequence[Fingerprint]) -> set[tuple[str, str]]:
    """Return the pairs to compare, the smaller id of each first."""
    by_band: dict[str, list[str]] = defaultdict(list)
    for one in sorted(component, key=_order):
        for band in one.bands:
            by_band[band].append(one.article)
    return {
        (min(one, other), max(one, other))
        for articles in by_band.values()
        for at, one in enumerate(articles)
        for other in articles[at + 1 : at + 1 + CROWD]
    }


def _groups(component: Sequence[Fingerprint]) -> Iterator[list[str]]:
    """Yield the groups of a component: the likeliest pairs first, groups join while they are alike on the whole.

    Average linkage: one article that takes from two does not make the two copies of each other.
    """
    tellings = {one.article: Telling(one) for one in component}
    odds: dict[tuple[str, str], float] = {}

    def likeness(one: str, other: str) -> float:
        pair = (min(one, other), max(one, other))
        if pair not in odds:
            odds[pair] = log_odds(tellings[one], tellings[other])
        return odds[pair]

    groups = {article: [article] for article in tellings}
    for one, other in sorted(_pairs(component), key=lambda pair: (-likeness(*pair), pair)):
        first, second = groups[one], groups[other]
        if likeness(one, other) <= 0:
            break
        if first is not second and sum(likeness(a, b) for a in delegates(first) for b in delegates(second)) > 0:
            first.extend(second)
            groups.update(dict.fromkeys(second, first))
    seen = {id(group): group for group in groups.values() if len(group) > 1}
    yield from seen.values()


def _bands(plain: str, quoted: str) -> tuple[str, ...]:
    """Return the bands of an article's MinHash signature, each with its number in front."""
    import numpy as np

    signature = _empty().copy()
    halves = runs(plain + quoted, LENGTH)
    mixed = (halves[:-LENGTH] * np.uint64(MULTIPLIER) + halves[LENGTH:]) * np.uint64(MULTIPLIER)
    signature.update_batch(np.unique(mixed >> np.uint64(32)).tolist())
    rows = signature.hashvalues.astype(np.uint64).reshape(BANDS, ROWS)
    return tuple(f"{number:02x}{first:08x}{second:08x}" for number, (first, second) in enumerate(rows.tolist()))


@lru_cache(maxsize=1)
def _empty() -> MinHash:
    from datasketch import MinHash

    return MinHash(num_perm=BANDS * ROWS, seed=SEED, hashfunc=int, scheme="affine32")
