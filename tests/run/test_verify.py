from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.errors import FormatError
from kg.run.verify import verify, verify_against

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


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build whose graph files are without text."""
    folder = tmp_path_factory.mktemp("shared")
    (folder / "article.txt").write_text(TEXT, encoding="utf-8")
    kg.build([folder / "article.txt"], out=folder / "out", forms=["nquads"], text=False)
    return folder


@pytest.mark.parametrize("name", ["graph.json", "graph.ttl", "graph.nq"])
def test_a_graph_without_text_passes_against_its_articles(name: str, shared: Path) -> None:
    assert "손잡았다" not in (shared / "out" / name).read_text(encoding="utf-8")
    for articles in (shared / "article.txt", shared / "out" / "documents.jsonl"):
        found = verify_against(shared / "out" / name, [str(articles)])
        assert (found.articles, found.problems) == (1, [])
        assert found.relations >= found.edges > 0


def test_a_build_without_text_passes(shared: Path) -> None:
    found = verify(shared / "out")
    assert (found.problems, found.edges) == ([], len(kg.load(shared / "out")))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"cue":[', '"cue":[9', "not what stands at"),
        ('"text":""', '"text":"다른 말"', "not what stands at"),
        ('"sha256":"', '"sha256":"0', "no article given has its text"),
    ],
)
def test_a_graph_without_text_that_was_changed_is_found_out(
    old: str, new: str, message: str, shared: Path, tmp_path: Path
) -> None:
    text = (shared / "out" / "graph.json").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "graph.json").write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = verify_against(tmp_path / "graph.json", [str(shared / "article.txt")]).problems
    assert [message in problem for problem in problems] == [True]


def test_other_articles_are_not_taken_for_those_of_the_graph(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT.replace("3일", "4일"), encoding="utf-8")
    found = verify_against(shared / "out" / "graph.ttl", [str(tmp_path / "a.txt")])
    assert (found.articles, len(found.problems)) == (0, 1)


def test_a_folder_built_without_text_stays_so(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("네이버가 크래프톤을 인수했다.\n" + TEXT.partition("\n")[2], encoding="utf-8")
    kg.build([shared / "article.txt"], out=tmp_path / "out", text=False)
    with kg.Store(tmp_path / "out") as store:
        store.add(tmp_path / "b.txt")
        store.write()
    assert "업무협약" not in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    kg.build([shared / "article.txt"], out=tmp_path / "out")
    assert "업무협약" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
