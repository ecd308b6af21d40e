"""A quoted sentence in pieces: its cue, and where the ends of the relation are named in it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

Span = tuple[int, int]


def quotation(text: str, cue: Span, subject: Iterable[str], obj: Iterable[str]) -> list[list[str]]:
    """Return the sentence as [text, kind] pieces; kind is "", cue, subject or object.

    Offsets count code points. An end is marked where one of its names first stands outside the cue, the longest name
    first; an end that the sentence only refers to stays unmarked.
    """
    spans: list[tuple[Span, str]] = [(cue, "cue")] if cue[0] < cue[1] else []
    for kind, names in (("subject", subject), ("object", obj)):
        found = _first(text, names, [span for span, _ in spans])
        if found:
            spans.append((found, kind))
    spans.sort()
    marked = dict(spans)
    bounds = sorted({0, len(text), *(bound for span, _ in spans for bound in span)})
    return [[text[first:last], marked.get((first, last), "")] for first, last in pairwise(bounds)]


def _first(text: str, names: Iterable[str], taken: list[Span]) -> Span | None:
    for name in sorted({name for name in names if name}, key=lambda name: (-len(name), name)):
        at = text.find(name)
        while at >= 0:
            span = (at, at + len(name))
            if all(span[1] <= first or last <= span[0] for first, last in taken):
                return span
            at = text.find(name, at + 1)
    return None
