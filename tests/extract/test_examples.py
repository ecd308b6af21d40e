"""The example sentences of schemas/relations/*.yaml, through the whole shipped pipeline."""

from __future__ import annotations

from functools import lru_cache

import pytest

from kg.extract.pipeline import KoreanExtractor
from kg.model import MIN_CONFIDENCE, Document, RelationMention
from kg.schema import Example, load_schema

DATE = "2025-05-26"
SCHEMA = load_schema()
POSITIVE = [(name, e) for name, kind in SCHEMA.relations.items() for e in kind.examples.positive]
WANTED = [(name, e) for name, kind in SCHEMA.relations.items() for e in kind.examples.wanted]
NEGATIVE = [(name, e) for name, kind in SCHEMA.relations.items() for e in kind.examples.negative]


def ident(value: object) -> str:
    return value.text if isinstance(value, Example) else str(value)


@lru_cache(maxsize=1)
def extractor() -> KoreanExtractor:
    return KoreanExtractor()


def found(name: str, example: Example) -> list[RelationMention]:
    """The relations of the type that join what the example names; all of the type where it names nothing."""
    (document,) = extractor()([Document("example", example.text, date=DATE)])
    forms = {e.id: {"".join(form.split()) for form in (e.name, *e.aliases)} for e in document.entities}

    def joins(subject: str, obj: str) -> bool:
        ends = ["".join((end or "").split()) for end in (example.subject, example.object)]
        return ends[0] in forms[subject] and ends[1] in forms[obj]

    relations = [r for r in document.relations if r.type == name and r.confidence >= MIN_CONFIDENCE]
    if example.subject is None:
        return relations
    symmetric = SCHEMA.relation(name).symmetric
    return [r for r in relations if joins(r.subject, r.object) or (symmetric and joins(r.object, r.subject))]


def keeps(example: Example, relation: RelationMention) -> bool:
    """Whether a relation has the status, role and date that the example gives."""
    fits = relation.status == example.status and (example.role is None or relation.role == example.role)
    return fits and (example.date is None or relation.date == example.date)


@pytest.mark.parametrize(("name", "example"), POSITIVE, ids=ident)
def test_a_positive_example_yields_its_relation(name: str, example: Example) -> None:
    relations = found(name, example)
    assert [r for r in relations if keeps(example, r)], [(r.status, r.role, r.date) for r in relations]


@pytest.mark.parametrize(("name", "example"), NEGATIVE, ids=ident)
def test_a_negative_example_yields_none(name: str, example: Example) -> None:
    assert found(name, example) == []


@pytest.mark.parametrize(("name", "example"), WANTED, ids=ident)
def test_a_wanted_example_is_not_found_yet(name: str, example: Example) -> None:
    if any(keeps(example, r) for r in found(name, example)):
        pytest.fail("found: move it to the positive examples")
