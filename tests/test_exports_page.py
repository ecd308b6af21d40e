"""docs/exports.md: every form is on it, and its commands and examples run."""

from __future__ import annotations

import re
import shlex
import shutil
import warnings
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli.app import app
from kg.export import EXPORTERS
from kg.export.neo4j import relationship_type
from tests.export.opening import drawable

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", EXPORTERS)
def test_the_page_has_every_form(form: str) -> None:
    rows = [row for row in PAGE.splitlines() if row.startswith("| `")]
    (row,) = [row for row in rows if f"`{form}`" in row.split("|")[1]]
    assert f"`{EXPORTERS[form].suffix}`" in row.split("|")[2]


def test_what_the_page_says_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exports").mkdir()
    shutil.copy(ROOT / "tests" / "export" / "sample.json", tmp_path / "exports" / "graph.json")
    ran = 0
    for language, code in re.findall(r"^```(console|python)\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL):
        if language == "python":
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib's own JSON-LD parser
                exec(compile(code, "exports.md", "exec"), {})
            ran += 1
            continue
        for line in code.splitlines():
            arguments = shlex.split(line.removeprefix("$ kg "))
            if arguments[-1].endswith(".png") and not drawable("png"):
                continue
            result = CliRunner().invoke(app, arguments)
            assert (result.exit_code, line) == (0, line), result.output
            ran += 1
    assert ran > 12
    assert {path.name for path in tmp_path.iterdir()} >= {"graph.gexf", "graph.neo4j", "kakao.vault"}


def test_its_pattern_names_types_that_are_written() -> None:
    types = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)*\b", re.findall(r"-\[r:(.*?)\]", PAGE)[0]))
    assert types == {relationship_type("acquires", status) for status in ("actual", "planned")}
