from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.codec import (
    STEPS,
    VERSION,
    document_from_dict,
    document_to_dict,
    dump_line,
    read_documents,
    renewed_line,
    write_documents,
)
from kg.errors import FormatError
from kg.model import Deal, Document
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
        ({"version": VERSION + 1}, "version 3: this version reads 1 to 2; upgrade the package"),
        ({"version": None}, "version None: this version reads 1 to 2; is it of kg extract"),
        ({"version": 0}, "version 0"),
        ({"version": 1, "relations": 3}, "not in the documents format"),
        ({"version": 1, "relations": [{"type": "acquires"}]}, "not in the documents format"),
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


FIRST = (
    '{"version":1,"id":"d1","title":null,"date":"2025-03-04","publisher":"가온뉴스","url":null,"language":"ko",'
    '"text":"다솜자동차는 라온게임즈에 300억원을 투자했다.",'
    '"mentions":[{"start":0,"end":5,"text":"다솜자동차","type":"Organization","entity":"e0"},'
    '{"start":7,"end":12,"text":"라온게임즈","type":"Organization","entity":"e1"}],'
    '"entities":[{"id":"e0","name":"다솜자동차","type":"Organization","aliases":[],"subtype":"Company"},'
    '{"id":"e1","name":"라온게임즈","type":"Organization","aliases":[],"subtype":null}],'
    '"relations":[{"type":"investsIn","subject":"e0","object":"e1","evidence":{"start":0,"end":26,'
    '"text":"다솜자동차는 라온게임즈에 300억원을 투자했다.","cue":[21,25]},"status":"actual","date":"2025-03-04",'
    '"role":null,"amount":AMOUNT,"speaker":null,"confidence":0.85,"extractor":"frames/1"}]}'
)
"""A line as the first version of the format had it."""


@pytest.mark.parametrize(("amount", "deal"), [("300억원", Deal(amount="300억원")), (None, None)])
def test_a_document_of_the_first_version_is_read(amount: str | None, deal: Deal | None, tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text(FIRST.replace("AMOUNT", json.dumps(amount, ensure_ascii=False)) + "\n", encoding="utf-8")
    [document] = read_documents(str(path))
    assert [relation.deal for relation in document.relations] == [deal]
    assert (document.relations[0].type, document.relations[0].extractor) == ("investsIn", "frames/1")
    write_documents([document], str(path))
    row = json.loads(path.read_text(encoding="utf-8"))
    assert (row["version"], row["relations"][0]["deal"]) == (2, None if deal is None else {**ONLY, "amount": amount})


ONLY = {"amount": None, "value": None, "currency": None, "stake": None, "round": None, "item": None}


def test_a_document_written_with_a_deal_before_the_number_changed_is_read() -> None:
    row = {**document_to_dict(ALLIANCE), "version": 1}
    assert document_from_dict(json.loads(json.dumps(row))) == ALLIANCE
    assert renewed_line(json.dumps(row)) == dump_line(ALLIANCE)


def test_there_is_a_step_from_every_older_version() -> None:
    assert [*STEPS] == [*range(1, VERSION)]


def test_a_file_of_a_newer_version_is_refused_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "later.jsonl"
    row = {**document_to_dict(ALLIANCE), "version": VERSION + 1}
    path.write_text(f"{dump_line(ALLIANCE)}\n{json.dumps(row)}\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"later\.jsonl:2: documents format version 3: .*upgrade the package"):
        list(read_documents(path))
