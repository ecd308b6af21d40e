"""The kg_relations component: relations stated in a document, each with the sentence that states it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.classifier.article import ArticlePairs
from kg.extract.classifier.proposer import FRAMES, Proposer
from kg.extract.classifier.scorer import Scorer
from kg.extract.classifier.weights import PAIRS, STATUSES, shipped
from kg.extract.frames.deals import deal_of
from kg.extract.frames.stated import Stated
from kg.extract.frames.timing import event_date, spoken_of
from kg.extract.merging import assumed, best
from kg.extract.reading import FrameReader, SentenceReading
from kg.extract.recogniser import clusters
from kg.extract.state import text_of
from kg.lang.ko.amounts import AmountMention, find_amounts
from kg.lang.ko.dates import DateMention, find_dates
from kg.model import Document, Evidence, RelationMention
from kg.schema import Schema, load_schema

FLOOR = 0.3
"""Relations below this confidence are never given, whatever is asked for: most of them are wrong."""
FINDERS = ("both", "frames", "classifier")


@Language.factory("kg_relations", default_config={"min_confidence": FLOOR, "finders": "both", "resolve_dropped": True})
def create_relations(
    nlp: Language, name: str, min_confidence: float, finders: str, resolve_dropped: bool
) -> RelationExtractor:
    """Return the component for a pipeline.

    Relations below `min_confidence` (0 to 1) are not given; `finders` is one of FINDERS; `resolve_dropped` lets the
    discourse supply dropped subjects. Raises ResourceError when the weights are missing.
    """
    return RelationExtractor(load_schema(), min_confidence, finders=finders, resolve_dropped=resolve_dropped)


@dataclass(frozen=True, slots=True)
class _Text:
    """What dates and sums a text names."""

    text: str
    published: str | None
    dates: list[DateMention]
    amounts: list[AmountMention]


class RelationExtractor:
    """Finds relations by the frames of a schema and the classifier; sets `doc._.relations`."""

    def __init__(
        self,
        schema: Schema,
        min_confidence: float = FLOOR,
        *,
        finders: str = "both",
        resolve_dropped: bool = True,
    ) -> None:
        if finders not in FINDERS:
            raise ValueError(f"finders {finders!r} is none of {', '.join(FINDERS)}")
        self.schema, self.min_confidence, self.finders = schema, min_confidence, finders
        self.read = FrameReader(schema, resolve_dropped)
        self._propose = None if finders == "frames" else _proposer(schema, self.read)

    def __call__(self, doc: Doc) -> Doc:
        """Set doc._.relations from the mentions and entities already found."""
        document: Document | None = doc._.document
        reading = self.read(doc)
        published = document.date if document is not None else None
        text = text_of(doc)
        here = _Text(text, published, find_dates(text, published), find_amounts(text))
        proposed: dict[int, list[tuple[Stated, str]]]
        if self._propose is None:
            proposed = {n: [(item, FRAMES) for item in part.stated] for n, part in enumerate(reading.sentences)}
        else:
            proposed = self._propose(reading, doc._.morphemes, text, alone=self.finders == "classifier")
        found = [
            (self._mention(item, finder, reading.sentences[number], here), item.finite)
            for number, items in sorted(proposed.items())
            for item, finder in items
            if item.score >= self.min_confidence
        ]
        doc._.relations = best(assumed(found), self.schema)
        return doc

    def _mention(self, item: Stated, finder: str, part: SentenceReading, here: _Text) -> RelationMention:
        start, end = part.sentence.start, part.sentence.end
        kind = self.schema.relation(item.relation)
        date = event_date(item, part.clauses, here.dates, start)
        if date is None and kind.occasion and item.status == "actual":
            date = spoken_of(item, here.dates, start, here.published)
        return RelationMention(
            type=item.relation,
            subject=item.subject,
            object=item.object,
            evidence=Evidence(start, end, here.text[start:end], item.cue),
            status=item.status,
            date=date,
            role=item.role,
            deal=deal_of(item, part.clauses, here.text, here.amounts, kind.deal, (start, end)),
            speaker=part.speech.speaker_at(item.cue[0]),
            confidence=round(item.score, 2),
            extractor=finder,
        )


def _proposer(schema: Schema, read: FrameReader) -> Proposer:
    pairs = ArticlePairs(schema, read.index, clusters.shipped())
    return Proposer(schema, pairs, Scorer(shipped(PAIRS)), Scorer(shipped(STATUSES)))
