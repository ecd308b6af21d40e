"""What the wording around a name tells of its type: ㈜, "(대표 홍길동)", "스타트업 X", an age, 씨."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from kg.extract.recogniser.labels import Span

PARTY = "당"
_COMPANY_BEFORE = re.compile(
    r"(?:㈜|\(주\)|주식회사|(?:기업|업체|회사|스타트업|브랜드|매체|로펌|은행|제조사|운영사|개발사|플랫폼사|계열사|자회사|걸그룹"
    r"|보이그룹|구단|운용사|투자사|통신사|증권사|제약사|보험사|연구기관|공기업))(?: ?['‘“\"])? ?$"
)
_COMPANY_AFTER = re.compile(
    r"['’”\"]?(?: ?\((?:공동)?(?:대표|대표이사|회장|사장|원장|이사장|총장|행장|관장|의장)[ ,:]"
    r"|\(주\)|㈜| 주식회사|,? ?Inc\b"
    r"|(?:과|와)의? (?:[^.,\n]{0,15} )?(?:업무 ?협약|MOU|인수 ?합병))"
)
_SCHOOL = re.compile(r"[가-힣]{2,}(?:대|대학|대학교)")
_SCHOOL_AFTER = re.compile(r" (?:명예|석좌|[가-힣]{2,8}과 )?(?:교수|총장|학장|박사|졸업|재학|출신)")
_PERSON_AFTER = re.compile(
    r"(?:\((?:만 )?\d{1,2}(?:세|·|,|\))| ?(?:씨|양|군|옹|여사|선수|감독|의원|장관)(?![가-힣]{2}))"
)


def settle(text: str, spans: Sequence[Span], surnames: Collection[str], titles: Collection[str]) -> list[Span]:
    """Return the spans, those taken for people typed Organization where their surroundings say so.

    Names of several words and Korean names of two or three syllables stay people: their form is stronger evidence.
    One word before a person who bears a title is the employer: 큐리옥스 김남용 대표.
    """
    told: dict[str, Counter[str]] = {}
    starts = {span.start: span for span in spans if span.type == "Person"}
    for span in spans:
        surface = text[span.start : span.end]
        if span.type == "Person" and " " not in surface and not _korean(surface, surnames):
            told.setdefault(surface, Counter()).update(_told(text, span, starts, titles))
    companies = {name for name, votes in told.items() if votes["Organization"] > votes["Person"]}
    return [
        Span(s.start, s.end, "Organization") if s.type == "Person" and text[s.start : s.end] in companies else s
        for s in spans
    ]


def _korean(surface: str, surnames: Collection[str]) -> bool:
    return len(surface) in (2, 3) and surface[0] in surnames and not surface.endswith(PARTY)


def _told(text: str, span: Span, people: dict[int, Span], titles: Collection[str]) -> Iterable[str]:
    before, after = text[max(0, span.start - 12) : span.start], text[span.end : span.end + 40]
    surface = text[span.start : span.end]
    school = _SCHOOL.fullmatch(surface) and _SCHOOL_AFTER.match(after)
    if school or _COMPANY_BEFORE.search(before) or _COMPANY_AFTER.match(after):
        yield "Organization"
    if _PERSON_AFTER.match(after):
        yield "Person"
    next_to = people.get(span.end + 1) if after.startswith(" ") else None
    if next_to and text[next_to.end : next_to.end + 1] == " ":
        word = re.match(r"[가-힣A-Z]+", text[next_to.end + 1 : next_to.end + 12])
        if word and any(word[0].startswith(title) for title in titles if len(title) > 1):
            yield "Organization"
