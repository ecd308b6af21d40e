"""How a KnowledgeGraph shows itself in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph.knowledge_graph import KnowledgeGraph

SHOWN = 20
"""How many relations the table lists."""


def as_html(graph: KnowledgeGraph) -> str:
    """Return a summary line and a table of the relations that most articles state, all text escaped."""
    relations = sorted(graph, key=lambda r: (-r.articles, -len(r.evidence), r.id))[:SHOWN]
    head = "".join(f"<th>{title}</th>" for title in ("subject", "type", "object", "status", "articles", "evidence"))
    body = "".join(
        _row(r.subject.name, r.type, r.object.name, r.status, str(r.articles), r.evidence[0].text) for r in relations
    )
    return (
        f"<p>{escape(repr(graph))}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"<p>{len(relations)} of {len(graph)} relations</p>"
    )


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
