"""Clusters of a block's appearances: average linkage over the probability that two are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

import numpy as np

from kg.resolve.appearances import Appearance, forms
from kg.resolve.delegates import DELEGATES, delegates
from kg.resolve.features import Told
from kg.resolve.matrices import Matrix
from kg.resolve.naming import AT_HOME
from kg.resolve.scoring import Scorer

MERGE = 0.6
"""The least mean probability at which two clusters are one."""
UNSURE = 0.35
"""From here up to MERGE a pair is unsure: kept apart, and listed for review."""
DOMINANT = 10
STRAY = 0.3
"""What makes a person much in the news (articles), and the least probability at which an article is about them."""
SETTLED = 0.8
"""The least probability, without any shared context, at which a name means one thing in all articles."""
MOST = 800
"""Appearances compared all with all at once; more are clustered in portions by date, then the portions' clusters."""


def clusters(
    block: Sequence[Appearance], evidence: Told, scorer: Scorer, merge: float = MERGE
) -> list[list[Appearance]]:
    """Return the clusters of a block of one top type, the same whatever the order of the block.

    `merge` is the least mean probability, 0 to 1, at which two clusters are one.
    """
    ordered = sorted(block, key=lambda one: one.order)
    units = _settled(ordered, evidence, scorer)
    while True:
        joined = [
            cluster for at in _portions(units) for cluster in _join([units[i] for i in at], evidence, scorer, merge)
        ]
        if len(joined) == len(units) or sum(map(_weight, units)) <= MOST:
            return _with_strays(joined, evidence, scorer) if block[0].type == "Person" else joined
        # Portions by date part a person of thousands of articles: the largest clusters meet in the next round.
        units = sorted(joined, key=lambda cluster: (-len(cluster), cluster[0].order))


def _with_strays(found: list[list[Appearance]], evidence: Told, scorer: Scorer) -> list[list[Appearance]]:
    """Let a person much in the news have the appearances of the name that are unsure.

    Where one bearer of a name has DOMINANT articles and more than all others, an article that says too little is
    likelier about that one than about a person never named before.
    """
    if len(found) == 1:
        return found
    largest = max(found, key=len)
    if len(largest) < DOMINANT or 2 * len(largest) <= sum(map(len, found)):
        return found
    kept, joined = [], list(largest)
    others = [cluster for cluster in found if cluster is not largest]
    for portion in _portions(others):
        likely = _likeness(largest, [others[at] for at in portion], evidence, scorer)
        for at, probability in zip(portion, likely, strict=True):
            if probability >= STRAY:
                joined += others[at]
            else:
                kept.append(others[at])
    return sorted([sorted(joined, key=lambda a: a.order), *kept], key=lambda cluster: cluster[0].order)


def _likeness(
    person: Sequence[Appearance], others: Sequence[Sequence[Appearance]], evidence: Told, scorer: Scorer
) -> list[float]:
    """Return the mean probability that each of the others is the same person."""
    items = [(at, one) for at, cluster in enumerate([person, *others]) for one in delegates(cluster)]
    people = [one for _, one in items]
    probabilities = scorer.probabilities("Person", scorer.features(people, evidence)) * may_be_one(people)
    of = np.array([at for at, _ in items])
    return [float(probabilities[np.ix_(of == 0, of == at)].mean()) for at in range(1, len(others) + 1)]


def linkage(probabilities: Matrix, units: Sequence[Hashable], least: float) -> list[int]:
    """Return the cluster of each item by average linkage (UPGMA); items of one unit stay together.

    `probabilities` is a symmetric n × n matrix; two clusters join while their mean probability is at least `least`.
    """
    from scipy.cluster.hierarchy import fcluster
    from scipy.cluster.hierarchy import linkage as average
    from scipy.spatial.distance import squareform

    if len(units) == 1:
        return [0]
    distances = 1 - probabilities
    at = np.unique([str(unit) for unit in units], return_inverse=True)[1]
    distances[np.equal.outer(at, at)] = 0
    np.fill_diagonal(distances, 0)
    tree = average(squareform(distances, checks=False), method="average")
    return [int(label) for label in fcluster(tree, 1 - least, criterion="distance")]


def may_be_one(people: Sequence[Appearance]) -> Matrix:
    """Return 1 where two people have one name, or one has a part of the other's that its article gives it, else 0."""
    keys = sorted({one.key for one in people})
    at = {key: index for index, key in enumerate(keys)}
    allowed = np.eye(len(keys))
    for one in people:
        for form in forms(one):
            if form in at:
                allowed[at[one.key], at[form]] = allowed[at[form], at[one.key]] = 1
    rows = np.array([at[one.key] for one in people])
    return np.asarray(allowed[np.ix_(rows, rows)])


def _settled(ordered: Sequence[Appearance], evidence: Told, scorer: Scorer) -> list[list[Appearance]]:
    """Return the units to start from: all appearances of a name that means one thing even without shared context.

    So do two appearances of a name in one document, and those of one that stands for itself.
    """
    units: dict[tuple[str, ...], list[Appearance]] = defaultdict(list)
    known: dict[str, bool] = {}
    for one in ordered:
        if one.key not in known:
            known[one.key] = one.type != "Person" and (
                one.key in AT_HOME or scorer.bare((one.key, one.name), evidence) >= SETTLED
            )
        units[(one.key,) if known[one.key] else (one.key, one.document)].append(one)
    return list(units.values())


def _weight(unit: Sequence[Appearance]) -> int:
    return min(len(unit), DELEGATES)


def _portions(units: Sequence[Sequence[Appearance]]) -> list[list[int]]:
    """Return the indices of units in portions of about MOST delegates."""
    portions: list[list[int]] = [[]]
    weight = 0
    for at, unit in enumerate(units):
        if weight + _weight(unit) > MOST and portions[-1]:
            portions.append([])
            weight = 0
        portions[-1].append(at)
        weight += _weight(unit)
    return portions


def _join(units: Sequence[list[Appearance]], evidence: Told, scorer: Scorer, merge: float) -> list[list[Appearance]]:
    if len(units) == 1:
        return list(units)
    items = [(at, one) for at, unit in enumerate(units) for one in delegates(unit)]
    features = scorer.features([one for _, one in items], evidence)
    probabilities = scorer.probabilities(items[0][1].type, features)
    if items[0][1].type == "Person":
        probabilities *= may_be_one([one for _, one in items])
    labels = linkage(probabilities, [at for at, _ in items], merge)
    joined: dict[int, list[Appearance]] = defaultdict(list)
    seen: set[int] = set()
    for (at, _), label in zip(items, labels, strict=True):
        if at not in seen:
            seen.add(at)
            joined[label] += units[at]
    return sorted((sorted(one, key=lambda a: a.order) for one in joined.values()), key=lambda c: c[0].order)
