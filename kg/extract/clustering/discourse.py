"""What 이 회사, 동사, 이 은행, 그는 and 양사 refer to in an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract.state import text_of
from kg.lang.ko.morphemes import Morpheme
from kg.lang.ko.particles import ends_word, starts_word
from kg.model import DocumentEntity, Mention

_BUSINESSES = (None, "Company", "FinancialInstitution")
_HEADS: dict[str, tuple[str | None, ...]] = {
    "회사": _BUSINESSES,
    "기업": _BUSINESSES,
    "업체": _BUSINESSES,
    "그룹": _BUSINESSES,
    "은행": ("FinancialInstitution",),
    "증권사": ("FinancialInstitution",),
    "보험사": ("FinancialInstitution",),
    "정당": ("PoliticalParty",),
    "당": ("PoliticalParty",),
    "대학": ("EducationalOrganization",),
    "학교": ("EducationalOrganization",),
    "신문": ("NewsMedia",),
    "매체": ("NewsMedia",),
    "방송": ("NewsMedia",),
    "통신": ("NewsMedia",),
    "기관": (
        "GovernmentOrganization",
        "ResearchOrganization",
        "InternationalOrganization",
        "NonprofitOrganization",
        None,
    ),
    "단체": ("NonprofitOrganization", "InternationalOrganization", None),
    "재단": ("NonprofitOrganization", None),
    "협회": ("NonprofitOrganization", None),
    "구단": ("SportsTeam", None),
    "병원": ("MedicalOrganization",),
}
"""Subtypes that a definite description may stand for, by its head; None is an organization of unknown subtype."""
_SINGLE = re.compile(rf"(?:이|해당|동)\s?(?:{'|'.join(_HEADS)})|동사|당사|(?<![가-힣] )회사(?=는|가|\s측)")
_PERSON = re.compile(r"그녀?(?=[는가의를도]\s|에게\s)")
_PLURAL = re.compile(r"양사|양측|양 측|양 기관|(?:두|양) (?:회사|기업|은행|기관|업체|단체|사람|정상|나라)|양국")
_PEOPLE, _PLACES = ("두 사람", "두 정상", "양 정상"), ("양국", "두 나라")
_SUBJECT = re.compile(
    r"(?:\([^)]{1,20}\))?(?: [0-9A-Za-z가-힣·&]*[^와과의을를에도로고며해한된할\s](?:\([^)]{1,20}\))?){0,3}?"
    r"(?:\s?측)?(?:께서는|은|는|이|가)(?=[\s,])"
)
_REACH = 4
"""Sentences back within which an antecedent is looked for."""


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A plural expression (양사, 두 회사) and the entities it means; `score` is 1 when nothing else could be meant."""

    start: int
    end: int
    text: str
    entities: tuple[str, ...]
    score: float


def anaphors(doc: Doc) -> list[Mention]:
    """Return expressions that mean one entity named before, as mentions of that entity, in reading order.

    이 회사, 동사, 해당 기업, 이 은행, … mean the last subject of the sentences before (else the only name there) whose
    subtype fits the head; 그 and 그녀 the last person. Those without an antecedent within four sentences are left out.
    """
    article = _Article(doc)
    found = []
    for start, end in article.spans(_SINGLE):
        head = next((h for h in sorted(_HEADS, key=len, reverse=True) if article.text[start:end].endswith(h)), "회사")
        found.append(article.refer(start, end, "Organization", _HEADS[head]))
    pronouns = [match.span() for match in _PERSON.finditer(article.text) if starts_word(article.text, match.start())]
    found += [article.refer(start, end, "Person", None) for start, end in pronouns if article.free(start, end)]
    return sorted((m for m in found if m is not None), key=lambda m: m.start)


def plural_anaphors(doc: Doc) -> list[Anaphor]:
    """Return 양사, 두 회사, 양측, 양국, 두 사람, … with the two entities each means, in reading order.

    They mean the only two of their type in the nearest sentence that has two; where it has more, its subject and
    the one beside it in 와/과; those that stay unclear are left out.
    """
    article = _Article(doc)
    found = []
    for start, end in article.spans(_PLURAL):
        surface = article.text[start:end]
        kind = "Person" if surface in _PEOPLE else "Place" if surface in _PLACES else "Organization"
        pair = article.pair(start, kind)
        if pair is not None:
            found.append(Anaphor(start, end, surface, *pair))
    return found


