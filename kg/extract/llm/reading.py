"""An article as the plug-in reads it: its sentences, where a name may stand, its dates and sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kg.extract.llm.dates import written_dates
from kg.extract.spans import encodable
from kg.model import Document

Span = tuple[int, int]

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts written without spaces between words (Thai, Lao, Burmese, Khmer, kana, Han): a word may end anywhere."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of an article, as spans of its text, that one call asks about."""

    sentences: tuple[Span, ...]

    @property
    def length(self) -> int:
        """Characters from sentence to sentence."""
        return sum(end - start for start, end in self.sentences)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its sentences and what of its words can be checked."""

    document: Document
    language: str
    sentences: tuple[Span, ...]
    dates: tuple[tuple[int, int, str], ...]
    """Date expressions: span, ISO 8601."""
    sums: dict[Span, Any] | None
    """Sums, shares and rounds of Korean text by span; None for other languages, of which nothing is known."""
    particles: Mapping[int, int] = field(default_factory=dict)
    """Where Korean particles start, in which no name ends, by where they end."""

    def occurrences(self, words: str, within: Span) -> Iterator[Span]:
        """Yield the places in a span at which words stand as words of their own, particles after them aside."""
        text, at = self.document.text, within[0]
        while words and (at := text.find(words, at, within[1])) >= 0:
            end = at + len(words)
            if self._starts(at) and self._ends(end) and self.particles.get(end, 0) <= at:
                yield at, end
            at += 1

    def find(self, words: str, within: Span) -> Span | None:
        """Return the first of the occurrences."""
        return next(self.occurrences(words, within), None)

    def dates_in(self, within: Span) -> set[str]:
        """Return the dates that a span of the text names, and the article's own."""
        own = self.document.date
        found = {value for start, end, value in self.dates if within[0] <= start and end <= within[1]}
        return found | ({own[:10]} if own else set())

    def _starts(self, at: int) -> bool:
        return at == 0 or not (_in_word(self.document.text[at - 1]) and _in_word(self.document.text[at]))

    def _ends(self, end: int) -> bool:
        text = self.document.text
        if is_korean(self.language):
            from kg.lang.ko.particles import ends_word

            return ends_word(text, end)
        return end == len(text) or not (_in_word(text[end - 1]) and _in_word(text[end]))


def _in_word(char: str) -> bool:
    return char.isalnum() and _UNSPACED.match(char) is None


def is_korean(language: str) -> bool:
    """Say whether a language tag (BCP 47) is of Korean."""
    return language.partition("-")[0].lower() == "ko"


def read(document: Document, language: str) -> Reading:
    """Return the reading of a document in a language: Korean by morphemes, others by spaCy's rules for sentences."""
    text = encodable(document.text)
    if not is_korean(language):
        sentences = tuple(_ruled(text, language))
        return Reading(document, language, sentences, tuple(written_dates(text, document.date)), None)
    from kg.extract.frames.chunker import sentences as parsed
    from kg.lang.ko.amounts import find_amounts
    from kg.lang.ko.dates import find_dates
    from kg.lang.ko.morphemes import analyse

    morphemes = analyse(text)
    spans = tuple((s.start, s.end) for s in parsed(text, morphemes, ()) if text[s.start : s.end].strip())
    dates = tuple((m.start, m.end, m.value) for m in find_dates(text, document.date) if m.value is not None)
    sums = {(amount.start, amount.end): amount for amount in find_amounts(text)}
    particles = {m.end: m.start for m in morphemes if m.tag.startswith("J") and m.end > m.start}
    return Reading(document, language, spans, dates, sums, particles)


def _ruled(text: str, language: str) -> Iterator[Span]:
    nlp, at = _sentencizer(language.partition("-")[0].lower()), 0
    for line in text.split("\n"):
        for sentence in nlp(line).sents if line.strip() else ():
            written = sentence.text
            start = at + sentence.start_char + len(written) - len(written.lstrip())
            end = at + sentence.start_char + len(written.rstrip())
            if end > start:
                yield start, end
        at += len(line) + 1


@lru_cache(maxsize=4)
def _sentencizer(language: str) -> Any:
    """Return spaCy's rules for sentences over its tokens of a language, which know its abbreviations."""
    import spacy

    try:
        nlp = spacy.blank(language)
    except (ImportError, ValueError):  # a language spaCy does not know, or splits with a package that is not there
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    nlp.max_length = 10**9
    return nlp


def passages(sentences: Sequence[Span], characters: int) -> list[Passage]:
    """Return sentences in runs of at most so many characters; a longer sentence is a run of its own."""
    found: list[Passage] = []
    run: list[Span] = []
    length = 0
    for start, end in sentences:
        if run and length + end - start > characters:
            found.append(Passage(tuple(run)))
            run, length = [], 0
        run.append((start, end))
        length += end - start
    return [*found, Passage(tuple(run))] if run else found
