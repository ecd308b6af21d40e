"""The kg_relations component: relations stated in a document, each with the sentence that states it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.clustering.discourse import anaphors, plural_anaphors
from kg.extract.frames.appositions import appositions
from kg.extract.frames.arguments import Context, Pair, pairs
from kg.extract.frames.attribution import Attribution, attribute
from kg.extract.frames.careers import careers
from kg.extract.frames.chunker import sentences
from kg.extract.frames.clauses import Clauses, Filler
from kg.extract.frames.events import Event, events, trigger_index
from kg.extract.frames.nominals import noun_frames, relational_nouns
from kg.extract.frames.phrases import Sentence
from kg.extract.frames.positions import positions
from kg.extract.frames.stated import Stated
from kg.extract.frames.sums import event_amount
from kg.extract.frames.timing import event_date
from kg.extract.frames.topic import main_entities, next_topic
from kg.lang.ko.amounts import find_amounts
from kg.lang.ko.dates import find_dates
from kg.lang.ko.titles import title_kind
from kg.model import Document, DocumentEntity, Evidence, Mention, RelationMention, Status
from kg.schema import Schema, load_schema

EXTRACTOR = "frames/1"
FLOOR = 0.3
"""Relations below this confidence are never given, whatever is asked for: most of them are wrong."""
OPENING = ("locatedIn", "operatesIn")
"""Relations that open an office: a company named in the next sentence has their status."""


@Language.factory("kg_relations", default_config={"min_confidence": FLOOR})
def create_relations(nlp: Language, name: str, min_confidence: float) -> RelationExtractor:
    """Return the component for a pipeline; relations below `min_confidence` (0 to 1) are not given."""
    return RelationExtractor(load_schema(), min_confidence)


class RelationExtractor:
    """Finds relations by the frames of a schema; sets `doc._.relations`."""

    def __init__(self, schema: Schema, min_confidence: float = FLOOR) -> None:
        self.schema, self.min_confidence = schema, min_confidence
        self.index, self.noun_frames = trigger_index(schema), noun_frames(schema)

    def __call__(self, doc: Doc) -> Doc:
        """Set doc._.relations from the mentions and entities already found."""
        document: Document | None = doc._.document
        text = doc.text
        amounts = find_amounts(text)
        dates = find_dates(text, document.date if document is not None else None)
        context = Context(self.schema, {e.id: e for e in doc._.entities})
        main = main_entities(doc._.mentions, len(document.title or "") if document is not None else 0)
        mentions = _referring(doc, context, main)
        parsed = sentences(text, doc._.morphemes, mentions)
        clauses = [Clauses(sentence) for sentence in parsed]
        stated = [list(positions(s, text, context.entities, mentions)) for s in parsed]
        context.employers = _employers(stated)
        topic: Filler | None = None
        found: list[tuple[RelationMention, bool]] = []
        for sentence, clause, titles in zip(parsed, clauses, stated, strict=True):
            context.topic = topic
            speech = attribute(clause, sentence)
            context.speakers = speech.speakers
            for item in [*titles, *self._sentence(clause, context, text)]:
                if item.relation in OPENING:
                    context.opening[item.subject] = item.status
                if item.score >= self.min_confidence:
                    date = event_date(item, clause, dates, sentence.start)
                    kind = self.schema.relation(item.relation).amount
                    amount = event_amount(item, clause, text, amounts, kind, sentence.start)
                    found.append((_mention(item, sentence, speech, text, date, amount), item.finite))
            topic = next_topic(clause, topic, main)
        doc._.relations = _best(_assumed(found), self.schema)
        return doc

    def _sentence(self, clause: Clauses, context: Context, text: str) -> Iterator[Stated]:
        for event in events(clause, self.index, text):
            for pair in pairs(event, context):
                yield _stated(event, pair, clause)
        yield from careers(clause, context, text)
        yield from appositions(clause, context)
        yield from relational_nouns(clause, self.noun_frames, context, text)


def _title_only(entity: DocumentEntity) -> bool:
    """Say whether a person is known by surname and title alone (정 대표): nobody a reader could look up."""
    surname, _, title = entity.name.partition(" ")
    return entity.type == "Person" and len(surname) <= 2 and title_kind(title) is not None


def _referring(doc: Doc, context: Context, main: frozenset[str]) -> list[Mention]:
    """Return the mentions that frames read: names, what refers to them, 양사 as one mention for each it means.

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


