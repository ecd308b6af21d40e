from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import rdflib

from kg import resources
from kg.codec import document_to_dict
from kg.errors import SchemaError
from kg.export.ontology import generated
from kg.export.vocabulary import names
from kg.model import Document, DocumentEntity, Evidence, Mention, RelationMention
from kg.schema import Schema


@pytest.mark.parametrize("name", ["ontology.ttl", "shapes.ttl", "context.jsonld"])
def test_shipped_files_equal_the_generated(name: str, schema: Schema) -> None:
    shipped = resources.schemas(name).read_text(encoding="utf-8")
    assert shipped == generated(schema)[name], "run python -m kg.export.ontology"


def test_every_type_is_labelled_in_both_languages(schema: Schema) -> None:
    ontology = rdflib.Graph().parse(data=generated(schema)["ontology.ttl"], format="turtle")
    kg = rdflib.Namespace(schema.prefixes["kg"])
    found = {
        name: {label.language for label in ontology.objects(kg[name], rdflib.RDFS.label)}  # type: ignore[attr-defined]
        for name in (*schema.entities, *schema.relations)
    }
    assert found == {name: {"ko", "en"} for name in found}


def test_a_type_may_not_take_a_name_of_the_vocabulary(schema: Schema) -> None:
    taken = schema.relations["partnersWith"].model_copy(update={"name": "status"})
    clash = schema.model_copy(update={"relations": {**schema.relations, "status": taken}})
    with pytest.raises(SchemaError, match="'status'"):
        names(clash)


TEXT = "가나전자, 다라화학과 제휴\n가나전자는 다라화학과 제휴했다고 밝혔다."
DOCUMENT = Document(
    id="d1",
    text=TEXT,
    title="가나전자, 다라화학과 제휴",
    date="2025-05-26",
    mentions=(Mention(0, 4, "가나전자", "Organization", "e0"), Mention(6, 10, "다라화학", "Organization", "e1")),
    entities=(DocumentEntity("e0", "가나전자", "Organization"), DocumentEntity("e1", "다라화학", "Organization")),
    relations=(RelationMention("partnersWith", "e0", "e1", Evidence(15, len(TEXT), TEXT[15:], (27, 29))),),
)


@pytest.fixture(scope="module")
def validator() -> Any:
    rules = json.loads(resources.schemas("documents.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(rules)
    return jsonschema.Draft202012Validator(rules)


def test_documents_keep_their_json_schema(validator: Any) -> None:
    DOCUMENT.check()
    row = json.loads(json.dumps(document_to_dict(DOCUMENT)))
    assert [error.message for error in validator.iter_errors(row)] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 2}, "1 was expected"),
        ({"date": "지난달"}, "is not valid under any of the given schemas"),
        ({"extra": 1}, "Additional properties are not allowed"),
        ({"entities": [{"id": "e0"}]}, "is a required property"),
    ],
)
def test_the_json_schema_catches_faults(change: dict[str, Any], message: str, validator: Any) -> None:
    row = json.loads(json.dumps({**document_to_dict(DOCUMENT), **change}))
    assert message in " ".join(error.message for error in validator.iter_errors(row))
