"""The trained CRF with its features, ready to label sentences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kg import resources
from kg.extract.recogniser import clusters as cluster_files
from kg.extract.recogniser import corpus_names, crf, learned
from kg.extract.recogniser.clusters import CLUSTERS
from kg.extract.recogniser.features import EVERYWHERE, WINDOW, FeatureMaker, in_word
from kg.extract.recogniser.known import load_lexicon, splitter, surnames
from kg.extract.recogniser.labels import Span, decode
from kg.extract.recogniser.units import Unit
from kg.lang.ko.morphemes import Morpheme

WEIGHTS = "names.crfsuite.gz"
FORMS, LEARNED = "names_forms.tsv.gz", "names_learned.tsv.gz"
LONGEST, TOGETHER = 400, 64
"""Units of the longest sentence, longer ones being cut, and sentences labelled at once: both bound memory."""
CACHED = 100_000
"""Morphemes whose scores are kept; more than TOGETHER sentences have."""


class Labeller:
    """Labels sentences by a CRF and the features it was trained on.

    What a unit adds to the labels around it depends on the unit alone, and is summed once: `_seen[slot, view]` are the
    scores of the views of the morpheme of a slot, those of slot 0 zero.
    """

    def __init__(self, weights: crf.Crf, features: FeatureMaker) -> None:
        self._crf, self._features = weights, features
        self._slots: dict[tuple[str, str], int] = {}
        self._seen: Any = np.zeros((CACHED, 2 * WINDOW + 1, len(weights.labels)))

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
        slots = np.zeros((len(sentences), lengths[0] + 2 * WINDOW), dtype=np.intp)
        if len(self._slots) + sum(lengths) >= CACHED:
            self._slots.clear()
        for row, units in zip(slots, sentences, strict=True):
            row[WINDOW : WINDOW + len(units)] = [self._slot(unit) for unit in units]
        scores = sum(self._seen[slots[:, view : view + lengths[0]], view] for view in range(2 * WINDOW + 1))
        for row, units in zip(scores, sentences, strict=True):
            row[: len(units)] += self._around(text, units)
        return self._crf.best(scores, lengths)

    def _slot(self, unit: Unit) -> int:
        key = unit.form, unit.tag
        slot = self._slots.get(key)
        if slot is None:
            slot = self._slots[key] = len(self._slots) + 1
            self._seen[slot] = self._sums(self._features.views(unit))
        return slot

    def _around(self, text: str, units: Sequence[Unit]) -> Any:
        """Return what the units of a sentence add to their own labels, shape (units, labels), single views left out."""
        rows, words, marks, topics = self._features.around(units, text)
        for (at, _), names in marks.items():
            rows[at] += names
        for at, names in topics.items():
            rows[at] += names
        for inside, _ in words:
            for place, at in enumerate(inside):
                rows[at] += (EVERYWHERE, in_word(place))
        shared = self._sums([word for _, word in words])
        return self._sums(rows) + shared.repeat([len(inside) for inside, _ in words], axis=0)

    def _sums(self, rows: Sequence[Sequence[str]]) -> Any:
        """Return what lists of features add to the labels, shape (lists, labels)."""
        number_of = self._crf.rows.get
        numbers: list[int] = []
        starts = []
        for row in rows:
            starts.append(len(numbers))
            numbers.append(0)
            numbers += filter(None, map(number_of, row))
        return np.add.reduceat(self._crf.states[numbers], starts)


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
