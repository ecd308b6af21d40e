"""Fits the weights of `kg.resolve.likeness` to labelled pairs of articles.

`python -m kg.resolve.train_copies DOCUMENTS seeds/annotations/copies.tsv` prints WEIGHTS and BIAS, to be copied there,
and precision and recall of the check alone in ten-fold cross-validation over the pairs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.codec import read_documents
from kg.resolve.copies import fingerprint
from kg.resolve.evaluate_copies import LABELS, read_pairs
from kg.resolve.likeness import WEIGHTS, Telling, features

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDS = 10
RIDGE = 1.0
"""Weight of the squared weights, of features scaled to a deviation of 1, against the summed log loss."""


def train_copies(documents: Path, gold: Path) -> dict[str, Any]:
    """Return weights, bias and cross-validated figures; pairs whose articles are missing are left out."""
    import numpy as np

    pairs = read_pairs(gold)
    wanted = {article for one, other, _ in pairs for article in (one, other)}
    tellings = {d.id: Telling(fingerprint(d)) for d in read_documents(documents) if d.id in wanted}
    known = [pair for pair in pairs if pair[0] in tellings and pair[1] in tellings]
    rows = [features(tellings[one], tellings[other]) for one, other, _ in known]
    values = np.array([[row[name] for name in WEIGHTS] for row in rows])
    labels = np.array([LABELS[label] for *_, label in known])
    *weights, bias = fit(values, labels).round(3).tolist()
    return {"weights": dict(zip(WEIGHTS, weights, strict=True)), "bias": bias, **_cross_validated(values, labels)}


def fit(values: NDArray[np.float64], labels: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the weights of a logistic regression and, last, its bias."""
    import numpy as np

    from kg.resolve import regression

    mean, scale = values.mean(axis=0), values.std(axis=0)
    bias, *weights = regression.fit((values - mean) / scale, labels, RIDGE)
    own = np.array(weights) / scale
    return np.append(own, bias - own @ mean)


def _cross_validated(values: NDArray[np.float64], labels: NDArray[np.bool_]) -> dict[str, float]:
    import numpy as np

    fold = np.random.default_rng(0).permutation(len(labels)) % FOLDS
    found = np.zeros(len(labels), dtype=bool)
    for held in range(FOLDS):
        *weights, bias = fit(values[fold != held], labels[fold != held])
        found[fold == held] = values[fold == held] @ np.array(weights) + bias > 0
    right = int((found & labels).sum())
    return {"precision": round(right / int(found.sum()), 3), "recall": round(right / int(labels.sum()), 3)}


def main(arguments: Sequence[str]) -> None:
    """Print what `train_copies` makes of the two files named."""
    documents, gold = arguments
    print(json.dumps(train_copies(Path(documents), Path(gold)), indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
