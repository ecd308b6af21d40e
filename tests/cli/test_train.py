from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.extract import train_names as train_module
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
