"""Finds the occurrences of names labelled with what they mean in extracted documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kg import resources
from kg.model import Document
from kg.resolve.training import Occurrence
from kg.run.labelled import raw_texts

MEASURING, TRAINING = "resolution.tsv", "resolution_training.tsv"
"""Tables of `seeds/annotations`: group, thing, article, checksum, place in the raw text and top type."""
_AROUND = (30, 20, 12, 6, 0)
"""Characters to either side by which a place of the raw text is found again in the cleaned one, the most first."""


class Labels(NamedTuple):
    """Labelled occurrences, and how many rows of the table name nothing that the documents have."""

    occurrences: tuple[Occurrence, ...]
    missing: int


def annotated_occurrences(data: Path, documents: Iterable[Document], table: str) -> Labels:
    """Return the occurrences of a table of `seeds/annotations` (MEASURING, TRAINING) that the documents mention.

    `documents` are those extracted of `data`/news-raw. Raises InputError where an article is missing there or is not
    the one annotated.
    """
    rows = resources.table("annotations", table)
    texts = raw_texts(data, {row["id"]: row["checksum"] for row in rows})
    by_id = {document.id: document for document in documents}
    found = []
    for row in rows:
        document = by_id.get(row["id"])
        entity = document and _entity(document, texts[row["id"]], row["place"])
        if document and entity:
            found.append(Occurrence(row["group"], row["thing"], document.id, entity))
    return Labels(tuple(found), len(rows) - len(found))


def _entity(document: Document, written: str, place: str) -> str | None:
    """Return the entity mentioned at a place, `start-end`, of the raw text; an exact mention goes before others."""
    start, stop = map(int, place.split("-"))
    at = _located(document.text, written, start, stop)
    if at is None:
        return None
    end = at + stop - start
    over = [one for one in document.mentions if one.entity and one.start < end and at < one.end]
    return min(over, key=lambda one: (one.start, one.end) != (at, end)).entity if over else None


def _located(text: str, written: str, start: int, stop: int) -> int | None:
    """Return where start of the raw text is in the cleaned one, None where neither side of it is found."""
    for size in _AROUND:
        before, after = max(0, start - size), stop + size
        for first, last in ((before, after), (before, stop), (start, after)):
            at = text.find(written[first:last])
            if at >= 0:
                return at + start - first
    return None
