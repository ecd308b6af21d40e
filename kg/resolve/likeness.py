"""Whether one article tells another's text again: the letters they share, weighed by a logistic regression."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Shingles: TypeAlias = "NDArray[np.uint64]"

APART = re.compile(r"\[[^\]\n]{0,60}\]|(?:(?<![^.\n])|(?<=\]))[^.\n]*@[^\n]*|★[^\n]*")
"""What papers set around articles and repeat: bracketed links, lines with an address, starred ones."""
READ = 50_000
"""Characters of an article, from its beginning, in which its letters are looked for."""
QUOTATION = re.compile(r'"[^"\n]*"|“[^“”\n]*”')
NO_LETTER = re.compile(r"[^가-힣a-z0-9]+")
LENGTH = 4
"""Letters of a shingle: one or two Korean words."""
TITLE_LENGTH = 2
FEW = 40
"""So many shingles of unquoted text, at least, a share of them counts as being of: less is chance."""
NEAR_ZERO = 0.02
"""Added to a share before its logarithm is taken; about what unrelated articles share."""
WEIGHTS = {"shared": 3.406, "unquoted": 1.794, "title": 2.01, "quoted": -1.931}
BIAS = 6.512
"""Fitted by `kg.resolve.train_copies` on seeds/annotations/copies.tsv."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is to be known of an article to find its copies: a few KB, built of JSON's types alone.

    `bands` are hashes; only articles that share one are compared. `plain` and `quoted` are the letters of the text
    outside and inside quotation marks, `title` those of the title; see `letters_of`.
    """

    article: str
    date: str | None
    bands: tuple[str, ...]
    title: str
    plain: str
    quoted: str


class Telling:
    """The shingles of an article, made once for all its comparisons."""

    __slots__ = ("name", "plain", "quoted", "title", "whole")

    def __init__(self, fingerprint: Fingerprint) -> None:
        import numpy as np

        self.plain = shingles(fingerprint.plain, LENGTH)
        self.whole = np.union1d(self.plain, shingles(fingerprint.quoted, LENGTH))
        self.title = shingles(fingerprint.title, TITLE_LENGTH)
        self.quoted = len(fingerprint.quoted) / max(1, len(fingerprint.plain) + len(fingerprint.quoted))
        self.name = fingerprint.article


def letters_of(text: str) -> str:
    """Return the Hangul syllables, Latin letters and digits of a text, in lower case."""
    return NO_LETTER.sub("", text.lower())


def parts(text: str) -> tuple[str, str]:
    """Return the letters of an article outside and inside quotation marks, without what papers set around it."""
    body = APART.sub(" ", text[:READ])
    return letters_of(QUOTATION.sub(" ", body)), letters_of(" ".join(QUOTATION.findall(body)))


def runs(letters: str, length: int) -> Shingles:
    """Return each run of `length` (up to 4) letters as a number, in order: 16 bits a letter, so that none collide."""
    import numpy as np

    codes = np.frombuffer(letters.encode("utf-16-le"), dtype="<u2").astype(np.uint64)
    count = max(0, len(codes) - length + 1)
    found = np.zeros(count, dtype=np.uint64)
    for place in range(length):
        found = (found << np.uint64(16)) | codes[place : place + count]
    return found


def shingles(letters: str, length: int) -> Shingles:
    """Return the runs of `length` (up to 4) letters, each once."""
    import numpy as np

    return np.unique(runs(letters, length))


def features(one: Telling, other: Telling) -> dict[str, float]:
    """Return what WEIGHTS weigh, the same for either order.

    `shared` is the logarithm of the share of all shingles that both have (Jaccard), `unquoted` that of the share of the
    shorter one's unquoted shingles that the longer has: who reports one event independently shares quotations, not
    words. `title` is the share of the shorter title in the longer, `quoted` the quoted share of the longer text.
    """
    short, long = sorted((one, other), key=lambda telling: (len(telling.whole), telling.name))
    both = _common(short.whole, long.whole)
    unquoted = _common(short.plain, long.whole) / max(FEW, len(short.plain))
    titles = max(1, min(len(short.title), len(long.title)))
    return {
        "shared": math.log(both / max(1, len(short.whole) + len(long.whole) - both) + NEAR_ZERO),
        "unquoted": math.log(unquoted + NEAR_ZERO),
        "title": _common(short.title, long.title) / titles,
        "quoted": long.quoted,
    }


def log_odds(one: Telling, other: Telling) -> float:
    """Return the log odds that one of two articles is a copy or a rewrite of the other, or both of a third."""
    found = features(one, other)
    return BIAS + sum(weight * found[name] for name, weight in WEIGHTS.items())


def _common(one: Shingles, other: Shingles) -> int:
    import numpy as np

    return len(np.intersect1d(one, other, assume_unique=True))
