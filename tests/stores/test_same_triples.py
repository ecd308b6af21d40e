"""What is loaded into a store comes out again, term by term."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest

from kg.export.terms import XSD
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.triplestore.answers import Row
from tests.export.hostile import HOSTILE
from tests.stores.equal import value
from tests.stores.known import STORES
from tests.stores.protocol import Store
from tests.stores.results import answer

EVERYTHING = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
SECONDS = 120.0


@pytest.fixture(scope="module")
def hostile(wide: KnowledgeGraph) -> KnowledgeGraph:
    """The sample graph with a hostile text for each name, title, sentence and role."""
    made, texts = wide.to_networkx(), cycle(HOSTILE)
    for attributes in made.graph["articles"].values():
        attributes["title"] = next(texts)
    for _, attributes in made.nodes(data=True):
        attributes["name"] = next(texts)
    for *_, attributes in made.edges(data=True):
        attributes["role"] = next(texts)
        for evidence in attributes["evidence"]:
            evidence["text"] = next(texts)
    return KnowledgeGraph(made)


def same_value(row: Row) -> Row:
    """Return a row with whole numbers as the decimals that they are (XML Schema derives integer from decimal).

    Virtuoso has those above 2147483647 so.
    """
    whole = f"{XSD}integer"
    return tuple(
        replace(one, datatype=f"{XSD}decimal") if one.datatype == whole else one
        for one in map(value, filter(None, row))
    )


@pytest.mark.parametrize("store", STORES, ids=lambda store: store.NAME)
def test_every_triple_comes_back(store: Store, hostile: KnowledgeGraph, tmp_path: Path) -> None:
    if how := store.missing():
        pytest.skip(f"{store.NAME} is not installed: {how}")
    path = hostile.export(tmp_path / "graph.nt")
    written = answer("CONSTRUCT", path.read_text(encoding="utf-8")).rows
    with store.opened(path) as asked:
        found = asked(EVERYTHING, SECONDS).rows
    assert sorted(map(same_value, found)) == sorted(map(same_value, written))
