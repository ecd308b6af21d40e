from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.store import STORE
from tests.cli.conftest import Kg
from tests.cli.test_build import OUTPUTS

GRAPH = [name for name in OUTPUTS if name != STORE]


def files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in GRAPH}


@pytest.fixture
def more(tmp_path: Path) -> Path:
    """A further article, and another text for the article `c`."""
    rows = [
        {"id": "c", "title": "제휴", "text": "나래은행은 라온게임즈와 제휴를 맺는다.", "date": "2025-03-06"},
        {"id": "d", "title": "인수", "text": "가온전자가 라온게임즈를 인수했다고 공시했다.", "date": "2025-03-07"},
    ]
    path = tmp_path / "more.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_add_replaces_and_retract_gives_back_what_a_build_writes(
    kg: Kg, articles: Path, more: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    kg("build", articles, "-o", out)
    built = files(out)
    done = kg("add", out, more)
    assert (done.exit_code, done.stdout) == (0, f"1 articles added, 1 replaced, 0 unchanged; 4 in {out}\n")
    assert files(out) != built
    kg("add", out, articles / "b.jsonl")
    done = kg("retract", out, "d")
    assert (done.exit_code, done.stdout) == (0, f"1 articles taken out; 3 in {out}\n")
    assert files(out) == built


def test_no_export_leaves_the_files_until_the_next_command(kg: Kg, articles: Path, more: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", articles, "-o", out)
    built = files(out)
    kg("add", out, more, "--no-export", "--publisher", "한빛일보")
    assert files(out) == built
    kg("retract", out, "b")
    assert '"publisher":"한빛일보"' in (out / "graph.json").read_text(encoding="utf-8")
    assert len((out / "documents.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_add_leaves_a_graph_without_its_store_alone(kg: Kg, articles: Path, more: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", articles, "-o", out)
    built = files(out)
    (out / STORE).unlink()
    done = kg("add", out, more)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"error: {out}: has a graph but not its {STORE}; `kg build ARTICLES -o {out}`")
    assert files(out) == built
    assert not (out / STORE).exists()


def test_add_makes_a_folder_where_there_is_none(kg: Kg, more: Path, tmp_path: Path) -> None:
    assert kg("add", tmp_path / "new", more).exit_code == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == OUTPUTS


def test_add_reads_standard_input(kg: Kg, tmp_path: Path) -> None:
    done = kg("add", tmp_path / "new", "-", stdin="가온전자가 나래은행을 인수했다고 밝혔다.\n")
    assert done.stdout.startswith("1 articles added")


def test_articles_are_listed(kg: Kg, articles: Path, tmp_path: Path) -> None:
    kg("build", articles, "-o", tmp_path / "out", "--publisher", "한빛일보")
    rows = list(csv.reader(io.StringIO(kg("articles", tmp_path / "out", "--csv").stdout)))
    assert rows[0] == ["id", "date", "publisher", "title"]
    assert ["b", "2025-03-04", "한빛일보", "인수"] in rows
    assert [row["id"] for row in json.loads(kg("articles", tmp_path / "out", "--json").stdout)] == sorted(
        row[0] for row in rows[1:]
    )
    assert "3 articles" in kg("articles", tmp_path / "out").stdout
    assert kg("articles", tmp_path / "out", "--json", "--csv").exit_code == 2


def test_failures_of_an_addition_are_named_and_too_many_exit_with_1(kg: Kg, more: Path, tmp_path: Path) -> None:
    bad = [tmp_path / f"{i}.txt" for i in range(3)]
    for path in bad:
        path.touch()
    done = kg("add", tmp_path / "out", more, *bad)
    assert done.exit_code == 1
    assert "0.txt: empty" in done.stderr
    assert "error: 3 of 5 articles failed, more than the 50% allowed" in done.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["counts"]["articles"], len(manifest["failures"])) == (2, 3)


def test_a_wrong_id_or_store_is_named_and_changes_nothing(kg: Kg, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", articles, "-o", out)
    built = files(out)
    done = kg("retract", out, "b", "nope")
    said = "error: no article named 'nope'; `kg articles` lists them\n"
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", said)
    assert len(json.loads(kg("articles", out, "--json").stdout)) == 3
    assert files(out) == built
    for command in ("articles", "retract"):
        done = kg(command, tmp_path / "nowhere", *(["x"] if command == "retract" else []))
        assert (done.exit_code, "nowhere/store.sqlite: no such store" in done.stderr) == (1, True)
    (tmp_path / "text.sqlite").write_text("저장소가 아니다.\n" * 99, encoding="utf-8")
    done = kg("add", tmp_path / "text.sqlite", articles)
    assert (done.exit_code, "text.sqlite: not a store of this package" in done.stderr) == (1, True)


def test_no_usable_article_changes_nothing(kg: Kg, articles: Path, tmp_path: Path) -> None:
    kg("build", articles, "-o", tmp_path / "out")
    built = files(tmp_path / "out")
    (tmp_path / "empty.txt").touch()
    done = kg("add", tmp_path / "out", tmp_path / "empty.txt")
    assert (done.exit_code, "no usable article" in done.stderr) == (1, True)
    assert files(tmp_path / "out") == built
    done = kg("add", tmp_path / "new", tmp_path / "empty.txt")
    assert (done.exit_code, "no usable article" in done.stderr) == (1, True)
    assert list((tmp_path / "new").iterdir()) == []


def test_the_last_article_leaves_an_empty_graph(kg: Kg, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", articles, "-o", out)
    ids = [row["id"] for row in json.loads(kg("articles", out, "--json").stdout)]
    assert kg("retract", out, *ids).stdout == f"3 articles taken out; 0 in {out}\n"
    assert "0 relations" in kg("query", out).stdout
    assert kg("build", articles, "-o", out).exit_code == 0
    assert len(json.loads(kg("articles", out, "--json").stdout)) == 3


def test_explain_shows_what_articles_call_an_entity(kg: Kg, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", articles, "-o", out)
    found = json.loads(kg("explain", out, "가온전자", "--json").stdout)
    assert found["entity"]["name"] == "가온전자"
    assert {one["name"] for one in found["seen"]} == {"가온전자"}
    assert "appearances" in kg("explain", out, "가온전자").stdout
    assert "no entity named '가온전지'; did you mean 가온전자" in kg("explain", out, "가온전지").stderr


def test_review_lists_no_pair_where_every_name_is_another(kg: Kg, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", articles, "-o", out)
    assert json.loads(kg("review", out, "--json").stdout) == []
    assert kg("review", out, "--type", "Person", "--csv").stdout.startswith("verdict,score,left,left id,")
