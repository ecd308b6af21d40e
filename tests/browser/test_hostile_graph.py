"""The page of a graph made of hostile inputs: their words are words in it, and nothing runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.run.extraction import ExtractOptions
from kg.run.limits import Limits
from kg.run.local import build
from tests.browser.conftest import Open
from tests.browser.waiting import until
from tests.run import hostile
from tests.run.stub_stage import TitleStage

pytestmark = pytest.mark.browser


def test_nothing_of_hostile_inputs_runs_in_the_page(tmp_path: Path, open_page: Open) -> None:
    inputs = hostile.write(tmp_path / "news", 8, 2 * len(hostile.KINDS))
    options = ExtractOptions(max_failure_rate=1, limits=Limits(seconds=20, gigabytes=2))
    graph = build(inputs.paths, None, options, TitleStage()).graph()
    page = open_page(graph.to_networkx())
    for entity in graph.entities():
        if "<" in entity.name or "'" in entity.name:
            page.evaluate("(id) => page.go('entity', id)", entity.id)
            until(page, "document.querySelector('#panel h2') !== null")
    assert page.evaluate(f"window.{hostile.MARK}") is None
    links = page.eval_on_selector_all("a[href]", "links => links.map((link) => link.getAttribute('href'))")
    assert [link for link in links if link.split(":")[0] not in ("http", "https") and not link.startswith("#")] == []
