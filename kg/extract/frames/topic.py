"""The topic of the discourse: what a dropped subject refers to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.extract.frames.clauses import Clauses, Filler
from kg.model import Mention

FADE = 0.93
"""What a topic keeps of its score over a sentence that does not mention it again."""
START = 0.85
"""Score of a topic in the sentence after the one that set it, where the article is about it."""
ASIDE = 0.6
"""The same for one that the article only mentions: too low for most frames to state a relation on it."""


def main_entities(mentions: Sequence[Mention], title_end: int) -> frozenset[str]:
    """Return what an article is about: the most named organization and person, names in the title counting thrice."""
    counts: dict[str, Counter[str]] = {}
    for mention in mentions:
        if mention.entity is not None and mention.type in ("Organization", "Person"):
            counts.setdefault(mention.type, Counter())[mention.entity] += 3 if mention.start < title_end else 1
    return frozenset(max(sorted(count), key=lambda entity: count[entity]) for count in counts.values())


def next_topic(clauses: Clauses, before: Filler | None, main: frozenset[str]) -> Filler | None:
    """Return the topic after a sentence: the first topic-marked name outside quotations, else the first subject.

    A sentence whose topics and subjects name nothing leaves the topic as it was, a little fainter.
    """
    for cases in (("topic",), ("nominative",)):
        for index, phrase in enumerate(clauses.phrases):
            if phrase.case in cases and not phrase.quote:
                filler = clauses.filler(index)
                if filler.entities and _main(clauses, index):
                    about = tuple(e for e in filler.entities if e in main)
                    return Filler(about or filler.entities, START if about else ASIDE)
    return Filler(before.entities, before.score * FADE) if before is not None and before.score > 0.5 else None


def _main(clauses: Clauses, index: int) -> bool:
    """Say whether a nominative belongs to a main clause: no relative clause starts with it."""
    if clauses.phrases[index].case == "topic":
        return True
    following = next((p for p in clauses.phrases[index + 1 :] if p.kind == "verb"), None)
    return following is None or following.ending in ("final", "connective", "quote")
