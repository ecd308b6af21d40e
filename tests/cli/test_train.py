from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.codec import write_documents
from kg.extract import train_names as train_module
from kg.extract import train_relations as relations_module
from kg.model import Document, DocumentEntity, Evidence, RelationMention
from kg.run import labelled
from tests.cli.conftest import Kg


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.tsv"
    sentences = ("<카카오:OG>는 <정신아:PS> 대표가 이끈다.", "<오픈AI:OG>가 <서울:LC>에 사무소를 낸다.")
    path.write_text("".join(f"{i}\t{sentence}\n" for i, sentence in enumerate(sentences)), encoding="utf-8")
    return path


def test_evaluate_names_measures_the_shipped_model(kg: Kg, gold: Path) -> None:
    found = json.loads(kg("evaluate", "names", gold, "--json").stdout)
    assert {name: found[name]["gold"] for name in ("PS", "OG", "LC")} == {"PS": 1, "OG": 2, "LC": 1}
    shown = kg("evaluate", "names", gold).stdout
    assert [word in shown for word in ("precision", "recall", "F1", "OG")] == [True] * 4


def test_evaluate_names_names_a_wrong_line(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "gold.tsv").write_text("카카오가 밝혔다.\n", encoding="utf-8")
    done = kg("evaluate", "names", tmp_path / "gold.tsv")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"error: {tmp_path}/gold.tsv:1: no tab")


def test_train_names_says_what_is_missing(kg: Kg, tmp_path: Path) -> None:
    done = kg("train", "names", "--data", tmp_path, "--out", tmp_path / "model")
    assert done.exit_code == 1
    assert "training data is missing" in done.stderr
    assert not (tmp_path / "model").exists()


def test_train_names_prints_what_the_model_was_made_of(kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def train(data: Path, out: Path, *, articles: object, seed: int) -> dict[str, object]:
        return {"data": str(data), "out": str(out), "seed": seed}

    monkeypatch.setattr(train_module, "train_names", train)
    monkeypatch.setattr(labelled, "labelled_articles", lambda data: iter(()))
    done = kg("train", "names", "--data", tmp_path, "--out", "model", "--seed", "3")
    assert json.loads(done.stdout) == {"data": str(tmp_path), "out": "model", "seed": 3}


def test_train_relations_says_what_is_missing(kg: Kg, tmp_path: Path) -> None:
    done = kg("train", "relations", "--data", tmp_path, "--out", tmp_path / "model")
    assert done.exit_code == 1
    assert f"training data is missing: {tmp_path}/klue-re/train.csv" in done.stderr
    assert not (tmp_path / "model").exists()


def test_train_relations_prints_what_the_models_were_made_of(
    kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def train(data: Path, out: Path, *, gold: object, others: object, seed: int) -> dict[str, object]:
        return {"data": str(data), "out": str(out), "seed": seed}

    monkeypatch.setattr(relations_module, "train_relations", train)
    done = kg("train", "relations", "--data", tmp_path, "--out", "model", "--seed", "3")
    assert json.loads(done.stdout) == {"data": str(tmp_path), "out": "model", "seed": 3}


def test_evaluate_relations_measures_documents(kg: Kg, tmp_path: Path) -> None:
    text = "카카오는 3일 오픈AI와 업무협약을 맺었다."
    entities = (DocumentEntity("e0", "카카오", "Organization"), DocumentEntity("e1", "오픈AI", "Organization"))
    evidence = Evidence(0, len(text), text, (14, 18))
    relation = RelationMention("partnersWith", "e0", "e1", evidence, date="2025-02-03")
    documents, gold = tmp_path / "documents.jsonl", tmp_path / "gold.jsonl"
    write_documents([Document("a", text, entities=entities, relations=(relation,))], documents)
    labels = {
        "id": "a",
        "entities": [{"name": name, "type": "ORG", "aliases": []} for name in ("카카오", "오픈AI")],
        "relations": [
            {"type": "partnersWith", "subject": "오픈AI", "object": "카카오", "status": "actual", "date": None}
        ],
    }
    gold.write_text(json.dumps(labels, ensure_ascii=False) + "\n", encoding="utf-8")
    figures = json.loads(kg("evaluate", "relations", gold, documents, "--json").stdout)
    assert figures["relations"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 1}
    assert (figures["status"], figures["date"]) == (1.0, None)
    shown = kg("evaluate", "relations", gold, documents).stdout
    assert [word in shown for word in ("partnersWith", "By least confidence", "status: 1.0")] == [True] * 3


def test_evaluate_klue_re_measures_the_shipped_classifier(kg: Kg, tmp_path: Path) -> None:
    subject = "{'word': '정신아', 'start_idx': 4, 'end_idx': 6, 'type': 'PER'}"
    obj = "{'word': '대표', 'start_idx': 8, 'end_idx': 9, 'type': 'POH'}"
    path = tmp_path / "dev.csv"
    path.write_text(
        "id,sentence,subject_entity,object_entity,label,source\n"
        f'0,카카오 정신아 대표가 신사업을 발표했다.,"{subject}","{obj}",per:title,wikitree\n',
        encoding="utf-8",
    )
    assert json.loads(kg("evaluate", "klue-re", path, "--json").stdout)["micro_f1"] == 1.0
    assert "micro_f1: 1.0" in kg("evaluate", "klue-re", path).stdout


def test_evaluate_copies_measures_pairs(kg: Kg, tmp_path: Path) -> None:
    text = "카카오는 3일 오픈AI와 업무협약을 맺고 새 서비스를 함께 만들기로 했다. 서울에서 만나 서명했다."
    documents, gold = tmp_path / "documents.jsonl", tmp_path / "pairs.tsv"
    write_documents([Document("a", text * 2, title="제휴"), Document("b", text * 2, title="제휴")], documents)
    gold.write_text("first\tsecond\tlabel\na\tb\tcopy\n", encoding="utf-8")
    found = json.loads(kg("evaluate", "copies", documents, "--gold", gold, "--json").stdout)
    assert (found["precision"], found["recall"], found["pairs"]) == (1.0, 1.0, 1)
    assert "folded copy: 1 of 1" in kg("evaluate", "copies", documents, "--gold", gold).stdout
