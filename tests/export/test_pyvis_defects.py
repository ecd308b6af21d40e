"""What pyvis 0.3.2 gets wrong, shown not to reach the page. ARCHITECTURE.md says how each is avoided."""

from __future__ import annotations

import copy
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest

from kg.export import export
from kg.schema import Schema

Graph: TypeAlias = "nx.MultiDiGraph[Any]"
ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(__file__).with_name("sample.json")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of headings and title."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.open = tag

    def handle_endtag(self, tag: str) -> None:
        self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open in ("h1", "title"):
            self.texts.setdefault(self.open, []).append(data)


def written(graph: Graph, schema: Schema, path: Path, **options: Any) -> str:
    export(graph, schema, path, **options)
    return path.read_text(encoding="utf-8")


def test_nothing_is_loaded_from_elsewhere(graph: Graph, schema: Schema, folder: Path) -> None:
    found = Elements(written(graph, schema, folder / "graph.html")).found
    assert [tag for tag, attributes in found if {"src", "srcset", "data"} & attributes.keys()] == []
    assert [tag for tag, _ in found if tag in ("link", "iframe", "object", "embed", "base")] == []
    assert not any("@import" in text or "url(" in text for text in [style(written(graph, schema, folder / "b.html"))])


def style(text: str) -> str:
    return text[text.index("<style>") : text.index("</style>")]


@pytest.mark.parametrize("name", ["graph.html", "그래프.html", "자료/2025/graph.html", "graph.htm", "../beside.html"])
def test_only_the_page_is_written_wherever_it_goes(name: str, graph: Graph, schema: Schema, folder: Path) -> None:
    here = folder / "here"
    here.mkdir()
    os.chdir(here)
    export(graph, schema, Path(name), "html")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files == [(here / name).resolve()]


def test_a_page_may_be_named_htm(graph: Graph, schema: Schema, folder: Path) -> None:
    export(graph, schema, Path("graph.htm"), "html")
    export(graph, schema, Path("graph.html"))
    assert Path("graph.htm").read_bytes() == Path("graph.html").read_bytes()


def test_the_page_is_a_whole_document_with_one_heading(graph: Graph, schema: Schema, folder: Path) -> None:
    text = written(graph, schema, folder / "graph.html", title="가나 & <다라>", language="en")
    page = Elements(text)
    assert text.startswith("<!doctype html>\n")
    assert page.found[0] == ("html", {"lang": "en"})
    assert ("meta", {"charset": "utf-8"}) in page.found
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in page.found
    assert {tag: "".join(texts) for tag, texts in page.texts.items()} == {
        "title": "가나 & <다라>",
        "h1": "가나 & <다라>",
    }
    tags = [tag for tag, _ in page.found]
    assert (tags.count("h1"), tags.count("title"), tags.count("body")) == (1, 1, 1)
    assert tags.index("body") < tags.index("h1")


def test_parallel_edges_and_their_keys_are_kept(graph: Graph, schema: Schema, folder: Path) -> None:
    pairs = [tuple(sorted(edge)) for edge in graph.edges()]
    assert max(map(pairs.count, pairs)) == 3
    text = written(graph, schema, folder / "graph.html")
    for *_, key in graph.edges(keys=True):
        assert text.count(f'"{key}"') == 1


def test_the_graph_given_is_left_as_it_was(graph: Graph, schema: Schema, folder: Path) -> None:
    before = copy.deepcopy(graph)
    export(graph, schema, folder / "graph.html")
    assert nx.utils.graphs_equal(before, graph)
    assert before.graph == graph.graph


def test_attributes_of_the_graph_are_no_options_of_the_drawing(graph: Graph, schema: Schema, folder: Path) -> None:
    plain = written(graph, schema, folder / "graph.html")
    for _, found in graph.nodes(data=True):
        found.update(shape="법인", size=1, x=0, title="<b>", hidden=True)
    for *_, found in graph.edges(data=True):
        found.update(width=99, id="같은 것", hidden=True)
    assert written(graph, schema, folder / "again.html") == plain


def test_options_keep_their_spaces_and_physics_is_off(graph: Graph, schema: Schema, folder: Path) -> None:
    text = written(graph, schema, folder / "graph.html")
    assert '"Apple SD Gothic Neo"' in style(text)
    assert '"physics":{"enabled":false}' in text
    assert "loadingBar" not in text


def test_hangul_is_written_as_hangul(graph: Graph, schema: Schema, folder: Path) -> None:
    text = written(graph, schema, folder / "graph.html")
    data = text[text.index('id="data-nodes"') : text.index('id="data-context"')]
    assert "한국산업은행" in data
    assert not re.search(r"\\u[0-9a-f]{4}", data)


def test_nothing_of_pyvis_menus_and_popups_is_left(graph: Graph, schema: Schema, folder: Path) -> None:
    text = written(graph, schema, folder / "graph.html")
    own = text[text.rindex("<script>") :]
    for gone in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "tom-select", "TomSelect", "bootstrap"):
        assert gone not in own
    assert "tom-select" not in text.lower()


BUILD = """
import {patch}sys
from pathlib import Path
from kg.export import export, read_graph
from kg.schema import load_schema
export(read_graph(Path(sys.argv[1])), load_schema(), Path(sys.argv[2]))
"""
CP949 = "locale; locale.getpreferredencoding = lambda *_: 'cp949'\nlocale.getencoding = lambda: 'cp949'\nimport "
NO_NETWORK = """socket
def refuse(*_, **__): raise AssertionError("network")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
import """


def built(target: Path, patch: str = "", **variables: str) -> bytes:
    """Build the page in a Python of its own, with other settings of the machine."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    environment |= {"PYTHONPATH": str(ROOT), **variables}
    command = [sys.executable, "-c", BUILD.format(patch=patch), str(SAMPLE), str(target)]
    subprocess.run(command, check=True, env=environment, cwd=target.parent, capture_output=True)
    return target.read_bytes()


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    yield built(tmp_path_factory.mktemp("usual") / "graph.html")


@pytest.mark.parametrize(
    ("patch", "variables"),
    [
        ("", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        ("", {"PYTHONIOENCODING": "cp949"}),
        (CP949, {"PYTHONUTF8": "0"}),
        (NO_NETWORK, {}),
    ],
    ids=["C locale", "cp949 streams", "cp949 files", "no network"],
)
def test_the_bytes_are_the_same_on_any_machine(
    patch: str, variables: dict[str, str], usual: bytes, folder: Path
) -> None:
    assert built(folder / "graph.html", patch, **variables) == usual


def test_ipython_comes_only_with_the_page(folder: Path) -> None:
    code = "import sys, kg, kg.export, kg.export.html; print('IPython' in sys.modules, 'pyvis' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    found = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "False"]
