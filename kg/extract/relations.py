"""The kg_relations component: relations stated in a document, each with the sentence that states it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.classifier.details import Details, Told
from kg.extract.classifier.weights import DATES, PAIRS, STATUSES, shipped
from kg.extract.finding import FLOOR, RelationFinder
from kg.extract.frames.deals import deal_of
from kg.extract.frames.timing import ruled_date
from kg.extract.merging import assumed, best
from kg.extract.state import text_of
from kg.lang.ko.amounts import AmountMention, find_amounts
from kg.model import Evidence, RelationMention
from kg.schema import Schema, load_schema

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


class RelationExtractor:
    """Finds relations by the frames of a schema and the classifier; sets `doc._.relations`."""

    def __init__(
        self,
        schema: Schema,
        min_confidence: float,
        *,
        finders: str = "both",
        resolve_dropped: bool = True,
    ) -> None:
        if finders not in FINDERS:
            raise ValueError(f"finders {finders!r} is none of {', '.join(FINDERS)}")
        self.schema, self.min_confidence = schema, min_confidence
        learned = finders != "frames"
        self._find = RelationFinder(
            schema,
            shipped(PAIRS) if learned else None,
            alone=finders == "classifier",
            resolve_dropped=resolve_dropped,
        )
        self._details = Details(shipped(STATUSES), shipped(DATES)) if learned else None

    def __call__(self, doc: Doc) -> Doc:
        """Set doc._.relations from the mentions and entities already found."""
        amounts = find_amounts(text_of(doc))
        found = [(self._mention(told, amounts), told.item.finite) for told in self._find(doc, self.min_confidence)]
        doc._.relations = best(assumed(found), self.schema)
        return doc

    def _mention(self, told: Told, amounts: Sequence[AmountMention]) -> RelationMention:
        start, end = told.part.sentence.start, told.part.sentence.end
        kind = self.schema.relation(told.item.relation)
        if self._details is not None:
            date = self._details.date(told)
            told = replace(told, item=replace(told.item, status=self._details.status(told)))
        else:
            date = ruled_date(told.item, told.part.clauses, told.dates, start, told.published, kind.occasion)
        item = told.item
        return RelationMention(
            type=item.relation,
            subject=item.subject,
            object=item.object,
            evidence=Evidence(start, end, told.text[start:end], item.cue),
            status=item.status,
            date=date,
            role=item.role,
            deal=deal_of(item, told.part.clauses, told.text, amounts, kind.deal, (start, end)),
            speaker=told.part.speech.speaker_at(item.cue[0]),
            confidence=round(item.score, 2),
            extractor=told.finder,
        )
