"""In an article, the organization a sub-unit belongs to: 서울대 of 서울대 경제학과, a country of its government.

KLUE-NER marks the whole stretch, which a lone sentence keeps; a graph wants the university, the ministry, the
party, and takes what follows as part of a person's position.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from kg.extract.recogniser.labels import Span
from kg.lang.ko.wordlist import words

GOVERNMENTS = ("정부", "정권", "행정부")
"""Words that after a person's name mean that person's government."""
_NATIONAL = words(
    """
    부 청 처 성 군 국 원 궁 의회 회의 국회 상원 하원 대사관 영사관 검찰 경찰 법원 재판소 위원회 대표팀 선수단
    중앙은행 연준 협회 연맹 연구소 센터 당국 왕실 대통령실 백악관 제도 민주당
    """
)
"""Endings of bodies that a country has one of: 중국 외교부. A 민주당 is the Korean one without its country."""
_ALIKE = ("삼성",)
HOME = frozenset(("한국", "대한민국", "북한"))
"""한국 전력공사, 한국 GM: the country belongs to the name."""
_ORDINAL = re.compile(r"(?:제 ?)?\d+(?:대|기) (?=국회)")
"""The term of an assembly: 제20대 국회."""
_GAP = re.compile(" ")
_NUMBERED = re.compile(r"\d+부$")
_HEAD_ENDINGS = ("대", "대학교", "지법", "고법", "지검", "고검", "경찰청", "그룹", "병원", "위원회")


class Heads:
    """Cuts organizations of several words to the organization, place or person their first word names.

    `nouns` are what stands after a country without naming anything (정부, 기업); `subunits` are the endings of last
    words that name a part (학과, 위원회); `surnames` tell a president's government (노무현 정부) from others.
    """

    def __init__(
        self,
        organizations: Collection[str],
        countries: Collection[str],
        surnames: Collection[str],
        nouns: Collection[str],
        subunits: Iterable[str],
    ) -> None:
        self._organizations, self._countries, self._surnames = organizations, countries, surnames
        self._nouns, self._subunits = frozenset(nouns), tuple(subunits)

    def __call__(self, text: str, spans: Iterable[Span]) -> list[Span]:
        """Return the spans, sub-units cut to their heads."""
        spans = list(spans)
        alone = {text[span.start : span.end] for span in spans if span.type == "Organization"}
        return [part for span in spans for part in self._apart(text, self._head(text, span, alone))]

    def _apart(self, text: str, span: Span) -> Iterator[Span]:
        """Yield the country before a company, paper or party apart from it (독일 라인메탈), not from its own bodies."""
        first, space, rest = text[span.start : span.end].partition(" ")
        foreign = first in self._countries and first not in HOME
        own = rest.endswith(_NATIONAL) and rest not in _ALIKE
        if span.type == "Organization" and space and foreign and not own:
            yield Span(span.start, span.start + len(first), "Place")
            yield Span(span.end - len(rest), span.end, span.type)
        else:
            yield span

    def _head(self, text: str, span: Span, alone: Collection[str]) -> Span:
        if span.type != "Organization":
            return span
        ordinal = _ORDINAL.match(text, span.start, span.end)
        if ordinal:
            return self._head(text, Span(ordinal.end(), span.end, span.type), alone)
        first, space, rest = text[span.start : span.end].partition(" ")
        if not space:
            return span
        end = span.start + len(first)
        if rest in self._nouns and first in self._countries:
            return Span(span.start, end, "Place")
        if rest in GOVERNMENTS and len(first) == 3 and first[0] in self._surnames:
            return Span(span.start, end, "Person")
        for gap in _GAP.finditer(text, span.start, span.end):
            head, rest = text[span.start : gap.start()], text[gap.end() : span.end]
            known = head in self._organizations or head in alone or (len(head) > 2 and head.endswith(_HEAD_ENDINGS))
            if known and (rest.endswith(self._subunits) or _NUMBERED.search(rest)):
                return Span(span.start, gap.start(), span.type)
        return span
