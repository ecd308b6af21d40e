"""Trains the models of status and date, on the relations that extraction finds in labelled articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.tokens import Doc

from kg.extract.classifier.details import EVENT, OTHER, Told, candidates, date_strings, status_strings
from kg.extract.classifier.training import Examples, Plan, fit
from kg.extract.classifier.weights import DATES, STATUSES, save
from kg.extract.finding import FLOOR, RelationFinder
from kg.extract.labels import LabelledArticle, LabelledRelation, resolved
from kg.model import DocumentEntity

STATUS_PLAN = Plan(epochs=12, rare=3, dropped=0.3, rate=2e-2, smoothing=0.02)
DATE_PLAN = Plan(epochs=8, rare=4, dropped=0.3, rate=2e-2, smoothing=0.02)


def train_details(
    articles: Iterable[tuple[LabelledArticle, Doc]], find: RelationFinder, out: Path, seed: int
) -> dict[str, int]:
    """Train on labelled articles with their Docs, names and entities found, and write the weights to `out`.

    Returns counts of examples and kept features. Raises MissingExtraError without PyTorch.
    """
    statuses, dates = Examples(), Examples()
    for article, doc in articles:
        for told, label in labelled(article, doc, find):
            statuses.add(status_strings(told), label.status)
            for date in candidates(told):
                dates.add(date_strings(told, date), EVENT if date.value == label.date else OTHER)
    made = {"relations": len(statuses.rows), "dates": len(dates.rows)}
    for name, examples, plan, path in (
        ("status features", statuses, STATUS_PLAN, out / STATUSES),
        ("date features", dates, DATE_PLAN, out / DATES),
    ):
        fitted = fit(examples, range(len(examples.rows)), plan, seed)
        made[name] = save(path, fitted)
    return made


def labelled(article: LabelledArticle, doc: Doc, find: RelationFinder) -> Iterator[tuple[Told, LabelledRelation]]:
    """Yield the relations found in an article that its labels state in the same sentence, with their labels."""
    entities: dict[str, DocumentEntity] = {entity.id: entity for entity in doc._.entities}
    stated: dict[tuple[str, frozenset[str]], list[tuple[LabelledRelation, str]]] = {}
    for label, subject, obj in resolved(article, entities):
        stated.setdefault((label.type, frozenset((subject, obj))), []).append((label, subject))
    for told in find(doc, FLOOR):
        item, sentence = told.item, told.part.sentence
        for label, subject in stated.get((item.relation, frozenset((item.subject, item.object))), ()):
            same = subject == item.subject or item.relation in find.symmetric
            if same and label.span[0] < sentence.end and sentence.start < label.span[1]:
                yield told, label
                break
