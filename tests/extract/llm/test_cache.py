from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.codec import dump_line
from kg.errors import ExtractionError
from kg.extract.llm.cache import AnswerCache, question
from kg.extract.llm.stage import LlmExtractor
from kg.model import Document
from tests.extract.llm.articles import ARTICLES
from tests.extract.llm.conftest import Make
from tests.extract.llm.endpoint import Endpoint, Response

DOCUMENTS = [told.document for told in ARTICLES]


def lines(stage: LlmExtractor) -> list[str]:
    return [dump_line(document) for document in stage(DOCUMENTS)]


@pytest.fixture(autouse=True)
def recorded(endpoint: Endpoint) -> None:
    endpoint.recorded = {told.relations[0]["evidence"]: told.answer for told in ARTICLES}


def test_a_second_run_sends_nothing_and_gives_the_same_bytes(endpoint: Endpoint, make: Make) -> None:
    first = lines(make())
    assert len(endpoint.requests) == len(ARTICLES)
    endpoint.respond = lambda body: Response(b"gone", status=500)
    assert lines(make(budget={"tokens": 1})) == first  # what is kept costs nothing
    assert len(endpoint.requests) == len(ARTICLES)


def test_order_and_batches_change_nothing(make: Make) -> None:
    first = lines(make(concurrency=8))
    stage = make(cache="other", concurrency=1)
    assert [dump_line(stage([document])[0]) for document in reversed(DOCUMENTS)] == first[::-1]


def test_equal_questions_are_sent_once(endpoint: Endpoint, make: Make) -> None:
    twins = [Document(f"t{n}", DOCUMENTS[0].text, DOCUMENTS[0].title, DOCUMENTS[0].date) for n in range(5)]
    make()(twins)
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    "changed",
    [{"model": "other"}, {"seed": 8}, {"temperature": 0.5}, {"prompt_language": "en"}, {"max_output_tokens": 99}],
)
def test_what_decides_answers_asks_anew(endpoint: Endpoint, make: Make, changed: dict[str, Any]) -> None:
    first = make()
    first(DOCUMENTS[:1])
    second = make(**changed)
    second(DOCUMENTS[:1])
    assert (len(endpoint.requests), first.version == second.version) == (2, False)


@pytest.mark.parametrize(
    "changed", [{"timeout": 5}, {"retries": 4}, {"concurrency": 1}, {"budget": {"tokens": 10**8}}, {"key_env": "PATH"}]
)
def test_what_does_not_decide_answers_asks_nothing(endpoint: Endpoint, make: Make, changed: dict[str, Any]) -> None:
    first = make()
    first(DOCUMENTS[:1])
    second = make(**changed)
    second(DOCUMENTS[:1])
    assert (len(endpoint.requests), first.version == second.version) == (1, True)


def test_a_broken_file_is_named(make: Make, tmp_path: Path) -> None:
    make()(DOCUMENTS[:1])
    (kept,) = tmp_path.rglob("answers/*/*.json")
    kept.write_text("{", encoding="utf-8")
    with pytest.raises(ExtractionError, match=f"{kept.name}: cannot be read .*; delete it to ask again"):
        make()(DOCUMENTS[:1])
    kept.write_text("[]", encoding="utf-8")
    with pytest.raises(ExtractionError, match="is no kept answer; delete it to ask again"):
        make()(DOCUMENTS[:1])


def test_files_are_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = AnswerCache(tmp_path)

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(ExtractionError, match=r"cannot be written .No space left"):
        patch.setattr(Path, "replace", full)
        cache.put("abc", "answer", "m")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    cache.put("abc", "answer", "m")
    assert cache.get("abc") == "answer"
    assert [path.name for path in (tmp_path / "answers" / "ab").iterdir()] == ["abc.json"]


def test_a_question_is_at_most_its_bytes() -> None:
    one = question([{"role": "user", "content": "가나다 abc"}], {"type": "object"}, {})
    assert one.most_tokens == len("user") + len("가나다 abc".encode()) + len('{"type": "object"}')
