"""How a KnowledgeGraph shows itself in a notebook."""

from __future__ import annotations

import heapq
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

SHOWN = 20
"""How many relations the table lists."""
COLUMNS = ("subject", "type", "object", "status", "sources", "evidence")
LEFT = ' style="text-align:left"'
"""Notebooks align cells to the right, as for numbers."""


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
