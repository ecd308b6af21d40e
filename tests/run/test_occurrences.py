from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg import resources
from kg.errors import InputError
from kg.model import Document
from kg.resolve.training import Occurrence
from kg.run.occurrences import MEASURING, annotated_occurrences
from tests.samples import Named, document

TITLE = "김하늘 시장 &quot;버스 증차&quot;"
BODY = "[다솜=가온통신] 김하늘 다솜시장은 버스를 늘리겠다고 3일 밝혔다.\n가온버스는 김하늘 시장의 뜻을 반겼다."
WRITTEN = '김하늘 시장 "버스 증차"\n' + BODY
CLEANED = WRITTEN.replace("[다솜=가온통신] ", "")
NAMES = {"김하늘": Named("Person"), "가온버스": Named("Organization"), "다솜시": Named("Place")}
CHECKSUM = hashlib.sha256(WRITTEN.encode()).hexdigest()[:8]


def place(name: str, after: str = "") -> str:
    start = WRITTEN.index(name, WRITTEN.index(after))
    return f"{start}-{start + len(name)}"


def row(name: str, checksum: str = CHECKSUM, id: str = "a1", after: str = "") -> dict[str, str]:
    cells = {"group": "G001", "thing": "a", "id": id, "checksum": checksum, "type": "Person"}
    return {**cells, "place": place(name, after)}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "news-raw").mkdir()
    line = json.dumps({"id": "a1", "title": TITLE, "date": "2025-05-01", "text": BODY}, ensure_ascii=False)
    with gzip.open(tmp_path / "news-raw" / "day.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(line + "\n")
    return tmp_path


@pytest.fixture
def extracted() -> Document:
    return document(CLEANED, NAMES, id="a1")


def labelled(monkeypatch: pytest.MonkeyPatch, *rows: dict[str, str]) -> None:
    monkeypatch.setattr(resources, "table", lambda *parts: list(rows))


def test_places_of_the_raw_text_lead_to_the_entities_mentioned_there(
    data: Path, extracted: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    labelled(monkeypatch, row("가온버스"), row("김하늘", after="다솜=가온"), row("다솜시", after="] 김하늘"))
    found = annotated_occurrences(data, [extracted], MEASURING)
    entities = ("e1", "e0", "e2")
    assert found.occurrences == tuple(Occurrence("G001", "a", "a1", entity) for entity in entities)
    assert found.missing == 0


def test_a_mention_that_only_overlaps_will_do(data: Path, extracted: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    labelled(monkeypatch, row("다솜시장", after="] 김하늘"))
    (found,) = annotated_occurrences(data, [extracted], MEASURING).occurrences
    assert found.entity == "e2"


def test_rows_that_the_documents_do_not_have_are_counted(
    data: Path, extracted: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    labelled(monkeypatch, row("김하늘"), row("가온통신"), row("버스를"))
    found = annotated_occurrences(data, [extracted], MEASURING)
    assert (len(found.occurrences), found.missing) == (1, 2)
    other = replace(extracted, id="b1")
    assert annotated_occurrences(data, [other], MEASURING) == ((), 3)


def test_another_article_than_the_annotated_one_is_named(
    data: Path, extracted: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    labelled(monkeypatch, row("김하늘", checksum="00000000"))
    with pytest.raises(InputError, match="article a1 is not the one annotated"):
        annotated_occurrences(data, [extracted], MEASURING)


def test_a_missing_article_is_named(data: Path, extracted: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    labelled(monkeypatch, row("김하늘"), row("김하늘", id="a2"))
    with pytest.raises(InputError, match=r"lacks 1 annotated articles \(a2, …\)"):
        annotated_occurrences(data, [extracted], MEASURING)
