"""What of an answer is believed: items whose every word is found in the text where it must stand.

Nothing is taken on the model's word but the types, the status and the choice among what is written: quotations are
compared to the character (NFC), never by likeness, and offsets are computed here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from kg.extract.llm.answers import Answer, NamedItem, RelationItem, shown
from kg.extract.llm.dates import is_date
from kg.extract.llm.prompt import allowed_parts
from kg.extract.llm.reading import Passage, Reading, Span, is_korean
from kg.extract.llm.references import only_refers
from kg.model import STATUSES, Deal, DocumentEntity, Evidence, Mention, RelationMention
from kg.schema import Schema

CONFIDENCE = 0.8
"""Of what passes the checks; no figure of the model's own, which is not calibrated."""
REASONS = {
    "form": "not of the form asked for",
    "type": "a type outside the schema",
    "name": "a name not written in the text",
    "reference": "words that are no name, or a title with one",
    "status": "a status outside the schema",
    "evidence": "no sentence asked about, to the character",
    "cue": "a cue that is not in the sentence",
    "end": "an end that is not a name in the sentence",
    "ends": "both ends are one",
    "domain": "ends of types that the relation does not join",
    "date": "a date that neither sentence nor article has",
    "part": "a title or part of a deal that the relation cannot have",
    "role": "a title that is not in the sentence",
    "amount": "a sum that is not in the sentence",
    "stake": "a share that is not in the sentence",
    "round": "a funding round that is not in the sentence",
    "item": "a thing that is not in the sentence",
    "speaker": "a speaker who is not in the sentence",
}
"""Why an item is rejected, and what that means."""
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s?(?:%|퍼센트|percent|per cent)", re.IGNORECASE)
_LETTER = re.compile(r"\w")
_CURRENCY = r"[$€£¥₩]|\b(?:[A-Z]{3}|dollars?|euros?|pounds?|won|yen|yuan|francs?|rupees?)\b"
_FIGURES = {
    "money": re.compile(rf"(?=.*\d).*(?:{_CURRENCY})"),
    "share": re.compile(r"\d"),
    "round": _LETTER,
}
"""What a figure has in other languages than Korean."""
_SCALE = r"\s?(?:thousand|mill?i|bill?i|trill?i|mrd|mio|bn|mn|[kmb]\b|percent|per cent|%)"
"""What would follow a part of a figure: $300 of $300 million."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item that is not believed: a key of REASONS, and the item as JSON."""

    reason: str
    item: str


class _Unbelieved(Exception):  # noqa: N818 (no error of the caller's)
    """Ends the checks of an item; its argument is the reason."""


def nfc(item: RelationItem) -> RelationItem:
    """Return an item with its texts in NFC, as documents have them."""
    given: dict[str, Any] = {field.name: getattr(item, field.name) for field in fields(item)}
    return replace(item, **{k: unicodedata.normalize("NFC", v) for k, v in given.items() if v is not None})


def checked_names(
    reading: Reading, answers: Sequence[Answer], schema: Schema
) -> tuple[list[NamedItem], list[Rejected]]:
    """Return the names of answers that the text has, and the others."""
    kept: list[NamedItem] = []
    rejected: list[Rejected] = []
    whole = 0, len(reading.document.text)
    for item in (name for answer in answers for name in answer.names):
        item = replace(item, name=unicodedata.normalize("NFC", item.name))
        if item.type not in schema.entities:
            rejected.append(Rejected("type", shown({"name": item.name, "type": item.type})))
        elif _LETTER.search(item.name) is None or "\n" in item.name or reading.find(item.name, whole) is None:
            rejected.append(Rejected("name", shown({"name": item.name, "type": item.type})))
        elif only_refers(item.name, schema.top(item.type), is_korean(reading.language)):
            rejected.append(Rejected("reference", shown({"name": item.name, "type": item.type})))
        else:
            kept.append(item)
    return kept, rejected


