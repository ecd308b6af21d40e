"""Fits the linear classifiers: softmax regression with dropout of features, by stochastic gradients."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kg.errors import MissingExtraError
from kg.extract.classifier.weights import Weights

BATCH, DECAY, SCALE = 128, 0.7, 0.2
"""Rows a step, what each epoch keeps of Adam's rate, what a feature counts."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fit rows.

    `epochs` passes over them; features in fewer than `rare` rows are left out; the share `dropped` of a row's features
    is left out at random (Srivastava et al. 2014); `rate` is Adam's first; `smoothing` that of the labels.
    """

    epochs: int
    rare: int
    dropped: float
    rate: float
    smoothing: float


@dataclass(slots=True)
class Examples:
    """Rows of feature numbers with their labels; `names` numbers the features in the order they were met."""

    names: dict[str, int] = field(default_factory=dict)
    rows: list[array[int]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def add(self, features: Iterable[str], label: str) -> None:
        """Add a row."""
        self.rows.append(self.numbers(features))
        self.labels.append(label)

    def numbers(self, features: Iterable[str]) -> array[int]:
        """Return the numbers of features, those not met before numbered now."""
        names = self.names
        return array("i", sorted({names.setdefault(name, len(names)) for name in features}))


def fit(examples: Examples, chosen: Sequence[int], plan: Plan, seed: int) -> Weights:
    """Fit the chosen rows by a plan; a row may be chosen more than once. Raises MissingExtraError."""
    torch = _torch()
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    random = np.random.default_rng(seed)
    rows = [np.frombuffer(examples.rows[i], dtype=np.intc) for i in chosen]
    counts = np.zeros(len(examples.names), dtype=np.int64)
    for row in rows:
        counts[row] += 1
    kept = np.flatnonzero(counts >= plan.rare)
    place = np.full(len(counts), -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    known = [found[found >= 0] for found in (place[row] for row in rows)]
    labels = sorted({examples.labels[i] for i in chosen})
    number = {label: n for n, label in enumerate(labels)}
    wanted = torch.tensor([number[examples.labels[i]] for i in chosen])
    bag = torch.nn.EmbeddingBag(len(kept), len(labels), mode="sum", sparse=True)
    torch.nn.init.zeros_(bag.weight)
    bias = torch.zeros(len(labels), requires_grad=True)
    steps = [torch.optim.SparseAdam(list(bag.parameters()), lr=plan.rate), torch.optim.Adam([bias], lr=plan.rate)]
    for epoch in range(plan.epochs):
        for step in steps:
            step.param_groups[0]["lr"] = plan.rate * DECAY**epoch
        order = random.permutation(len(known))
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            drawn = [row[random.random(len(row)) >= plan.dropped] for row in (known[i] for i in batch)]
            starts = torch.tensor(np.cumsum([0, *(len(row) for row in drawn[:-1])]))
            scores = bag(torch.tensor(np.concatenate(drawn)), starts) * (SCALE / (1 - plan.dropped)) + bias
            loss = torch.nn.functional.cross_entropy(scores, wanted[batch], label_smoothing=plan.smoothing)
            for step in steps:
                step.zero_grad()
            loss.backward()
            for step in steps:
                step.step()
    names = list(examples.names)
    rows_of = {names[i]: row for row, i in enumerate(kept)}
    return Weights(tuple(labels), rows_of, bag.weight.detach().numpy() * SCALE, bias.detach().numpy(), {})


def _torch() -> Any:
    try:
        import torch
    except ImportError as error:
        raise MissingExtraError("training relations (PyTorch; extraction itself does not need it)", "train") from error
    return torch
