"""The extraction stage: a spaCy pipeline over Kiwi that fills Documents."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import InputError
from kg.extract import coreference, names, relations  # noqa: F401  (registers the factories)
from kg.extract.clustering.spans import as_written
from kg.extract.recogniser.recognise import is_article
from kg.extract.spans import Span, disjoint, encodable
from kg.lang import is_korean
from kg.lang.ko.morphemes import blank, without_tokens
from kg.model import Document, Mention
from kg.schema import load_schema

COMPONENTS = ("kg_names", "kg_coreference", "kg_relations")


@contextmanager
def _uncollected() -> Iterator[None]:
    """Have the garbage collector wait: it would look through what is being loaded again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def load_pipeline(components: Sequence[str] = COMPONENTS) -> Language:
    """Return a shipped pipeline: the Kiwi tokenizer and some of the components of COMPONENTS, in order."""
    with _uncollected():
        nlp = blank()
        for name in components:
            nlp.add_pipe(name)
    return nlp


class KoreanExtractor:
    """The Stage that finds mentions, entities and relations in Korean Documents."""

    name = "korean"
    version = "2"

    def __init__(self) -> None:
        self._nlp: Language | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Leave the loaded pipeline behind when pickled; the other process loads its own."""
        return {"_nlp": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with mentions, entities and relations found in their text."""
        if self._nlp is None:
            self._nlp = load_pipeline()
        return self.extracted(self._nlp, documents)

    @staticmethod
    def extracted(nlp: Language, documents: Sequence[Document]) -> list[Document]:
        """Return Documents with what a pipeline finds in their texts."""
        docs = [_unread(nlp, document) for document in documents]
        found = nlp.pipe(docs, batch_size=max(1, len(docs)))
        return [_enriched(document, doc) for document, doc in zip(documents, found, strict=True)]


class GivenNames:
    """Reads Korean by coreference and relations of the shipped pipeline over names that something else found."""

    def __init__(self) -> None:
        self._nlp = load_pipeline(COMPONENTS[1:])

    def __call__(self, document: Document, spans: Iterable[Span]) -> Document:
        """Return the document with these names, particles taken off them, and what they are said to have to do."""
        schema, text = load_schema(), document.text
        doc = _unread(self._nlp, document)
        after = {m.end: m.start for m in doc._.morphemes if m.tag[0] in "JE" or m.tag == "VCP" if m.end > m.start}
        bare = disjoint(text, [_without_particles(span, after) for span in spans])
        doc._.mentions = [Mention(s.start, s.end, text[s.start : s.end], schema.top(s.type)) for s in bare]
        (doc,) = self._nlp.pipe([doc])
        return _enriched(document, doc)


def _unread(nlp: Language, document: Document) -> Doc:
    """Return the Doc of a Document that has its morphemes and no more."""
    doc = without_tokens(nlp.vocab, encodable(document.text))
    doc._.document = document
    return doc


def _enriched(document: Document, doc: Doc) -> Document:
    """Return a Document with what the components of a pipeline found in its Doc."""
    named = {entity.id: entity.name for entity in doc._.entities}
    mentions = as_written(doc._.names, doc._.mentions, named, article=is_article(doc._.morphemes))
    used = {mention.entity for mention in mentions}
    used |= {end for relation in doc._.relations for end in (relation.subject, relation.object)}
    return replace(
        document,
        mentions=mentions,
        entities=tuple(entity for entity in doc._.entities if entity.id in used),
        relations=tuple(doc._.relations),
    )


def _without_particles(span: Span, after: Mapping[int, int]) -> Span:
    """Return a span without the particles and endings at its end; `after` has the start of each by its end."""
    end = span.end
    while after.get(end, span.start) > span.start:
        end = after[end]
    return replace(span, end=end)


def korean_stage(argument: str | None, language: str) -> KoreanExtractor:
    """Return the stage for `kg.extract.extractors`; raises InputError for another language than Korean."""
    if argument is not None:
        raise InputError(f"extractor korean:{argument}: the shipped extractor takes no argument; write korean")
    if not is_korean(language):
        raise InputError(
            f"the shipped extractor reads Korean, not {language!r}; give another, such as spacy:MODEL"
            " (`kg extractors` lists them)"
        )
    return KoreanExtractor()
