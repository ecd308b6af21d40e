"""Names an article gives in passing: its reporters, constituencies, factions named after a person, a poster's network.

None of them acts in the story, so an article's graph leaves them out (reporters, factions) or types them by what they
are there (places, services).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from kg.extract.recogniser.labels import Span

_ROLES, _ENDS = ("기자", "특파원", "캐스터", "앵커", "아나운서", "리포터"), ("입니다", "였습니다")
_ROLE = rf"(?:[가-힣]{{2,4}} ?)?(?:수습 |인턴 |선임|전문|대)?(?:{'|'.join(_ROLES)})"
_HAND_OVER = re.compile(
    rf"(?P<reporter>[가-힣]{{2,4}} ?{_ROLE})(?: ?입니다|였습니다|이었습니다|! "
    r"|의 (?:단독 ?)?(?:보도|취재|리포트)(?:입니다|를)"
    r"|[가이] (?:[^.\n]{0,30} )?(?:단독 ?)?(?:보도|취재|설명|소개|전|알아|짚어|살펴|정리|분석|점검|돌아)"
    r"[^.\n]{0,8}(?:니다|[세시]죠))"
)
"""A broadcast hands over to its reporter: "홍길동 기자가 보도합니다."."""
_SIGN_OFF = re.compile(
    r"(?P<who>(?:지금까지 [^.\n]{0,20}에서 (?:[A-Za-z가-힣]{2,8} )?|[A-Za-z가-힣]{2,8} ?(?:뉴스|TV) "
    r"|[A-Z가-힣]{2,6}\] ?)[가-힣]{2,4})(?:\[[^\]\n]*\])? ?(?:" + "|".join(_ENDS) + r")(?=[.\n ]|$)"
)
"""The reporter signs off: "채널A 뉴스 홍길동입니다."."""
_FACTION_BEFORE, _FACTION_AFTER = re.compile(r"[친비반탈]$"), re.compile(r"(?:\)|\([^)]*\))?계(?![가-힣]{2})")
"""친문재인계, 비박(비박근혜)계."""
_MEMBER = re.compile(r"(?:의원|당선인|당선자|후보|위원장|대표|장관) ?$")
_SEAT, _CLEAR_SEAT = re.compile(r"[가-힣 ·]{2,20}[갑을병정무]"), re.compile(r"[가-힣]{2,6}[갑을병]")
_TERMS = re.compile(r"\((?:초선|재선|\d선|\d{2}|[가-힣]+)[·,] ?$")
"""What stands before a seat in the same brackets: (4선·부산 중구영도)."""
_POSTER = re.compile(
    r"(?:(?:자신|본인|자기|그|그녀|대표|의원|대통령|위원장|장관|시장|지사)의 (?:공식 |개인 )?|(?:공식|개인) )$"
)
"""Who posts, before the name of the network."""


def without_reporters(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the spans without the people and organizations that are named in hand-overs and sign-offs alone."""
    zones: list[tuple[int, int]] = []
    if any(role in text for role in _ROLES):  # soon looked for, unlike the whole
        zones += [match.span("reporter") for match in _HAND_OVER.finditer(text)]
    if any(end in text for end in _ENDS):
        zones += [match.span("who") for match in _SIGN_OFF.finditer(text)]
    if not zones:
        return list(spans)
    named = [span for span in spans if span.type in ("Person", "Organization")]
    aside = {span for span in named if any(start <= span.start and span.end <= end for start, end in zones)}
    elsewhere = {text[span.start : span.end] for span in spans if span not in aside}
    return [span for span in spans if span not in aside or text[span.start : span.end] in elsewhere]


def without_factions(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the spans without people who only name a faction."""
    return [
        s
        for s in spans
        if not (
            s.type == "Person"
            and _FACTION_BEFORE.search(text[max(0, s.start - 1) : s.start])
            and _FACTION_AFTER.match(text, s.end)
        )
    ]


def seats_as_places(text: str, spans: Sequence[Span], regions: Collection[str]) -> list[Span]:
    """Return the spans with constituencies in brackets after a member typed Place: 의원(4선·부산 중구영도)."""
    people = {span.end for span in spans if span.type == "Person"}
    found = []
    for span in spans:
        if span.type in ("Organization", "Person") and _is_seat(text, span, regions, people):
            span = Span(span.start, span.end, "Place")
        found.append(span)
    return found


def _is_seat(text: str, span: Span, regions: Collection[str], people: Collection[int]) -> bool:
    surface = text[span.start : span.end]
    opened = text.rfind("(", max(0, span.start - 20), span.start)
    if opened < 0 or ")" in text[opened : span.start] or text[span.end : span.end + 1] not in (")", "·", ",", "∙"):
        return False
    if opened not in people and not _MEMBER.search(text[max(0, opened - 5) : opened]):
        return False
    regional = surface[:2] in regions or surface.partition(" ")[0] in regions
    if span.type == "Person" and not regional:
        return _CLEAR_SEAT.fullmatch(surface) is not None
    return _SEAT.fullmatch(surface) is not None or (regional and _TERMS.search(text[opened : span.start]) is not None)


def posted_on(text: str, span: Span) -> bool:
    """Say whether a social network is where someone posts: 자신의 페이스북을 통해."""
    return _POSTER.search(text[max(0, span.start - 12) : span.start]) is not None
