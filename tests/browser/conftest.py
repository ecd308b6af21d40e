"""A headless Chromium without network that opens exported pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page

from kg.export import export, read_graph
from kg.schema import load_schema
from tests.browser.waiting import READY, until

SAMPLE = Path(__file__).parents[1] / "export" / "sample.json"

Open = Callable[..., Page]


@pytest.fixture
def graph() -> nx.MultiDiGraph[Any]:
    return read_graph(SAMPLE)


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Export a graph and open its page; afterwards fail on any error or request it made."""
    faults: list[str] = []
    contexts = []

    def opened(graph: nx.MultiDiGraph[Any], address: str = "", dark: bool = False, **options: Any) -> Page:
        path = tmp_path / "graph.html"
        export(graph, load_schema(), path, **options)
        context = browser.new_context(
            offline=True,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            viewport={"width": 1280, "height": 800},
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: None if request.url.startswith("file:") else faults.append(request.url))
        page.goto(path.as_uri() + address)
        until(page, READY)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
