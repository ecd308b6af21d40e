"""The spaCy component kg_names: finds the mentions of organizations, people, places and products."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans, minibatch

from kg.extract.recogniser.recognise import Recogniser
from kg.extract.state import text_of
from kg.model import Mention


@lru_cache(maxsize=1)
def _recogniser() -> Recogniser:
    return Recogniser()


class NameComponent:
    """Sets `doc._.mentions` from `doc._.morphemes`, and `doc.ents` where a mention covers whole tokens."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser

    def __call__(self, doc: Doc) -> Doc:
        """Return the Doc with its mentions in reading order, disjoint, without entity ids."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Yield the same of each Doc; many at once take less time."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            texts = [text_of(doc) for doc in docs]
            given = [(text, doc._.morphemes) for text, doc in zip(texts, docs, strict=True)]
            for doc, text, spans in zip(docs, texts, self._recogniser(given), strict=True):
                doc._.mentions = [Mention(s.start, s.end, text[s.start : s.end], s.type) for s in spans]
                if len(doc):  # else it is extracted from, and nobody sees its tokens
                    found = [doc.char_span(s.start, s.end, label=s.type, alignment_mode="contract") for s in spans]
                    doc.set_ents(filter_spans([span for span in found if span is not None]))
                yield doc


@Language.factory("kg_names", assigns=["doc.ents"])
def create_names(nlp: Language, name: str) -> NameComponent:
    """Return the component with the shipped model; models are loaded once a process."""
    return NameComponent(_recogniser())
