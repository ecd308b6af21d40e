from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import ExportError, InputError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.triplestore.embedded import load_store
from kg.triplestore.engines import ask
from tests.samples import ALLIANCE

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def test_a_store_has_the_triples_and_is_replaced(graph: KnowledgeGraph, graph_folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "stores" / "db"
    assert load_store(graph_folder, db) == len(graph.to_rdf())
    assert ask(db, COUNT).cells() == [[len(graph.to_rdf())]]
    fewer = KnowledgeGraph.from_documents([ALLIANCE])
    assert load_store(fewer.export(tmp_path / "fewer.ttl"), db) == len(fewer.to_rdf())
    assert ask(db, COUNT).cells() == [[len(fewer.to_rdf())]]
    assert [path.name for path in db.parent.iterdir()] == ["db"]


GRAPHS = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.mark.parametrize(
    ("name", "graphs"),
    [*dict.fromkeys(("graph.json", "graph.nq", "graph.trig", "graph.nq.gz"), 6).items(), ("graph.ttl", 0)],
)
def test_plain_queries_find_everything_and_named_graphs_come_on_request(
    graph: KnowledgeGraph, tmp_path: Path, name: str, graphs: int
) -> None:
    path = graph.export(tmp_path / name)
    triples = len(graph.to_rdf())
    assert load_store(path, tmp_path / "plain") == triples
    assert [ask(tmp_path / "plain", query).cells() for query in (COUNT, GRAPHS)] == [[[triples]], [[0]]]
    assert load_store(path, tmp_path / "named", named_graphs=True) == triples
    assert [ask(tmp_path / "named", query).cells() for query in (COUNT, GRAPHS)] == [[[triples]], [[graphs]]]


def test_a_store_of_named_graphs_alone_is_asked_as_their_union(graph: KnowledgeGraph, tmp_path: Path) -> None:
    made = pyoxigraph.Store(str(tmp_path / "db"))
    made.bulk_load(path=graph.export(tmp_path / "graph.nq"))
    del made
    query = "SELECT ?name WHERE { ?e a kg:Entity ; rdfs:label ?name }"
    assert ask(tmp_path / "db", query) == ask(graph.to_json(tmp_path / "graph.json"), query)


def test_the_iris_have_the_base_that_is_given(graph: KnowledgeGraph, graph_folder: Path, tmp_path: Path) -> None:
    load_store(graph_folder, tmp_path / "db", base="https://a.example/")
    query = "ASK { ?e a kg:Entity FILTER(!STRSTARTS(STR(?e), 'https://a.example/ent/')) }"
    assert ask(tmp_path / "db", query).boolean is False
    for source in (graph.export(tmp_path / "graph.nt"), tmp_path / "db"):
        with pytest.raises(InputError, match="has its IRIs already"):
            load_store(source, tmp_path / "other", base="https://a.example/")
    with pytest.raises(ExportError, match="no absolute IRI"):
        load_store(graph_folder, tmp_path / "db", base="a.example")


def test_a_broken_file_leaves_the_store_as_it_was(graph_folder: Path, tmp_path: Path) -> None:
    load_store(graph_folder, tmp_path / "db")
    before = ask(tmp_path / "db", COUNT)
    (tmp_path / "broken.nt").write_text("<http://x/s> <http://x/p> <http://x/o> .\n<http://x/s> .\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.nt: not ntriples"):
        load_store(tmp_path / "broken.nt", tmp_path / "db")
    assert ask(tmp_path / "db", COUNT) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.nt", "db"]


def test_another_folder_is_not_replaced(graph_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("소중한 글", encoding="utf-8")
    with pytest.raises(ExportError, match="holds what kg load did not put there"):
        load_store(graph_folder, tmp_path / "letters")
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["a.txt"]
