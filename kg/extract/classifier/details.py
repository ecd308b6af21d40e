"""Status and date of a relation that is found: two linear models over what stands around the words that state it.

What the rules read is among their features, so that they learn where the rules are wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kg.extract.classifier.weights import Weights
from kg.extract.frames.lexicon import lexicon
from kg.extract.frames.phrases import Phrase
from kg.extract.frames.stated import Stated
from kg.extract.frames.timing import announces, event_date, in_clause, spoken_of
from kg.extract.reading import SentenceReading
from kg.lang.ko.dates import DateMention
from kg.model import STATUSES, UNREALISED, Status

BEFORE, EARLIER = 800, 3
AFTER, LATER = 300, 2
"""Characters before and after a sentence, and dates named there, that may still date what it states."""
CAUTION = 2.0
"""Showing one of UNREALISED as a fact counts as much as this many facts shown as one of these."""
RULED = 50.0
"""What the rules read as one of these mostly stays one: they are right in half of the cases, but see the above."""
DATED = 0.12
"""Probability from which a date is given; what is named twice counts twice."""
EVENT, OTHER = "event", "other"
"""Labels of the dates: that of the relation or another."""


@dataclass(frozen=True, slots=True)
class Told:
    """A relation with the sentence (number 0 is the title) that states it and the dates of the article."""

    item: Stated
    finder: str
    part: SentenceReading
    number: int
    text: str
    published: str | None
    dates: Sequence[DateMention]
    elsewhere: tuple[Status, ...] = ()
    """What rules read of the same relation in the other sentences of the article."""


class Details:
    """Decides status and date by weights."""

    def __init__(self, statuses: Weights, dates: Weights) -> None:
        self._statuses, self._dates = statuses, dates
        self._unrealised: Any = np.array([float(label in UNREALISED) for label in statuses.labels])
        self._event = dates.labels.index(EVENT)

    def status(self, told: Told) -> Status:
        """Return the likeliest status, plans, possibilities and denials being CAUTION times as likely as they look.

        Where rules read one of these they are RULED times as likely again.
        """
        if told.item.settled:
            return told.item.status
        weights = self._statuses
        scores = weights.total(status_strings(told)) + weights.bias + math.log(CAUTION) * self._unrealised
        if told.item.status in UNREALISED:
            scores += math.log(RULED) * self._unrealised
        best = weights.labels[int(scores.argmax())]
        return next(status for status in STATUSES if status == best)

    def date(self, told: Told) -> str | None:
        """Return the ISO date of the event, None where no date named is likely enough to be it."""
        chances: dict[str, float] = {}
        for date in candidates(told):
            chance = self._dates.probabilities(self._dates.total(date_strings(told, date)))[self._event]
            if date.value is not None:
                chances[date.value] = chances.get(date.value, 0.0) + float(chance)
        likely = max(chances, key=lambda value: (chances[value], value), default=None)
        return likely if likely is not None and chances[likely] >= DATED else None


def status_strings(told: Told) -> list[str]:
    """Return the features that tell facts from plans, possibilities, denials and ends."""
    item, phrases = told.item, told.part.clauses.phrases
    relation = item.relation
    cue = told.text[slice(*item.cue)]
    found = [f"S{item.status}", f"S{item.status}|{relation}", f"r{relation}", f"y{told.finder}|{item.status}"]
    found += [f"c{cue}", f"c{cue}|{relation}", f"F{item.finite}|{item.status}"]
    if told.number == 0:
        found += ["h", f"h{item.status}"]
    for at, phrase in enumerate(phrases):
        if phrase.kind == "noun" and phrase.start <= item.cue[0] < phrase.stop:
            found += _at_cue(phrase, item, relation)
            found += _follow(phrases, at, "x")
    if item.verb is not None:
        found += _predicate(phrases[item.verb], "v", relation)
        found += _follow(phrases, item.verb, "n")
    else:
        found.append("v-")
    last = next((p for p in reversed(phrases) if p.kind == "verb"), None)
    if last is not None:
        found += _predicate(last, "f", relation)
    found += _names(told)
    found += sorted({f"B{u.text}" for p in phrases for u in p.units if u.entity is None})
    found += sorted({f"L{p.lemma}" for p in phrases if p.kind == "verb"})
    found += _when(told)
    found += [f"A{status}" for status in set(told.elsewhere)] or ["A-"]
    return found


def _at_cue(phrase: Phrase, item: Stated, relation: str) -> Iterator[str]:
    """Yield the words of the phrase that holds the cue: 전 대표, 인수 계획."""
    yield f"k{phrase.case}"
    after = [u.text for u in phrase.units if u.start >= item.cue[1] and u.entity is None]
    before = [u.text for u in phrase.units if u.end <= item.cue[0] and u.entity is None][::-1]
    for side, texts in (("a", after), ("b", before)):
        for distance, text in enumerate(texts[:3]):
            yield f"{side}{text}"
            yield f"{side}{distance}{text}"
            yield f"{side}{text}|{relation}"


def _tail(phrase: Phrase) -> str:
    return " ".join(form for form, _ in phrase.tail)


def _predicate(phrase: Phrase, name: str, relation: str) -> Iterator[str]:
    tail = _tail(phrase)
    yield f"{name}{phrase.lemma}"
    yield f"{name}{phrase.lemma}|{relation}"
    yield f"{name}{phrase.lemma}|{tail}"
    yield f"{name}T{tail}"
    yield f"{name}T{tail}|{relation}"
    yield f"{name}e{phrase.ending}"
    for form, _ in phrase.tail:
        yield f"{name}t{form}"
    if phrase.quote:
        yield f"{name}Q"


def _follow(phrases: Sequence[Phrase], at: int, name: str) -> Iterator[str]:
    """Yield the words of the next noun phrase and predicate after a phrase."""
    for distance, phrase in enumerate(phrases[at + 1 : at + 3]):
        for unit in phrase.units[:3]:
            if unit.entity is None:
                yield f"{name}{distance}{unit.text}"
                yield f"{name}{unit.text}"
    verb = next((p for p in phrases[at + 1 :] if p.kind == "verb"), None)
    if verb is not None:
        tail = _tail(verb)
        yield f"{name}w{verb.lemma}"
        yield f"{name}w{verb.lemma}|{tail}"
        for form, _ in verb.tail:
            yield f"{name}wt{form}"


def _names(told: Told) -> Iterator[str]:
    """Yield the words on either side of the two ends: 전 대표, 신임 회장."""
    for phrase in told.part.clauses.phrases:
        for at, unit in enumerate(phrase.units):
            if unit.entity in (told.item.subject, told.item.object):
                end = "s" if unit.entity == told.item.subject else "o"
                for side, others in (("-", phrase.units[max(0, at - 2) : at][::-1]), ("+", phrase.units[at + 1 :][:3])):
                    for distance, other in enumerate(others):
                        word = "<>" if other.entity is not None else other.text
                        yield f"{end}{side}{distance}{word}"
                        yield f"{end}{side}{word}"


def _when(told: Told) -> Iterator[str]:
    """Yield whether the sentence, and the clause, name days to come or gone."""
    sentence = told.part.sentence
    inside = [d for d in told.dates if sentence.start <= d.start < sentence.end and d.value]
    clause = in_clause(told.part.clauses, told.item.verb, inside, sentence.start) if told.item.verb is not None else []
    for name, dates in (("D", inside), ("d", clause)):
        for date in dates:
            yield f"{name}{_age(date.value, told.published)}"


def _age(value: str | None, published: str | None) -> str:
    """Return how a date lies to the publication: before, after, same, or holding it."""
    if value is None or published is None:
        return "?"
    known = min(len(value), len(published), len("2025-05-26"))
    if value[:known] == published[:known]:
        return "same" if known == len("2025-05-26") else "within"
    return "before" if value[:known] < published[:known] else "after"


def candidates(told: Told) -> list[DateMention]:
    """Return the dates that may be that of a relation: of its sentence, a few around it, the article's first day."""
    start, end = told.part.sentence.start, told.part.sentence.end
    known = [d for d in told.dates if d.value is not None]
    before = [d for d in known if start - BEFORE <= d.start < start][-EARLIER:]
    after = [d for d in known if end <= d.start < end + AFTER][:LATER]
    first = [d for d in known if d.precision == "day"][:1]
    chosen = [*before, *(d for d in known if start <= d.start < end), *after]
    return chosen + [d for d in first if d not in chosen]


