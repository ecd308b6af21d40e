"""An article read by frames: its parsed sentences, what frames find in each, and what the discourse carries on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.extract.clustering.discourse import anaphors, plural_anaphors
from kg.extract.frames.appositions import appositions
from kg.extract.frames.arguments import Context, Pair, pairs
from kg.extract.frames.attribution import Attribution, attribute
from kg.extract.frames.careers import careers
from kg.extract.frames.chunker import sentences
from kg.extract.frames.clauses import Clauses, Filler
from kg.extract.frames.events import Event, TriggerIndex, events, trigger_index
from kg.extract.frames.nominals import noun_frames, relational_nouns
from kg.extract.frames.phrases import Sentence
from kg.extract.frames.positions import positions
from kg.extract.frames.stated import Stated
from kg.extract.frames.topic import main_entities, next_topic
from kg.extract.state import text_of
from kg.lang.ko.titles import title_kind
from kg.model import Document, DocumentEntity, Mention
from kg.schema import Schema

OPENING = ("locatedIn", "operatesIn")
"""Relations that open an office: a company named in the next sentence has their status."""


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """A sentence with what frames state in it, who says it, and the topic that it starts from."""

    sentence: Sentence
    clauses: Clauses
    speech: Attribution
    topic: Filler | None
    stated: list[Stated]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's sentences with the mentions that relations may join and what the article is about."""

    sentences: list[SentenceReading]
    mentions: list[Mention]
    context: Context
    main: frozenset[str]


class FrameReader:
    """Reads articles by the frames of a schema; `resolve_dropped` lets the discourse supply dropped subjects."""

    def __init__(self, schema: Schema, resolve_dropped: bool = True) -> None:
        self.schema, self.resolve_dropped = schema, resolve_dropped
        self.index: TriggerIndex = trigger_index(schema)
        self._noun_frames = noun_frames(schema)

    def __call__(self, doc: Doc) -> Reading:
        """Return the reading of a Doc whose mentions and entities are found."""
        document: Document | None = doc._.document
        text = text_of(doc)
        context = Context(self.schema, {e.id: e for e in doc._.entities})
        main = main_entities(doc._.mentions, len(document.title or "") if document is not None else 0)
        mentions = _referring(doc, context, main)
        parsed = sentences(text, doc._.morphemes, mentions)
        # Clauses join coordinated phrases, and posts are read from what is joined: 안철수와 천정배 공동대표.
        clauses_of = [Clauses(sentence) for sentence in parsed]
        titles = [list(positions(s, text, context.entities, mentions)) for s in parsed]
        context.employers = _employers(titles)
        topic: Filler | None = None
        found = []
        for sentence, clauses, posts in zip(parsed, clauses_of, titles, strict=True):
            context.topic = topic if self.resolve_dropped else None
            speech = attribute(clauses, sentence)
            context.speakers = speech.speakers
            stated = [*posts, *self._sentence(clauses, context, text)]
            for item in stated:
                if item.relation in OPENING:
                    context.opening[item.subject] = item.status
            found.append(SentenceReading(sentence, clauses, speech, context.topic, stated))
            topic = next_topic(clauses, topic, main)
        return Reading(found, mentions, context, main if self.resolve_dropped else frozenset())

    def _sentence(self, clauses: Clauses, context: Context, text: str) -> Iterator[Stated]:
        for event in events(clauses, self.index, text):
            for pair in pairs(event, context):
                yield _stated(event, pair, clauses)
        yield from careers(clauses, context, text)
        yield from appositions(clauses, context)
        yield from relational_nouns(clauses, self._noun_frames, context, text)


def _title_only(entity: DocumentEntity) -> bool:
    """Say whether a person is known by surname and title alone (정 대표): nobody a reader could look up."""
    surname, _, title = entity.name.partition(" ")
    return entity.type == "Person" and len(surname) <= 2 and title_kind(title) is not None


def _referring(doc: Doc, context: Context, main: frozenset[str]) -> list[Mention]:
    """Return the mentions that relations join: names, what refers to them, 양사 as one mention for each it means.

    A bare 회사 as subject is the company that the article is about.
    """
    company = next((e for e in sorted(main) if context.entities[e].type == "Organization"), None)
    single = [replace(m, entity=company) if m.text == "회사" else m for m in anaphors(doc)]
    plural = [
        Mention(found.start, found.end, found.text, context.entities[entity].type, entity)
        for found in plural_anaphors(doc)
        for entity in found.entities
    ]
    named = {e.id for e in doc._.entities if not _title_only(e)}
    return [m for m in [*doc._.mentions, *single, *plural] if m.entity in named]


def _stated(event: Event, pair: Pair, clauses: Clauses) -> Stated:
    relation, frame = event.trigger.relation.name, event.trigger.frame
    score = frame.confidence * event.score * pair.score
    finite = event.verb is not None and clauses.phrases[event.verb].ending != "adnominal"
    return Stated(relation, pair.subject, pair.object, event.status, event.cue, score, verb=event.verb, finite=finite)


def _employers(stated: Sequence[Sequence[Stated]]) -> dict[str, str]:
    """Return each person's first stated present employer."""
    found: dict[str, str] = {}
    for items in stated:
        for item in items:
            if item.relation == "holdsPosition" and item.status == "actual":
                found.setdefault(item.subject, item.object)
    return found
