"""The page: one HTML file with everything inside, drawn by pyvis's vis-network, opened offline.

pyvis 0.3.2 serves as container of nodes, edges and options and brings vis-network; its own template
links to content delivery networks and escapes nothing, so the page has a template of its own, and the
bytes are written here. A Content-Security-Policy lets only the page's own scripts run, by their hash,
and no request leave.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
from markupsafe import Markup

from kg.export.files import write_text
from kg.export.pageblocks import Block, block, clean, columns, parts
from kg.export.pagedata import PageData
from kg.schema import Schema

if TYPE_CHECKING:
    from pyvis.network import Network

SHOWN = 600
"""Nodes drawn at one time; of larger graphs the most important of the part in view are."""

READABLE = 1000
"""Pages of up to so many entities and relations keep their data as plain JSON; larger ones pack it."""

EVIDENCE, HEADLINES = 250, 500
"""Relations whose evidence, and articles whose titles, one block holds; a click opens one block."""

_PAGE = Path(__file__).resolve().parent / "page"
_STYLES = (
    "page.css",
    "panel.css",
    "explore.css",
    "filters.css",
    "time.css",
    "table.css",
    "keys.css",
    "narrow.css",
    "print.css",
)
_SCRIPTS = (
    "data.js",
    "words.js",
    "state.js",
    "adopt.js",
    "facets.js",
    "filter.js",
    "search.js",
    "look.js",
    "focus.js",
    "places.js",
    "scene.js",
    "labels.js",
    "view.js",
    "panel.js",
    "proofs.js",
    "chronicle.js",
    "ways.js",
    "address.js",
    "gesture.js",
    "ranges.js",
    "legend.js",
    "communities.js",
    "keys.js",
    "active.js",
    "time.js",
    "timewords.js",
    "timeline.js",
    "playing.js",
    "table.js",
    "access.js",
    "sheets.js",
    "print.js",
    "picture.js",
    "takeaway.js",
    "explore.js",
    "controls.js",
)
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

    data = PageData(graph, schema, shown)
    network = Network(directed=True, cdn_resources="in_line")
    # Lists are filled directly: add_edge drops parallel edges and looks every node up anew.
    network.nodes, network.edges = data.nodes(), data.edges()
    network.options = _OPTIONS
    vis = _read(Path(network.template_dir) / "lib" / "vis-9.1.2" / "vis-network.min.js")
    scripts = [vis, "\n".join(_read(_PAGE / name) for name in _SCRIPTS)]
    network.templateEnv = Environment(loader=FileSystemLoader(_PAGE), autoescape=True)
    network.templateEnv.filters["element"] = _element
    network.templateEnv.globals.update(
        title=clean(title),
        language=language if language == "en" else "ko",
        blocks=_blocks(network, data),
        style=Markup("\n".join(_read(_PAGE / name) for name in _STYLES)),
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


def _blocks(network: Network, data: PageData) -> list[Block]:
    """Return what the page opens at once, and then what it opens when asked for."""
    first = {
        "nodes": columns(network.nodes),
        "edges": columns(network.edges),
        "articles": columns(data.articles()),
        "context": data.context() | {"options": network.options, "evidence": EVIDENCE, "headlines": HEADLINES},
    }
    packed = len(network.nodes) + len(network.edges) > READABLE
    blocks = [block(name, value, packed) for name, value in first.items()]
    blocks += parts("evidence", data.evidence(), EVIDENCE, packed)
    return blocks + parts("headlines", data.headlines(), HEADLINES, packed)


def _element(found: Block) -> Markup:
    """Return the script element of a block, whose text ends no element (see `kg.export.pageblocks`)."""
    kind = "application/json" if found.form == "json" else "text/plain"
    return Markup(f'<script type="{kind}" id="data-{found.name}">{found.text}</script>')
