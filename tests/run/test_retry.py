"""What --retry-failed reads, extracts and leaves."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kg.errors import FormatError, InputError
from kg.model import Document
from kg.run.extraction import ExtractOptions
from kg.run.local import BuildResult, build, retry
from kg.store import DocumentStore
from tests.run import stub_stage
from tests.run.test_intake import CountingStage
from tests.run.test_local import contents, write_articles

Tried = Callable[[Sequence[str], Path], tuple[BuildResult, list[str]]]

GOOD = "가온전자는 나래은행과 제휴를 맺었다고 밝혔다."
BAD = "다솜자동차는 라온게임즈와 제휴하며 오류를 낸다고 밝혔다."


class Batches(CountingStage):
    """The stub's stage, that notes the batches it was given."""

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        self.given.append(" ".join(document.id for document in documents))
        return [self._extract(document) for document in documents]


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Tried:
    """Retry with the stage mended, and return the batches that it was given."""

    def run(paths: Sequence[str], out: Path) -> tuple[BuildResult, list[str]]:
        monkeypatch.setattr(stub_stage, "POISONS", {})
        stage = Batches("1")
        return retry(paths, out, ExtractOptions(), stage), stage.given

    return run


def failures(out: Path) -> list[tuple[str, str]]:
    listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["failures"]
    return [(failure["source"], failure["message"]) for failure in listed]


def test_only_what_failed_is_tried_again_and_each_alone(tmp_path: Path, tried: Tried) -> None:
    news = write_articles(tmp_path / "news.jsonl", GOOD, BAD, GOOD, BAD)
    out = tmp_path / "out"
    build([news], out, ExtractOptions(), CountingStage("1"))
    assert [source for source, _ in failures(out)] == ["news.jsonl:2", "news.jsonl:4"]
    result, given = tried([news], out)
    assert given == ["n2", "n4"]
    assert (result.graph().articles, failures(out)) == (4, [])
    build([news], tmp_path / "anew", ExtractOptions(), Batches("1"))
    assert contents(out) == contents(tmp_path / "anew")


def test_what_fails_again_stays_listed(tmp_path: Path) -> None:
    news, out = write_articles(tmp_path / "news.jsonl", GOOD, BAD), tmp_path / "out"
    build([news], out, ExtractOptions(), CountingStage("1"))
    before = contents(out)
    stage = CountingStage("1")
    retry([news], out, ExtractOptions(), stage).extraction.check_rate()
    assert (stage.given, contents(out)) == (["n2"], before)


def test_a_file_that_was_mended_is_read_as_a_whole(tmp_path: Path, tried: Tried) -> None:
    news, out, text = write_articles(tmp_path / "news.jsonl", GOOD), tmp_path / "out", tmp_path / "late.txt"
    text.write_bytes(b"\0\0\0\0")
    rows = tmp_path / "rows.csv"
    rows.write_text("id,본문\nr1,나래은행은 가온전자와의 제휴를 넓힌다고 발표했다.\n", encoding="utf-8")
    paths = [news, str(text), str(rows)]
    build(paths, out, ExtractOptions(), CountingStage("1"))
    assert [source for source, _ in failures(out)] == ["late.txt", "rows.csv"]
    text.write_text("다솜자동차는 라온게임즈를 인수했다고 공시했다.", encoding="utf-8")
    rows.write_text(rows.read_text(encoding="utf-8").replace("본문", "text"), encoding="utf-8")
    result, _ = tried(paths, out)
    assert (result.graph().articles, failures(out)) == (3, [])


def test_what_cannot_be_found_is_said_and_stays_listed(tmp_path: Path, tried: Tried) -> None:
    news, other = write_articles(tmp_path / "a.jsonl", GOOD, BAD), write_articles(tmp_path / "b.jsonl", "", GOOD)
    out = tmp_path / "out"
    build([news, other], out, ExtractOptions(), CountingStage("1"))
    _, given = tried([news], out)
    assert given == ["n2"]
    ((source, message),) = [one for one in failures(out) if not one[1].startswith("duplicate")]
    assert (source, message.startswith("not found again; give the paths of the build it failed in")) == (
        "b.jsonl:1",
        True,
    )


def test_a_taken_id_stays_a_failure(tmp_path: Path, tried: Tried) -> None:
    news, out = write_articles(tmp_path / "news.jsonl", GOOD, GOOD, id="n1"), tmp_path / "out"
    build([news], out, ExtractOptions(), CountingStage("1"))
    before = contents(out)
    assert tried([news], out)[1] == []
    assert (contents(out), failures(out)[0][1][:9]) == (before, "duplicate")


def test_a_folder_without_a_run_is_refused(tmp_path: Path, tried: Tried) -> None:
    news, out = write_articles(tmp_path / "news.jsonl", GOOD), tmp_path / "out"
    with pytest.raises(InputError, match="no failures to retry; build without --retry-failed first"):
        tried([news], out)
    build([news], out, ExtractOptions(), CountingStage("1"))
    (out / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(FormatError, match="its failures cannot be read"):
        tried([news], out)
    with DocumentStore(out) as store:
        assert len(store) == 1
