"""What a build or an addition extracts again, and what one that is cut short leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ExportError, InputError, StoreError
from kg.ingest import ReadOptions
from kg.model import Document
from kg.run import intake, local
from kg.run.extraction import ExtractOptions
from kg.run.local import build
from kg.store import DocumentStore, tables
from tests.run.stub_stage import StubStage
from tests.run.test_local import ROOT, contents, write_articles

TEXTS = (
    "가온전자는 나래은행과 제휴를 맺었다고 밝혔다.",
    "나래은행은 가온전자와의 제휴를 넓힌다고 발표했다.",
    "다솜자동차가 라온게임즈를 인수했다고 공시했다.",
)


@dataclass
class CountingStage(StubStage):
    """The stub's stage, which notes what it was given."""

    version: str = "1"
    given: list[str] = field(default_factory=list)

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        self.given += [document.id for document in documents]
        return super().__call__(documents)


def extracted(paths: Sequence[str], out: Path, version: str = "1", **options: Any) -> list[str]:
    """Build, and return the ids of the articles that were extracted."""
    stage = CountingStage(version)
    build(paths, out, ExtractOptions(**options), stage)
    return stage.given


def test_only_what_is_new_or_changed_is_extracted(tmp_path: Path) -> None:
    out, news = tmp_path / "out", tmp_path / "news.jsonl"
    assert extracted([write_articles(news, *TEXTS)], out) == ["n1", "n2", "n3"]
    before = contents(out)
    assert extracted([str(news)], out) == []
    assert contents(out) == before
    write_articles(news, TEXTS[0], TEXTS[1] + " 시기는 미정이다.", TEXTS[2], TEXTS[0])
    assert extracted([str(news)], out) == ["n2", "n4"]
    build([str(news)], tmp_path / "anew", ExtractOptions(), StubStage())
    assert contents(out) == contents(tmp_path / "anew")


@pytest.mark.parametrize(
    "change",
    [
        {"version": "2"},
        {"min_confidence": 0.3},
        {"read": ReadOptions(publisher="새벽신문")},
        {"read": ReadOptions(date="2025-04-01")},
    ],
    ids=str,
)
def test_what_extraction_depends_on_makes_it_run_again(tmp_path: Path, change: dict[str, Any]) -> None:
    news = write_articles(tmp_path / "news.jsonl", *TEXTS)
    extracted([news], tmp_path / "out")
    assert extracted([news], tmp_path / "out", **change) == ["n1", "n2", "n3"]
    assert extracted([news], tmp_path / "out", **change) == []


def test_a_shipped_word_list_that_changed_makes_it_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news = write_articles(tmp_path / "news.jsonl", *TEXTS)
    extracted([news], tmp_path / "out")
    monkeypatch.setattr(intake, "shipped_digest", lambda *packages: "another")
    assert extracted([news], tmp_path / "out") == ["n1", "n2", "n3"]


def test_a_build_is_exactly_its_input(tmp_path: Path) -> None:
    out = tmp_path / "out"
    extracted([write_articles(tmp_path / "all.jsonl", *TEXTS)], out)
    fewer = write_articles(tmp_path / "fewer.jsonl", *TEXTS[:2])
    assert extracted([fewer], out) == []
    extracted([fewer], tmp_path / "anew")
    assert contents(out) == contents(tmp_path / "anew")


def test_what_failed_is_not_stored_and_is_tried_again(tmp_path: Path) -> None:
    news = write_articles(tmp_path / "news.jsonl", *TEXTS[:2], "이 기사는 어떤 처리기에서나 오류를 낸다고 알려졌다.")
    extracted([news], tmp_path / "out")
    assert set(extracted([news], tmp_path / "out")) == {"n3"}
    with DocumentStore(tmp_path / "out") as store:
        assert [*store.keys()] == ["n1", "n2"]


def test_no_usable_article_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    extracted([write_articles(tmp_path / "news.jsonl", *TEXTS)], tmp_path / "out")
    (tmp_path / "empty.txt").touch()
    with pytest.raises(InputError, match="no usable article"):
        extracted([str(tmp_path / "empty.txt")], tmp_path / "out", min_confidence=0.9)
    with DocumentStore(tmp_path / "out") as store:
        assert ([*store.keys()], store.settings["min_confidence"]) == (["n1", "n2", "n3"], 0.4)


def test_what_was_stored_before_the_outputs_failed_is_not_extracted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = write_articles(tmp_path / "news.jsonl", *TEXTS)
    with monkeypatch.context() as failing:

        def fail(graph: object, schema: object, path: Path, form: str, **options: Any) -> None:
            raise ExportError(f"{path}: disk full")

        failing.setattr("kg.export.export", fail)
        with pytest.raises(ExportError):
            extracted([news], tmp_path / "out")
    assert extracted([news], tmp_path / "out") == []
    extracted([news], tmp_path / "anew")
    assert contents(tmp_path / "out") == contents(tmp_path / "anew")


