"""Measures the shipped classifier of KLUE-RE."""

from __future__ import annotations

from pathlib import Path

from kg import resources
from kg.extract.classifier.klue import classify, micro_f1, read_pairs
from kg.extract.classifier.weights import load
from kg.extract.recogniser.clusters import load as load_clusters
from kg.extract.recogniser.tagger import CLUSTERS

WEIGHTS = "klue_re.gz"


def evaluate_klue(path: Path, folder: Path | None = None) -> dict[str, float]:
    """Return precision, recall and micro F1 without no_relation over the rows of a file like KLUE-RE's dev.csv.

    `folder` holds other weights than the shipped ones. Raises InputError naming the file and line.
    """
    rows = list(read_pairs(path))
    weights = load(folder / WEIGHTS if folder else resources.models(WEIGHTS))
    clusters = load_clusters(resources.models(CLUSTERS))
    return micro_f1([row.label for row in rows], classify(rows, weights, clusters))
