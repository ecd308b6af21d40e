from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ExportError, FailureRateError, GraphSizeError, InputError, UnknownNameError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.ingest import ReadOptions
from kg.run.extraction import ExtractOptions
from kg.run.local import BuildResult, build
from kg.schema import Schema
from kg.store import Fold
from tests.run.stub_stage import StubStage

OUTPUTS = ["documents.jsonl", "graph.html", "graph.json", "graph.ttl", "manifest.json"]
STORE = "store.sqlite"
ROOT = Path(__file__).resolve().parents[2]


def write_articles(path: Path, *texts: str, **fields: str) -> str:
    """Write JSON lines of articles dated from 2025-03-01 on, and return the path."""
    rows = (
        {
            "id": f"n{i}",
            "title": f"기사 {i}",
            "text": text,
            "date": f"2025-03-{i:02}",
            "publisher": "한빛일보",
            **fields,
        }
        for i, text in enumerate(texts, 1)
    )
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.fixture
def articles(tmp_path: Path) -> str:
    return write_articles(
        tmp_path / "news.jsonl",
        "가온전자는 나래은행과 제휴를 맺었다고 밝혔다.\n두 회사는 지난달부터 협의해 왔다.",
        "나래은행은 가온전자와의 제휴를 넓힌다고 발표했다.\n구체적인 규모는 알려지지 않았다.",
        "다솜자동차가 라온게임즈를 인수했다고 공시했다.\n인수 금액은 공개하지 않았다.",
    )


def run(paths: list[str], out: Path | None, **options: Any) -> BuildResult:
    forms = options.pop("forms", ())
    return build(paths, out, ExtractOptions(**options), StubStage(), forms=forms)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder but its store, which has other bytes after another history."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if not path.name.startswith(STORE)}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_build_writes_its_outputs_and_nothing_else(articles: str, tmp_path: Path) -> None:
    result = run([articles], tmp_path / "out")
    assert names(tmp_path / "out") == [*OUTPUTS, STORE]
    assert [(r.type, r.articles) for r in result.graph().relations()] == [("acquires", 1), ("partnersWith", 2)]
    loaded = KnowledgeGraph.load(tmp_path / "out")
    assert loaded.relations() == result.graph().relations()
    assert loaded.entities() == result.graph().entities()


def test_further_forms_are_written_beside(articles: str, tmp_path: Path) -> None:
    run([articles], tmp_path / "out", forms=["ntriples"])
    assert names(tmp_path / "out") == sorted([*OUTPUTS, STORE, "graph.nt"])


def test_an_unknown_form_is_refused_before_the_work(articles: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="did you mean turtle"):
        run([articles], tmp_path / "out", forms=["turtel"])
    assert not (tmp_path / "out").exists()


def test_without_a_folder_nothing_is_written(articles: str, tmp_path: Path) -> None:
    assert len(run([articles], None).graph()) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["news.jsonl"]


