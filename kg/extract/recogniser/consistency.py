"""What one place of an article tells about another: a name clear somewhere is that name everywhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.units import Unit

COUNTRY_VOTES = 2
"""Mentions that the wording must outvote before a country of the gazetteer is no Place."""
_ALIAS = re.compile(r"\(([A-Z][A-Za-z&.·-]{1,9}|[A-Z][a-z]+(?: [A-Z][a-z.]*){1,3}|[一-鿿]{2,4})\)")
_INNER_TAGS = frozenset(("NNG", "NNP", "SL", "SH", "XPN", "XSN", "XR"))
_NAME_TAGS = frozenset(("NNP", "SL", "SH", "SN", "XT"))


def agree(text: str, spans: Iterable[Span], countries: Collection[str]) -> list[Span]:
    """Return the spans with each surface given the type it has most often in the text, first seen on a tie."""
    spans = list(spans)
    votes: dict[str, Counter[str]] = {}
    for start, end, kind in spans:
        surface = text[start:end]
        if surface not in votes:
            votes[surface] = Counter({"Place": COUNTRY_VOTES} if surface in countries else {})
        votes[surface][kind] += 1
    return [Span(s.start, s.end, votes[text[s.start : s.end]].most_common(1)[0][0]) for s in spans]


def spread(text: str, spans: Sequence[Span], sentences: Sequence[Sequence[Unit]]) -> list[Span]:
    """Return the spans and the bare occurrences of their surfaces elsewhere, in reading order.

    An occurrence counts where it begins a word, ends with a unit, and no further noun is glued to it. Surfaces
    of one character are left alone, and so are single common nouns, which a mistake would spread all over.
    """
    proper = _proper(text, spans, sentences)
    heads: dict[str, list[str]] = {}
    for surface in sorted(proper, key=lambda name: (-len(name), name)):
        heads.setdefault(surface[:2], []).append(surface)
    covered = sorted(spans)
    taken = bytearray(len(text) + 1)
    for start, end, _ in covered:
        taken[start:end] = b"\x01" * (end - start)
    found = [
        Span(start, end, proper[text[start:end]])
        for units in sentences
        for start, end in _occurrences(text, units, heads)
        if not any(taken[start:end])
    ]
    return sorted(covered + found)


def _proper(text: str, spans: Sequence[Span], sentences: Sequence[Sequence[Unit]]) -> dict[str, str]:
    """Return the type of each surface worth looking for: several units, or one that is a proper noun or foreign."""
    tags = {(unit.start, unit.end): unit.tag for units in sentences for unit in units}
    found: dict[str, str] = {}
    for span in spans:
        surface = text[span.start : span.end]
        tag = tags.get((span.start, span.end))
        if len(surface) > 1 and not surface.isdigit() and (tag is None or tag in _NAME_TAGS):
            found.setdefault(surface, span.type)
    return found


def _occurrences(text: str, units: Sequence[Unit], heads: dict[str, list[str]]) -> Iterator[tuple[int, int]]:
    ends = {unit.end for unit in units}
    inner = {unit.start for unit in units if unit.glued and unit.tag in _INNER_TAGS}
    last = -1
    for at, unit in enumerate(units):
        if unit.start < last or (unit.glued and at and units[at - 1].tag in _INNER_TAGS):
            continue
        for surface in heads.get(text[unit.start : unit.start + 2], ()):
            end = unit.start + len(surface)
            if text.startswith(surface, unit.start) and end in ends and end not in inner:
                yield unit.start, end
                last = end
                break


def aliases(text: str, spans: Sequence[Span], not_names: Collection[str] = ()) -> list[Span]:
    """Return the spans and the Latin or Hanja form in brackets right after one: 한국산업은행(KDB), 권도윤(權道允).

    What stands in `not_names` (CEO) is no alias.
    """
    found = list(spans)
    for span in spans:
        match = _ALIAS.match(text, span.end) if span.type in ("Organization", "Person") else None
        if match and match[1] not in not_names and (span.type == "Person") == (" " in match[1] or match[1] > "一"):
            start, end = match.span(1)
            found = [other for other in found if other.end <= start or other.start >= end]
            found.append(Span(start, end, span.type))
    return sorted(found)
