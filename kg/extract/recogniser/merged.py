"""Parts the CRF runs together: a name with the title or the other name that stands beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.units import Unit

ANONYMOUS = "모"
"""Stands for a given name that the text withholds (박모 씨); KLUE-NER marks the surname alone."""


class Cutter:
    """Cuts people's names at titles and at names of other kinds, and other names at people's."""

    def __init__(self, titles: Collection[str], surnames: Collection[str], others: Mapping[str, str]) -> None:
        self._titles, self._surnames, self._others = titles, surnames, others

    def __call__(self, text: str, spans: Sequence[Span], sentences: Sequence[Sequence[Unit]]) -> list[Span]:
        """Return the spans cut, in reading order; `others` gives the type of what stands after a person's name."""
        people = {text[s.start : s.end] for s in spans if s.type == "Person" and s.end - s.start > 2}
        units = {unit.start: unit for sentence in sentences for unit in sentence}
        found: list[Span] = []
        for span in spans:
            if span.type == "Person":
                found += self._person(text, span, units)
            elif span.type == "Organization" and " " in text[span.start : span.end]:
                found += _around(text, span, people, units)
            else:
                found.append(span)
        return sorted(found)

    def _person(self, text: str, span: Span, units: dict[int, Unit]) -> Iterator[Span]:
        """Yield a person's name up to a title, and the known name of another kind that begins a later word."""
        surface = text[span.start : span.end]
        if len(surface) == 2 and surface[0] in self._surnames and surface[1] == ANONYMOUS:
            yield Span(span.start, span.start + 1, span.type)
            return
        for at in range(span.start + 1, span.end):
            unit = units.get(at)
            if unit is None:
                continue
            if unit.form in self._titles and len(unit.form) > 1:
                yield _trimmed(text, Span(span.start, at, span.type))
                return
            rest = text[at : span.end]
            if not unit.glued and rest in self._others:
                yield _trimmed(text, Span(span.start, at, span.type))
                yield Span(at, span.end, self._others[rest])
                return
        yield span


def _around(text: str, span: Span, people: Collection[str], units: dict[int, Unit]) -> Iterator[Span]:
    """Yield an organization's name without the words from a known person's name on, and that person."""
    for at in range(span.start, span.end):
        unit = units.get(at)
        if unit is not None and unit.form in people and (at == span.start or not unit.glued):
            if at > span.start:
                yield _trimmed(text, Span(span.start, at, span.type))
            yield Span(at, unit.end, "Person")
            return
    yield span


def _trimmed(text: str, span: Span) -> Span:
    surface = text[span.start : span.end].rstrip()
    return Span(span.start, span.start + len(surface), span.type)
