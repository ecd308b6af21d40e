"""What common predicates and nouns do to a statement, from seeds/ko/predicates.tsv.

Kinds: *light* verbs carry an event noun (제휴를 맺다), *trailing* nouns follow it (인수 계획), *content* nouns
hold a clause (인수한다는 계획), *speech* verbs quote, *telic* verbs name an event whose present tense is a plan.
The effect is the status that the word gives the statement, empty for none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg import resources


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The rows of the table by kind; values are effects."""

    light: dict[str, str]
    trailing: dict[str, str]
    content: dict[str, str]
    speech: frozenset[str]
    telic: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the shipped lexicon."""
    rows = resources.table("ko", "predicates.tsv")

    def effects(kind: str) -> dict[str, str]:
        return {row["lemma"]: row["effect"] for row in rows if row["kind"] == kind}

    return Lexicon(
        effects("light"),
        effects("trailing"),
        effects("content"),
        frozenset(effects("speech")),
        frozenset(effects("telic")),
    )
