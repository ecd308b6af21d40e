"""Where a name begins and ends: quotes, titles and punctuation outside, no unmatched bracket inside."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.units import FULL_NAME, Unit, with_next

OUTSIDE = frozenset("\"'‘’“”`[]<>《》〈〉「」『』【】,.·ㆍ…:;=~-–—/|*#@!?%&\u200b\ufeff♥★☆※▲▶■◆●○")
BEFORE_POSTS = (" 주", " 전", " 현", " 前", " 現")
"""Words between a person's name and a post: 나루터 전 대표, 나루터 주(駐)이집트 대사."""
PARTNERS = {")": "(", "(": ")", "}": "{", "{": "}"}
_BREAK = re.compile(r"[=\n\r\t\[\]【】<>〈〉《》“”\"|;▶▲※∙∼]+|\s*&quot;\s*|(?<=[가-힣)]) ?/|/ ?(?=[가-힣])")
"""Marks no name runs across; the byline "서울=연합뉴스" holds two names, and so does "홍길동/환경보건센터"."""
_HYPHEN = re.compile(r"(?<=[가-힣]{2})[-–](?=[가-힣]{2})")
"""Between two organizations of a headline: A대-B사 협약."""
PARTS = frozenset("부처청사당도시군구대원차")
"""Endings of three syllables that name no person: 과기부/산업부."""
_PARTICLE = re.compile(r"(?<=[가-힣]{2})(?:에서|에게|으로|[의을를이은는과와가로])$")
_AFTER_CONSONANT, _AFTER_VOWEL = frozenset(("을", "이", "은", "과", "으로")), frozenset(("를", "가", "는", "와"))
_NO_ENDING = frozenset(("의", "를", "에서", "에게"))
"""Particles in which hardly any name ends …"""
_WORDS = ("회의", "협의", "결의", "건의", "주의", "정의", "강의", "논의", "동의")
"""… but for these words: 새정치국민회의."""
_ADDRESS = re.compile(r"@|www\.|https?:|\.(?:com|net|org|co\.kr|kr)\b", re.IGNORECASE)


def tidy(
    text: str, spans: Iterable[Span], not_names: frozenset[str] = frozenset(), surnames: Collection[str] = ()
) -> list[Span]:
    """Return the spans with white space, quotes and punctuation trimmed off their edges, empty ones dropped.

    Marks that belong to a name keep their place: the plus of 디즈니+, a bracket whose partner is inside. Spans that
    are addresses or stand in `not_names` (titles such as CEO) are dropped.
    """
    tidied = []
    for whole in spans:
        for span in _pieces(text, whole, surnames):
            start, end, kind = span
            while start < end and _outside(text[start], text[start:end]):
                start += 1
            while start < end and _outside(text[end - 1], text[start:end]):
                end -= 1
            if kind == "Person" and text[start:end].endswith(BEFORE_POSTS):
                end -= 2
            surface = text[start:end]
            if any(c.isalnum() for c in surface) and surface not in not_names and not _ADDRESS.search(surface):
                tidied.append(Span(start, end, kind))
    return tidied


def without_particles(
    text: str, spans: Iterable[Span], known: Callable[[str], bool], surnames: Collection[str]
) -> list[Span]:
    """Return the spans without a particle that the analyser took for the end of a name.

    Of names unknown to the lexicon (`known`): 의, 를, 에서, 에게 go; 이, 은, 을 and 과 after a Korean name of three
    syllables; others where what is left is known (서울로). 가, 와 and 로 end too many foreign names.
    """
    found = []
    for span in spans:
        surface = text[span.start : span.end]
        particle = _PARTICLE.search(surface)
        full = span.type == "Person" and len(surface) == FULL_NAME and surface[0] in surnames
        whole = full or surface.endswith(_WORDS) or known(surface)
        if particle and not whole and _fits(surface, particle, known, surnames):
            span = Span(span.start, span.start + particle.start(), span.type)
        found.append(span)
    return found


def _fits(surface: str, particle: re.Match[str], known: Callable[[str], bool], surnames: Collection[str]) -> bool:
    """Say whether a name may end before a particle: the form that follows its last sound, and the name left."""
    left = surface[: particle.start()]
    closed = (ord(left[-1]) - ord("가")) % 28 > 0
    if (particle[0] in _AFTER_CONSONANT and not closed) or (particle[0] in _AFTER_VOWEL and closed):
        return False
    if known(left):
        return True
    if particle[0] in _NO_ENDING:
        return len(surface) > FULL_NAME
    korean = len(left) == FULL_NAME and left[0] in surnames
    return korean and particle[0] in _AFTER_CONSONANT


def drop_common_nouns(
    spans: Iterable[Span], sentences: Iterable[Sequence[Unit]], common: Callable[[Unit], bool], titles: Collection[str]
) -> list[Span]:
    """Return the spans without people and places that are one common noun of the analyser's lexicon (모기, 제국).

    One with a title after it stays: 나비 씨. Of such people on KLUE-NER news three in four are mistakes.
    """
    alone: dict[tuple[int, int], Unit | None] = {}
    for units in sentences:
        for unit, after in with_next(units):
            if unit.tag == "NNG" and common(unit):
                alone[unit.start, unit.end] = after
    kept = []
    for span in spans:
        if span.type in ("Person", "Place") and (span.start, span.end) in alone and span.end - span.start > 1:
            after = alone[span.start, span.end]
            if after is None or after.form not in titles:
                continue
        kept.append(span)
    return kept


def _pieces(text: str, span: Span, surnames: Collection[str]) -> Iterator[Span]:
    """Yield the parts of a span between marks no name runs across.

    What stands before "=" is the place of a byline, a Korean name before "/" the person of a caption.
    """
    marks = list(_BREAK.finditer(text, span.start, span.end))
    if span.type == "Organization":
        marks = sorted([*marks, *_HYPHEN.finditer(text, span.start, span.end)], key=lambda mark: mark.start())
    at = span.start
    for mark in marks:
        if mark[0] == "=" and span.type == "Organization":
            kind = "Place"
        elif "/" in mark[0] and mark.start() - at == FULL_NAME and text[at] in surnames and text[at + 2] not in PARTS:
            kind = "Person"
        else:
            kind = span.type
        yield Span(at, mark.start(), kind)
        at = mark.end()
    yield Span(at, span.end, span.type)


def _outside(char: str, surface: str) -> bool:
    if char in PARTNERS:
        return surface.count(char) > surface.count(PARTNERS[char])
    return char.isspace() or char in OUTSIDE
