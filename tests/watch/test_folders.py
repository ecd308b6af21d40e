from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.store import DocumentStore
from kg.watch.sources import Source
from tests.watch.conftest import Open, TestClock

ALLIANCE = "가온전자, 나래은행과 제휴\n가온전자는 나래은행과 제휴를 맺었다고 3일 밝혔다.\n"
TAKEOVER = "다솜자동차, 라온게임즈 인수\n다솜자동차가 라온게임즈를 인수했다고 공시했다.\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text(ALLIANCE, encoding="utf-8")
    return folder


def titles(tmp_path: Path) -> list[str]:
    with DocumentStore(tmp_path / "graph") as store:
        return sorted(one.text.splitlines()[0] for one in store.documents())


def test_new_files_come_in_and_known_ones_are_left(inbox: Path, opened: Open, tmp_path: Path) -> None:
    watcher = opened(Source(str(inbox), publisher="가온뉴스"))
    assert watcher.round().new == 1
    (inbox / "b.txt").write_text(TAKEOVER, encoding="utf-8")
    (inbox / "a.txt").touch()
    done = watcher.round()
    assert (done.new, done.replaced, done.unchanged) == (1, 0, 0)
    assert titles(tmp_path) == ["가온전자, 나래은행과 제휴", "다솜자동차, 라온게임즈 인수"]
    with DocumentStore(tmp_path / "graph") as store:
        assert {one.publisher for one in store.articles()} == {"가온뉴스"}


def test_a_changed_file_replaces_its_articles(inbox: Path, opened: Open, tmp_path: Path) -> None:
    watcher = opened(str(inbox))
    watcher.round()
    (inbox / "a.txt").write_text(TAKEOVER, encoding="utf-8")
    done = watcher.round()
    assert (done.new, done.retracted) == (1, 1)
    assert titles(tmp_path) == ["다솜자동차, 라온게임즈 인수"]


def test_an_article_that_another_file_has_too_stays(inbox: Path, opened: Open, tmp_path: Path) -> None:
    (inbox / "same.txt").write_text(ALLIANCE, encoding="utf-8")
    watcher = opened(str(inbox))
    assert watcher.round().new == 1
    (inbox / "a.txt").write_text(TAKEOVER, encoding="utf-8")
    assert watcher.round().retracted == 0
    assert len(titles(tmp_path)) == 2


def test_articles_of_a_file_that_is_gone_stay(inbox: Path, opened: Open, tmp_path: Path) -> None:
    watcher = opened(str(inbox))
    watcher.round()
    (inbox / "a.txt").unlink()
    watcher.round()
    assert len(titles(tmp_path)) == 1


def test_what_fails_costs_only_itself_and_is_tried_again_later(
    inbox: Path, opened: Open, clock: TestClock, tmp_path: Path
) -> None:
    rows = [{"id": "b", "title": "인수", "text": "다솜자동차가 라온게임즈를 인수했다."}, {"id": "c", "text": ""}]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (inbox / "b.jsonl").write_text(lines, encoding="utf-8")
    (inbox / "c.txt").write_bytes(b"\x00\x01")
    watcher = opened(str(inbox))
    done = watcher.round()
    assert (done.new, len(done.failures)) == (2, 2)
    assert done.failures[0].source == str(inbox / "b.jsonl") + ":2"
    assert watcher.round().failures == []
    clock.time += 16 * 60
    assert len(watcher.round().failures) == 2
    (inbox / "c.txt").write_text(TAKEOVER, encoding="utf-8")
    assert watcher.round().new == 1


def test_a_file_still_being_written_is_left_for_a_later_round(inbox: Path, opened: Open, clock: TestClock) -> None:
    os.utime(inbox / "a.txt", (clock.time - 1, clock.time - 1))
    watcher = opened(str(inbox))
    rounds = watcher.rounds(60)
    assert next(rounds).new == 0
    assert next(rounds).new == 1


def test_a_folder_that_has_the_graph_in_it_is_refused(opened: Open, tmp_path: Path) -> None:
    watcher = opened(str(tmp_path))
    with pytest.raises(InputError, match="choose another place"):
        watcher.round()


def test_a_folder_that_is_missing_is_a_failure(opened: Open, tmp_path: Path) -> None:
    done = opened(str(tmp_path / "none")).round()
    assert [failure.message for failure in done.failures] == ["no such file or folder; check the path"]