class _Article:
    """The mentions of an article by sentence."""

    def __init__(self, doc: Doc) -> None:
        self.text = text_of(doc)
        self.entities: dict[str, DocumentEntity] = {e.id: e for e in doc._.entities}
        self.mentions: list[Mention] = sorted(doc._.mentions, key=lambda m: m.start)
        self._sentence = _sentence_of(doc._.morphemes)

    def free(self, start: int, end: int) -> bool:
        return all(m.end <= start or m.start >= end for m in self.mentions)

    def spans(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        for match in pattern.finditer(self.text):
            start, end = match.span()
            if starts_word(self.text, start) and ends_word(self.text, end) and self.free(start, end):
                yield start, end

    def before(self, start: int, type_: str) -> Iterator[list[Mention]]:
        """Yield the mentions of a type before an offset, one list a sentence, the nearest sentence first."""
        here = self._sentence(start)
        for sentence in range(here, here - _REACH - 1, -1):
            group = [m for m in self._of(type_) if m.start < start and self._sentence(m.start) == sentence]
            if group:
                yield group

    def _of(self, type_: str) -> list[Mention]:
        """Return the mentions of a type; of places those of countries alone."""
        if type_ != "Place":
            return [m for m in self.mentions if m.type == type_]
        return [m for m in self.mentions if self.entities[m.entity or ""].subtype == "Country"]

    def refer(self, start: int, end: int, type_: str, subtypes: tuple[str | None, ...] | None) -> Mention | None:
        def fits(mention: Mention) -> bool:
            return subtypes is None or self.entities[mention.entity or ""].subtype in subtypes

        groups = [[m for m in group if fits(m)] for group in self.before(start, type_)]
        if type_ == "Person" and self.text.startswith("의", end) and groups and self._beside(groups[0], start):
            return Mention(start, end, self.text[start:end], type_, groups[0][-1].entity)
        antecedent = self._antecedent(groups)
        if antecedent is None:
            return None
        return Mention(start, end, self.text[start:end], type_, antecedent.entity)

    def _antecedent(self, groups: Sequence[Sequence[Mention]]) -> Mention | None:
        for group in groups:
            subjects = [m for m in group if self.is_subject(m)]
            if subjects:
                return subjects[-1]
        named = {m.entity for group in groups for m in group}
        return groups[0][-1] if len(named) == 1 and groups[0] else None

    def _beside(self, group: Sequence[Mention], start: int) -> bool:
        """Say whether the mentions stand in the sentence of an offset."""
        return bool(group) and self._sentence(group[-1].start) == self._sentence(start)

    def is_subject(self, mention: Mention) -> bool:
        return _SUBJECT.match(self.text, mention.end) is not None

    def pair(self, start: int, type_: str) -> tuple[tuple[str, ...], float] | None:
        seen: list[str] = []
        for distance, group in enumerate(self.before(start, type_)):
            ids = _distinct(m.entity for m in group)
            if len(ids) == 2:
                return ids, 0.9 if distance < 2 else 0.7
            if len(ids) > 2:
                chosen = self._paired(group)
                return (chosen, 0.7) if chosen else None
            seen += [i for i in ids if i not in seen]
            if len(seen) == 2:
                return tuple(reversed(seen)), 0.6
        return None

    def _paired(self, group: Sequence[Mention]) -> tuple[str, ...] | None:
        subjects = _distinct(m.entity for m in group if self.is_subject(m))
        partners = _distinct(m.entity for m in group if re.match(r"(?:와|과)(?:의)?\s", self.text[m.end : m.end + 4]))
        chosen = _distinct([*subjects, *partners])
        return chosen if len(chosen) == 2 else None


def _distinct(ids: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for i in ids if i is not None))


def _sentence_of(morphemes: Sequence[Morpheme]) -> Callable[[int], int]:
    from bisect import bisect_right

    starts = [m.start for m in morphemes]

    def sentence(offset: int) -> int:
        index = bisect_right(starts, offset) - 1
        return morphemes[index].sentence if index >= 0 else 0

    return sentence
