"""The trained CRF with its features, ready to label sentences."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import pycrfsuite

from kg import resources
from kg.extract.recogniser import clusters as cluster_files
from kg.extract.recogniser import corpus_names, learned
from kg.extract.recogniser.clusters import CLUSTERS
from kg.extract.recogniser.features import FeatureMaker
from kg.extract.recogniser.known import load_lexicon, splitter, surnames
from kg.extract.recogniser.labels import Span, decode
from kg.extract.recogniser.units import Unit
from kg.lang.ko.morphemes import Morpheme

WEIGHTS = "names.crfsuite.gz"
FORMS, LEARNED = "names_forms.tsv.gz", "names_learned.tsv.gz"
LONGEST = 400
"""Units labelled at once; a longer sentence is cut, which bounds time and memory."""


class Weights(pycrfsuite.Tagger):  # type: ignore[misc]
    """CRFsuite's tagger with the gzipped weights of a file; keeps their bytes, which CRFsuite reads where they lie."""

    def __init__(self, path: Path) -> None:
        self._bytes = gzip.decompress(path.read_bytes())
        self.open_inmemory(self._bytes)


class NameTagger:
    """Labels the units of a text with the shipped CRF, or with the one in `folder`; raises ResourceError."""

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
        self._tagger = Weights(weights)
        self._features = FeatureMaker(lexicon, clusters, surnames(), frozenset(self._tagger.info().attributes))

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

    def __call__(self, text: str, units: Sequence[Unit]) -> list[Span]:
        """Return the spans found in one sentence, in reading order."""
        return decode(units, self._tagger.tag(self._features(units, text)))
