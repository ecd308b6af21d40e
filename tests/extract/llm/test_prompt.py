from __future__ import annotations

import jsonschema
import pytest

from kg.extract.llm.answers import answer_form, parse_answer
from kg.extract.llm.prompt import Prompt, allowed_parts, varied
from kg.extract.llm.reading import Passage
from kg.model import STATUSES, Document
from kg.schema import load_schema
from tests.extract.llm.articles import ARTICLES

SCHEMA = load_schema()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_whole_schema_is_explained(language: str) -> None:
    said = Prompt(SCHEMA, "ko" if language == "ko" else "en").instructions
    for entity in SCHEMA.entities.values():
        assert f"\n- {entity.name}" in said
        assert getattr(entity.description, language) in said
    for relation in SCHEMA.relations.values():
        assert f"\n- {relation.name} (" in said
        assert getattr(relation.description, language) in said
        for example in varied(relation.examples.positive):
            assert example.text in said
    for status in STATUSES:
        assert f"{status} (" in said
    assert "[amount] [item] [stake]" in said
    assert said == Prompt(SCHEMA, "ko" if language == "ko" else "en").instructions


def test_sentences_are_numbered_under_title_and_date() -> None:
    document = Document("a", "제목\n하나. 둘.", "제목", "2025-01-02")
    message = Prompt(SCHEMA, "ko")(document, Passage(((3, 6), (7, 9))))[1]["content"]
    assert message == "제목: 제목\n기사 날짜: 2025-01-02\n문장:\n[1] 하나.\n[2] 둘."


def test_examples_vary_in_status() -> None:
    for relation in SCHEMA.relations.values():
        shown = varied(relation.examples.positive)
        statuses = {example.status for example in relation.examples.positive}
        assert len({example.status for example in shown}) == min(len(statuses), len(shown))


def test_parts_are_those_of_the_schema() -> None:
    assert allowed_parts(SCHEMA.relation("investsIn")) == {"amount", "stake", "round", "item"}
    assert allowed_parts(SCHEMA.relation("holdsPosition")) == {"role"}
    assert allowed_parts(SCHEMA.relation("spouse")) == frozenset()


def test_the_form_is_a_strict_json_schema_that_true_answers_keep() -> None:
    form = answer_form(SCHEMA)
    jsonschema.Draft202012Validator.check_schema(form)
    for told in ARTICLES:
        jsonschema.validate(told.answer, form)
        answer = parse_answer(__import__("json").dumps(told.answer))
        assert (len(answer.relations), answer.malformed) == (2, ())
    parts = [form, *(form["properties"][key]["items"] for key in ("names", "relations"))]
    for part in parts:
        assert (part["required"], part["additionalProperties"]) == (list(part["properties"]), False)
