"""Organizations written in one word with the title of who heads them: 소상공인연합회장, 서울중앙지검장."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.units import Unit

_HEADED = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?P<body>[가-힣A-Za-z]{2,}(?:연합회|협회|학회|중앙회|협의회|총연맹|연구원|개발원|진흥원|평가원|정보원"
    r"|교육원|정책원|연구소|박물관|미술관|도서관|병원|[가-힣]처|[가-힣]청|경찰서|소방서|세무서|지검|지법|고검|고법|은행))장(?![가-힣]{3})"
)

BRANCHES = frozenset(("코리아", "재팬", "차이나", "인디아", "아메리카", "USA", "Korea", "Japan", "China", "America"))
_COMMISSION = re.compile(r"(?<![가-힣A-Za-z0-9])(?P<body>[가-힣]{2,}위)원장(?![가-힣]{3})")
"""금융위원장 heads 금융위 (금융위원회); 혁신위원장 heads no body of its own."""


def with_branches(text: str, spans: Sequence[Span], sentences: Sequence[Sequence[Unit]]) -> list[Span]:
    """Return the spans, organizations with the country of their branch after a blank: 하이브 인디아."""
    ends = {unit.start: unit.end for units in sentences for unit in units if unit.form in BRANCHES and not unit.glued}
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            continue
        branch = span.type == "Organization" and text.startswith(" ", span.end) and span.end + 1 in ends
        found.append(Span(span.start, ends[span.end + 1], span.type) if branch else span)
    return found


def add_bodies(text: str, spans: Sequence[Span], titles: Collection[str], organizations: Collection[str]) -> list[Span]:
    """Return the spans and the bodies of heads written in one word with them; `titles` (사무처장) name no body.

    Commissions must be among `organizations`, short or in full. Names inside the word give way, a name that holds
    more than the word stays.
    """
    kept = list(spans)
    for match in (*_HEADED.finditer(text), *_COMMISSION.finditer(text)):
        start, end = match.span("body")
        body = match["body"]
        known = match.re is _HEADED or body in organizations or f"{body}원회" in organizations
        near = [span for span in kept if span.start < match.end() and start < span.end]
        held = any(span.start < start or span.end > match.end() for span in near)
        if not known or held or text[start : match.end()] in titles:
            continue
        kept = [span for span in kept if span not in near]
        kept.append(Span(start, end, "Organization"))
    return sorted(kept)
