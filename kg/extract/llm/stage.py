"""The `llm` extractor: what a language model finds in articles, as far as the text bears it out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from kg.errors import ExtractionError
from kg.extract.llm.answers import Answer, answer_form, parse_answer
from kg.extract.llm.asking import Asker
from kg.extract.llm.cache import Question, question
from kg.extract.llm.checks import Rejected, RelationChecks, checked_names
from kg.extract.llm.forecast import Forecast, forecast, lines
from kg.extract.llm.naming import entities_of, mentions_of
from kg.extract.llm.prompt import Prompt
from kg.extract.llm.reading import Passage, Reading, passages, read
from kg.extract.llm.settings import Settings, read_settings
from kg.extract.merging import best
from kg.model import Document, by_position
from kg.schema import load_schema

VERSION = "1"
"""Of the checks and of how answers become documents; prompt and schema are hashed beside it."""
SHORTEST = 10
"""Characters below which a text states nothing, and nothing is asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A document as it is asked about: its reading, and a question for each passage."""

    reading: Reading
    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]

    def answers(self, given: dict[str, str | ExtractionError]) -> list[Answer]:
        """Return the answers about the passages; raises the error that one of them came to."""
        found = []
        for one in self.questions:
            answer = given[one.key]
            if isinstance(answer, ExtractionError):
                raise type(answer)(f"article {self.reading.document.id}: {answer}")
            found.append(parse_answer(answer))
        return found


def factory(argument: str | None, language: str) -> LlmExtractor:
    """Return the stage of `llm:SETTINGS.yaml`; raises InputError for the file, MissingExtraError without httpx."""
    return LlmExtractor(read_settings(argument), language)


class LlmExtractor:
    """The Stage that asks about every sentence of Documents, of which `language` is what they are in.

    A document any of whose passages fails raises ExtractionError, after all of the batch were asked.
    """

    name = "llm"

    def __init__(self, settings: Settings, language: str) -> None:
        self.settings, self.language = settings, language
        self._load()
        digest = sha256(json.dumps(self._decides(), sort_keys=True, default=str).encode()).hexdigest()[:12]
        self.version = f"{VERSION}-{settings.model.replace('/', ':')}-{digest}"

    def __getstate__(self) -> dict[str, Any]:
        """Leave connections and prompts behind when pickled; the other process makes its own."""
        return {name: getattr(self, name) for name in ("settings", "language", "version")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._load()

    @property
    def found_by(self) -> str:
        """What relations say found them."""
        return f"llm/{self.settings.model}"

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with the names and relations that answers give and the text bears out."""
        asked = [self.asked(document) for document in documents]
        given = self.asker.ask(one for each in asked for one in each.questions)
        return [self._filled(each, each.answers(given)) for each in asked]

    def forecast(self, documents: Sequence[Document]) -> Forecast:
        """Return what extracting the documents may cost; sends nothing."""
        asked = [self.asked(document) for document in documents]
        return forecast([one for each in asked for one in each.questions], self.asker, self.settings, len(documents))

    def told(self, found: Forecast) -> list[str]:
        """Return a forecast in lines for people, with what is left of the budget."""
        return lines(found, self.asker, self.settings)

    def asked(self, document: Document) -> Asked:
        """Return a document as it is asked about."""
        reading = read(document, self.language)
        return self.question(reading, reading.sentences if len(document.text) >= SHORTEST else ())

    def question(
        self, reading: Reading, sentences: Sequence[tuple[int, int]], kinds: frozenset[str] | None = None
    ) -> Asked:
        """Return the questions about some sentences of a reading, of some relations or all."""
        prompt, form = self._asking if kinds is None else self._asking_of(kinds)
        parts = tuple(passages(sentences, self.settings.passage_characters))
        with_ = {**self.settings.asked_with(), "schema": self.schema.hash}
        asked = tuple(question(prompt(reading.document, part), form, with_) for part in parts)
        return Asked(reading, parts, asked)

    def report(self) -> str:
        """Return in a line what the calls of the cache folder have cost and what of their answers was rejected."""
        return self.asker.report()

    def _load(self) -> None:
        self.schema = load_schema()
        self._asking = self._asking_of(frozenset(self.schema.relations))
        self.asker = Asker(self.settings)

    def _asking_of(self, kinds: frozenset[str]) -> tuple[Prompt, dict[str, Any]]:
        """Return the prompt and the form of answers for some relations."""
        relations = {name: kind for name, kind in self.schema.relations.items() if name in kinds}
        narrowed = self.schema.model_copy(update={"relations": relations})
        return Prompt(narrowed, self.settings.prompt_language), answer_form(narrowed)

    def _decides(self) -> dict[str, Any]:
        """Return what decides the output beside the documents."""
        prompt, form = self._asking
        asked = {**self.settings.asked_with(), "passage": self.settings.passage_characters, "form": form}
        return {**asked, "schema": self.schema.hash, "prompt": prompt.instructions, "language": self.language}

    def _filled(self, asked: Asked, answers: Sequence[Answer]) -> Document:
        document = asked.reading.document
        names, rejected = checked_names(asked.reading, answers, self.schema)
        types, mentions = mentions_of(asked.reading, names, self.schema)
        mentions, entities = entities_of(document.text, mentions, types)
        known = {entity.id: entity for entity in entities}
        check = RelationChecks(asked.reading, mentions, known, self.schema, self.found_by)
        found = []
        for part, answer in zip(asked.passages, answers, strict=True):
            kept, unbelieved = check(part, answer)
            found += kept
            rejected += unbelieved
        self.note(document, rejected)
        relations = tuple(best(found, self.schema))
        return replace(document, mentions=by_position(mentions), entities=tuple(entities), relations=relations)

    def note(self, document: Document, rejected: Sequence[Rejected]) -> None:
        """Keep what was rejected for a document in the ledger."""
        self.asker.ledger.reject(document.id, [(one.reason, one.item) for one in rejected])
