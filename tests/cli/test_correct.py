from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kg


@pytest.fixture
def out(kg: Kg, articles: Path, tmp_path: Path) -> Path:
    assert kg("build", articles, "-o", tmp_path / "out").exit_code == 0
    return tmp_path / "out"


def entities(kg: Kg, out: Path) -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in csv.DictReader(io.StringIO(kg("entities", out, "--csv").stdout))}


def test_merge_then_split(kg: Kg, out: Path) -> None:
    done = kg(
        "correct", "merge", out, "가온전자", "나래은행", "--into", "나래은행", "--note", "같은 회사", "--by", "편집부"
    )
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0] == "# 가온전자, 나래은행"
    assert done.stdout.splitlines()[2:] == [done.stdout.splitlines()[2], "  note: 같은 회사", "  by: 편집부"]
    assert f"added to {out}/corrections.yaml" in done.stderr
    assert sorted(entities(kg, out)) == ["나래은행", "다솜자동차", "라온게임즈"]
    assert kg("correct", "split", out, "나래은행", "--article", "c").exit_code == 0
    assert sorted(entities(kg, out)) == ["가온전자", "나래은행", "다솜자동차", "라온게임즈"]


def test_rename_and_retype(kg: Kg, out: Path) -> None:
    assert kg("correct", "rename", out, "가온전자", "가온").exit_code == 0
    assert kg("correct", "retype", out, "가온전자", "기업").exit_code == 0
    assert kg("correct", "retype", out, "나래은행", "장소").exit_code == 0
    found = entities(kg, out)
    assert (found["가온"]["type"], found["가온"]["aliases"]) == ("Company", "가온전자")
    assert found["나래은행"]["type"] == "Place"


def test_retract_and_distinct(kg: Kg, out: Path) -> None:
    assert kg("correct", "retract", out, "다솜자동차", "인수", "라온게임즈", "--article", "b").exit_code == 0
    assert kg("correct", "distinct", out, "다솜자동차", "라온게임즈", "--date", "2025-05-27").exit_code == 0
    assert {row["type"] for row in json.loads(kg("query", out, "--json").stdout)} == {"partnersWith"}
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["counts"]["dropped"], manifest["corrections"]["entries"]) == ({"retracted by hand": 1}, 2)


def test_errors_are_one_line_and_a_wrong_call_exits_with_2(kg: Kg, out: Path) -> None:
    done = kg("correct", "merge", out, "가온전자", "가온전지")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "error: no entity named '가온전지'; did you mean 가온전자?\n"
    assert kg("correct", "split", out, "가온전자").exit_code == 2
    assert not (out / "corrections.yaml").exists()


def test_entries_that_find_nothing_are_said_at_a_build(kg: Kg, articles: Path, out: Path) -> None:
    (out / "corrections.yaml").write_text("- distinct: [e0123456789abcdef, e0123456789abcdee]\n", encoding="utf-8")
    done = kg("build", articles, "-o", out)
    assert done.exit_code == 0
    assert "corrections.yaml: entry 1 (distinct): no entity has the id e0123456789abcdef" in done.stderr
