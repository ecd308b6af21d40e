"""Spans to BIO labels of units and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.extract.recogniser.units import Unit

TYPES = {"PS": "Person", "OG": "Organization", "LC": "Place"}
"""KLUE-NER tags to entity types."""


class Span(NamedTuple):
    """A half-open stretch of the text with an entity type or a KLUE tag."""

    start: int
    end: int
    type: str

    @staticmethod
    def read(written: str) -> Span:
        """Return the span that annotations write as "3-7:OG"."""
        place, kind = written.split(":")
        start, end = place.split("-")
        return Span(int(start), int(end), kind)


def encode(units: Sequence[Unit], spans: Sequence[Span]) -> list[str]:
    """Return B-, I- and O labels; a span that ends inside a unit takes the units it covers, else the one it cuts."""
    labels = ["O"] * len(units)
    for start, end, kind in spans:
        real = [at for at, unit in enumerate(units) if unit.end > unit.start]
        inside = [at for at in real if units[at].start >= start and units[at].end <= end]
        inside = inside or [at for at in real if units[at].start < end and units[at].end > start]
        if inside:
            for at in range(inside[0], inside[-1] + 1):
                labels[at] = ("I-" if at > inside[0] else "B-") + kind
    return labels


def decode(units: Sequence[Unit], labels: Sequence[str]) -> list[Span]:
    """Return the spans of a label sequence, typed as entities."""
    return [Span(start, end, TYPES[tag]) for start, end, tag in klue_spans(units, labels)]


def klue_spans(units: Sequence[Unit], labels: Sequence[str]) -> list[Span]:
    """Return the spans of a label sequence, typed with KLUE tags; an I- without its B- begins a span."""
    spans: list[Span] = []
    inside = "O"
    for unit, label in zip(units, labels, strict=False):
        if label != "O":
            if label[0] == "I" and inside[2:] == label[2:]:
                spans[-1] = Span(spans[-1].start, max(spans[-1].end, unit.end), label[2:])
            else:
                spans.append(Span(unit.start, unit.end, label[2:]))
        inside = label
    return [span for span in spans if span.end > span.start]
