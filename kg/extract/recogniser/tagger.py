"""The trained CRF with its features, ready to label sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from kg import resources
from kg.extract.recogniser import clusters as cluster_files
from kg.extract.recogniser import corpus_names, crf, learned
from kg.extract.recogniser.clusters import CLUSTERS
from kg.extract.recogniser.features import (
    EVERYWHERE,
    WINDOW,
    FeatureMaker,
    as_following,
    as_head,
    as_preceding,
    as_tail,
    either_side,
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
LONGEST, TOGETHER = 400, 64
"""Units of the longest sentence, longer ones being cut, and sentences labelled at once: both bound memory."""
CACHED = 100_000
"""Morphemes, and half the pairs of them, whose scores are kept; more than TOGETHER sentences have."""


class Labeller:
    """Labels sentences by a CRF and the features it was trained on.

    What a morpheme adds to the labels around it, two neighbours to their own, and a head or a tail to those of its word
    and of the next ones depends on these alone, and is summed once.
    """

    def __init__(self, weights: crf.Crf, features: FeatureMaker) -> None:
        self._crf, self._features = weights, features
        self._morphemes = Kept(weights, 2 * WINDOW + 1, CACHED)
        self._joints = Kept(weights, 2, 2 * CACHED)
        self._heads, self._tails = Kept(weights, 3, CACHED), Kept(weights, 1, CACHED)
        self._inside = sums(weights, [[EVERYWHERE, in_word(place)] for place in range(LONGEST)])

    def __call__(self, text: str, sentences: Sequence[Sequence[Unit]]) -> list[list[str]]:
        """Return the labels of each sentence of a text, none of which may have more than LONGEST units."""
        order = sorted((n for n, units in enumerate(sentences) if units), key=lambda n: -len(sentences[n]))
        found: list[list[str]] = [[] for _ in sentences]
        for at in range(0, len(order), TOGETHER):
            chosen = order[at : at + TOGETHER]
            for number, labels in zip(chosen, self._best(text, [sentences[n] for n in chosen]), strict=True):
                found[number] = labels
        return found

    def _best(self, text: str, sentences: Sequence[Sequence[Unit]]) -> list[list[str]]:
        """Return the labels of sentences, the longest first."""
        lengths = [len(units) for units in sentences]
        alone = self._alone(sentences)
        around = self._of_words(sentences) + sums(self._crf, self._rest(text, sentences))
        scores = np.zeros((len(sentences), lengths[0], len(self._crf.labels)))
        at = 0
        for number, length in enumerate(lengths):
            inside = at + number * WINDOW  # each sentence has as many empty places before it
            scores[number, :length] = alone[inside : inside + length] + around[at : at + length]
            at += length
        return self._crf.best(scores, lengths)

    def _alone(self, sentences: Sequence[Sequence[Unit]]) -> Any:
        """Return what morphemes and neighbours add to the units, in a row, WINDOW empty places between sentences."""
        most = sum(map(len, sentences))
        if self._morphemes.make_room(most) | self._joints.make_room(most + len(sentences)):
            self._morphemes.places.clear()
            self._joints.places.clear()  # whose keys are places of the others
        slots = [0] * WINDOW
        joints: list[int] = []
        for units in sentences:
            slots += [self._slot(unit) for unit in units]
            slots += [0] * WINDOW
            joints += self._joined(units, slots)
            joints += [0] * (WINDOW - 1)
        places, count = np.array(slots), len(slots) - 2 * WINDOW
        alone = self._morphemes.settle()
        scores = sum(alone[places[view : view + count], view] for view in range(2 * WINDOW + 1))
        beside = np.array(joints)
        table = self._joints.settle()
        return scores + table[beside[:count], 1] + table[beside[1 : count + 1], 0]

    def _slot(self, unit: Unit) -> int:
        key = unit.form, unit.tag
        return self._morphemes.places.get(key) or self._morphemes.add(key, self._features.views(unit))

    def _joined(self, units: Sequence[Unit], slots: Sequence[int]) -> list[int]:
        """Return the places of each two neighbours of a sentence whose slots come last, edges among them."""
        places, add, joint = self._joints.places, self._joints.add, self._features.joint
        mine = slots[-len(units) - 2 * WINDOW :]
        found = []
        for at, (before, after) in enumerate(pairwise([None, *units, None]), WINDOW - 1):
            key = mine[at], mine[at + 1], after is not None and after.glued
            found.append(places.get(key) or add(key, joint(before, after)))
        return found

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

    def _rest(self, text: str, sentences: Sequence[Sequence[Unit]]) -> Iterator[list[str]]:
        """Yield the other features of each unit of sentences."""
        for units in sentences:
            marks, topics = self._features.around(units, text)
            rows = [either_side(units, at) for at in range(len(units))]
            for (at, _), names in marks.items():
                rows[at] += names
            for at, names in topics.items():
                rows[at] += names
            yield from rows


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

    def __call__(self, text: str, sentences: Sequence[Sequence[Unit]]) -> list[Span]:
        """Return the spans found in the sentences of a text, in reading order."""
        labels = self._label(text, sentences)
        return [span for units, row in zip(sentences, labels, strict=True) for span in decode(units, row)]
