"""Trains the classifier of KLUE-RE, on its training part and on our own pairs of the same sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.extract.classifier.klue import Row, read_pairs, row_strings
from kg.extract.classifier.training import Examples, Plan, fit
from kg.extract.classifier.weights import KLUE, save
from kg.extract.recogniser import clusters
from kg.extract.train_names import annotated_sentences, require

KLUE_TRAIN, OWN_PAIRS = "klue-re/train.csv", "klue_re_pairs.tsv"
PLAN = Plan(epochs=4, rare=20, dropped=0.4, rate=5e-3, smoothing=0.1)
OWN_TIMES = 3
"""How often our own pairs, sampled like KLUE-RE's evaluation data, count."""


def train_klue(data: Path, out: Path, seed: int = 0) -> dict[str, int]:
    """Train and write the weights to `out`; returns counts. Raises InputError naming what is missing."""
    require(data, (KLUE_TRAIN,))
    out.mkdir(parents=True, exist_ok=True)
    groups = clusters.shipped()
    examples = Examples()
    official = list(read_pairs(data / KLUE_TRAIN))
    own = list(_own_pairs(data / KLUE_TRAIN))
    for row in [*official, *own]:
        examples.add(row_strings(row, groups), row.label)
    order = [*range(len(official)), *list(range(len(official), len(official) + len(own))) * OWN_TIMES]
    fitted = fit(examples, order, PLAN, seed)
    features = save(out / KLUE, fitted)
    return {"official": len(official), "own": len(own), "features": features}


def _own_pairs(path: Path) -> Iterator[Row]:
    for entry, text in annotated_sentences(OWN_PAIRS, path):
        for pair in entry["pairs"].split():
            label, *spans = pair.split("|")
            yield Row.of(entry["id"], text, spans[0], spans[1], label)
