"""Proposes relations of an article: what frames read and what the classifier holds likely, with one confidence."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from kg.extract.classifier.article import ArticlePairs
from kg.extract.classifier.found import found
from kg.extract.classifier.scorer import FORWARD, NONE, Pair, Scorer, SentencePairs, labels_of
from kg.extract.classifier.weights import LEAST, logit
from kg.extract.frames.stated import Stated
from kg.extract.grouping import grouped
from kg.extract.reading import Reading
from kg.lang.ko.morphemes import Morpheme
from kg.schema import Schema

FRAMES, CLASSIFIER, BOTH = "frames/2", "classifier/1", "frames/2+classifier/1"
"""What found a relation; the last where frames and classifier both did."""
LIKELY = 0.1
"""Probabilities below this propose nothing on their own."""
TOGETHER = 200
"""Pairs after which those of the sentences so far are scored: as many at once as memory stays small for."""


class Proposer:
    """Scores pairs and joins what frames state of them; confidence is the calibrated probability of being right."""

    def __init__(self, schema: Schema, pairs: ArticlePairs, score: Scorer) -> None:
        self._pairs, self._score = pairs, score
        self._labels = score.weights.labels
        self._places = {label: place for place, label in enumerate(self._labels)}
        self._relations = np.array([label != NONE for label in self._labels])
        self._schema = schema
        self._fits = _fitting(schema, self._labels)
        settings = score.weights.settings
        self._slope, self._offset, self._frame = (settings[name] for name in ("slope", "offset", "frame"))
        self._own = settings["relations"]

    def __call__(
        self, reading: Reading, morphemes: Sequence[Morpheme], text: str, *, alone: bool
    ) -> dict[int, list[tuple[Stated, str]]]:
        """Return the relations of each sentence with what found them; `alone` leaves out what only frames find."""
        result: dict[int, list[tuple[Stated, str]]] = {}
        for group in grouped(self._pairs(reading, morphemes, text), TOGETHER, lambda sentence: len(sentence.found)):
            chances = self._score.weights.probabilities(self._score(group))
            likely: list[list[int]] = [[] for _ in chances]
            for row, place in np.argwhere((chances >= LIKELY) & self._relations).tolist():
                likely[row].append(place)
            at = 0
            for sentence in group:
                part = slice(at, at := at + len(sentence.found))
                stated = reading.sentences[sentence.number].stated
                result[sentence.number] = self._sentence(sentence, stated, chances[part], likely[part], alone)
        for number, read in enumerate(reading.sentences):
            if number not in result and not alone:
                result[number] = [(self._framed(item, LEAST), FRAMES) for item in read.stated]
        return result

    def _sentence(
        self, sentence: SentencePairs, stated: Sequence[Stated], every: Any, likely: Sequence[list[int]], alone: bool
    ) -> list[tuple[Stated, str]]:
        """Return the relations of a sentence; `every` has the chances of the labels of each pair, `likely` the best."""
        framed: dict[tuple[str, str, str], list[Stated]] = {}
        for item in stated:
            framed.setdefault(self._key(*item.triple), []).append(item)
        chance_of = dict.fromkeys(framed, LEAST)
        result: list[tuple[Stated, str]] = []
        for pair, chances, places in zip(sentence.found, every, likely, strict=True):
            ends = pair.first.entity, pair.second.entity
            wanted = [key for key in framed if set(key[1:]) == set(ends)]
            for key in wanted:
                place = self._places.get(self._pairs.label(key[0], ends[0], key[1]))
                chance_of[key] = max(chance_of[key], float(chances[place]) if place is not None else LEAST)
            for place in places:
                label = self._labels[place]
                if (pair.first.type, pair.second.type) not in self._fits[label]:
                    continue
                relation, way = labels_of(label)
                key = self._key(relation, *(ends if way == FORWARD else ends[::-1]))
                if key not in framed and not (relation in self._schema.symmetric and _share_third(key, framed)):
                    proposed = self._classified(pair, label, float(chances[place]), sentence)
                    result += [(proposed, CLASSIFIER)] if proposed is not None else []
        for key, items in framed.items():
            finder = BOTH if chance_of[key] >= LIKELY else FRAMES
            if finder == BOTH or not alone:
                result += [(self._framed(item, chance_of[key]), finder) for item in items]
        return result

    def _key(self, relation: str, subject: str, obj: str) -> tuple[str, str, str]:
        return relation, *self._schema.ordered(relation, subject, obj)

    def _classified(self, pair: Pair, label: str, chance: float, sentence: SentencePairs) -> Stated | None:
        relation = labels_of(label)[0]
        score = self._confidence(relation, chance, 0.0)
        return found(pair, label, score, sentence.view)

    def _framed(self, item: Stated, chance: float) -> Stated:
        return replace(item, score=self._confidence(item.relation, chance, item.score))

    def _confidence(self, relation: str, chance: float, frame: float) -> float:
        """Return the probability of being right, by the calibration of the weights (Platt 1999)."""
        odds = self._slope * logit(chance) + self._offset + self._frame * frame
        odds += self._own.get(relation, 0.0)
        return max(1 / (1 + math.exp(-odds)), frame)


def _share_third(key: tuple[str, str, str], framed: Collection[tuple[str, str, str]]) -> bool:
    """Say whether frames relate both ends to a third: partners of one are not therefore partners of one another."""
    relation, *ends = key
    others = [{b if a == end else a for r, a, b in framed if r == relation and end in (a, b)} for end in ends]
    return bool(others[0] & others[1])


def _fitting(schema: Schema, labels: Sequence[str]) -> dict[str, frozenset[tuple[str, str]]]:
    """Return for each label the types (first, second) that the schema lets its relation join."""
    found: dict[str, frozenset[tuple[str, str]]] = {}
    for label in labels:
        if label == NONE:
            continue
        relation, way = labels_of(label)
        kind = schema.relation(relation)
        ways = {(s, o) for s in kind.domain for o in kind.range}
        found[label] = frozenset(ways if way == FORWARD else {(o, s) for s, o in ways})
    return found
