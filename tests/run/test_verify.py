from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.errors import FormatError
from kg.run.verify import verify

TEXT = "카카오와 오픈AI가 손잡았다\n카카오는 3일 오픈AI와 업무협약을 맺었다. 네이버는 구글에 100억원을 투자했다."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify")
    (folder / "article.txt").write_text(TEXT, encoding="utf-8")
    kg.build([folder / "article.txt"], out=folder / "out")
    return folder / "out"


def spoil(built: Path, tmp_path: Path, old: str, new: str) -> Path:
    """A copy of the build with the first `old` of its documents replaced."""
    for name in ("documents.jsonl", "graph.json"):
        (tmp_path / name).write_bytes((built / name).read_bytes())
    text = (tmp_path / "documents.jsonl").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "documents.jsonl").write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


def test_a_build_passes(built: Path) -> None:
    found = verify(built)
    assert (found.articles, found.problems) == (1, [])
    assert found.relations == found.named + found.resolved > 0
    assert found.edges == len(kg.load(built)) > 0


def test_an_edge_that_no_article_states_is_reported(built: Path, tmp_path: Path) -> None:
    row = json.loads((built / "documents.jsonl").read_text(encoding="utf-8"))
    kind = row["relations"][0]["type"]
    folder = spoil(built, tmp_path, f'"type":"{kind}"', '"type":"supplies"')
    found = verify(folder)
    assert found.problems
    assert all("no such relation at" in problem for problem in found.problems)


def test_an_end_that_the_article_does_not_name_is_reported(built: Path, tmp_path: Path) -> None:
    row = json.loads((built / "documents.jsonl").read_text(encoding="utf-8"))
    row["mentions"] = []
    folder = spoil(built, tmp_path, "{", "{")
    (folder / "documents.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert any("is named nowhere in the article" in problem for problem in verify(folder).problems)


def test_a_folder_without_a_build_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"documents\.jsonl: no such file"):
        verify(tmp_path)


def test_a_quotation_that_is_not_in_its_article_is_named(built: Path, tmp_path: Path) -> None:
    folder = spoil(built, tmp_path, '"cue":', '"text":"다른 글","cue":')
    with pytest.raises(FormatError, match=r"documents\.jsonl:1: .*evidence of .* is not at"):
        verify(folder)