class RelationChecks:
    """Checks relations against a document whose mentions and entities stand."""

    def __init__(
        self,
        reading: Reading,
        mentions: Sequence[Mention],
        entities: Mapping[str, DocumentEntity],
        schema: Schema,
        extractor: str,
    ) -> None:
        self._reading, self._entities, self._schema, self._extractor = reading, entities, schema, extractor
        self._mentions = mentions

    def __call__(self, passage: Passage, answer: Answer) -> tuple[list[RelationMention], list[Rejected]]:
        """Return the relations of an answer about a passage that are believed, and the items that are not."""
        kept: list[RelationMention] = []
        rejected = [Rejected("form", item) for item in answer.malformed]
        for given in answer.relations:
            item = nfc(given)
            try:
                kept.append(self._relation(item, passage))
            except _Unbelieved as reason:
                shape = {field.name: getattr(item, field.name) for field in fields(item)}
                rejected.append(Rejected(str(reason), shown(shape)))
        return kept, rejected

    def _relation(self, item: RelationItem, passage: Passage) -> RelationMention:
        text, schema = self._reading.document.text, self._schema
        _hold(item.type in schema.relations, "type")
        status = next((status for status in STATUSES if status == item.status), None)
        places = [(start, end) for start, end in passage.sentences if text[start:end] == item.evidence]
        _hold(bool(places), "evidence")
        if status is None:
            raise _Unbelieved("status")
        named = [place for place in places if self._ends(item, place) is not None]
        sentence = named[0] if named else places[0]  # a sentence told twice: the place that names both ends
        ends = self._ends(item, sentence)
        if ends is None:
            raise _Unbelieved("end")
        subject, obj = (self._entities[end] for end in ends)
        _hold(subject.id != obj.id, "ends")
        _hold(schema.allows(item.type, subject.subtype or subject.type, obj.subtype or obj.type), "domain")
        cue = text.find(item.cue, *sentence) if _LETTER.search(item.cue) else -1
        _hold(cue >= 0, "cue")
        self._plain_parts(item, sentence)
        return RelationMention(
            type=item.type,
            subject=subject.id,
            object=obj.id,
            evidence=Evidence(*sentence, text[slice(*sentence)], (cue, cue + len(item.cue))),
            status=status,
            date=self._date(item, sentence),
            role=item.role,
            deal=self._deal(item, sentence),
            speaker=item.speaker,
            confidence=CONFIDENCE,
            extractor=self._extractor,
        )

    def _ends(self, item: RelationItem, sentence: Span) -> tuple[str, str] | None:
        subject, obj = self._named(item.subject, sentence), self._named(item.object, sentence)
        return (subject, obj) if subject is not None and obj is not None else None

    def _named(self, name: str, sentence: Span) -> str | None:
        """Return the entity that a sentence names by exactly this name."""
        inside = (m for m in self._mentions if sentence[0] <= m.start and m.end <= sentence[1])
        return next((m.entity for m in inside if m.text == name and m.entity is not None), None)

    def _plain_parts(self, item: RelationItem, sentence: Span) -> None:
        """Hold what is quoted without more: that the relation may have it, and that the sentence does."""
        allowed = allowed_parts(self._schema.relation(item.type))
        for part in ("role", "amount", "stake", "round", "item"):
            _hold(getattr(item, part) is None or part in allowed, "part")
        for part in ("role", "item", "speaker"):
            words = getattr(item, part)
            _hold(words is None or bool(_LETTER.search(words) and self._reading.find(words, sentence)), part)

    def _date(self, item: RelationItem, sentence: Span) -> str | None:
        if item.date is None:
            return None
        known = self._reading.dates_in(sentence)
        _hold(is_date(item.date), "date")
        _hold(any(date == item.date or date.startswith(f"{item.date}-") for date in known), "date")
        return item.date

    def _deal(self, item: RelationItem, sentence: Span) -> Deal | None:
        deal = Deal(
            *self._money(item.amount, sentence),
            self._share(item.stake, sentence),
            self._round(item.round, sentence),
            item.item,
        )
        return None if deal == Deal() else deal

    def _money(self, words: str | None, sentence: Span) -> tuple[str | None, int | None, str | None]:
        if words is None:
            return None, None, None
        place = self._figure(words, sentence, "money")
        _hold(place is not None, "amount")
        if self._reading.sums is None:
            return words, None, None
        from kg.lang.ko.amounts import money_value

        return words, *money_value(words)

    def _share(self, words: str | None, sentence: Span) -> float | None:
        if words is None:
            return None
        match = _SHARE.fullmatch(words)
        _hold(match is not None and self._figure(words, sentence, "share") is not None, "stake")
        share = float(match[1]) if match is not None else 0.0
        _hold(share <= 100, "stake")
        return share

    def _round(self, words: str | None, sentence: Span) -> str | None:
        if words is None:
            return None
        _hold(self._figure(words, sentence, "round") is not None, "round")
        if self._reading.sums is None:
            return words
        from kg.lang.ko.amounts import round_name

        return round_name(words)

    def _figure(self, words: str, sentence: Span, kind: str) -> Span | None:
        """Return where a sentence has a sum, share or round of exactly these words, whole."""
        text, sums = self._reading.document.text, self._reading.sums
        if sums is not None:
            found = (span for span, known in sorted(sums.items()) if known.kind == kind and known.text == words)
            return next((span for span in found if sentence[0] <= span[0] and span[1] <= sentence[1]), None)
        if not _FIGURES[kind].search(words):
            return None
        match = re.search(rf"(?<![\w.,]){re.escape(words)}(?!\w|[.,]\d|{_SCALE})", text[slice(*sentence)])
        return (match.start() + sentence[0], match.end() + sentence[0]) if match is not None else None


def _hold(condition: bool, reason: str) -> None:
    if not condition:
        raise _Unbelieved(reason)
