"""The extractor `spacy:MODEL`: names of any spaCy model, relations of an English one with a parser.

MODEL is an installed package or a folder. Where the articles are Korean, coreference and relations are the shipped
pipeline's over the model's names. Otherwise names of one form are one thing (`kg.extract.spans`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import InputError
from kg.extract.dependencies import Verbs, stated
from kg.extract.merging import best
from kg.extract.pipeline import GivenNames
from kg.extract.spans import Span, digest, encodable, sentences, with_names
from kg.lang import is_korean
from kg.model import Document, RelationMention
from kg.schema import load_schema

_LABELS = {
    "Person": "PERSON PER PS PRS persName",
    "Organization": "ORG ORGANIZATION OG orgName",
    "Place": "GPE LOC FAC FACILITY LC GPE_LOC GPE_ORG placeName geogName",
    "Product": "PRODUCT PROD",
    "CreativeWork": "WORK_OF_ART WRK",
}
TYPES = {label: kind for kind, labels in _LABELS.items() for label in labels.split()}
"""Types of the schema by the labels of the corpora that spaCy's models are trained on; other labels are no names here.

OntoNotes 5.0 (LDC2013T19; da, en, fi, ja, nl, zh): PERSON, ORG, GPE, LOC, FAC, PRODUCT, WORK_OF_ART. WikiNER (Nothman
et al. 2013; ca, de, es, fr, it, pt, ru, uk, xx): PER, ORG, LOC. KLUE-NER (Park et al. 2021; ko): PS, OG, LC. RONEC
(Dumitrescu and Avram 2020; ro): ORGANIZATION, FACILITY. NorNE (Jørgensen et al. 2020; nb): GPE_LOC, GPE_ORG, PROD. NKJP
(Przepiórkowski et al. 2012; pl): persName, orgName, placeName, geogName. SUC 3.0 (Gustafson-Capková and Hartmann 2006;
sv): PRS, WRK. Left out: dates and amounts, nationalities and groups (NORP), events, laws, languages, and MISC. A label
that is an entity type of the schema, as in models one trains oneself, stands for that type.
"""
MANY = "xx"
"""spaCy's code of a model for several languages."""
LONGEST = 100_000
"""Characters that a model gets at once, of the million that spaCy allows."""


def spacy_stage(argument: str | None, language: str) -> SpacyExtractor:
    """Return the stage of a model; raises InputError when there is none of that name, or one of another language."""
    if not argument:
        raise InputError("spacy: name a model, such as spacy:en_core_web_sm, or the folder of one")
    return SpacyExtractor(argument, language)


class SpacyExtractor:
    """The Stage of a spaCy model; each line of an article is read on its own, so the batch decides nothing."""

    name = "spacy"

    def __init__(self, model: str, language: str) -> None:
        self._model = str(Path(model).resolve()) if Path(model).is_dir() else model
        self._language = language
        nlp = _load(model)
        meta = nlp.meta
        self._by = f"spacy/{meta['lang']}_{meta['name']}-{meta['version']}"
        self.version = f"{self._by.removeprefix('spacy/')}-{digest(nlp.path)}"
        if nlp.lang not in (language.partition("-")[0], MANY):
            said = f"reads {nlp.lang!r} and the articles are in {language!r}"
            raise InputError(f"spaCy model {model} {said}; give --lang {nlp.lang}, or a model of that language")
        if not any("doc.ents" in nlp.get_pipe_meta(name).assigns for name in nlp.pipe_names):
            raise InputError(f"spaCy model {model} finds no names (its pipes: {', '.join(nlp.pipe_names) or 'none'})")
        self._nlp, self._schema = nlp, load_schema()
        parsed = nlp.lang == "en" and {"parser", "lemmatizer"} <= {*nlp.pipe_names}
        self._verbs = Verbs.of(self._schema) if parsed else None
        self._korean = GivenNames() if is_korean(language) else None

    def __reduce__(self) -> tuple[type[SpacyExtractor], tuple[str, str]]:
        """Leave the loaded model behind when pickled; the other process loads its own."""
        return SpacyExtractor, (self._model, self._language)

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with the names that the model finds in them, and relations where it can tell."""
        return [self._extract(document) for document in documents]

    def _extract(self, document: Document) -> Document:
        parts = list(self._parts(document.text))
        spans = [
            Span(start + entity.start_char, start + entity.end_char, kind)
            for start, doc in parts
            for entity in doc.ents
            if (kind := self._type(entity.label_)) is not None
        ]
        if self._korean is not None:
            return self._korean(document, spans)
        found = with_names(document, spans, self._schema)
        if self._verbs is None:
            return found
        relations: list[RelationMention] = []
        for start, doc in parts:
            relations += stated(doc, start, found, self._verbs, self._schema, self._by)
        return replace(found, relations=tuple(best(relations, self._schema)))

    def _parts(self, text: str) -> Iterator[tuple[int, Doc]]:
        """Yield the lines of a text as Docs, with where each starts; very long ones in parts of whole sentences."""
        readable = encodable(text)
        start = 0
        for line in readable.splitlines(keepends=True):
            for first, last in [(0, len(line))] if len(line) <= LONGEST else sentences(line, LONGEST):
                part = line[first:last]
                if part.strip():
                    yield start + first, self._nlp(part)
            start += len(line)

    def _type(self, label: str) -> str | None:
        return label if label in self._schema.entities else TYPES.get(label)


def _load(model: str) -> Language:
    try:
        return spacy.load(model)
    except OSError as error:
        if {"/", "\\", "."} & set(model):
            raise InputError(f"{model}: no folder of a spaCy model, seen from {Path.cwd()}; check the path") from error
        known = f"python -m spacy download {model}"
        raise InputError(f"no spaCy model {model!r} is installed: {known}, or name the folder of one") from error
    except (ImportError, ValueError) as error:
        raise InputError(f"spaCy model {model!r} cannot be loaded: {error}") from error
