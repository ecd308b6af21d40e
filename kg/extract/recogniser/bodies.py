"""Organizations written in one word with the title of who heads them: 소상공인연합회장, 서울중앙지검장."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.units import Unit, with_next
from kg.lang.ko.wordlist import words

_HEADED = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?P<body>(?P<own>[가-힣A-Za-z]{2,}?)(?:연합회|협회|학회|중앙회|협의회|총연맹|연구원|개발원|진흥원|평가원"
    r"|정보원|교육원|정책원|연구소|박물관|미술관|도서관|병원|경찰서|소방서|세무서|지검|지법|고검|고법))장(?![가-힣]{3})"
)
_KNOWN = re.compile(r"(?<![가-힣A-Za-z0-9])(?P<body>[가-힣A-Za-z]{2,}(?:위(?=원)|처|청|은행))(?:원)?장(?![가-힣]{3})")
"""Bodies of which common words end alike (사무처장, 시중은행장): only known ones count, 금융위 as 금융위원회 too."""
COMMON = frozenset(words("시중 국책 지방 저축 종합 부설 부속 기술 관할 일선 신임 초대 기업부설 학부모 대학"))
"""Words before such endings that make no name of them: 관할경찰서장."""
_ASSEMBLY = re.compile(r"(?<![가-힣])(?P<body>국회)(?:부?의장|사무총장)(?![가-힣]{3})")
_GOVERNED = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?P<body>[가-힣]{2,4}?)(?:특별자치|광역|특별)?(?:시장|도지사|지사|군수|구청장)(?![가-힣]{3})"
)
"""Regions written with the title of who governs them: 서울시장, 강원지사."""
BRANCHES = frozenset(("코리아", "재팬", "차이나", "인디아", "아메리카", "USA", "Korea", "Japan", "China", "America"))


def with_branches(
    text: str, spans: Sequence[Span], sentences: Sequence[Sequence[Unit]], titles: Collection[str]
) -> list[Span]:
    """Return the spans, organizations with the country of their branch after a blank (하이브 인디아).

    Before a noun that is no title it belongs to that noun: 코리아 디스카운트.
    """
    ends = {
        unit.start: unit.end
        for units in sentences
        for unit, after in with_next(units)
        if unit.form in BRANCHES and not unit.glued
        if after is None or after.glued or after.tag[0] != "N" or after.form in titles
    }
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            continue
        branch = span.type == "Organization" and text.startswith(" ", span.end) and span.end + 1 in ends
        found.append(Span(span.start, ends[span.end + 1], span.type) if branch else span)
    return found


def add_bodies(
    text: str,
    spans: Sequence[Span],
    titles: Collection[str],
    organizations: Collection[str],
    regions: Collection[str],
) -> list[Span]:
    """Return the spans and the bodies and regions of heads written in one word with them.

    `titles` (사무처장) name no body; some endings and all regions must be known ones. Names inside the word give way,
    a name that holds more than the word stays.
    """
    kept = list(spans)
    for pattern in (_HEADED, _KNOWN, _ASSEMBLY, _GOVERNED):
        for match in pattern.finditer(text):
            body = match["body"]
            if pattern is _HEADED:
                known = match["own"] not in COMMON
            elif pattern is _GOVERNED:
                known = body in regions
            else:
                known = pattern is _ASSEMBLY or body in organizations or f"{body}원회" in organizations
            if known and (pattern in (_ASSEMBLY, _GOVERNED) or match[0] not in titles):
                kept = _with(kept, match, "Place" if pattern is _GOVERNED else "Organization")
    return sorted(kept)


def _with(kept: list[Span], match: re.Match[str], kind: str) -> list[Span]:
    """Return the spans with a body in place of those inside its word, unchanged where one holds more than the word."""
    start, end = match.span("body")
    near = [span for span in kept if span.start < match.end() and start < span.end]
    if any(span.start < start or span.end > match.end() for span in near):
        return kept
    return [*(span for span in kept if span not in near), Span(start, end, kind)]
