"""Measures which appearances are taken for one thing against labelled occurrences."""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kg.errors import InputError
from kg.model import Document
from kg.resolve.appearances import Appearance, Member, appearances, stays_alone
from kg.resolve.blocks import blocks
from kg.resolve.clustering import MERGE, clusters
from kg.resolve.features import Told, told
from kg.resolve.scoring import Scorer, scorer
from kg.resolve.training import Occurrence

THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(6, 20))
"""The least probabilities at which clusters join, 0.3 to 0.95, that make the curve."""
TOGETHER = "together"


class Group(NamedTuple):
    """The appearances of one top type in a labelled group, and what each means."""

    type: str
    members: tuple[Appearance, ...]
    things: tuple[str, ...]


def evaluate_resolution(
    documents: Iterable[Document], occurrences: Iterable[Occurrence], model: Scorer | None = None
) -> dict[str, Any]:
    """Return figures (0 to 1) of resolution over labelled occurrences, by top type and together.

    A pair is two occurrences of one group and type; precision and recall are those of the pairs taken for one thing,
    B³ (Bagga and Baldwin 1998) averages over the occurrences of a group and type. `equal names` are the figures of
    taking equal names for one, `curve` those together by the threshold of clustering. All documents are read, since
    they say which names meet; blocks without labels are left out. Raises InputError where no two occurrences of a
    group are of one type.
    """
    found = [one for document in documents for one in appearances(document)]
    groups = list(_groups({one.member: one for one in found}, occurrences))
    if not groups:
        raise InputError("no two labelled occurrences are in the documents; give what kg extract wrote of news-raw")
    labelled = {one.member for group in groups for one in group.members}
    met = [(block, told(block)) for block in blocks(found) if any(one.member in labelled for one in block)]
    model = model or scorer()
    by_threshold = {merge: figures(groups, _resolved(met, model, merge)) for merge in sorted({*THRESHOLDS, MERGE})}
    return {
        "resolved": by_threshold[MERGE],
        "equal names": figures(groups, {one.member: _name(one) for group in groups for one in group.members}),
        "curve": [{"merge": merge, **by_type[TOGETHER]} for merge, by_type in by_threshold.items()],
    }


def figures(groups: Iterable[Group], found: Mapping[Member, Hashable]) -> dict[str, dict[str, float]]:
    """Return the figures of a clustering, `found`, by top type and together; a figure over nothing is 0."""
    counts: dict[str, _Counts] = defaultdict(_Counts)
    for group in groups:
        clusters_of = [found[one.member] for one in group.members]
        for name in (group.type, TOGETHER):
            counts[name].add(group.things, clusters_of)
    return {name: counts[name].figures() for name in sorted(counts)}


class _Counts:
    """Pairs and shares summed over groups."""

    def __init__(self) -> None:
        self.right = self.joined = self.same = self.occurrences = 0
        self.precision = self.recall = 0.0

    def add(self, things: Sequence[Hashable], found: Sequence[Hashable]) -> None:
        """Add one group: what its occurrences mean and the clusters they are in, in one order."""
        for at, (thing, cluster) in enumerate(zip(things, found, strict=True)):
            same = [other == thing for other in things]
            joined = [other == cluster for other in found]
            right = list(map(operator.and_, same, joined))
            self.precision += sum(right) / sum(joined)
            self.recall += sum(right) / sum(same)
            self.occurrences += 1
            self.right += sum(right[:at])
            self.same += sum(same[:at])
            self.joined += sum(joined[:at])

    def figures(self) -> dict[str, float]:
        """Return precision, recall and F1 of pairs and of B³, rounded, and the counts they are over."""
        pairs = _f1(_share(self.right, self.joined), _share(self.right, self.same))
        b3 = _f1(_share(self.precision, self.occurrences), _share(self.recall, self.occurrences))
        rounded = {name: round(value, 4) for name, value in (*pairs.items(), *((f"b3_{n}", v) for n, v in b3.items()))}
        return {**rounded, "occurrences": self.occurrences, "pairs of one thing": self.same}


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> dict[str, float]:
    return {
        "precision": precision,
        "recall": recall,
        "f1": _share(2 * precision * recall, precision + recall),
    }


def _groups(found: Mapping[Member, Appearance], occurrences: Iterable[Occurrence]) -> Iterator[Group]:
    """Yield the groups with two occurrences or more, each split by the type of its appearances."""
    by_group: dict[tuple[str, str], list[tuple[Appearance, str]]] = defaultdict(list)
    for occurrence in occurrences:
        one = found[occurrence.document, occurrence.entity]
        by_group[occurrence.group, one.type].append((one, occurrence.thing))
    for (_, kind), labelled in sorted(by_group.items()):
        if len(labelled) > 1:
            yield Group(kind, tuple(one for one, _ in labelled), tuple(thing for _, thing in labelled))


def _resolved(met: Iterable[tuple[list[Appearance], Told]], model: Scorer, merge: float) -> dict[Member, Hashable]:
    found: dict[Member, Hashable] = {}
    for at, (block, evidence) in enumerate(met):
        for cluster, members in enumerate(clusters(block, evidence, model, merge)):
            found.update({one.member: (at, cluster) for one in members})
    return found


def _name(one: Appearance) -> tuple[str, str, str]:
    """Return what two appearances share where equal names are one: surnames with a title stay in their document."""
    return one.type, one.key, one.document if stays_alone(one) else ""
