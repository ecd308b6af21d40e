"""The topic of the discourse: what a dropped subject refers to."""

from __future__ import annotations

from kg.extract.clauses import Clauses, Filler

FADE = 0.93
"""What a topic keeps of its score over a sentence that does not mention it again."""
START = 0.85
"""Score of a topic in the sentence after the one that set it."""


def next_topic(clauses: Clauses, before: Filler | None) -> Filler | None:
    """Return the topic after a sentence: the first topic-marked name outside quotations, else the first subject.

    A sentence whose topics and subjects name nothing leaves the topic as it was, a little fainter.
    """
    for cases in (("topic",), ("nominative",)):
        for index, phrase in enumerate(clauses.phrases):
            if phrase.case in cases and not phrase.quote:
                filler = clauses.filler(index)
                if filler.entities and _main(clauses, index):
                    return Filler(filler.entities, START)
    return Filler(before.entities, before.score * FADE) if before is not None and before.score > 0.6 else None


def _main(clauses: Clauses, index: int) -> bool:
    """Say whether a nominative belongs to a main clause: no relative clause starts with it."""
    if clauses.phrases[index].case == "topic":
        return True
    following = next((p for p in clauses.phrases[index + 1 :] if p.kind == "verb"), None)
    return following is None or following.ending in ("final", "connective", "quote")
