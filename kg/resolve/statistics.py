"""How common names, words and parts of names are in the news; counts that ship with the package."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg import resources
from kg.lang.ko.surnames import surname
from kg.model import Document
from kg.resolve.appearances import Appearance, appearances
from kg.resolve.context import company_key

LEAST = {"names": 4, "words": 20, "endings": 3, "beginnings": 3, "given": 2}
"""The least count with which something is kept; what is not kept counts as one less."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts over `documents` newspaper articles.

    `names` are entities (initial of the type and key) by the articles that name them, `words` the beginnings of words
    by the entities they stand near, `ending_counts` and `beginning_counts` the ends and starts of organizations' names
    by the names that have them, `given` the given names of Koreans by the surnames they were seen with.
    """

    documents: int
    names: Mapping[str, int]
    words: Mapping[str, int]
    ending_counts: Mapping[str, int]
    beginning_counts: Mapping[str, int]
    given: Mapping[str, int]

    def rarity(self, name: str) -> float:
        """Return the inverse document frequency of a name in company, in nats."""
        return max(0.0, math.log(self.documents / self.names.get(name, LEAST["names"] - 1)))

    def word_rarity(self, word: str) -> float:
        """Return the inverse frequency of the beginning of a word, in nats."""
        return max(0.0, math.log(self.words[""] / self.words.get(word, LEAST["words"] - 1)))

    def endings(self, key: str) -> int:
        """Return how many longer names of organizations end in a key."""
        return self.ending_counts.get(key, 0)

    def beginnings(self, key: str) -> int:
        """Return how many longer names of organizations begin with a key."""
        return self.beginning_counts.get(key, 0)

    def bearers(self, name: str) -> int:
        """Return with how many surnames the given name of a Korean was seen, 0 for what is no Korean's name."""
        if not is_korean_name(name):
            return 0
        return self.given.get(name[len(surname(name)) :], LEAST["given"] - 1)


def is_korean_name(name: str) -> bool:
    """Say whether a name is written like a Korean's: a listed surname and one or two syllables, in Hangul."""
    rest = name[len(surname(name)) :]
    return surname(name) in _surnames() and 1 <= len(rest) <= 2 and all("가" <= c <= "힣" for c in rest)


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return frozenset(row["name"] for row in resources.table("ko", "surnames.tsv"))


def count(documents: Iterable[Document]) -> Statistics:
    """Count over documents; what is rarer than LEAST is left out."""
    names: Counter[str] = Counter()
    words: Counter[str] = Counter()
    organizations: set[str] = set()
    given: dict[str, set[str]] = defaultdict(set)
    total = 0
    for document in documents:
        total += 1
        found: list[Appearance] = list(appearances(document))
        names.update({company_key(one.type, one.key) for one in found})
        for one in found:
            words.update(one.words)
            words[""] += 1
            if one.type == "Organization":
                organizations.add(one.key)
            elif one.type == "Person" and is_korean_name(one.name):
                given[one.name[len(surname(one.name)) :]].add(surname(one.name))
    endings = Counter(name[at:] for name in organizations for at in range(1, len(name)))
    beginnings = Counter(name[:at] for name in organizations for at in range(1, len(name)))
    return Statistics(
        documents=total,
        names=_kept(names, LEAST["names"]),
        words={"": words[""]} | _kept(words, LEAST["words"]),
        ending_counts=_kept({end: n for end, n in endings.items() if len(end) > 1}, LEAST["endings"]),
        beginning_counts=_kept({start: n for start, n in beginnings.items() if len(start) > 1}, LEAST["beginnings"]),
        given=_kept({name: len(surnames) for name, surnames in given.items()}, LEAST["given"]),
    )


def _kept(counts: Mapping[str, int], least: int) -> dict[str, int]:
    return {key: counts[key] for key in sorted(counts) if counts[key] >= least}