@pytest.mark.parametrize("at", ["article 17", "article 33", "article 40", "resolve", "assemble", "write html"])
def test_a_killed_build_goes_on_where_it_stopped(tmp_path: Path, at: str) -> None:
    texts = [f"가온전자는 {i}월에 나래은행과 제휴를 맺었다고 밝혔다." for i in range(1, 41)]
    news, out = write_articles(tmp_path / "news.jsonl", *texts), tmp_path / "out"
    command = [sys.executable, "-m", "tests.run.told_build", news, str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as process:
        assert process.stdout is not None
        count = 0
        for line in process.stdout:
            count += line == "article\n"
            if f"{line.strip()} {count}".startswith(at) or line.strip() == at:
                process.kill()
                break
    again = extracted([news], out)
    assert len(again) < 40
    extracted([news], tmp_path / "anew")
    assert contents(out) == contents(tmp_path / "anew")


def test_a_second_build_into_the_same_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "WAIT", 0.05)
    news, out = write_articles(tmp_path / "news.jsonl", *TEXTS), tmp_path / "out"
    extracted([news], out)
    before = contents(out)
    with (
        DocumentStore(out) as store,
        store.writing(),
        pytest.raises(StoreError, match=r"store\.sqlite: in use by another command"),
    ):
        extracted([news], out, min_confidence=0.3)
    assert contents(out) == before


def test_adding_and_taking_out_write_what_a_build_does(tmp_path: Path) -> None:
    first = write_articles(tmp_path / "first.jsonl", *TEXTS[:2])
    every = write_articles(tmp_path / "every.jsonl", *TEXTS)
    build([first], tmp_path / "out", ExtractOptions(min_confidence=0.3), StubStage(), forms=["ntriples"])
    for paths, name in (([every], "all"), ([first], "some")):
        build(paths, tmp_path / name, ExtractOptions(min_confidence=0.3), StubStage(), forms=["ntriples"])
    with DocumentStore(tmp_path / "out") as store:
        done = local.add(store, [every], ExtractOptions(), StubStage(), write=True)
        assert (done.added, done.replaced, done.unchanged) == (1, 0, 2)
        assert contents(tmp_path / "out") == contents(tmp_path / "all")
        local.retract(store, ["n3"], write=True)
        assert contents(tmp_path / "out") == contents(tmp_path / "some")


def test_a_changed_article_replaces_the_one_of_its_id(tmp_path: Path) -> None:
    extracted([write_articles(tmp_path / "news.jsonl", *TEXTS)], tmp_path / "out")
    changed = write_articles(tmp_path / "changed.jsonl", TEXTS[2])
    with DocumentStore(tmp_path / "out") as store:
        done = local.add(store, [changed], ExtractOptions(), StubStage(), write=False)
        assert (done.added, done.replaced, done.unchanged) == (0, 1, 0)
        assert [relation.articles for relation in store.graph().relations(type="acquires")] == [2]


def test_an_addition_inside_a_transaction_is_part_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "COMMIT_EVERY", 1)
    news = write_articles(tmp_path / "news.jsonl", *TEXTS)
    with DocumentStore(tmp_path / "out.sqlite") as store:
        with pytest.raises(KeyError), store.writing():
            local.add(store, [news], ExtractOptions(), StubStage(), write=False)
            raise KeyError
        assert len(store) == 0


def test_the_manifest_names_every_extractor(tmp_path: Path) -> None:
    extracted([write_articles(tmp_path / "news.jsonl", *TEXTS)], tmp_path / "out")
    more = write_articles(tmp_path / "more.jsonl", *TEXTS, TEXTS[0])
    with DocumentStore(tmp_path / "out") as store:
        one = replace(next(store.documents()), id="n9")
        store.put(one, extractor="other/2")
        local.add(store, [more], ExtractOptions(), StubStage(), write=True)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["stages"] == [{"name": "other", "version": "2"}, {"name": "stub", "version": "1"}]
    assert manifest["counts"]["articles"] == 5


def test_an_article_that_names_itself_by_what_no_file_can_hold_is_stored(tmp_path: Path) -> None:
    news = write_articles(tmp_path / "news.jsonl", TEXTS[0])
    odd = Path(news).read_text(encoding="utf-8").replace('"n1"', '"n\\ud800"').replace("기사 1", "기사 \\udfff")
    Path(news).write_text(odd, encoding="utf-8")
    assert extracted([news], tmp_path / "out") == ["n\ufffd"]
    assert extracted([news], tmp_path / "out") == []
