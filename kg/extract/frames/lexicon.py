"""What common predicates and nouns do to a statement, from seeds/ko/lexicon.tsv.

*Light* verbs carry an event noun (제휴를 맺다), *trailing* nouns follow it (인수 계획), *content* nouns hold a
clause (인수한다는 계획); their effect is the status that they give the statement, empty for none. *Speech* verbs
quote; *telic* verbs name an event whose present tense is a plan. Every other kind is a plain group of words:

- postposition, inclusive: verbs that only lend a noun phrase its role (…에 대한, …를 비롯한);
- denoting, staff, place_part, school_part: words after a name that leave it meant (측, 관계자, 시장, 법학과);
- building: verbs whose ongoing form is not done yet (짓고 있다); founding: verbs that found a company (세우다);
- settled: verbs of agreements, which are made before what follows (협약을 맺고 … 추진할 예정이다);
- deal_word: words around the thing a deal is about that name no thing (지분, 계약, 규모);
- holding: verbs of events that take place and of what is said there (열다, 만나다, 밝히다);
- measure: verbs that only say how much (…에 달하는, …을 넘는);
- target: 상대로, 대상으로; modal, aspect, embedder: parts of 것으로 보인다, 검토 중이다, 할 예정이다;
- organization_kind, facility, work, country, standing: kinds of what a name beside them is (반도체업체, 공장, 영화),
  and verbs of standing somewhere (포항에 있는);
- appoint, nominate, rise, hold, served, leave: verbs of careers; former, present, next, incoming, candidate, member,
  profession, not_post: words around titles.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg import resources


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The rows of the table whose effect matters; values are effects."""

    light: dict[str, str]
    trailing: dict[str, str]
    content: dict[str, str]
    speech: frozenset[str]
    telic: frozenset[str]


@lru_cache(maxsize=1)
def _rows() -> dict[str, dict[str, str]]:
    kinds: dict[str, dict[str, str]] = {}
    for row in resources.table("ko", "lexicon.tsv"):
        kinds.setdefault(row["kind"], {})[row["word"]] = row["effect"]
    return kinds


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the shipped words whose effect on status matters."""
    rows = _rows()
    return Lexicon(
        rows["light"], rows["trailing"], rows["content"], frozenset(rows["speech"]), frozenset(rows["telic"])
    )


@lru_cache(maxsize=64)
def words(kind: str) -> frozenset[str]:
    """Return the shipped words of a kind; raises KeyError when there is no such kind."""
    return frozenset(_rows()[kind])


@lru_cache(maxsize=64)
def endings(kind: str) -> tuple[str, ...]:
    """Return the shipped words of a kind as endings for `str.endswith`."""
    return tuple(sorted(_rows()[kind]))