def date_strings(told: Told, date: DateMention) -> list[str]:
    """Return the features of a date as that of a relation."""
    item, clauses, start = told.item, told.part.clauses, told.part.sentence.start
    relation = item.relation
    pattern = "".join("0" if c.isdigit() else c for c in date.text)
    age = _age(date.value, told.published)
    found = [f"r{relation}", f"P{pattern}", f"P{pattern}|{relation}", f"p{date.precision}", f"s{item.status}"]
    found += [f"p{date.precision}|{relation}", f"s{item.status}|{age}", f"g{age}|{relation}"]
    inside = start <= date.start < told.part.sentence.end
    place = ("b" if date.start < item.cue[0] else "a") if inside else "e" if date.start < start else "l"
    day = next((d for d in told.dates if d.value is not None and d.precision == "day"), None)
    found += [f"1{place}{date is day}", f"#{min(told.number, 3)}{place}", f"#{min(told.number, 3)}{place}{date is day}"]
    same = sum(1 for d in told.dates if d.value == date.value)
    found += [f"={min(same, 4)}", f"={min(same, 4)}{place}"]
    found += [f"w{place}", f"w{place}|{relation}", f"w{place}{date.precision}|{relation}"]
    gap = min(abs(date.start - item.cue[0]) // 10, 12)
    found += [f"d{place}{gap}", f"h{place}{told.number == 0}"]
    left, right = sorted((date.start, item.cue[0]))
    between = [d for d in told.dates if d.value and left < d.start < right]
    found.append(f"n{place}{min(len(between), 3)}")
    breaks = told.text.count(". ", left, right) if not inside else 0
    found += [f"b{place}{min(breaks, 5)}", f"b{place}{min(breaks, 5)}|{relation}"]
    beside = told.text[date.end : date.end + 3].replace("\n", "¶")
    found += [f"+{beside[:1]}", f"+{beside}"]
    found.append(f"-{told.text[max(0, date.start - 2) : date.start]}".replace("\n", "¶"))
    if item.verb is not None:
        found += [f"k{form}{place}" for form, _ in clauses.phrases[item.verb].tail]
    if inside:
        found += _attached(told, date, place)
        if event_date(item, clauses, [date], start) == date.value:
            found += ["R", f"R{relation}"]
    if event_date(item, clauses, told.dates, start) == date.value:
        found += ["E", f"E{relation}", f"E{place}"]
    if spoken_of(item, told.dates, start, told.published) == date.value:
        found += ["O", f"O{relation}", f"O{place}|{relation}"]
    return found


def _attached(told: Told, date: DateMention, place: str) -> Iterator[str]:
    """Yield what the date stands beside in its sentence: the phrase before it, the predicate after it."""
    phrases, item = told.part.clauses.phrases, told.item
    before = [p for p in phrases if p.stop <= date.start]
    yield f"c{before[-1].case if before else '^'}"
    at = next((i for i, p in enumerate(phrases) if p.kind == "verb" and p.start >= date.end), None)
    if at is not None:
        verb = phrases[at]
        yield f"v{verb.lemma}"
        yield f"v{verb.lemma}|{item.relation}"
        yield f"V{verb.ending}"
        yield f"x{verb.lemma in lexicon().speech}{at == item.verb}{place}"
    if item.verb is not None:
        yield f"K{_tail(phrases[item.verb])}{place}"
        steps = sum(1 for p in phrases[: item.verb] if p.kind == "verb" and p.start >= date.end)
        yield f"S{min(steps, 4)}{place}"
        yield f"q{in_clause(told.part.clauses, item.verb, [date], told.part.sentence.start) != []}"
        yield f"A{announces(told.part.clauses, item.verb, date, told.dates)}"
