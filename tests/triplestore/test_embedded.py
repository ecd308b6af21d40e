from __future__ import annotations

from pathlib import Path

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
