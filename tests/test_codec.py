from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.codec import document_from_dict, document_to_dict, dump_line, read_documents, write_documents
from kg.errors import FormatError
from kg.model import Document
from tests.samples import ALLIANCE, SAMPLES


def test_the_format_is_the_documented_one() -> None:
    row = document_to_dict(ALLIANCE)
    assert [*row] == [
        *("version", "id", "title", "date", "publisher", "url", "language", "text"),
        *("mentions", "entities", "relations"),
    ]
    assert row["mentions"][0] == {"start": 0, "end": 4, "text": "오픈AI", "type": "Organization", "entity": "e0"}
    relation = row["relations"][0]
    assert (relation["type"], relation["status"], relation["date"]) == ("partnersWith", "actual", "2025-02")
    start, end = relation["evidence"]["cue"]
    assert row["text"][start:end] == "제휴를 맺었다"


def test_documents_come_back_as_written(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    assert write_documents(SAMPLES, path) == 3
    assert tuple(read_documents(path)) == SAMPLES


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str) -> None:
    document = Document(id="x", text=text, title=text)
    line = dump_line(document)
    assert "\n" not in line
    assert document_from_dict(json.loads(line)) == document


def test_a_line_that_is_no_document_is_named_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(f"{dump_line(ALLIANCE)}\n\n{{broken\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"odd\.jsonl:3"):
        list(read_documents(path))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 99}, "version 99: this version reads 1 to 1; upgrade"),
        ({"version": None}, "version None"),
        ({"text": "다른 글"}, "is not at"),
        ({"mentions": [{"start": 0}]}, "not in the documents format"),
        ({"entities": []}, "names entity"),
        ({"relations": 3}, "not in the documents format"),
    ],
)
def test_a_wrong_document_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        document_from_dict({**document_to_dict(ALLIANCE), **change})


def test_evidence_that_does_not_quote_the_text_is_refused() -> None:
    relation = ALLIANCE.relations[0]
    moved = replace(relation, evidence=replace(relation.evidence, start=relation.evidence.start + 1))
    row = document_to_dict(replace(ALLIANCE, relations=(moved,)))
    with pytest.raises(FormatError, match="evidence of partnersWith"):
        document_from_dict(row)
