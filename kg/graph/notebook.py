"""How a KnowledgeGraph shows itself in a notebook."""

from __future__ import annotations

import heapq
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

SHOWN = 20
"""How many relations the table lists."""
COLUMNS = ("subject", "type", "object", "status", "sources", "evidence")
LEFT = ' style="text-align:left"'
"""Notebooks align cells to the right, as for numbers."""

SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
"""What the page in a notebook may do: run, save a picture, open an article; never reach the notebook around it."""
UNTRUSTED = (
    "To see the graph, run this cell again or trust the notebook. "
    "그래프를 보려면 셀을 다시 실행하거나 노트북을 신뢰하세요."
)
"""What stands in the frame's place where a notebook opens outputs of others without their frames."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The interactive page as a notebook shows it: whole inside the cell, without a file or a server beside."""

    page: str
    height: int

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self.page)}" sandbox="{SANDBOX}" title="knowledge graph" width="100%"'
            f' height="{self.height}" style="border:1px solid #8884;border-radius:8px">{UNTRUSTED}</iframe>'
        )

    def __repr__(self) -> str:
        return f"<page of {len(self.page):,} characters, shown in a notebook>"


def in_notebook() -> bool:
    """Say whether the code runs in a kernel that shows HTML (Jupyter, VS Code, Colab), not in a terminal's IPython."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return hasattr(shell, "kernel")


def show(write: Callable[[Path], Path], height: int) -> Frame | Path:
    """Return what shows the page that `write` writes: a frame in a notebook, else a file that the browser has open."""
    if in_notebook():
        with TemporaryDirectory() as folder:
            return Frame(write(Path(folder) / "graph.html").read_bytes().decode(), height)
    path = write(Path(mkdtemp(prefix="kg-")) / "graph.html")
    webbrowser.open(path.as_uri())
    return path


def as_html(graph: nx.MultiDiGraph[Any], title: str) -> str:
    """Return a title and a table of the relations that most independent sources state, all text escaped."""
    shown = heapq.nsmallest(SHOWN, graph.edges(keys=True, data=True), key=lambda edge: _order(edge[2], edge[3]))
    head = "".join(f"<th{LEFT}>{column}</th>" for column in COLUMNS)
    body = "".join(
        _row(
            graph.nodes[subject]["name"],
            attributes["type"],
            graph.nodes[obj]["name"],
            attributes["status"],
            str(attributes["sources"]),
            attributes["evidence"][0]["text"],
        )
        for subject, obj, _, attributes in shown
    )
    return (
        f"<p>{escape(title)}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"<p>{len(shown)} of {graph.number_of_edges()} relations, those of most sources</p>"
    )


def _order(key: str, attributes: dict[str, Any]) -> tuple[int, int, int, str]:
    return -attributes["sources"], -attributes["articles"], -len(attributes["evidence"]), key


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td{LEFT}>{escape(cell)}</td>" for cell in cells) + "</tr>"
