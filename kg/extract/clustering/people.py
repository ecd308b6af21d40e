"""People named by surname and title (권 CSO, 박 전 대통령, 尹 대통령) and whom they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.extract.clustering.repeats import occurrences
from kg.lang.ko.gazetteer import gazetteer
from kg.lang.ko.morphemes import Morpheme
from kg.lang.ko.names import normalise
from kg.lang.ko.particles import starts_word
from kg.lang.ko.surnames import HANJA, same_surname, surname
from kg.lang.ko.titles import match_title, title_core, title_kind, titles
from kg.lang.ko.wordlist import words
from kg.model import Mention

_LIKE_PREFIXES = frozenset("전현부신")
"""Surnames that read as a prefix of the title after a name or noun (홍길동 전 대표)."""
_FREE_BEFORE = re.compile(
    r"(?:^|[\n\"'“‘”’(,.·]|(?:은|는|이|가|을|를|과|와|고|며|다|도|로|에|자|면|해|의)\s|[.,\"”’] )$"
)
_SAME = {
    frozenset(pair.split("="))
    for pair in words(
        """
        CEO=최고경영자 CFO=최고재무책임자 CSO=최고전략책임자 CTO=최고기술책임자 COO=최고운영책임자
        CMO=최고마케팅책임자 CIO=최고정보책임자 CPO=최고제품책임자 대표=대표이사 수석=수석비서관
        """
    )
}
_HIGHEST = frozenset(words("대통령 부통령 총리 국무총리 주석 수상 국왕 교황 여사"))
_HANGUL = re.compile("[가-힣]+")
_GAP = re.compile(r"(?:\s?\([^)]{1,20}\))?\s?")
_WORD = re.compile(r"[0-9A-Za-z가-힣·&]+")
_ENDS_PHRASE = re.compile(r"(?:은|는|이|가|을|를|과|와|의|에|에서|에게|도|께서)$")
_AROUND = 4
"""Words of an employer that may stand between a full name and its title (제이슨 권 오픈AI 최고전략책임자)."""


@dataclass(slots=True)
class Person:
    """A person of the article: the key of the full name, where it stands and the titles found beside it."""

    key: str
    name: str
    mentions: list[Mention] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)

    def surnames(self) -> tuple[str, ...]:
        """Return what may stand before a title: the surname of a Korean name, the outer words of a foreign one."""
        parts = self.name.split()
        if len(parts) == 1:
            return (surname(self.name),)
        return tuple(dict.fromkeys((parts[-1], parts[0], surname(parts[0]) if len(parts[0]) <= 1 else parts[0])))

    def parts(self) -> tuple[str, ...]:
        """Return the words that may stand alone for a foreign name: the last, and the first from three syllables."""
        parts = self.name.split()
        if len(parts) == 1 or normalise(parts[-1]) in gazetteer():
            return ()
        return tuple(
            part
            for part, least in ((parts[-1], 2), (parts[0], 3))
            if _HANGUL.fullmatch(part) and len(part) >= least and part[-1] != "의"
        )


@dataclass(frozen=True, slots=True)
class TitleForm:
    """A span of surname and title; `title` is the title as written."""

    start: int
    end: int
    surname: str
    title: str


def people_of(text: str, mentions: Iterable[Mention]) -> list[Person]:
    """Return the people whose full names are among the mentions, in reading order, with their titles."""
    people: dict[str, Person] = {}
    for mention in mentions:
        if mention.type == "Person" and len(mention.text) > 1:
            person = people.setdefault(normalise(mention.text), Person(normalise(mention.text), mention.text))
            person.mentions.append(mention)
            person.titles.update(_titles_beside(text, mention))
    return list(people.values())


def _titles_beside(text: str, mention: Mention) -> Iterable[str]:
    before = re.search(r"([0-9A-Za-z가-힣]+) $", text[max(0, mention.start - 20) : mention.start])
    if before and title_kind(before.group(1)):
        yield before.group(1)
    gap = _GAP.match(text, mention.end)
    at = gap.end() if gap else mention.end
    for _ in range(_AROUND + 1):
        end = match_title(text, at)
        if end is not None:
            yield "".join(text[at:end].split())
            short = re.match(r"\(([A-Z]{3,5})\)", text[end : end + 8])
            if short and short.group(1) in titles():
                yield short.group(1)
            return
        word = _WORD.match(text, at)
        if not word or _ENDS_PHRASE.search(word.group()) or not text.startswith(" ", word.end()):
            return
        at = word.end() + 1


def title_forms(
    text: str, people: Sequence[Person], mentions: Iterable[Mention], morphemes: Sequence[Morpheme]
) -> list[TitleForm]:
    """Return the spans of surname and title in a text, for the surnames of its people.

    Surnames of one or two syllables and single Hanja are looked for; one-syllable Person mentions count as
    surnames too. Where no blank stands between (김대표), the analyser must see the title as a word.
    """
    full = {index for m in mentions if m.type == "Person" and len(m.text) > 1 for index in range(m.start, m.end)}
    ends = {m.end for m in mentions}
    known = {name for person in people for name in person.surnames() if len(name) <= 2}
    known |= {m.text for m in mentions if m.type == "Person" and len(m.text) == 1 and not m.text.isascii()}
    known |= {hanja for hanja, hangul in HANJA.items() if hangul in known}
    starts = {m.start for m in morphemes}
    found = []
    for name in sorted(known):
        for start in occurrences(text, name):
            form = _title_form(text, name, start, ends)
            if form is None or full & set(range(form.start, form.start + len(name))):
                continue
            if text[form.start + len(name)] == " " or form.start + len(name) in starts:
                found.append(form)
    return sorted(found, key=lambda form: (form.start, -form.end))


def _title_form(text: str, name: str, start: int, ends: set[int]) -> TitleForm | None:
    if not starts_word(text, start):
        return None
    at = start + len(name)
    spaced = text.startswith(" ", at)
    end = match_title(text, at + spaced)
    if end is None:
        return None
    title = text[at + spaced : end]
    if not spaced and name not in HANJA and (title_kind(text[start:end]) or " " in title):
        return None
    if name in _LIKE_PREFIXES and (
        len(text[:start].rstrip()) in ends or not _FREE_BEFORE.search(text[max(0, start - 3) : start])
    ):
        return None
    return TitleForm(start, end, name, title)


def link(text: str, forms: Sequence[TitleForm], people: Sequence[Person]) -> dict[str, str]:
    """Return the person's key for each title form (by its normalised surface) that means one person.

    A form means the nearest person before it who bears the surname and the title; where none bears the title, the
    only one with the surname, or the only one of them with a title of that kind. A form means the same person
    throughout the article: the one that more than half of its occurrences mean.
    """
    votes: dict[str, Counter[str]] = {}
    for form in forms:
        person = _meant(form, people, text)
        votes.setdefault(normalise(text[form.start : form.end]), Counter())[person.key if person else ""] += 1
    winners = {surface: count.most_common(1)[0] for surface, count in votes.items()}
    return {surface: key for surface, (key, count) in winners.items() if key and 2 * count > votes[surface].total()}


def _meant(form: TitleForm, people: Sequence[Person], text: str) -> Person | None:
    named = [p for p in people if any(same_surname(form.surname, s) for s in p.surnames())]
    if title_kind(form.title) == "honorific" and re.search(rf"{form.surname}모\s?(?:\(|씨|군|양)", text):
        return None
    title, written = title_core(form.title), "".join(form.title.split())
    bearers = [p for p in named if written in p.titles]
    bearers = bearers or [p for p in named if title in map(title_core, p.titles)]
    bearers = bearers or [p for p in named if any(same_title(title, title_core(other)) for other in p.titles)]
    if not bearers:
        alike = [p for p in named if title_kind(title) in {title_kind(other) for other in p.titles}]
        named = alike if len(named) > 1 else named
        return named[0] if len(named) == 1 and _may_bear(named[0], title) else None
    before = [(m.start, p) for p in bearers for m in p.mentions if m.start < form.start]
    if before:
        return max(before, key=lambda pair: pair[0])[1]
    return min(bearers, key=lambda p: p.mentions[0].start)


def same_title(a: str, b: str) -> bool:
    """Say whether two titles may be one: equal, one ending in the other (상임공동대표 / 대표), or CEO / 최고경영자."""
    return a.endswith(b) or b.endswith(a) or frozenset((a, b)) in _SAME


def _may_bear(person: Person, title: str) -> bool:
    """Say whether a person may have a title not seen beside the name.

    씨 goes with people who have no office, the highest offices with people of whom no other is told.
    """
    kinds = {title_kind(other) for other in person.titles} - {None}
    if title in _HIGHEST and kinds:
        return False
    return title_kind(title) != "honorific" or not kinds or "honorific" in kinds
