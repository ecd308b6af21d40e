"""What an article may cost its worker process, and what becomes of the process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kg.errors import ExtractionError, InputError
from kg.model import Document, Failure
from kg.run import pool
from kg.run.extraction import ExtractOptions
from kg.run.limits import Limits
from kg.run.local import build
from kg.run.workers import BATCH, map_documents
from tests.run.processes import children, left, workers
from tests.run.stub_stage import StubStage
from tests.run.test_local import ROOT, contents, write_articles

SHORT = Limits(seconds=0.2, gigabytes=0.3)


def documents(count: int, **poisoned: str) -> list[Document]:
    """Return documents 0, 1, …; `n3="끝없이 돈다"` says what number 3 states instead."""
    return [Document(str(i), poisoned.get(f"n{i}", f"가온전자는 {i}일 나래은행과 제휴했다.")) for i in range(count)]


@pytest.mark.parametrize(
    ("workers", "sentence", "said"),
    [
        (1, "끝없이 돈다.", "took longer than the 0.2 s that its 7 characters may; raise --article-timeout"),
        (2, "끝없이 돈다.", "took longer than the 0.2 s that its 7 characters may; raise --article-timeout"),
        (1, "잠들어 버린다.", "took longer than the 0.2 s that its 8 characters may; raise --article-timeout"),
        (1, "기억을 다 쓴다.", "needed more than the 0.3 GB of a worker; raise --worker-memory"),
        (2, "프로세스를 죽인다.", "the worker process died on it (SIGKILL), twice"),
        (1, "프로세스를 끝낸다.", "the worker process died on it (exit status 1), twice"),
        (2, "오류를 낸다.", "RuntimeError: poisoned"),
    ],
)
def test_a_poisoned_article_costs_itself_alone(workers: int, sentence: str, said: str) -> None:
    given = documents(BATCH + 3, n4=sentence)
    limits = SHORT if "took longer" in said else replace(SHORT, seconds=20)  # which no other ending takes
    found = list(map_documents(StubStage(), given, workers, limits))
    assert [one.source if isinstance(one, Failure) else one.id for one in found] == [one.id for one in given]
    (failure,) = [one for one in found if isinstance(one, Failure)]
    assert (failure.source, failure.message.startswith(said)) == ("4", True), failure.message


def test_a_long_article_has_more_time() -> None:
    assert Limits(seconds=10).seconds_for(1_500) == 10
    assert Limits(seconds=10).seconds_for(25_000) == 25


def test_limits_of_nothing_are_refused() -> None:
    with pytest.raises(InputError, match="give more than 0"):
        Limits(seconds=0)


def test_less_memory_than_the_models_take_is_explained() -> None:
    with pytest.raises(ExtractionError, match=r"GB before its first article.*raise --worker-memory"):
        list(map_documents(StubStage(), documents(1), 1, Limits(gigabytes=0.001)))


@dataclass
class NumberedStage(StubStage):
    """The stub's stage, that says in which process it ran."""

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        return [Document(one.id, one.text, publisher=str(os.getpid())) for one in documents]


def test_a_process_that_has_done_much_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "RENEWED", 2 * BATCH)
    found = list(map_documents(NumberedStage(), documents(5 * BATCH), 1, SHORT))
    assert [one.id for one in found if isinstance(one, Document)] == [str(i) for i in range(5 * BATCH)]
    processes = [one.publisher for one in found if isinstance(one, Document)]
    assert [processes.count(one) for one in dict.fromkeys(processes)] == [2 * BATCH, 2 * BATCH, BATCH]


def test_nothing_to_do_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_Worker", None)
    assert list(map_documents(StubStage(), [], 2)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers end with their batch or its time")
@pytest.mark.parametrize("last", ["이 기사는 끝없이 돈다.", "가온전자는 나래은행과 제휴했다."])
def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path, last: str) -> None:
    news = write_articles(tmp_path / "news.jsonl", *20 * ["가온전자는 나래은행과 제휴를 맺었다고 밝혔다."], last)
    command = [sys.executable, "-m", "tests.run.told_build", news, str(tmp_path / "out"), "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as process:
        assert process.stdout is not None
        while process.stdout.readline() != "article\n":  # the first batch is done, the second is being done
            assert process.poll() is None
        family = children(process.pid)
        assert len(family) >= 3
        time.sleep(0.5)
        process.kill()
    assert left(family, 30) == []


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_a_worker_that_is_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    texts = [f"가온전자는 {i}월에 나래은행과 제휴를 맺었다고 밝혔다." for i in range(1, 12 * BATCH)]
    news = write_articles(tmp_path / "news.jsonl", *texts, date="2025-03-01")
    command = [sys.executable, "-m", "tests.run.told_build", news, str(tmp_path / "out"), "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as process:
        assert process.stdout is not None
        while process.stdout.readline() != "article\n":
            assert process.poll() is None
        for worker in workers(process.pid):
            os.kill(worker, signal.SIGKILL)
        process.stdout.read()
    assert process.returncode == 0
    build([news], tmp_path / "undisturbed", ExtractOptions(), StubStage())
    assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")
