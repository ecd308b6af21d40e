from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import kg as package
from kg.cli.app import app
from tests.cli.conftest import Kg

ROOT = Path(__file__).resolve().parents[2]


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command that does something, with its words."""
    below = getattr(command, "commands", None)
    if below is None:
        yield path, command
        return
    for name, found in below.items():
        yield from commands(found, (*path, name))


COMMANDS = dict(commands(typer.main.get_command(app)))


def test_the_commands_are_these() -> None:
    assert [" ".join(words) for words in COMMANDS] == [
        *("build", "extract", "extractors", "conformance", "add", "retract", "articles", "explain", "review"),
        *("query", "entities", "export", "schema", "verify"),
        *("top", "communities", "conflicts", "diff"),
        *("sparql", "load", "serve", "validate"),
        *("mcp", "watch"),
        *("correct merge", "correct split", "correct distinct"),
        *("correct rename", "correct retype", "correct retract"),
        *("train names", "train relations", "train resolution"),
        *("evaluate names", "evaluate relations", "evaluate copies", "evaluate resolution", "evaluate klue-re"),
    ]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example_of_itself(kg: Kg, words: tuple[str, ...]) -> None:
    shown = " ".join(kg(*words, "--help").output.split())
    assert f"Example: kg {' '.join(words)}" in shown
    assert COMMANDS[words].help
    assert [p.name for p in COMMANDS[words].params if p.name != "help" and not p.help] == []


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_readme_mentions_every_command(words: tuple[str, ...]) -> None:
    assert f"kg {' '.join(words)}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_version(kg: Kg) -> None:
    assert kg("--version").stdout == f"{package.__version__}\n"


def test_a_wrong_call_exits_with_2(kg: Kg) -> None:
    assert kg("bild").exit_code == 2
    assert kg("build").exit_code == 2
    assert kg("build", "x", "--workers", "0").exit_code == 2


def test_help_is_quick() -> None:
    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "kg", "--help"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < 0.6, "seconds of processor time"


def test_python_m_kg_is_the_command_and_errors_are_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "query", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"error: {tmp_path}/graph.json: no such graph; `kg build ARTICLES -o FOLDER` writes one\n"
