"""The probability that two appearances are one thing, and what speaks for and against it."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from kg import resources
from kg.resolve.appearances import Appearance
from kg.resolve.features import Told, compared, pair_features
from kg.resolve.matrices import Feature, Matrix
from kg.resolve.statistics import Statistics

FILE = "resolution.json.gz"
BIAS = "bias"


@dataclass(frozen=True, slots=True)
class Scorer:
    """A linear model for people and one for everything else: weights by feature, over counts of the news."""

    statistics: Statistics
    weights: Mapping[str, Mapping[str, float]]

    def features(self, items: Sequence[Appearance], evidence: Told) -> dict[str, Feature]:
        """Return the features of every pair of items, all of one top type."""
        return pair_features(items[0].type, items, evidence, self.statistics)

    def of(self, kind: str) -> Mapping[str, float]:
        """Return the weights for a top type."""
        return self.weights["Person" if kind == "Person" else "Name"]

    def probabilities(self, kind: str, features: Mapping[str, Feature]) -> Matrix:
        """Return the probability that each two items are one."""
        weights = self.of(kind)
        total = weights[BIAS] + sum(weights[name] * features[name] for name in sorted(features) if name in weights)
        return np.asarray(1 / (1 + np.exp(-total)))

    def bare(self, writing: tuple[str, str], evidence: Told) -> float:
        """Return the probability that two appearances of what is no person are one by their name alone.

        `writing` is the key and the name; nothing else is in common, and their scopes differ.
        """
        weights = self.weights["Name"]
        values = compared(writing, writing, evidence, self.statistics)
        values["scope_differs"] = 1.0
        values["body_scope_differs"] = values["kind_of_body"]
        values["common_scope_differs"] = values["common_ending"]
        total = weights[BIAS] + sum(weights[name] * value for name, value in values.items())
        return 1 / (1 + math.exp(-total))


@lru_cache(maxsize=1)
def scorer() -> Scorer:
    """Return the shipped model; raises ResourceError when it is missing."""
    return load(resources.models(FILE, package="resolve"))


def load(path: Path) -> Scorer:
    """Return the model of a file that `save` wrote."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        data = json.load(file)
    return Scorer(Statistics(**data["statistics"]), data["weights"])


def save(found: Scorer, path: Path) -> None:
    """Write a model, the same bytes for the same model."""
    text = json.dumps({"statistics": asdict(found.statistics), "weights": found.weights}, ensure_ascii=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
