"""`kg.Store`, and `kg.load` of a store."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import FailureRateError, StoreError, UnknownNameError
from kg.run.stores import Added
from tests.run.stub_stage import StubStage
from tests.run.test_intake import TEXTS
from tests.run.test_local import OUTPUTS, STORE, contents, names, write_articles


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extract with the stub's stage."""
    monkeypatch.setattr("kg.run.given.stage", lambda spec, language: StubStage())


def test_articles_go_in_and_out(tmp_path: Path) -> None:
    news = write_articles(tmp_path / "news.jsonl", *TEXTS)
    kg.build(news, tmp_path / "built")
    with kg.Store(tmp_path / "out") as store:
        assert store.add(news) == Added(3, 0, 0)
        assert store.add([news], publisher="새벽신문") == Added(0, 3, 0)
        assert store.add([news]) == Added(0, 3, 0)
        assert store.add([Path(news)]) == Added(0, 0, 3)
        assert names(tmp_path / "out") == [STORE, f"{STORE}-shm", f"{STORE}-wal"]
        store.write(["ntriples"])
        assert kg.load(tmp_path / "out").relations() == kg.load(tmp_path / "built").relations()
        store.retract("n1", "n2")
        assert [article.id for article in store.articles()] == ["n3"]
        assert [relation.type for relation in store.graph().relations()] == ["acquires"]
        store.write()
    written = kg.load(tmp_path / "out").relations()
    assert [relation.type for relation in written] == ["acquires"]
    assert names(tmp_path / "out") == sorted([*OUTPUTS, STORE, "graph.nt"])
    assert "n1" not in contents(tmp_path / "out")["graph.nt"].decode()


def test_too_many_failures_are_an_error_once_the_others_are_stored(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    news = write_articles(tmp_path / "news.jsonl", *TEXTS[:1], *["이 기사는 오류를 낸다고 알려졌다."] * 2)
    with kg.Store(tmp_path / "out") as store:
        with pytest.raises(FailureRateError, match="2 of 3 articles failed"):
            store.add(news)
        assert len(store) == 1
        added = store.add(news, max_failure_rate=0.9)
    assert (added.unchanged, [failure.stage for failure in added.failures]) == (1, ["stub", "stub"])
    assert len(caplog.records) == 4


def test_an_unknown_article_is_named(tmp_path: Path) -> None:
    with kg.Store(tmp_path) as store:
        store.add(write_articles(tmp_path / "news.jsonl", *TEXTS))
        with pytest.raises(UnknownNameError, match="no article named 'n33'; did you mean n3"):
            store.retract("n33")
        with pytest.raises(UnknownNameError, match="no article named '없음'; `kg articles` lists them"):
            store.retract("없음")


def test_load_takes_a_store_where_no_graph_was_written(tmp_path: Path) -> None:
    with kg.Store(tmp_path / "out") as store:
        store.add(write_articles(tmp_path / "news.jsonl", *TEXTS))
    for path in (tmp_path / "out", tmp_path / "out" / STORE):
        assert kg.load(path).articles == 3
    with pytest.raises(StoreError, match="no such store"):
        kg.load(tmp_path / "nowhere.sqlite")
