"""The trained CRF with its features, ready to label sentences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kg import resources
from kg.extract.grouping import grouped
from kg.extract.recogniser import clusters as cluster_files
from kg.extract.recogniser import corpus_names, crf, learned
from kg.extract.recogniser.beside import EDGE, Beside
from kg.extract.recogniser.clusters import CLUSTERS
from kg.extract.recogniser.features import (
    EVERYWHERE,
    WINDOW,
    FeatureMaker,
    as_following,
    as_head,
    as_preceding,
    as_tail,
    in_word,
    words_of,
)
from kg.extract.recogniser.known import load_lexicon, splitter, surnames
from kg.extract.recogniser.labels import Span, decode
from kg.extract.recogniser.sums import Kept, sums
from kg.extract.recogniser.units import Unit
from kg.lang.ko.morphemes import Morpheme

WEIGHTS = "names.crfsuite.gz"
FORMS, LEARNED = "names_forms.tsv.gz", "names_learned.tsv.gz"
LONGEST, TOGETHER = 400, 10_000
"""Units of the longest sentence, longer ones being cut, and of those labelled at once, the last sentence out."""
CACHED = 100_000
"""Morphemes, heads and tails whose scores are kept; more than are labelled at once."""


class Labeller:
    """Labels sentences by a CRF and the features it was trained on.

    What a morpheme adds to the labels around it, and a head or a tail to those of its word and of the next ones,
    depends on these alone and is summed once.
    """

    def __init__(self, weights: crf.Crf, features: FeatureMaker) -> None:
        self._crf, self._features = weights, features
        self._morphemes = Kept(weights, 2 * WINDOW + 1, CACHED)
        self._heads, self._tails = Kept(weights, 3, CACHED), Kept(weights, 1, CACHED)
        self._inside = sums(weights, [[EVERYWHERE, in_word(place)] for place in range(LONGEST)])
        self._beside = Beside(weights, features.clusters)
        self._numbers = np.full((CACHED, 3), EDGE)

    def __call__(self, sentences: Sequence[tuple[str, Sequence[Unit]]]) -> list[list[str]]:
        """Return the labels of sentences, each with its text; none may have more than LONGEST units."""
        lengths = [len(units) for _, units in sentences]
        order = sorted((number for number, length in enumerate(lengths) if length), key=lambda n: -lengths[n])
        found: list[list[str]] = [[] for _ in sentences]
        for chosen in grouped(order, TOGETHER, lengths.__getitem__):
            for number, labels in zip(chosen, self._best([sentences[n] for n in chosen]), strict=True):
                found[number] = labels
        return found

    def _best(self, given: Sequence[tuple[str, Sequence[Unit]]]) -> list[list[str]]:
        """Return the labels of sentences, the longest first."""
        sentences = [units for _, units in given]
        lengths = [len(units) for units in sentences]
        alone = self._alone(sentences)
        around = self._of_words(sentences)
        marked = self._marked(given)
        around[list(marked)] += sums(self._crf, marked.values())
        scores = np.zeros((len(sentences), lengths[0], len(self._crf.labels)))
        at = 0
        for number, length in enumerate(lengths):
            inside = at + number * WINDOW  # each sentence has as many empty places before it
            scores[number, :length] = alone[inside : inside + length] + around[at : at + length]
            at += length
        return self._crf.best(scores, lengths)

    def _alone(self, sentences: Sequence[Sequence[Unit]]) -> Any:
        """Return what morphemes and neighbours add to the units, in a row, WINDOW empty places between sentences."""
        self._morphemes.make_room(sum(map(len, sentences)))
        edge = [0] * WINDOW
        slots, glued = [*edge], [*edge]
        for units in sentences:
            slots += [self._slot(unit) for unit in units]
            slots += edge
            glued += [unit.glued for unit in units]
            glued += edge
        places, count = np.array(slots), len(slots) - 2 * WINDOW
        table = self._morphemes.settle()
        scores = sum(table[places[view : view + count], view] for view in range(2 * WINDOW + 1))
        seen = slice(WINDOW - 1, WINDOW + count + 1)
        return scores + self._beside(self._numbers[places[seen]], np.array(glued[seen]))

    def _slot(self, unit: Unit) -> int:
        key = unit.form, unit.tag
        place = self._morphemes.places.get(key)
        if place is None:
            place = self._morphemes.add(key, self._features.views(unit))
            self._numbers[place] = self._beside.numbers(unit)
        return place

    def _of_words(self, sentences: Sequence[Sequence[Unit]]) -> Any:
        """Return what words and their neighbours add to the units of sentences, in a row."""
        most = sum(map(len, sentences))
        self._heads.make_room(most + 2)
        self._tails.make_room(most)
        heads: list[int] = []
        befores: list[int] = []
        afters: list[int] = []
        tails: list[int] = []
        sizes: list[int] = []
        inside: list[int] = []
        for units in sentences:
            words = words_of(units)
            mine = [self._head("^"), *(self._head(word.head) for word in words), self._head("$")]
            befores += mine[:-2]
            heads += mine[1:-1]
            afters += mine[2:]
            tails += [self._tail(word.head[-1:], word.tail) for word in words]
            sizes += [len(word.inside) for word in words]
            inside += [place for word in words for place in range(len(word.inside))]
        table = self._heads.settle()
        found = table[befores, 0] + table[afters, 1] + table[heads, 2] + self._tails.settle()[tails, 0]
        return found.repeat(sizes, axis=0) + self._inside[inside]

    def _head(self, head: str) -> int:
        kept = self._heads
        return kept.places.get(head) or kept.add(head, [as_preceding(head), as_following(head), as_head(head)])

    def _tail(self, last: str, tail: str) -> int:
        return self._tails.places.get((last, tail)) or self._tails.add((last, tail), [as_tail(last, tail)])

    def _marked(self, sentences: Sequence[tuple[str, Sequence[Unit]]]) -> dict[int, list[str]]:
        """Return the other features of those units, counted over all sentences, that have any."""
        found: dict[int, list[str]] = {}
        first = 0
        for text, units in sentences:
            marks, topics = self._features.around(units, text)
            for (at, _), names in marks.items():
                found.setdefault(first + at, []).extend(names)
            for at, names in topics.items():
                found.setdefault(first + at, []).extend(names)
            first += len(units)
        return found


class NameTagger:
    """Finds the names of sentences with the shipped CRF, or with the one in `folder`; raises ResourceError."""

    def __init__(self, folder: Path | None = None) -> None:
        weights, forms, names = (
            folder / name if folder else resources.models(name) for name in (WEIGHTS, FORMS, LEARNED)
        )
        clusters = cluster_files.load(folder / CLUSTERS) if folder else cluster_files.shipped()
        lexicon = load_lexicon()
        corpus_names.add_forms(lexicon, corpus_names.load(forms))
        learned.add_learned(lexicon, learned.load(names))
        self._clusters, self._lexicon = clusters, lexicon
        self._split = splitter(clusters)
        self._label = Labeller(crf.load(weights), FeatureMaker(lexicon, clusters, surnames()))

    def units(self, morphemes: Sequence[Morpheme]) -> list[list[Unit]]:
        """Return the units of each sentence, long sentences cut."""
        found = self._split(morphemes)
        return [part[at : at + LONGEST] for part in found for at in range(0, len(part), LONGEST)]

    def listed(self, name: str) -> bool:
        """Return whether the lexicon of names has this name."""
        return bool(self._lexicon.codes(name))

    def knows(self, unit: Unit) -> bool:
        """Return whether the lexicon of Kiwi's language model has this form with this tag."""
        return (unit.form, unit.tag) in self._clusters

    def __call__(self, texts: Sequence[tuple[str, Sequence[Sequence[Unit]]]]) -> list[list[Span]]:
        """Return the spans found in texts, each given with the units of its sentences, in reading order."""
        labels = iter(self._label([(text, units) for text, sentences in texts for units in sentences]))
        return [[span for units in sentences for span in decode(units, next(labels))] for _, sentences in texts]