def _mention(
    item: Stated, sentence: Sentence, speech: Attribution, text: str, date: str | None, amount: str | None
) -> RelationMention:
    evidence = Evidence(sentence.start, sentence.end, text[sentence.start : sentence.end], item.cue)
    return RelationMention(
        type=item.relation,
        subject=item.subject,
        object=item.object,
        evidence=evidence,
        status=item.status,
        date=date,
        role=item.role,
        amount=amount,
        speaker=speech.speaker_at(item.cue[0]),
        confidence=round(item.score, 2),
        extractor=EXTRACTOR,
    )


def _stated(event: Event, pair: Pair, clauses: Clauses) -> Stated:
    relation, frame = event.trigger.relation.name, event.trigger.frame
    score = frame.confidence * event.score * pair.score
    finite = event.verb is not None and clauses.phrases[event.verb].ending != "adnominal"
    return Stated(relation, pair.subject, pair.object, event.status, event.cue, score, verb=event.verb, finite=finite)


def _triple(relation: RelationMention) -> tuple[str, str, str]:
    return relation.type, relation.subject, relation.object


def _assumed(found: list[tuple[RelationMention, bool]]) -> list[RelationMention]:
    """Give what is merely taken for granted as done the status that the article's own clauses state.

    "부산에 공장까지 세운 까닭" does not make a fact of the plant that another sentence says is planned.
    """
    stated: dict[tuple[str, str, str], set[Status]] = {}
    for relation, finite in found:
        if finite:
            stated.setdefault(_triple(relation), set()).add(relation.status)
    result = []
    for relation, finite in found:
        known = stated.get(_triple(relation), set())
        if not finite and relation.status == "actual" and known and "actual" not in known:
            relation = replace(relation, status=min(known))
        result.append(relation)
    return result


def _employers(stated: Sequence[Sequence[Stated]]) -> dict[str, str]:
    """Return each person's first stated present employer."""
    found: dict[str, str] = {}
    for items in stated:
        for item in items:
            if item.relation == "holdsPosition" and item.status == "actual":
                found.setdefault(item.subject, item.object)
    return found


def _best(found: list[RelationMention], schema: Schema) -> list[RelationMention]:
    """Keep one mention for each relation, status and sentence, the most confident; symmetric pairs either way."""
    best: dict[tuple[str, str, str, str, int], RelationMention] = {}
    for relation in found:
        if relation.subject == relation.object:
            continue
        if schema.relation(relation.type).symmetric and relation.object < relation.subject:
            relation = replace(relation, subject=relation.object, object=relation.subject)
        key = (*_triple(relation), relation.status, relation.evidence.start)
        if key not in best or relation.confidence > best[key].confidence:
            best[key] = relation
    return sorted(
        _dated(list(best.values())), key=lambda r: (r.evidence.start, r.evidence.cue, r.type, r.subject, r.object)
    )


def _dated(found: list[RelationMention]) -> list[RelationMention]:
    """Give the mentions of one relation and status the one date that the article gives any of them."""
    dates: dict[tuple[str, str, str, str], set[str]] = {}
    for relation in found:
        if relation.date is not None:
            dates.setdefault((*_triple(relation), relation.status), set()).add(relation.date)
    result = []
    for relation in found:
        known = dates.get((*_triple(relation), relation.status), set())
        only = next(iter(known)) if relation.date is None and len(known) == 1 else relation.date
        result.append(replace(relation, date=only))
    return result
