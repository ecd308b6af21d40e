"""The picture: what it shows of what, how it tells statuses apart, and what it needs."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.errors import ExportError, MissingExtraError
from kg.export import export, looks
from kg.export.picture import picture
from kg.export.svg import OUTLINES
from kg.model import STATUSES
from kg.schema import Schema
from tests.export.opening import drawable

SVG = "{http://www.w3.org/2000/svg}"
PAGE = Path(looks.__file__).with_name("page")


def texts(path: Path, group: str) -> list[str]:
    root = ET.parse(path).getroot()
    return [str(one.text) for one in root.iterfind(f".//{SVG}g[@id='{group}']//{SVG}text")]


def test_names_words_and_legend_are_text(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / "graph.svg")
    path = tmp_path / "graph.svg"
    assert sorted(texts(path, "entities")) == sorted(found["name"] for found in graph.nodes.values())
    assert texts(path, "legend") == ["조직", "인물", "장소", "제품", "사실", "예정", "가능성", "부인", "종료"]
    assert {"인수 (부인)", "자회사 (예정)", "경쟁 (가능성)", "생산"} <= set(texts(path, "words"))
    assert "개체 12개 · 관계 13개 · 기사 3건" in path.read_text(encoding="utf-8")


def test_of_a_large_graph_it_says_how_much_it_shows(
    graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path
) -> None:
    found = picture(graph, schema, shown=3)
    assert [graph.nodes[node]["name"] for node in found.nodes] == ["오픈AI", "카카오", "크래프톤"]
    export(graph, schema, tmp_path / "a.svg", shown=3)
    assert "개체 12개 중 관계가 많은 3개 · 관계 13개 중 출처가 많은 5개 · 기사 3건" in (tmp_path / "a.svg").read_text(
        "utf-8"
    )
    export(graph, schema, tmp_path / "b.svg", shown=3, language="en", title="<제목>")
    text = (tmp_path / "b.svg").read_text(encoding="utf-8")
    assert "the 3 best connected of 12 entities, 5 of 13 relations, 3 articles" in text
    assert "<title>&lt;제목&gt;</title>" in text


def test_what_is_no_fact_has_no_whole_line(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / "graph.svg")
    dashes: dict[str, set[str | None]] = {}
    for line in ET.parse(tmp_path / "graph.svg").iterfind(f".//{SVG}g[@id='relations']/{SVG}path[@stroke]"):
        status = next(status for status in STATUSES if looks.STATUS_COLOURS[status] == line.get("stroke"))
        dashes.setdefault(status, set()).add(line.get("stroke-dasharray"))
    expected = {"planned": {"8,5"}, "possible": {"2,4"}, "denied": {"8,3,2,3"}}
    assert dashes == {"actual": {None}, "ended": {None}, **expected}


def test_a_tooltip_quotes(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / "graph.svg")
    text = (tmp_path / "graph.svg").read_text(encoding="utf-8")
    assert "오픈AI: 인수 (부인)\n“오픈AI는 크래프톤 인수설은 사실이 아니라고 부인했다.”</title>" in text


def test_a_loop_and_namesakes_are_drawn(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    node = max(graph.nodes)
    edge = next(iter(graph.edges(data=True)))[2]
    graph.add_edge(node, node, key="loop", **edge)
    export(graph, schema, tmp_path / "graph.svg")
    assert "nan" not in (tmp_path / "graph.svg").read_text(encoding="utf-8")


def test_looks_are_those_of_the_page() -> None:
    css, script = ((PAGE / name).read_text(encoding="utf-8") for name in ("page.css", "look.js"))
    light = css[: css.index("--type-0", css.index("--type-0") + 1)]
    assert tuple(re.findall(r"--type-\d: (#\w+)", light)) == looks.COLOURS
    assert {s: re.search(rf"--{s}: (#\w+)", light)[1] for s in STATUSES} == looks.STATUS_COLOURS  # type: ignore[index]
    assert list(OUTLINES) == re.findall(r'\w+: "([Mm][^"]+z)"', script)
    dashes = {s: re.search(rf"{s}: (false|\[[\d, ]+\])", script)[1] for s in STATUSES}  # type: ignore[index]
    assert {s: str(list(d)) if d else "false" for s, d in looks.DASHES.items()} == dashes


@pytest.mark.skipif(not drawable("png"), reason="needs resvg_py and a font with Hangul")
def test_png_is_the_same_each_time(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        export(graph, schema, tmp_path / name)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_without_a_font_it_says_which_to_install(
    graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resvg_py = pytest.importorskip("resvg_py")
    draw = resvg_py.svg_to_bytes
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **options: draw(skip_system_fonts=True, **options))
    with pytest.raises(ExportError, match=r"a\.png: no font here has Hangul.*apt install fonts-nanum"):
        export(graph, schema, tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


def test_without_resvg_the_extra_is_named(
    graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingExtraError, match=r"korean-news-kg\[png\]"):
        export(graph, schema, tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []
