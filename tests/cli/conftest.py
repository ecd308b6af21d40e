from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli.app import app
from kg.graph.knowledge_graph import KnowledgeGraph
from tests.run.stub_stage import StubStage

Kg = Callable[..., Result]


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Run a `kg` command whose extraction is the stub's; no exception may escape it."""
    monkeypatch.setattr("kg.run.given.stage", lambda spec, language: StubStage())

    def run(*arguments: str | Path, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    return run


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of three articles, in a text file and in JSON lines."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "가온전자, 나래은행과 제휴\n가온전자는 나래은행과 제휴를 맺었다고 3일 밝혔다. 두 회사는 지난달부터 협의했다.\n",
        encoding="utf-8",
    )
    rows = [
        {"id": "b", "title": "인수", "text": "다솜자동차가 라온게임즈를 인수했다고 공시했다.", "date": "2025-03-04"},
        {"id": "c", "title": "제휴", "text": "나래은행은 가온전자와의 제휴를 넓힌다.", "date": "2025-03-05"},
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "b.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture
def graph_folder(graph: KnowledgeGraph, tmp_path: Path) -> Path:
    """A folder with the graph.json of the sample documents."""
    graph.to_json(tmp_path / "graph.json")
    return tmp_path
