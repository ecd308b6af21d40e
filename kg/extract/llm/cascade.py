"""The `cascade` extractor: the Korean one reads everything, a model is asked about the sentences it is unsure of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kg.errors import InputError
from kg.extract.llm.answers import Answer
from kg.extract.llm.checks import CONFIDENCE, RelationChecks, checked_names
from kg.extract.llm.naming import entities_of, mentions_of
from kg.extract.llm.reading import is_korean, read
from kg.extract.llm.settings import Settings, read_settings
from kg.extract.llm.stage import Asked, LlmExtractor
from kg.extract.llm.unsure import names_both, unsure_sentences
from kg.extract.merging import best
from kg.extract.pipeline import KoreanExtractor
from kg.model import Document, DocumentEntity, Mention, RelationMention, by_position


def factory(argument: str | None, language: str) -> CascadeExtractor:
    """Return the stage of `cascade:SETTINGS.yaml`; raises InputError for the file or another language than Korean."""
    return CascadeExtractor(read_settings(argument), language)


class CascadeExtractor(LlmExtractor):
    """The Stage that has answers confirm, drop or add relations of sentences the Korean extractor is unsure of.

    It asks about the relations in question alone, which makes the instructions a fraction of what all of them take.

    A relation below `unsure_below` that the answer states too is confirmed: it has the answer's status, the confidence
    of what passes the checks, and both finders as its extractor. One that the answer leaves out is dropped, unless the
    sentence does not name both its ends. What only the answer states is added. The rest stays as it was found.
    """

    name = "cascade"

    def __init__(self, settings: Settings, language: str) -> None:
        if not is_korean(language):
            raise InputError(f"cascade reads Korean, not {language!r}; use llm:SETTINGS.yaml")
        super().__init__(settings, language)

    def _load(self) -> None:
        super()._load()
        self._fast = KoreanExtractor()

    def _decides(self) -> dict[str, Any]:
        fast = f"{self._fast.name}/{self._fast.version}"
        return {**super()._decides(), "fast": fast, "unsure_below": self.settings.unsure_below}

    def asked(self, document: Document) -> Asked:
        """Return a document, extracted by the Korean extractor, as it is asked about."""
        (document,) = self._fast([document])
        unsure = unsure_sentences(document, self.settings.unsure_below, self.schema)
        kinds = frozenset().union(*unsure.values())
        return self.question(read(document, self.language), list(unsure), kinds)

    def _filled(self, asked: Asked, answers: Sequence[Answer]) -> Document:
        document = asked.reading.document
        if not asked.questions:
            self.note(document, ())
            return document
        names, rejected = checked_names(asked.reading, answers, self.schema)
        types, more = mentions_of(asked.reading, names, self.schema, document.mentions)
        more, entities = entities_of(document.text, more, types, "llm")
        known = {entity.id: entity for entity in (*document.entities, *entities)}
        check = RelationChecks(
            asked.reading, by_position([*document.mentions, *more]), known, self.schema, self.found_by
        )
        stated: list[RelationMention] = []
        for part, answer in zip(asked.passages, answers, strict=True):
            kept, unbelieved = check(part, answer)
            stated += kept
            rejected += unbelieved
        self.note(document, rejected)
        relations = best(self._decided(asked, best(stated, self.schema)), self.schema)
        return _with(document, relations, more, entities)

    def _decided(self, asked: Asked, stated: Sequence[RelationMention]) -> list[RelationMention]:
        """Return the relations of the Korean extractor, confirmed or kept, and those that only answers state."""
        document = asked.reading.document
        sentences = {start for part in asked.passages for start, _ in part.sentences}
        answered = {_place(relation): relation for relation in stated}
        used = set()
        found = []
        for relation in document.relations:
            place = _place(relation)
            answer = answered.get(place)
            doubtful = relation.confidence < self.settings.unsure_below and names_both(document, relation)
            if answer is not None:
                used.add(place)
                relation = self._confirmed(relation, answer) if doubtful else relation
            elif doubtful and relation.evidence.start in sentences:
                continue
            found.append(relation)
        return [*found, *(relation for relation in stated if _place(relation) not in used)]

    def _confirmed(self, relation: RelationMention, answer: RelationMention) -> RelationMention:
        return replace(
            relation,
            status=answer.status,
            date=relation.date or answer.date,
            role=relation.role or answer.role,
            deal=relation.deal or answer.deal,
            speaker=relation.speaker or answer.speaker,
            confidence=max(relation.confidence, CONFIDENCE),
            extractor=f"{relation.extractor}+{self.found_by}",
        )


def _place(relation: RelationMention) -> tuple[str, str, str, int]:
    return relation.type, relation.subject, relation.object, relation.evidence.start


def _with(
    document: Document,
    relations: Sequence[RelationMention],
    mentions: Sequence[Mention],
    entities: Sequence[DocumentEntity],
) -> Document:
    """Return a document with these relations, and of the further names those that one of them joins."""
    used = {end for relation in relations for end in (relation.subject, relation.object)}
    return replace(
        document,
        mentions=by_position([*document.mentions, *(m for m in mentions if m.entity in used)]),
        entities=(*document.entities, *(e for e in entities if e.id in used)),
        relations=tuple(relations),
    )
