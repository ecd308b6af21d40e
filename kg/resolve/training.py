"""Fits the weights that score pairs, on occurrences labelled with the thing they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.errors import InputError
from kg.model import Document
from kg.resolve import regression
from kg.resolve.appearances import Appearance, appearances
from kg.resolve.blocks import blocks
from kg.resolve.features import told
from kg.resolve.scoring import BIAS, FILE, Scorer, save
from kg.resolve.statistics import count

PENALTY = 1.0
"""Weight of the squared length of the weights (L2) against the likelihood of the pairs."""

Rows = npt.NDArray[np.float64]


class Occurrence(NamedTuple):
    """One appearance of a labelled group; equal `thing` within a `group` is one thing."""

    group: str
    thing: str
    document: str
    entity: str


class Pairs(NamedTuple):
    """Pairs of occurrences: features by name, whether they are one thing."""

    names: tuple[str, ...]
    rows: Rows
    same: npt.NDArray[np.bool_]


def train_resolution(
    documents: Sequence[Document], occurrences: Iterable[Occurrence], out: Path
) -> dict[str, int | Mapping[str, float]]:
    """Count over documents, fit the weights and write the model to `out`; returns counts and weights.

    Raises InputError where people or everything else have no labelled pair.
    """
    statistics = count(documents)
    pairs = labelled_pairs(documents, occurrences, Scorer(statistics, {}))
    if any(name not in pairs or not len(pairs[name].same) for name in ("Name", "Person")):
        raise InputError("too few labelled occurrences are in the documents; give what kg extract wrote of news-raw")
    weights = {name: fit(found) for name, found in sorted(pairs.items())}
    save(Scorer(statistics, weights), out / FILE)
    sizes = {f"{name} pairs": len(found.same) for name, found in sorted(pairs.items())}
    return {"documents": statistics.documents, **sizes, **weights}


def labelled_pairs(
    documents: Iterable[Document], occurrences: Iterable[Occurrence], scorer: Scorer
) -> dict[str, Pairs]:
    """Return the pairs within each labelled group, of people and of everything else."""
    groups: dict[tuple[str, str], list[tuple[Appearance, str]]] = defaultdict(list)
    found = {one.member: one for document in documents for one in appearances(document)}
    for occurrence in sorted(occurrences):
        one = found[occurrence.document, occurrence.entity]
        groups[occurrence.group, one.type].append((one, occurrence.thing))
    neighbours = {one.member: block for block in blocks(found.values()) for one in block}
    rows: dict[str, list[dict[str, Rows]]] = defaultdict(list)
    same: dict[str, list[npt.NDArray[np.bool_]]] = defaultdict(list)
    for (_, kind), members in sorted(groups.items()):
        items = [one for one, _ in members]
        beside = {one.member: one for item in items for one in neighbours[item.member]}
        features = scorer.features(items, told(beside.values()))
        pick = np.triu_indices(len(items), 1)
        name = "Person" if kind == "Person" else "Name"
        rows[name].append({feature: values[pick] for feature, values in features.items()})
        things = np.array([thing for _, thing in members])
        same[name].append((things[:, None] == things[None, :])[pick])
    return {name: _joined(rows[name], same[name]) for name in rows}


def _joined(rows: Sequence[Mapping[str, Rows]], same: Sequence[npt.NDArray[np.bool_]]) -> Pairs:
    names = tuple(sorted(rows[0]))
    table = np.column_stack([np.concatenate([row[name] for row in rows]) for name in names])
    return Pairs(names, table, np.concatenate(same))


def fit(pairs: Pairs) -> dict[str, float]:
    """Return the weights of a logistic regression by the name of the feature, and its bias, rounded."""
    rounded = [round(float(value), 4) for value in regression.fit(pairs.rows, pairs.same, PENALTY)]
    return dict(zip((BIAS, *pairs.names), rounded, strict=True))
