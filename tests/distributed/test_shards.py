from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.distributed.files import Place, sources
from kg.distributed.shards import Item, extract_shard, file_groups, pack_shard, read_shards
from kg.errors import InputError
from kg.ingest import ReadOptions
from kg.model import Article, Failure
from kg.run.limits import TIMED_OUT, Limits
from tests.run.stub_stage import StubStage

pytest.importorskip("fsspec", reason="needs what Ray brings: pip install 'korean-news-kg[ray]'")

COLUMNS = ("id", "source", "failure", "line")
GOOD = "가온전자가 나래은행과 제휴를 맺었다고 밝혔다."
SCRIPT = """
import sys
from kg.distributed.files import Place
from kg.distributed.shards import extract_shard
from kg.run.limits import Limits
from tests.run.stub_stage import StubStage
if __name__ == "__main__":
    extract_shard(Place(sys.argv[1]), sys.argv[2], sys.stdin.read(), StubStage(), 0.4, Limits(1))
"""


def items(*texts: str) -> list[Item]:
    return [Article(f"a{number}", text, source=f"n.jsonl:{number}") for number, text in enumerate(texts, 1)]


def test_a_shard_is_named_by_its_content_and_by_what_extracts_it() -> None:
    name, text = pack_shard(items(GOOD), "one/1")
    assert pack_shard(items(GOOD), "one/1") == (name, text)
    assert len({name, pack_shard(items(GOOD), "one/2")[0], pack_shard(items(GOOD + " "), "one/1")[0]}) == 3


def test_a_failure_costs_itself_alone(tmp_path: Path) -> None:
    place = Place(str(tmp_path))
    name, text = pack_shard([*items(GOOD, "오류를 낸다"), Failure("x.txt", "ingest", "empty; leave it out")], "")
    extract_shard(place, name, text, StubStage(), 0.4, Limits())
    rows = list(place.rows(name, COLUMNS))
    assert [(row["id"], row["source"], row["line"] is None) for row in rows] == [
        ("a1", "n.jsonl:1", False),
        ("a2", "n.jsonl:2", True),
        (None, "x.txt", True),
    ]
    assert json.loads(rows[1]["failure"])[1].startswith("RuntimeError: poisoned; leave the article out")
    assert place.names("begun") == []


@pytest.mark.parametrize(
    ("poison", "code", "said"),
    [("프로세스를 끝낸다", 1, "died on it (exit status 1)"), ("끝없이 돈다", TIMED_OUT[0], "took longer than the 1 s")],
)
def test_what_ends_the_process_costs_itself_alone_the_second_time(
    tmp_path: Path, poison: str, code: int, said: str
) -> None:
    name, text = pack_shard(items(GOOD, poison, GOOD), "")
    script = tmp_path / "run.py"
    script.write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, str(script), str(tmp_path), name]
    environment = {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONUTF8": "1"}

    def attempt() -> int:
        return subprocess.run(command, input=text, text=True, env=environment, stderr=subprocess.DEVNULL).returncode

    place = Place(str(tmp_path))
    assert attempt() == code
    assert (place.has(name), len(place.names("begun"))) == (False, 1)
    assert attempt() == 0
    rows = list(place.rows(name, COLUMNS))
    assert [row["failure"] is None for row in rows] == [True, False, True]
    assert said in rows[1]["failure"]


def test_small_files_are_read_together_and_tables_alone() -> None:
    files = [(name, name) for name in ("a.txt", "b.txt", "c.html", "d.jsonl", "e.txt", "f.csv.gz")]
    groups = [[name for name, _ in group] for group in file_groups(files, 2)]
    assert groups == [["a.txt", "b.txt"], ["c.html"], ["d.jsonl"], ["e.txt"], ["f.csv.gz"]]


def test_articles_are_read_from_any_file_system(tmp_path: Path) -> None:
    place = Place("memory://news")
    rows = [{"id": f"m{number}", "text": GOOD} for number in range(3)]
    place.put("day/b.jsonl", "".join(json.dumps(row) + "\n" for row in rows).encode())
    place.put("a.txt", GOOD.encode())
    place.put(".hidden/x.txt", GOOD.encode())
    place.put("bad.txt", b"")
    files = [one for one in sources(["memory://news"]) if isinstance(one, tuple)]
    assert [name for name, _ in files] == [
        "memory:///news/a.txt",
        "memory:///news/bad.txt",
        "memory:///news/day/b.jsonl",
    ]
    shards = [items for group in file_groups(files, 2) for items in read_shards(group, ReadOptions(), 2)]
    assert [[item.source for item in shard] for shard in shards] == [
        ["memory:///news/a.txt", "memory:///news/bad.txt"],
        ["memory:///news/day/b.jsonl:1", "memory:///news/day/b.jsonl:2"],
        ["memory:///news/day/b.jsonl:3"],
    ]
    assert isinstance(shards[0][1], Failure)
    (nothing,) = sources(["memory://nothing"])
    assert isinstance(nothing, Failure)
    assert nothing.message.startswith("no article files in it; it reads .txt")
    with pytest.raises(InputError, match="standard input"):
        list(sources(["-"]))


def test_a_file_appears_whole_and_what_is_not_kept_goes(tmp_path: Path) -> None:
    for place in (Place(str(tmp_path / "out")), Place("memory://out")):
        for name in ("quads/a", "quads/b", "work/x/y"):
            place.put(name, name.encode())
        place.keep("quads", {"quads/b"})
        place.keep("work", set())
        assert (place.names("quads"), place.names("work"), place.read("quads/b")) == (["quads/b"], [], b"quads/b")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["quads"]
