"""Every form opens in its own tool: of a small graph, an empty one, one full of hostile text, and any at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

from kg.export import EXPORTERS, export
from kg.schema import Schema
from tests.export.hostile import HOSTILE, SCHEMA, graphs
from tests.export.opening import OPENERS, Opened, drawable
from tests.export.test_html import contents

INJECTIONS = [
    *HOSTILE,
    '=HYPERLINK("http://evil.example","클릭")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "a\x1fb;c,d|e",
    "끝에 역슬래시\\",
    '\\"]; evil [label="x',
    "`}) DETACH DELETE n; //",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>]]> --> &amp; &#0;",
    "[[Entities/다른 쪽]] %%숨김%% #태그 $x$ ==강조== ^블록",
    "---\ntype: 가짜\n---\n# 머리글",
    "CON",
    "../../etc/passwd",
    "C:\\Windows\\nul.txt. ",
    "가" * 300,
    "\ud800홀로",
    "javascript:alert(1)",
]


FORMS = [
    pytest.param(form, marks=pytest.mark.skipif(not drawable(form), reason="needs resvg_py and a font with Hangul"))
    for form in EXPORTERS
]


def test_every_form_has_what_opens_it() -> None:
    assert OPENERS.keys() == EXPORTERS.keys(), "write what opens the form in tests/export/opening.py"


def whole(graph: nx.MultiDiGraph[Any]) -> Opened:
    return Opened(graph.number_of_nodes(), graph.number_of_edges())


def check(form: str, graph: nx.MultiDiGraph[Any], schema: Schema, path: Path, **options: Any) -> None:
    export(graph, schema, path, form, **options)
    found, expected = OPENERS[form](path), whole(graph)
    assert found == Opened(*(n if known is not None else None for n, known in zip(expected, found, strict=True)))


@pytest.fixture
def hostile(graph: nx.MultiDiGraph[Any]) -> nx.MultiDiGraph[Any]:
    """The small graph with hostile text wherever text may stand, ids aside."""
    texts = [INJECTIONS[number % len(INJECTIONS)] for number in range(1000)]
    for attributes in graph.nodes.values():
        texts.pop()  # so that names go through all of them
        attributes |= {"name": texts.pop(), "aliases": sorted({texts.pop(), texts.pop()})}
        attributes["ids"] = sorted([f"wikidata:{texts.pop()}", f"domain:{texts.pop()}", f"krx:{texts.pop()}"])
    for article in graph.graph["articles"].values():
        article |= {name: texts.pop() for name in ("title", "publisher", "url", "date", "language")}
    for *_, edge in graph.edges(data=True):
        edge |= {"role": texts.pop(), "date": texts.pop()}
        edge["deal"] = {"amount": texts.pop(), "value": 10**30, "currency": texts.pop(), "stake": 1e-9}
        edge["deal"] |= {"round": texts.pop(), "item": texts.pop()}
        for evidence in edge["evidence"]:
            evidence |= {"text": texts.pop(), "speaker": texts.pop(), "role": texts.pop(), "deal": edge["deal"]}
    return graph


@pytest.mark.parametrize("form", FORMS)
def test_a_form_opens_in_its_tool(form: str, graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    check(form, graph, schema, tmp_path / f"graph{EXPORTERS[form].suffix}")
    check(form, graph, schema, tmp_path / f"bare{EXPORTERS[form].suffix}", text=False)


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_graph_opens(form: str, schema: Schema, tmp_path: Path) -> None:
    check(form, nx.MultiDiGraph(schema=schema.hash, articles={}), schema, tmp_path / f"graph{EXPORTERS[form].suffix}")


@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_opens(form: str, hostile: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    check(form, hostile, schema, tmp_path / f"graph{EXPORTERS[form].suffix}")


@pytest.mark.parametrize("form", FORMS)
def test_bytes_do_not_depend_on_the_order_of_building(
    form: str, graph: nx.MultiDiGraph[Any], reordered: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path
) -> None:
    export(graph, schema, tmp_path / "a", form)
    export(reordered, schema, tmp_path / "b", form)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


NEW = ("graphml", "gexf", "neo4j", "ftm", "schemaorg", "dot", "obsidian", "svg")


@pytest.mark.parametrize("form", NEW)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graph=graphs())
def test_any_graph_opens(form: str, graph: nx.MultiDiGraph[Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("any") / f"graph{EXPORTERS[form].suffix}"
    export(graph, SCHEMA, path, form)
    OPENERS[form](path)


@pytest.mark.parametrize("form", ["neo4j", "obsidian", "parquet"])
def test_a_folder_stays_as_it_was_when_writing_fails(
    form: str, graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path
) -> None:
    path = tmp_path / f"graph{EXPORTERS[form].suffix}"
    export(graph, schema, path)
    before = contents(path)
    next(iter(graph.edges(data=True)))[2]["type"] = "없는관계"
    del graph.nodes[max(graph.nodes)]["name"]
    with pytest.raises(Exception, match=r"name|없는관계"):
        export(graph, schema, path)
    assert (contents(path), [one.name for one in tmp_path.iterdir()]) == (before, [path.name])