def test_the_manifest_says_what_was_built(articles: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{broken\n", encoding="utf-8")
    run([articles, str(broken)], tmp_path / "out", read=ReadOptions(publisher="새벽신문"))
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["stages"] == [{"name": "stub", "version": "1"}]
    assert manifest["options"]["publisher"] == "새벽신문"
    assert manifest["counts"]["articles"] == 3
    assert manifest["counts"]["entities"] == {"Organization": 4}
    assert manifest["counts"]["relations"] == {"acquires": {"actual": 1}, "partnersWith": {"actual": 1}}
    assert [failure["stage"] for failure in manifest["failures"]] == ["ingest"]
    assert manifest["failures"][0]["source"] == "broken.jsonl:1"
    written = contents(tmp_path / "out")
    assert manifest["files"] == {
        name: hashlib.sha256(written[name]).hexdigest() for name in OUTPUTS if name != "manifest.json"
    }


def test_outputs_name_no_absolute_path(articles: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    run([articles, str(tmp_path / "empty.txt")], tmp_path / "out")
    assert [name for name, data in contents(tmp_path / "out").items() if str(tmp_path).encode() in data] == []


def test_two_runs_write_the_same_bytes_whatever_the_hash_seed(articles: str, tmp_path: Path) -> None:
    code = """if __name__ == "__main__":
    import sys
    from pathlib import Path
    from kg.run.extraction import ExtractOptions
    from kg.run.local import build
    from tests.run.stub_stage import StubStage
    build([sys.argv[1]], Path(sys.argv[2]), ExtractOptions(), StubStage(), forms=["ntriples", "jsonld"])
"""
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code, articles, str(tmp_path / seed)]
        subprocess.run(command, check=True, cwd=ROOT, env=environment)
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def test_the_order_of_input_changes_no_byte(articles: str, tmp_path: Path) -> None:
    lines = Path(articles).read_text(encoding="utf-8").splitlines(keepends=True)
    turned = tmp_path / "turned.jsonl"
    turned.write_text("".join(reversed(lines)), encoding="utf-8")
    for name, path in (("one", articles), ("two", str(turned))):
        run([path], tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_several_workers_write_what_one_does(tmp_path: Path) -> None:
    texts = [f"가온전자는 {i}월에 나래은행과 제휴를 맺었다고 밝혔다." for i in range(1, 29)]
    path = write_articles(tmp_path / "many.jsonl", *texts)
    run([path], tmp_path / "one", workers=1)
    run([path], tmp_path / "two", workers=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_blocks_resolved_in_processes_change_no_byte(
    articles: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run([articles], tmp_path / "one")
    monkeypatch.setattr("kg.run.workers.MANY", 1)
    run([articles], tmp_path / "several", workers=2)
    assert contents(tmp_path / "several") == contents(tmp_path / "one")


@pytest.mark.usefixtures("no_network")
def test_no_socket_is_opened(articles: str, tmp_path: Path) -> None:
    assert len(run([articles], tmp_path / "out").graph()) == 2


@pytest.mark.parametrize("workers", [1, 2])
def test_a_poisoned_article_costs_only_itself(tmp_path: Path, workers: int) -> None:
    path = write_articles(
        tmp_path / "news.jsonl",
        "가온전자는 나래은행과 제휴를 맺었다고 밝혔다.",
        "이 기사는 어떤 처리기에서나 오류를 낸다고 알려졌다.",
        "다솜자동차가 라온게임즈를 인수했다고 공시했다.",
    )
    result = run([path], tmp_path / "out", workers=workers)
    assert result.graph().articles == 2
    (failure,) = result.extraction.failures
    assert "news.jsonl" in failure.source
    assert (failure.stage, "RuntimeError: poisoned" in failure.message) == ("stub", True)


def test_an_article_that_ends_its_process_costs_only_itself(tmp_path: Path) -> None:
    texts = [f"가온전자는 {i}월에 나래은행과 제휴를 맺었다고 밝혔다." for i in range(1, 23)]
    texts[9] = "이 기사는 그것을 읽는 프로세스를 끝낸다고 알려졌다."
    result = run([write_articles(tmp_path / "news.jsonl", *texts)], None, workers=2)
    assert result.graph().articles == 21
    (failure,) = result.extraction.failures
    assert "the worker process died on it" in failure.message


def test_a_build_without_a_usable_article_leaves_no_store(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"nothing was written"):
        run([str(tmp_path / "empty")], tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_of_many_paths_without_an_article_only_some_are_named(tmp_path: Path) -> None:
    paths = [str(tmp_path / f"{number}.txt") for number in range(9)]
    with pytest.raises(InputError) as error:
        run(paths, None)
    assert paths[0] in str(error.value)
    assert paths[8] not in str(error.value)


def test_outputs_of_an_earlier_build_survive_a_failed_one(articles: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([articles], out)
    before = contents(out)
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "a.txt").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"no usable article.*a\.txt.*nothing was written"):
        run([str(empty)], out)
    assert contents(out) == before


def test_outputs_survive_an_exporter_that_fails(articles: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    run([articles], out)
    before = contents(out)

    def fail(graph: object, schema: Schema, path: Path, form: str, **options: Any) -> None:
        if form == "html":
            raise ExportError(f"{path}: disk full")

    monkeypatch.setattr("kg.export.export", fail)
    with pytest.raises(ExportError, match="disk full"):
        run([articles], out, min_confidence=0.9)
    assert contents(out) == before


def test_too_many_failures_fail_the_run_once_all_is_written(articles: str, tmp_path: Path) -> None:
    bad = [str(tmp_path / f"{i}.txt") for i in range(4)]
    for path in bad:
        Path(path).write_text("", encoding="utf-8")
    result = run([articles, *bad], tmp_path / "out")
    assert sorted(contents(tmp_path / "out")) == OUTPUTS
    with pytest.raises(FailureRateError, match="4 of 7 articles failed, more than the 50% allowed"):
        result.extraction.check_rate()
    run([articles, *bad], tmp_path / "out", max_failure_rate=0.6).extraction.check_rate()


def test_an_article_that_comes_twice_counts_once(articles: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(Path(articles).read_bytes())
    result = run([articles, str(copy)], None)
    assert result.graph().articles == 3
    assert ["duplicate" in failure.message for failure in result.extraction.failures] == [True, True, True]


def test_relations_below_the_least_confidence_are_left_out(articles: str, tmp_path: Path) -> None:
    result = run([articles], tmp_path / "out", min_confidence=0.6)
    assert len(result.graph()) == 0
    assert '"relations":[]' in (tmp_path / "out" / "documents.jsonl").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_made_is_named(articles: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match="file: cannot be written"):
        run([articles], tmp_path / "file")


def test_of_a_large_graph_the_page_shows_the_most_connected_part(
    articles: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("kg.run.outputs.PAGE", 5)
    result = run([articles], tmp_path / "out", forms=["parquet"])
    said = "shows the 3 entities of most relations and 1 relations among them, of 4 and 2; the other files have all"
    assert result.manifest["left_out"] == {"graph.html": said}
    assert [record.message for record in caplog.records] == [f"graph.html: {said}"]
    assert "관계가 가장 많은 3개 개체 (전체 4개)" in (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    files = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert [name for name in files if "/" in name] == [
        f"graph.parquet/{name}.parquet" for name in ("articles", "entities", "evidence", "relations")
    ]
    assert len(KnowledgeGraph.load(tmp_path / "out")) == 2


def test_a_form_that_is_too_large_goes_and_says_so(
    articles: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run([articles], tmp_path / "out", forms=["svg"])

    def refuse(self: Fold, largest: int = 5) -> KnowledgeGraph:
        raise GraphSizeError(4, 2, 5)

    monkeypatch.setattr(Fold, "networkx", refuse)
    monkeypatch.setattr("kg.run.outputs.PAGE", 3)
    result = run([articles], tmp_path / "out", forms=["svg"])
    assert sorted(result.manifest["left_out"]) == ["graph.html", "graph.svg"]
    assert "graph.svg" not in names(tmp_path / "out")
