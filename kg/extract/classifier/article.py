"""The pairs of a whole article, sentence by sentence, as training and extraction both see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.classifier.pairs import carried, ends, joinable
from kg.extract.classifier.scorer import BACKWARD, FORWARD, SentencePairs
from kg.extract.classifier.views import Clusters, SentenceView
from kg.extract.frames.events import TriggerIndex
from kg.extract.frames.stated import Stated
from kg.extract.reading import Reading, SentenceReading
from kg.lang.ko.morphemes import Morpheme
from kg.schema import Schema

TOPIC, MAIN = "T", "M"
"""Why the discourse supplies an end: it is the topic that a sentence starts from, or what the article is about."""
FEW = 2
"""Entities a topic may stand for: of a longer list none is meant alone."""


class ArticlePairs:
    """Yields the pairs of each sentence of an article with their features."""

    def __init__(self, schema: Schema, index: TriggerIndex, clusters: Clusters) -> None:
        self._symmetric = schema.symmetric
        self._allowed = joinable(schema)
        self._index, self._clusters = index, clusters

    def __call__(self, reading: Reading, morphemes: Sequence[Morpheme], text: str) -> Iterator[SentencePairs]:
        """Yield the pairs of each sentence that names something."""
        framed = [self._framed(part.stated) for part in reading.sentences]
        every: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for number, found in enumerate(framed):
            for key, readings in found.items():
                every.setdefault(key, []).extend((number, label) for label, _ in readings)
        at = 0
        for number, part in enumerate(reading.sentences):
            start, stop = part.sentence.start, part.sentence.end
            while at < len(morphemes) and morphemes[at].start < start:
                at += 1
            last = at
            while last < len(morphemes) and morphemes[last].start < stop:
                last += 1
            inside = morphemes[at:last]
            named = ends(reading.mentions, reading.context.entities, start, stop)
            if not named:
                continue
            supplied = carried(_topics(part, reading), reading.context.entities, {e.entity for e in named}, start)
            view = SentenceView(part.sentence, inside, text, self._index, self._clusters)
            yield SentencePairs(view, named, supplied, self._allowed, framed[number], every, number)

    def label(self, relation: str, first: str, subject: str) -> str:
        """Return the label of a relation for a pair whose first end is `first`."""
        return relation + (FORWARD if subject == first or relation in self._symmetric else BACKWARD)

    def _framed(self, stated: Sequence[Stated]) -> dict[tuple[str, str], list[tuple[str, float]]]:
        """Return what frames state of each pair, under either order of its ends."""
        found: dict[tuple[str, str], list[tuple[str, float]]] = {}
        for item in stated:
            for first, second in ((item.subject, item.object), (item.object, item.subject)):
                label = self.label(item.relation, first, item.subject)
                found.setdefault((first, second), []).append((label, item.score))
        return found


def _topics(part: SentenceReading, reading: Reading) -> list[tuple[str, str]]:
    topic = part.topic.entities if part.topic is not None else ()
    return [*((e, TOPIC) for e in topic if len(topic) <= FEW), *((e, MAIN) for e in sorted(reading.main))]
