"""docs/extractors.md: its examples run, its plug-in is the test package, what it tells of commands is so."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from kg.cli.app import app
from kg.extract.extractors import BUILT_IN, GROUP
from tests.extract.installing import PLUGIN, install

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "extractors.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)\n```", PAGE, flags=re.DOTALL)


def test_its_session_runs() -> None:
    (session,) = [text for form, text in BLOCKS if form == "python" and ">>>" in text]
    page = doctest.DocTestParser().get_doctest(session + "\n", {}, "extractors.md", None, 0)
    told: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(page, out=told.append)
    assert (result.failed, "".join(told)) == (0, "")
    assert result.attempted == 7


def test_its_plug_in_is_the_test_package() -> None:
    code = (PLUGIN / "capitals_extractor" / "__init__.py").read_text(encoding="utf-8")
    assert code.rstrip("\n") in [text for form, text in BLOCKS if form == "python"]
    (entry,) = [text for form, text in BLOCKS if form == "toml"]
    assert GROUP in entry
    assert entry in (PLUGIN / "pyproject.toml").read_text(encoding="utf-8")


def test_its_tests_pass(tmp_path: Path) -> None:
    install(PLUGIN, tmp_path)
    (test,) = [text for form, text in BLOCKS if "CHECKS" in text and form == "python"]
    (tmp_path / "test_it.py").write_text(test, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "16 passed" in done.stdout, done.stdout + done.stderr


def test_every_option_and_command_that_it_shows_is_there() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    lines = [line[2:] for form, text in BLOCKS if form == "console" for line in text.splitlines()]
    shown = [line.split() for line in lines if line.startswith("kg ")]
    assert len(shown) >= 10
    for words in shown:
        known = {option for one in commands[words[1]].params for option in one.opts}
        assert {word for word in words if word.startswith("-")} <= known, words


@pytest.mark.parametrize("name", ["gliner", "korean", "spacy"])
def test_it_tells_of_what_ships(name: str) -> None:
    assert f"| `{BUILT_IN[name].usage}` |" in PAGE
