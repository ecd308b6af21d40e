"""Judgements on pairs: what was taken for one thing, for two, or could not be told, with the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from kg.resolve.appearances import Appearance, Member
from kg.resolve.clustering import MERGE, MOST, UNSURE, may_be_one
from kg.resolve.delegates import DELEGATES, delegates
from kg.resolve.features import Told, told
from kg.resolve.matrices import Feature, Matrix
from kg.resolve.scoring import Scorer

Mask = npt.NDArray[np.bool_]
Verdict = Literal["positive", "negative", "unsure"]
TELLING = 0.25
"""What a feature must add to or take from the log odds to be given as a reason."""
LINKED = 100
"""Appearances of one entity whose links are given."""
DOUBTS = 20
"""Unsure pairs of one entity that are listed: thousands of bearers of a name make millions, which nobody reviews."""
REASONS = 5
SHOWN = 4
"""Reasons given for a judgement, and shared values shown with one."""
LABELS = {
    "company_shared": "named with both",
    "company_alike": "much the same company",
    "words_shared": "words around both",
    "words_alike": "much the same words around",
    "employer": "same employer",
    "employer_differs": "different employers",
    "employer_seen": "employer of one named beside the other",
    "title": "same title",
    "title_differs": "different titles",
    "title_kind": "same kind of title",
    "title_kind_differs": "different kinds of title",
    "common_given_name": "how common the given name is",
    "sports_differs": "only one on the sports pages",
    "same_name": "same name",
    "same_sound": "same sound or initials",
    "shortened": "one is the other without its ending",
    "longer_before": "one has words before the other's name",
    "longer_after": "one has words after the other's name",
    "one_letter": "one letter apart",
    "unrelated": "names are unlike",
    "form_shared": "share another name",
    "given_together": "articles give both names to one thing",
    "mostly_together": "articles mostly give both names to one thing",
    "given_apart": "articles name both as different things",
    "place_said": "the longer name's place is named beside the shorter",
    "abroad_before": "the longer name begins with another country",
    "place_before": "the longer name begins with a place",
    "kind_of_body": "the name only says what kind of body it is",
    "kind_of_body_same": "the name only says what kind of body it is",
    "scope": "same country, region or party",
    "scope_differs": "different countries, regions or parties",
    "both_known": "both names are listed as different organizations",
    "common_ending": "how many names end alike",
    "common_ending_same": "how many names end alike",
    "common_ending_before": "how many names end alike",
    "common_beginning_same": "how many names begin alike",
    "common_beginning_after": "how many names begin alike",
    "common_company": "names that end alike, with much the same company",
    "common_scope": "names that end alike, with the same country, region or party",
    "common_scope_differs": "names that end alike, with different countries, regions or parties",
    "body_company": "kinds of body with much the same company",
    "body_scope": "kinds of body with the same country, region or party",
    "body_scope_differs": "kinds of body with different countries, regions or parties",
    "short": "length of the shorter name",
    "korean_name": "Korean full names",
    "one_syllable_after": "one syllable follows the other's name",
    "group_after": "one is the group of the other's name",
    "korea_before": "the longer name begins with Korea",
    "place_dropped": "one is the other without its place",
    "known_same": "the name is listed as an organization",
    "known_short": "the shorter name is listed as an organization",
    "known_long": "the longer name is listed as an organization",
}
"""Features in words; one that is not here is named as it is in `kg.resolve.features`."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement on two things by the pair of their appearances that is most alike, of names `left` and `right`.

    `score` is the mean probability, 0 to 1, that the appearances of the two are one thing. A positive one joins two
    names of one entity, a negative one keeps an entity apart from the likeliest of its namesakes, an unsure one two
    entities that may be one.
    """

    verdict: Verdict
    score: float
    first: Member
    second: Member
    left: str
    right: str
    reasons: tuple[str, ...]


def judgements(clusters: Sequence[Sequence[Appearance]], evidence: Told, scorer: Scorer) -> Iterator[Judgement]:
    """Yield the judgements on the clusters of one block, in a fixed order."""
    groups = [(at, group) for at, cluster in enumerate(clusters) for group in _by_key(cluster)]
    if len(groups) < 2 or sum(min(len(group), DELEGATES) for _, group in groups) > 2 * MOST:
        return
    items = [one for _, group in groups for one in delegates(group)]
    of_item = np.array([at for at, (_, group) in enumerate(groups) for _ in delegates(group)])
    features = scorer.features(items, evidence)
    probabilities = scorer.probabilities(items[0].type, features)
    if items[0].type == "Person":
        probabilities *= may_be_one(items)
    judge = _Judge(items, features, probabilities, scorer)
    cluster_of_item = np.array([groups[at][0] for at in of_item])
    for at, (cluster, _) in enumerate(groups):
        first = next(other for other, (of, _) in enumerate(groups) if of == cluster)
        if at != first:
            yield judge("positive", of_item == at, (cluster_of_item == cluster) & (of_item != at))
    member = np.equal.outer(np.arange(len(clusters)), cluster_of_item).astype(float)
    sizes = member.sum(axis=1)
    means = member @ judge.probabilities @ member.T / np.outer(sizes, sizes)
    keys = [{a.key for a in cluster} for cluster in clusters]
    nearest = set()
    for one, row in enumerate(means):
        namesakes = [other for other in range(len(clusters)) if other != one and keys[one] & keys[other]]
        if namesakes:
            other = max(namesakes, key=lambda other: (row[other], -other))
            nearest.add((min(one, other), max(one, other)))
    unsure = _unsure(means)
    for one, other in sorted(unsure | {pair for pair in nearest if means[pair] < UNSURE}):
        verdict: Verdict = "unsure" if (one, other) in unsure else "negative"
        yield judge(verdict, cluster_of_item == one, cluster_of_item == other)


def _unsure(means: Matrix) -> set[tuple[int, int]]:
    """Return the pairs of clusters that are unsure, the DOUBTS likeliest of each, the smaller number first."""
    found = set()
    for one, row in enumerate(means):
        others = [other for other in np.flatnonzero((row >= UNSURE) & (row < MERGE)).tolist() if other != one]
        for other in sorted(others, key=lambda other: (-row[other], other))[:DOUBTS]:
            found.add((min(one, other), max(one, other)))
    return found


def links(members: Sequence[Appearance], scorer: Scorer) -> Iterator[Judgement]:
    """Yield for each appearance of an entity but the first the one before it that it is most like, with the reasons.

    At most LINKED appearances, spread evenly, are looked at; their order is that of `Appearance.order`.
    """
    ordered = sorted(members, key=lambda one: one.order)
    items = delegates(ordered, LINKED)
    if len(items) < 2:
        return
    features = scorer.features(items, told(ordered))
    judge = _Judge(items, features, scorer.probabilities(items[0].type, features), scorer)
    at = np.arange(len(items))
    for index in range(1, len(items)):
        best = int(judge.probabilities[index, :index].argmax())
        yield judge("positive", at == best, at == index)


@dataclass(frozen=True, slots=True)
class _Judge:
    items: Sequence[Appearance]
    features: Mapping[str, Feature]
    probabilities: Matrix
    scorer: Scorer

    def __call__(self, verdict: Verdict, rows: Mask, columns: Mask) -> Judgement:
        """Return the judgement on two sets of items, given as masks."""
        part = self.probabilities[np.ix_(rows, columns)]
        i, j = np.unravel_index(int(part.argmax()), part.shape)
        a, b = int(np.flatnonzero(rows)[i]), int(np.flatnonzero(columns)[j])
        one, other = self.items[a], self.items[b]
        reasons = tuple(self._reasons(a, b))
        mean = round(float(part.mean()), 3)
        return Judgement(verdict, mean, one.member, other.member, one.name, other.name, reasons)

    def _reasons(self, a: int, b: int) -> Iterator[str]:
        weights = self.scorer.of(self.items[a].type)
        shares = {name: weights.get(name, 0.0) * float(self.features[name][a, b]) for name in self.features}
        telling = sorted((name for name in shares if abs(shares[name]) >= TELLING), key=lambda n: (-abs(shares[n]), n))
        for name in telling[:REASONS]:
            shown = self._shared(name, self.items[a], self.items[b])
            yield f"{shares[name]:+.1f} {LABELS.get(name, name)}{': ' + ', '.join(shown) if shown else ''}"

    def _shared(self, name: str, one: Appearance, other: Appearance) -> list[str]:
        """Return the values in common that a feature counts, the rarest first."""
        statistics = self.scorer.statistics
        field, _, kind = name.partition("_")
        if field == "company" and kind == "shared":
            both = sorted(set(one.company) & set(other.company), key=lambda key: (-statistics.rarity(key), key))
            return [key[1:] for key in both[:SHOWN]]
        if field == "words" and kind == "shared":
            both = sorted(set(one.words) & set(other.words), key=lambda word: (-statistics.word_rarity(word), word))
            return both[:SHOWN]
        values = {"employer": (one.employers, other.employers), "title": (one.titles, other.titles)}
        if name in values:
            return sorted(set(values[name][0]) & set(values[name][1]))[:SHOWN]
        return []


def _by_key(cluster: Sequence[Appearance]) -> list[list[Appearance]]:
    """Return the appearances of a cluster by key, the commonest key first."""
    found: dict[str, list[Appearance]] = defaultdict(list)
    for one in cluster:
        found[one.key].append(one)
    return sorted(found.values(), key=lambda group: (-len(group), group[0].key))
