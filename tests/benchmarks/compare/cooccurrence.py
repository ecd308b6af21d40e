"""Relations by standing together: each two names of a sentence are related, whatever it says.

The type and its direction are those that the labels of the sample articles state most often between names of such
types, so it is tried on the samples too; where they state nothing, nothing is. Of two names that fit either way round
the earlier is the subject. All are taken for facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from kg.extract.evaluate_relations import TYPES
from kg.extract.spans import sentences
from kg.model import Document, Evidence, Mention, RelationMention
from kg.stage import Stage
from tests.benchmarks.compare.sets import SAMPLES, article_set

LONGEST = 1000
"""Characters of the longest sentence."""


@lru_cache(maxsize=1)
def stated() -> dict[tuple[str, str], tuple[str, int]]:
    """Return the relation that the samples state most often and how often, by the types of its subject and object."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for label in article_set(SAMPLES).labels.values():
        types = {entity["name"]: TYPES[entity["type"]] for entity in label["entities"]}
        for row in label["relations"]:
            ends = (types[row["subject"]], types[row["object"]])
            counts.setdefault(ends, Counter())[row["type"]] += 1
    return {ends: min(kinds.items(), key=lambda kind: (-kind[1], kind[0])) for ends, kinds in counts.items()}


def likeliest(one: str, other: str) -> tuple[str, bool] | None:
    """Return the relation between names of two types, and whether it goes from the second to the first."""
    ways = [(ends, ends != (one, other)) for ends in dict.fromkeys(((one, other), (other, one))) if ends in stated()]
    if not ways:
        return None
    ends, turned = min(ways, key=lambda way: -stated()[way[0]][1])
    return stated()[ends][0], turned


def related(document: Document) -> Document:
    """Return a document in which each two names of a sentence are related."""
    types = {entity.id: entity.type for entity in document.entities}
    found: dict[frozenset[str], RelationMention] = {}
    for start, end in sentences(document.text, LONGEST):
        inside = [m for m in document.mentions if start <= m.start and m.end <= end and m.entity is not None]
        for one, other in combinations(inside, 2):
            ends = frozenset((one.entity or "", other.entity or ""))
            if len(ends) == 2 and ends not in found:
                relation = _between(types, document.text, (start, end), (one, other))
                if relation is not None:
                    found[ends] = relation
    return replace(document, relations=tuple(found.values()))


def _between(
    types: dict[str, str], text: str, sentence: tuple[int, int], pair: tuple[Mention, Mention]
) -> RelationMention | None:
    one, other = pair
    first, second = one.entity or "", other.entity or ""
    likely = likeliest(types[first], types[second])
    if likely is None:
        return None
    kind, turned = likely
    subject, obj = (second, first) if turned else (first, second)
    cue = (min(one.start, other.start), max(one.end, other.end))
    evidence = Evidence(*sentence, text[slice(*sentence)], cue)
    return RelationMention(kind, subject, obj, evidence, extractor="cooccurrence/1")


class Cooccurrence:
    """The Stage that relates what stands together, of the names that another stage finds."""

    name = "cooccurrence"
    version = "1"

    def __init__(self, names: Stage) -> None:
        self._names = names

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with names and what stands together."""
        return [related(document) for document in self._names(documents)]
