"""The page: one HTML file with everything inside, drawn by pyvis's vis-network, opened offline.

pyvis 0.3.2 serves as container of nodes, edges and options and brings vis-network; its own template
links to content delivery networks and escapes nothing, so the page has a template of its own, and the
bytes are written here. A Content-Security-Policy lets only the page's own scripts run, by their hash,
and no request leave.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import networkx as nx
from markupsafe import Markup

from kg.export.files import write_text
from kg.export.pagedata import page_data
from kg.schema import Schema

SHOWN = 800
"""Nodes drawn at first; beyond it the best connected are, and the others on demand."""

_PAGE = Path(__file__).resolve().parent / "page"
_SCRIPTS = ("data.js", "words.js", "search.js", "look.js", "labels.js", "view.js", "panel.js", "controls.js")
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 3600000, "keyboard": False, "multiselect": False},
}


def write_html(
    graph: nx.MultiDiGraph[Any],
    schema: Schema,
    path: Path,
    *,
    title: str = "한국 뉴스 지식 그래프",
    language: str = "ko",
    shown: int = SHOWN,
) -> None:
    """Write the graph as one self-contained page; `language` is ko or en, the page can switch."""
    write_text(path, html_page(graph, schema, title=title, language=language, shown=shown))


def html_page(graph: nx.MultiDiGraph[Any], schema: Schema, *, title: str, language: str, shown: int) -> str:
    """Return the text of the page; see `write_html`."""
    from jinja2 import Environment, FileSystemLoader
    from pyvis.network import Network

    data = page_data(graph, schema, shown)
    network = Network(directed=True, cdn_resources="in_line")
    # Lists are filled directly: add_edge drops parallel edges and looks every node up anew.
    network.nodes, network.edges = data.pop("nodes"), data.pop("edges")
    network.options = _OPTIONS
    vis = _read(Path(network.template_dir) / "lib" / "vis-9.1.2" / "vis-network.min.js")
    scripts = [vis, "\n".join(_read(_PAGE / name) for name in _SCRIPTS)]
    network.templateEnv = Environment(loader=FileSystemLoader(_PAGE), autoescape=True)
    network.templateEnv.filters["data"] = _data
    network.templateEnv.globals.update(
        title=_clean(title),
        language=language if language == "en" else "ko",
        context=data,
        style=Markup(_read(_PAGE / "page.css")),
        scripts=[Markup(script) for script in scripts],
        hashes=[_hash(script) for script in scripts],
    )
    network.path = "page.html"
    return str(network.generate_html("page.html"))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")


def _hash(script: str) -> str:
    """Return the source expression of a Content-Security-Policy that allows this very script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _data(value: object) -> Markup:
    """Return JSON fit for a script element: no `<` ends it, no lone surrogate spoils the file."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(_clean(text).replace("<", "\\u003c"))


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
