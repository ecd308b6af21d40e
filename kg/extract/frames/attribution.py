"""Who says it: the speaker of each quotation and of reported clauses."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.frames.clauses import Clauses, Filler
from kg.extract.frames.lexicon import lexicon
from kg.extract.frames.phrases import Sentence


@dataclass(slots=True)
class Attribution:
    """Speakers of a sentence: by quotation number as entities, and by span as words."""

    speakers: dict[int, Filler] = field(default_factory=dict)
    spans: list[tuple[int, int, str]] = field(default_factory=list)

    def speaker_at(self, offset: int) -> str | None:
        """Return the words naming who says what stands at an offset, None where the article itself says it."""
        for start, end, words in self.spans:
            if start <= offset < end:
                return words
        return None


def attribute(clauses: Clauses, sentence: Sentence) -> Attribution:
    """Return who says the quotations and the "…다고 밝혔다" clauses of a sentence."""
    found = Attribution()
    phrases = clauses.phrases
    for index, phrase in enumerate(phrases):
        if phrase.kind != "verb" or phrase.lemma not in lexicon().speech or phrase.quote:
            continue
        reported = [p for p in phrases[:index] if p.kind == "verb" and p.ending == "quote"]
        quotes = [n for n, (_, end) in enumerate(sentence.quotes, 1) if end <= phrase.start]
        if not reported and not quotes:
            continue
        speaker = _speaker(clauses, index)
        if speaker is None:
            continue
        words = phrases[speaker]
        text = " ".join(u.text for u in words.units)
        filler = clauses.filler(speaker)
        for number in quotes:
            found.speakers.setdefault(number, filler)
            found.spans.append((*sentence.quotes[number - 1], text))
        if reported:
            found.spans.append((words.stop, reported[-1].stop, text))
    return found


def _speaker(clauses: Clauses, verb: int) -> int | None:
    """Return the phrase of who speaks: the last topic before the verb, else the last nominative, outside quotations."""
    for case in ("topic", "nominative"):
        for index in range(verb - 1, -1, -1):
            phrase = clauses.phrases[index]
            if phrase.case == case and not phrase.quote:
                return index
    return None
