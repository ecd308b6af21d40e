from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.codec import write_documents
from kg.errors import InputError
from kg.extract.evaluate_relations import evaluate_relations
from kg.model import Document, DocumentEntity, Evidence, Mention, RelationMention

TEXT = "카카오는 3일 오픈AI와 제휴했다. 정신아 카카오 대표는 구글 투자를 검토한다."
GOLD: dict[str, Any] = {
    "id": "a",
    "entities": [
        {"name": "카카오", "type": "ORG", "aliases": ["Kakao"]},
        {"name": "오픈AI", "type": "ORG", "aliases": []},
        {"name": "정신아", "type": "PER", "aliases": []},
        {"name": "구글", "type": "ORG", "aliases": []},
    ],
    "relations": [
        {"type": "partnersWith", "subject": "카카오", "object": "오픈AI", "status": "actual", "date": "2025-02-03"},
        {"type": "holdsPosition", "subject": "정신아", "object": "카카오", "status": "actual", "role": "대표"},
        {"type": "investsIn", "subject": "카카오", "object": "구글", "status": "possible"},
    ],
}


def relation(kind: str, subject: str, obj: str, **given: Any) -> RelationMention:
    return RelationMention(kind, subject, obj, Evidence(0, 20, TEXT[:20], (14, 16)), **given)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    names = {"e0": ("카카오", "Organization"), "e1": ("오픈 AI", "Organization"), "e2": ("정신아", "Person")}
    names["e3"] = ("구글", "Organization")
    document = Document(
        "a",
        TEXT,
        mentions=(Mention(0, 3, "카카오", "Organization", "e0"),),
        entities=tuple(DocumentEntity(key, *value) for key, value in names.items()),
        relations=(
            relation("partnersWith", "e1", "e0", date="2025-02-03", confidence=0.9),
            relation("holdsPosition", "e2", "e0", role="회장", confidence=0.8),
            relation("investsIn", "e0", "e3", status="actual", confidence=0.4),
            relation("acquires", "e0", "e3", confidence=0.6),
        ),
    )
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "documents.jsonl"
    gold.write_text(json.dumps(GOLD, ensure_ascii=False) + "\n", encoding="utf-8")
    write_documents([document], predicted)
    return gold, predicted


def test_relations_count_when_type_and_ends_are_right(files: tuple[Path, Path]) -> None:
    found = evaluate_relations(*files, min_confidence=0.5)
    assert found["relations"] == {"precision": 0.6667, "recall": 0.6667, "f1": 0.6667, "gold": 3}
    assert found["by type"]["investsIn"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "gold": 1}
    assert found["entities"]["all"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 4}
    assert (found["status"], found["date"], found["role"]) == (1.0, 1.0, 0.0)
    assert found["unrealised shown as fact"] is None


def test_a_lower_confidence_trades_precision_for_recall(files: tuple[Path, Path]) -> None:
    found = evaluate_relations(*files, min_confidence=0.3)
    assert found["relations"]["recall"] == 1.0
    assert found["unrealised shown as fact"] == 1.0
    curve = {point["min_confidence"]: (point["precision"], point["recall"]) for point in found["curve"]}
    assert (curve[0.3], curve[0.5], curve[0.7], curve[0.9]) == (
        (0.75, 1.0),
        (0.6667, 0.6667),
        (1.0, 0.6667),
        (1.0, 0.3333),
    )


def test_wrong_labels_are_named_with_their_line(files: tuple[Path, Path]) -> None:
    gold, predicted = files
    gold.write_text(gold.read_text(encoding="utf-8") * 2, encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl:2: id a was given before"):
        evaluate_relations(gold, predicted)
    gold.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl:1: no labels"):
        evaluate_relations(gold, predicted)
