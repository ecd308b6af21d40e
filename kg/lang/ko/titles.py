"""Titles that go with a person's name: 대표, 의원, CEO, 금융정책과장."""

from __future__ import annotations

import re
from functools import lru_cache

from kg import resources
from kg.lang.ko.particles import ends_word
from kg.lang.ko.wordlist import words

_PREFIX = re.compile(r"(?:(?:전직|현직|전임|후임|신임|초대|공동|수석|상임|총괄|선임|각자|임시|前|現|新|전|현|부)\s?)*")
_TIME = re.compile(r"(?:(?:전직|현직|전임|후임|신임|초대|임시|前|現|新|전|현)\s?)*")
_RUN = re.compile(r"[0-9A-Za-z가-힣·]+")
_UNIT_ENDINGS = tuple(
    sorted(
        words(
            """
    과장 국장 실장 팀장 부장 처장 청장 원장 소장 센터장 본부장 단장 반장 계장 지부장 지회장 사업부장 부문장 그룹장
    연구원 연구위원 위원장 회장 이사장 사장 총장 서장 지검장 지법원장 관장 학장 교장 대표 책임자 담당 보좌관
    비서관 담당관 정책관 기획관 심의관 수석 특보 대변인 장관 차관 지사 시장 군수 구청장 조합장 의장 간사 담당상
    기자 특파원 감독 코치 교수 변호사 판사 검사
    """
        ),
        key=lambda ending: (-len(ending), ending),
    )
)
_MAX_WORDS = 3


@lru_cache(maxsize=1)
def titles() -> dict[str, str]:
    """Return every title of `seeds/ko/titles.tsv` with its kind (executive, official, politician, …)."""
    return {row["title"]: row["kind"] for row in resources.table("ko", "titles.tsv")}


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(len(title) for title in titles())


@lru_cache(maxsize=50_000)
def title_kind(title: str) -> str | None:
    """Return the kind of a title as written in a text (전 대표, 금융정책과장), None when it is none."""
    bare = "".join(_PREFIX.sub("", title, count=1).split())
    for form in (bare, "".join(title.split())):
        if form in titles():
            return titles()[form]
    for ending in _UNIT_ENDINGS:
        if bare.endswith(ending) and len(bare) > len(ending):
            return titles().get(ending, "staff")
    return None


def title_core(title: str) -> str:
    """Return a title without blanks and without what only dates it: 전 대표 → 대표, 신임 사장 → 사장."""
    return "".join(_TIME.sub("", title, count=1).split())


def is_title_form(name: str) -> bool:
    """Say whether a person's name is one syllable, alone or with a title: 권 CSO, 김 대표, 박 전 대통령, 尹."""
    surname, _, title = name.partition(" ")
    if title:
        return len(surname) == 1 and title_kind(title) is not None
    return len(name) == 1 or (len(name) > 2 and title_kind(name[1:]) is not None)


def match_title(text: str, start: int) -> int | None:
    """Return the end of the longest title that starts at an offset, None when none does.

    Prefixes (전, 현, 신임, 수석, 공동, 부) belong to it, with or without a blank; up to three words are
    tried ("원내 수석 부대표"); a unit may stand before its ending (금융정책과장). Only particles may follow.
    """
    best = _match_bare(text, start)
    prefix = _PREFIX.match(text, start)
    if prefix and prefix.end() > start:
        after = _match_bare(text, prefix.end())
        best = max(best or -1, after or -1)
        best = None if best < 0 else best
    return best


def _match_bare(text: str, start: int) -> int | None:
    best = None
    joined, at = "", start
    for count in range(_MAX_WORDS):
        run = _RUN.match(text, at)
        if not run:
            break
        for end in range(run.start() + 1, run.end() + 1):
            if _is_title(joined + text[at:end], compound=count == 0) and ends_word(text, end):
                best = end
        if not text.startswith(" ", run.end()) or len(joined) + len(run.group()) > _longest():
            break
        joined += run.group()
        at = run.end() + 1
    return best


def _is_title(form: str, compound: bool) -> bool:
    if form in titles():
        return True
    if not compound or not form.endswith(_UNIT_ENDINGS):
        return False
    return any(len(form) - len(e) >= 2 and form.endswith(e) for e in _UNIT_ENDINGS)
