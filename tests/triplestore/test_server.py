from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pyoxigraph
import pytest

from kg.errors import InputError, StoreError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Document
from kg.triplestore import update
from kg.triplestore.embedded import load_store
from kg.triplestore.endpoint import Loaded, load_default, load_endpoint
from kg.triplestore.server import serve
from tests.samples import ALLIANCE, OFFICERS, ORGANIZATION, RUMOUR, document

ROOT = str(Path(__file__).resolve().parents[2])
NAMED = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } FILTER(!STRENDS(STR(?g), '/loaded')) }"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def free_port() -> int:
    """Return a port that is free, and the next one too."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                two.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def get(url: str, accept: str = "*/*") -> bytes:
    with urlopen(Request(url, headers={"Accept": accept}), timeout=30) as answer:
        found: bytes = answer.read()
        return found


def count(base: str, query: str = COUNT) -> int:
    found = json.loads(get(f"{base}query?query={quote(query)}", "application/sparql-results+json"))
    return int(found["results"]["bindings"][0]["n"]["value"])


def test_the_server_has_the_graph_and_its_page_and_takes_no_writes(graph: KnowledgeGraph, graph_folder: Path) -> None:
    with serve(graph_folder, port=free_port()) as served:
        assert served.query.startswith("http://127.0.0.1:")
        assert count(served.query) == len(graph.to_rdf())
        assert b"<html" in get(served.query)
        assert served.page is not None
        assert "카카오" in get(served.page).decode()
        assert f"{served.query}#query=" in get(served.examples).decode()
        with pytest.raises(HTTPError, match="404"):
            get(f"{served.page}../graph.json")
        with pytest.raises(StoreError, match="403"):
            load_endpoint(graph_folder, f"{served.query}store")
        with pytest.raises(StoreError, match="403"):
            update.load_update(graph_folder, f"{served.query}update")
        address = served.query
    with pytest.raises(OSError, match="refused"):
        get(address)


def test_a_real_endpoint_takes_the_named_graphs(graph: KnowledgeGraph, graph_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.nt").write_text("", encoding="utf-8")
    with serve(tmp_path / "empty.nt", port=free_port(), write=True) as served:
        assert served.page is None
        assert load_endpoint(graph_folder, f"{served.query}store") == Loaded(6, 0, 0)
        assert load_endpoint(graph_folder, f"{served.query}store") == Loaded(0, 6, 0)
        quads = graph.export(tmp_path / "graph.nq").read_text(encoding="utf-8").splitlines()
        assert count(served.query, NAMED) == len(set(quads))


def test_two_graphs_in_one_store_and_a_retracted_article(tmp_path: Path) -> None:
    (tmp_path / "empty.nt").write_text("", encoding="utf-8")
    one, other = (tmp_path / name for name in ("one", "other"))
    with serve(tmp_path / "empty.nt", port=free_port(), write=True) as served:

        def load(folder: Path, *documents: Document) -> Loaded:
            KnowledgeGraph.from_documents(documents).to_json(folder / "graph.json")
            return load_endpoint(folder, f"{served.query}store", base=f"https://{folder.name}.example/")

        def articles(folder: Path) -> int:
            named = f"STRSTARTS(STR(?g), 'https://{folder.name}.example/graph/article/')"
            return count(
                served.query,
                f"SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER({named}) }}",
            )

        load(one, ALLIANCE, RUMOUR)
        load(other, OFFICERS, ALLIANCE)
        assert (articles(one), articles(other)) == (2, 2)
        assert load(one, ALLIANCE).deleted == 1
        assert (articles(one), articles(other)) == (1, 2)
        with pytest.raises(InputError, match="1 of the 1 articles"):
            load(one, RUMOUR)
        assert (articles(one), articles(other)) == (1, 2)


HOSTILE = '\\u0022 } } ; DROP ALL # "\\\\u0022\n}'


def test_updates_replace_the_graphs_and_keep_hostile_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "BATCH", 3000)
    name = f"나래{HOSTILE}".replace("\n", " ")
    hostile = document(
        f"{name}는 다온을 인수했다.", {name: ORGANIZATION, "다온": ORGANIZATION}, title=HOSTILE, date="2025"
    )
    graph = KnowledgeGraph.from_documents([hostile, ALLIANCE])
    path = graph.export(tmp_path / "graph.nq")
    (tmp_path / "empty.nt").write_text("", encoding="utf-8")
    with serve(tmp_path / "empty.nt", port=free_port(), write=True) as served:
        for _ in range(2):
            assert update.load_update(path, f"{served.query}update") == 5
            assert count(served.query, NAMED) == len(set(path.read_text(encoding="utf-8").splitlines()))
        query = "SELECT ?x WHERE { GRAPH ?g { ?a schema:headline ?x } } ORDER BY STR(?x)"
        query = f"PREFIX schema: <https://schema.org/> {query}"
        found = json.loads(get(f"{served.query}query?query={quote(query)}", "application/sparql-results+json"))
        assert HOSTILE in [row["x"]["value"] for row in found["results"]["bindings"]]
        with pytest.raises(StoreError, match="0 of 5 graphs are loaded"):
            update.load_update(path, f"{served.query}nothing")


def test_a_load_that_is_killed_goes_on(graph: KnowledgeGraph, graph_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.nt").write_text("", encoding="utf-8")
    quads = set(graph.export(tmp_path / "graph.nq").read_text(encoding="utf-8").splitlines())
    with serve(tmp_path / "empty.nt", port=free_port(), write=True) as served:
        command = [sys.executable, str(Path(__file__).with_name("killed_load.py"))]
        killed = subprocess.run(
            [*command, str(graph_folder), f"{served.query}store", "3"],
            check=False,
            env={**os.environ, "PYTHONPATH": ROOT},
        )
        assert killed.returncode == -signal.SIGKILL
        load_endpoint(graph_folder, f"{served.query}store")
        assert count(served.query, NAMED) == len(quads)


def test_a_store_is_served_itself(graph: KnowledgeGraph, graph_folder: Path, tmp_path: Path) -> None:
    load_store(graph_folder, tmp_path / "db")
    with serve(tmp_path / "db", port=free_port()) as served:
        assert count(served.query) == len(graph.to_rdf())


@pytest.mark.parametrize("offset", [0, 1])
def test_a_port_in_use_is_told_before_anything_is_loaded(
    graph_folder: Path, offset: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("kg.triplestore.server.load_store")
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + offset))
        taken.listen()
        with (
            pytest.raises(StoreError, match=rf"127\.0\.0\.1:{port + offset} cannot be served at .*another --port"),
            serve(graph_folder, port=port),
        ):
            pass


def test_a_store_of_named_graphs_alone_answers_plain_queries(graph: KnowledgeGraph, tmp_path: Path) -> None:
    made = pyoxigraph.Store(str(tmp_path / "db"))
    made.bulk_load(path=graph.export(tmp_path / "graph.nq"))
    del made
    entities = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a <https://w3id.org/korean-news-kg/schema#Entity> }"
    with serve(tmp_path / "db", port=free_port()) as served:
        assert count(served.query, entities) == len(graph.entities())


def test_the_default_graph_is_replaced_whole(graph: KnowledgeGraph, graph_folder: Path, tmp_path: Path) -> None:
    other = KnowledgeGraph.from_documents([ALLIANCE])
    with serve(other.export(tmp_path / "other.nt"), port=free_port(), write=True) as served:
        for path in (graph_folder, graph.export(tmp_path / "g.nt.gz"), graph.export(tmp_path / "g.ttl")):
            load_default(path, f"{served.query}store")
            assert count(served.query) == len(graph.to_rdf())
        with pytest.raises(InputError, match="has named graphs"):
            load_default(graph.export(tmp_path / "g.nq"), f"{served.query}store")
        with pytest.raises(StoreError, match="404 Not Found; is this its Graph Store address"):
            load_default(graph_folder, f"{served.query}nothing")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_the_command_ends_cleanly_with_its_server(graph_folder: Path, tmp_path: Path, sent: signal.Signals) -> None:
    port = free_port()
    command = [sys.executable, "-m", "kg", "serve", str(graph_folder), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": ROOT, "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as run:
        assert run.stdout is not None
        assert [run.stdout.readline() for _ in range(3)] == [
            f"queries:  http://127.0.0.1:{port}/\n",
            f"examples: http://127.0.0.1:{port + 1}/queries\n",
            f"graph:    http://127.0.0.1:{port + 1}/\n",
        ]
        run.send_signal(sent)
        assert {*run.communicate(timeout=60)[1].splitlines()} <= {f"loading {graph_folder}", "Ctrl+C ends it"}
    assert run.returncode == 0
    with pytest.raises(OSError, match="refused"):
        get(f"http://127.0.0.1:{port}/")
    assert list(tmp_path.iterdir()) == []
