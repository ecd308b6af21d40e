from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Document, Failure
from kg.run import workers
from kg.run.workers import BATCH, InProcesses, map_documents
from tests.run.stub_stage import StubStage

ROOT = Path(__file__).resolve().parents[2]


def documents(count: int) -> list[Document]:
    return [Document(id=str(i), text=f"가온전자는 {i}일 나래은행과 제휴했다.") for i in range(count)]


def process_of(words: tuple[str, ...]) -> tuple[str, bool]:
    """Return the first word and whether this is another process; one word ends that."""
    elsewhere = multiprocessing.parent_process() is not None
    if elsewhere and words[0] == "끝":
        os._exit(1)
    return words[0], elsewhere


@pytest.mark.parametrize(("count", "elsewhere"), [(3, False), (40, True)])
def test_many_items_are_mapped_in_processes(monkeypatch: pytest.MonkeyPatch, count: int, elsewhere: bool) -> None:
    monkeypatch.setattr(workers, "MANY", 10)
    monkeypatch.setattr(workers, "SMALL", 4)
    found = list(InProcesses(2)(process_of, ((f"{i}",) for i in range(count))))
    assert found == [(f"{i}", elsewhere) for i in range(count)]


def test_an_item_that_ends_its_process_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MANY", 1)
    monkeypatch.setattr(workers, "SMALL", 2)
    found = list(InProcesses(2)(process_of, [("하나",), ("둘",), ("끝",), ("셋",), ("넷",)]))
    assert found == [("하나", True), ("둘", True), ("끝", False), ("셋", False), ("넷", True)]


def test_results_keep_the_order_of_documents() -> None:
    given = documents(3 * BATCH + 1)
    found = list(map_documents(StubStage(), given))
    assert [result.id for result in found if isinstance(result, Document)] == [document.id for document in given]


def test_few_documents_stay_in_this_process() -> None:
    class Local(StubStage):
        """Cannot be sent to another process, being defined in a function."""

    assert len(list(map_documents(Local(), documents(5), workers=None))) == 5


def test_a_stage_that_breaks_its_contract_fails_the_article() -> None:
    class Reworded(StubStage):
        def __call__(self, documents: Sequence[Document]) -> list[Document]:
            return [replace(document, text=document.text.replace("5일", "닷새")) for document in documents]

    found = list(map_documents(Reworded(), documents(8)))
    (failure,) = [result for result in found if isinstance(result, Failure)]
    assert (failure.source, "changed the text" in failure.message) == ("5", True)
    assert [isinstance(result, Failure) for result in found] == [i == 5 for i in range(8)]


def test_an_error_that_says_what_to_do_is_left_as_it_is() -> None:
    class Refusing(StubStage):
        def __call__(self, documents: Sequence[Document]) -> list[Document]:
            raise InputError("no budget; raise it")

    assert list(map_documents(Refusing(), documents(1))) == [Failure("0", "stub", "no budget; raise it")]


def test_reading_is_no_further_ahead_than_the_work_needs() -> None:
    read: list[str] = []

    def reading() -> Iterator[Document]:
        for document in documents(10 * BATCH):
            read.append(document.id)
            yield document

    results = map_documents(StubStage(), reading())
    next(results)
    assert len(read) == BATCH


def test_processes_that_cannot_start_are_explained() -> None:
    code = """
from kg.model import Document
from kg.run.workers import map_documents
from tests.run.stub_stage import StubStage
list(map_documents(StubStage(), [Document(id="1", text="글")], workers=2))
"""
    done = subprocess.run([sys.executable, "-"], input=code, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr.splitlines()[-1].startswith("kg.errors.ExtractionError: worker processes cannot start")
