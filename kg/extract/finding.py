"""Finds what an article states, sentence by sentence: the relations of frames and classifier."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.extract.classifier.article import ArticlePairs
from kg.extract.classifier.details import Told
from kg.extract.classifier.proposer import FRAMES, Proposer
from kg.extract.classifier.scorer import Scorer
from kg.extract.classifier.weights import Weights
from kg.extract.frames.stated import Stated
from kg.extract.reading import FrameReader
from kg.extract.recogniser import clusters
from kg.extract.state import text_of
from kg.lang.ko.dates import find_dates
from kg.model import Document, Status
from kg.schema import Schema

FLOOR = 0.3
"""Confidence below which a pipeline gives no relation unless it is built for that: most of them are wrong."""


class RelationFinder:
    """Yields the relations of a Doc; without `weights` frames alone find them.

    `alone` leaves out what only frames find; `resolve_dropped` lets the discourse supply dropped subjects.
    """

    def __init__(
        self, schema: Schema, weights: Weights | None, *, alone: bool = False, resolve_dropped: bool = True
    ) -> None:
        self.symmetric = schema.symmetric
        self._read = FrameReader(schema, resolve_dropped)
        self._alone = alone
        self._propose = None
        if weights is not None:
            pairs = ArticlePairs(schema, self._read.index, clusters.shipped())
            self._propose = Proposer(schema, pairs, Scorer(weights))

    def __call__(self, doc: Doc, min_confidence: float) -> Iterator[Told]:
        """Yield what is found with at least that confidence, each with the status that rules read."""
        document: Document | None = doc._.document
        published = document.date if document is not None else None
        text = text_of(doc)
        dates = find_dates(text, published)
        reading = self._read(doc)
        proposed: dict[int, list[tuple[Stated, str]]]
        if self._propose is None:
            proposed = {n: [(item, FRAMES) for item in part.stated] for n, part in enumerate(reading.sentences)}
        else:
            proposed = self._propose(reading, doc._.morphemes, text, alone=self._alone)
        statuses: dict[tuple[str, str, str], list[tuple[int, Status]]] = {}
        for number, items in proposed.items():
            for item, _ in items:
                statuses.setdefault(item.triple, []).append((number, item.status))
        for number, items in sorted(proposed.items()):
            for item, finder in items:
                if item.score >= min_confidence:
                    others = tuple(sorted({status for n, status in statuses[item.triple] if n != number}))
                    yield Told(item, finder, reading.sentences[number], number, text, published, dates, others)
