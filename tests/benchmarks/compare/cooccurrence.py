"""Relations by standing together: each two names of a sentence are related, whatever it says.

The type is the one that training articles state most often (`seeds/annotations/news_relations.tsv`) of those that the
schema allows between the two; of two that fit either way round the earlier is the subject. All are taken for facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from kg import resources
from kg.extract.spans import sentences
from kg.model import Document, Evidence, Mention, RelationMention
from kg.schema import Schema, load_schema
from kg.stage import Stage

LONGEST = 1000
"""Characters of the longest sentence."""


@lru_cache(maxsize=1)
def by_frequency() -> tuple[str, ...]:
    """Return the types of relations, those that the training articles state most often first."""
    rows = resources.table("annotations", "news_relations.tsv")
    stated = Counter(entry.partition(":")[0] for row in rows for entry in row["relations"].split())
    return tuple(sorted(stated, key=lambda kind: (-stated[kind], kind)))


def likeliest(schema: Schema, one: str, other: str) -> tuple[str, bool] | None:
    """Return the type between names of two types, and whether it goes from the second to the first."""
    for kind in by_frequency():
        if schema.allows(kind, one, other):
            return kind, False
        if schema.allows(kind, other, one):
            return kind, True
    return None


def related(document: Document) -> Document:
    """Return a document in which each two names of a sentence are related."""
    schema = load_schema()
    types = {entity.id: entity.type for entity in document.entities}
    found: dict[frozenset[str], RelationMention] = {}
    for start, end in sentences(document.text, LONGEST):
        inside = [m for m in document.mentions if start <= m.start and m.end <= end and m.entity is not None]
        for one, other in combinations(inside, 2):
            ends = frozenset((one.entity or "", other.entity or ""))
            if len(ends) == 2 and ends not in found:
                relation = _between(schema, types, document.text, (start, end), (one, other))
                if relation is not None:
                    found[ends] = relation
    return replace(document, relations=tuple(found.values()))


def _between(
    schema: Schema, types: dict[str, str], text: str, sentence: tuple[int, int], pair: tuple[Mention, Mention]
) -> RelationMention | None:
    one, other = pair
    first, second = one.entity or "", other.entity or ""
    likely = likeliest(schema, types[first], types[second])
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
