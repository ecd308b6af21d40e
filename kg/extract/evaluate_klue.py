"""Measures the shipped classifier of KLUE-RE."""

from __future__ import annotations

from pathlib import Path

from kg.extract.classifier.klue import classify, micro_f1, read_pairs
from kg.extract.classifier.weights import KLUE, shipped
from kg.extract.recogniser import clusters


def evaluate_klue(path: Path) -> dict[str, float]:
    """Return precision, recall and micro F1 without no_relation over the rows of a file like KLUE-RE's dev.csv.

    Raises InputError naming the file and line.
    """
    rows = list(read_pairs(path))
    found = classify(rows, shipped(KLUE), clusters.shipped())
    return micro_f1([row.label for row in rows], found)
