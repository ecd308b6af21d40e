"""docs/stores.md tells of every store that is tested, and its commands for Oxigraph and rdflib run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.graph.knowledge_graph import KnowledgeGraph
from tests.stores import oxigraph
from tests.stores.known import STORES

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "stores.md").read_text(encoding="utf-8")
PARTNER = "오픈AI"


@pytest.fixture
def folder(wide: KnowledgeGraph, tmp_path: Path) -> Path:
    """A folder after the first commands of the page."""
    wide.export(tmp_path / "graph.nt")
    shutil.copy(ROOT / "schemas" / "queries" / "partners.rq", tmp_path)
    return tmp_path


def block(heading: str) -> str:
    """Return the first example under a heading."""
    found = re.search(r"```\w+\n(.*?)```", PAGE.partition(f"\n## {heading}\n")[2], re.DOTALL)
    assert found is not None
    return found[1]


def test_every_store_has_its_part() -> None:
    headings = re.findall(r"^## (.*)$", PAGE, re.MULTILINE)
    assert {store.NAME for store in STORES} == {one.split()[-1].lower() for one in headings if ":" not in one}


def test_the_commands_of_oxigraph_run(folder: Path) -> None:
    commands = block("Oxigraph").replace("$ ", "")
    found = {**os.environ, "PATH": f"{oxigraph.PROGRAM.parent}:{os.environ['PATH']}"}
    said = subprocess.run(["sh", "-ec", commands], cwd=folder, env=found, capture_output=True, timeout=120, check=True)
    assert PARTNER in said.stdout.decode()


def test_the_example_of_rdflib_runs(folder: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", block("rdflib")], cwd=folder, capture_output=True, timeout=120, check=True
    )
    assert PARTNER in said.stdout.decode()
