"""Names as the labels have them, to see what the reading of relations alone is worth: no system could know them.

Of places and products the labels list only those that a relation uses, which makes it easier still.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.pipeline import GivenNames
from kg.extract.spans import Span, disjoint
from kg.model import Document, DocumentEntity, Mention
from tests.benchmarks.compare.sets import PLACES, article_set, labelled_names


def _forms(document: Document) -> dict[str, tuple[str, str]]:
    return next(
        (labelled_names(one.labels[document.id]) for one in map(article_set, PLACES) if document.id in one.labels), {}
    )


def _spans(document: Document, forms: dict[str, tuple[str, str]]) -> list[Span]:
    """Return where the labelled forms stand; of those that overlap the longest."""
    every = [
        Span(found.start(), found.end(), kind)
        for form, (_, kind) in forms.items()
        for found in re.finditer(re.escape(form), document.text)
    ]
    return disjoint(document.text, every)


def _untitled(document: Document) -> list[Span]:
    """Return where the labelled names stand, of people without titles, as the pipeline has them: 권 of 권 CSO."""
    forms, spans = _forms(document), []
    for span in _spans(document, forms):
        form = document.text[span.start : span.end]
        name, (first, blank, _) = forms.get(form, (form, ""))[0], form.partition(" ")
        titled = blank and span.type == "Person" and form != name and first in name
        spans.append(replace(span, end=span.start + len(first)) if titled else span)
    return spans


class LabelledNames:
    """The Stage that finds the labelled names."""

    name = "labelled-names"
    version = "1"

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with their labelled names."""
        return [self._named(document) for document in documents]

    @staticmethod
    def _named(document: Document) -> Document:
        forms = _forms(document)
        ids = {key: f"e{at}" for at, key in enumerate(dict.fromkeys(forms.values()))}
        mentions = []
        for span in _spans(document, forms):
            text = document.text[span.start : span.end]
            mentions.append(Mention(span.start, span.end, text, span.type, ids[forms[text]] if text in forms else None))
        entities = tuple(DocumentEntity(made, name, kind) for (name, kind), made in ids.items())
        return replace(document, mentions=tuple(mentions), entities=entities)


class LabelledNamesKorean:
    """The Stage that reads the labelled names by coreference and relations of the shipped pipeline."""

    name = "labelled-names-korean"
    version = "1"

    def __init__(self) -> None:
        self._read = GivenNames()

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents as the shipped pipeline reads them with these names."""
        return [self._read(document, _untitled(document)) for document in documents]
