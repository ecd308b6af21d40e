"""Articles with the relations that labels give them, and their names as extraction finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from spacy.tokens import Doc

import kg.extract.coreference
import kg.extract.names  # noqa: F401  (both register their factories)
from kg.lang.ko.morphemes import blank
from kg.lang.ko.names import plain
from kg.model import Document, DocumentEntity


class LabelledRelation(NamedTuple):
    """A relation that labels give an article: the forms of its ends, and where in the text it is stated."""

    type: str
    status: str
    date: str | None
    subject: tuple[str, ...]
    object: tuple[str, ...]
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article with its relations, and how far they go; the type NONE marks a pair that is not related.

    `scope` is "sentence" where every sentence that states a relation is listed, "article" where each relation is
    listed with one of them, "pair" where nothing is known of pairs that are not listed.
    """

    document: Document
    relations: tuple[LabelledRelation, ...]
    scope: Literal["sentence", "article", "pair"]


def named(articles: Iterable[LabelledArticle]) -> Iterator[tuple[LabelledArticle, Doc]]:
    """Yield articles with their Docs, names and entities found by the models that ship."""
    nlp = blank()
    for name in ("kg_names", "kg_coreference"):
        nlp.add_pipe(name)
    for article in articles:
        doc = nlp.make_doc(article.document.text)
        doc._.document = article.document
        for _, component in nlp.pipeline:
            doc = component(doc)
        yield article, doc


def resolved(
    article: LabelledArticle, entities: Mapping[str, DocumentEntity]
) -> Iterator[tuple[LabelledRelation, str, str]]:
    """Yield the relations of an article whose two ends the recogniser found, with the entities' ids."""
    forms: dict[str, str] = {}
    for entity in entities.values():
        for form in (entity.name, *entity.aliases):
            forms.setdefault(plain(form), entity.id)
    for relation in article.relations:
        ends = [
            next((forms[k] for k in map(plain, names) if k in forms), None)
            for names in (relation.subject, relation.object)
        ]
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            yield relation, ends[0], ends[1]
