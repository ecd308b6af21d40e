from __future__ import annotations

import webbrowser
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import IPython
import pytest

from kg import KnowledgeGraph
from kg.errors import ExportError
from kg.graph.notebook import Frame

SAMPLE = Path(__file__).parents[1] / "export" / "sample.json"


@pytest.fixture
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.load(SAMPLE)


@pytest.mark.parametrize("shell", [None, SimpleNamespace()])
def test_outside_a_notebook_the_browser_opens_a_file(
    shell: Any, graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    monkeypatch.setattr(webbrowser, "open", opened.append)
    path = graph.show(title="가나")
    assert isinstance(path, Path)
    assert opened == [path.as_uri()]
    assert path.read_bytes() == graph.to_html(tmp_path / "graph.html", title="가나").read_bytes()


def test_in_a_notebook_the_page_stands_in_a_frame(
    graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(kernel=1))
    monkeypatch.setattr(webbrowser, "open", pytest.fail)
    frame = graph.show(height=480)
    assert isinstance(frame, Frame)
    page = graph.to_html(tmp_path / "graph.html").read_text(encoding="utf-8")
    start, rest = frame._repr_html_().split('srcdoc="')
    source, attributes = rest.split('" ', 1)
    assert (start, unescape(source)) == ("<iframe ", page)
    assert ' height="480"' in attributes
    assert "allow-same-origin" not in attributes
    assert len(repr(frame)) < 80


def test_an_unknown_option_is_an_error(graph: KnowledgeGraph) -> None:
    with pytest.raises(ExportError, match="no option colour"):
        graph.show(colour="red")
