"""A linear model over feature strings: small integers on disk, floats in memory."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kg import resources
from kg.errors import ResourceError

PAIRS, KLUE = "relations.gz", "klue_re.gz"
STATUSES, DATES = "relation_status.gz", "relation_dates.gz"
"""The models that ship: of the relations of articles and of KLUE-RE, of the status and date of what articles state."""
LARGEST = 127
"""Of the integers that stand for weights; those that round to 0 are left out, with features that have no other."""
LEAST = 1e-4
"""Least probability that counts: that of a label for a pair that is no pair of its sentence."""


def logit(p: float) -> float:
    """Return the log odds of a probability, which is kept off 0 and 1 by LEAST."""
    p = min(max(p, LEAST), 1 - LEAST)
    return math.log(p / (1 - p))


@dataclass(frozen=True, slots=True)
class Weights:
    """`matrix[rows[feature], label]` times `scale` is what a feature adds to a label, `bias[label]` its start.

    `rows` has the features in the order of their rows. The matrix of a model that was loaded has small integers, whose
    sums are exact in whatever order.
    """

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    matrix: Any
    bias: Any
    settings: Mapping[str, Any]
    scale: float = 1.0

    def total(self, features: Iterable[str]) -> Any:
        """Return the scores that features give the labels, shape (labels,), without the bias."""
        known = [row for name in features if (row := self.rows.get(name)) is not None]
        return self.matrix[known].sum(axis=0) * self.scale

    def probabilities(self, total: Any) -> Any:
        """Return what scores, shape (labels,) or (pairs, labels), come to as probabilities of the labels."""
        scores = total + self.bias
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return scores / scores.sum(axis=-1, keepdims=True)


def save(path: Path, weights: Weights) -> int:
    """Write a model, the same bytes for the same weights, and return how many features it keeps.

    The file is gzip of a JSON line, the feature names a line each, and the weights as signed bytes. Raises ValueError
    for a name with a line break.
    """
    names, matrix = list(weights.rows), weights.matrix * weights.scale
    broken = next((name for name in names if "\n" in name), None)
    if broken is not None:
        raise ValueError(f"feature {broken!r} has a line break; the file holds a name a line")
    scale = float(np.abs(matrix).max()) / LARGEST
    small = np.round(matrix / scale).astype(np.int8)
    kept = np.flatnonzero(small.any(axis=1))
    head = {
        "labels": list(weights.labels),
        "features": len(kept),
        "scale": scale,
        "bias": [round(float(value), 5) for value in weights.bias],
        "settings": dict(weights.settings),
    }
    body = json.dumps(head, ensure_ascii=False, sort_keys=True) + "\n" + "".join(f"{names[i]}\n" for i in kept.tolist())
    path.write_bytes(gzip.compress(body.encode() + small[kept].T.tobytes(), 9, mtime=0))
    return len(kept)


def shipped(name: str) -> Weights:
    """Return a model that ships with the package; raises ResourceError."""
    return load(resources.models(name))


def load(path: Path) -> Weights:
    """Return what `save` wrote; raises ResourceError naming the file when it is damaged."""
    try:
        content = gzip.decompress(path.read_bytes())
        head = json.loads(content[: content.index(b"\n")])
        labels, count = tuple(head["labels"]), head["features"]
        size = len(labels) * count
        names = content[content.index(b"\n") + 1 : len(content) - size].decode().split("\n")[:count]
        small = np.frombuffer(content, dtype=np.int8, offset=len(content) - size).reshape(len(labels), count)
    except (OSError, ValueError, KeyError) as error:
        raise ResourceError(f"{path}: not the weights of a classifier ({error}); reinstall the package") from error
    rows = {name: row for row, name in enumerate(names)}
    matrix, bias = np.ascontiguousarray(small.T), np.array(head["bias"])
    return Weights(labels, rows, matrix, bias, head["settings"], head["scale"])
