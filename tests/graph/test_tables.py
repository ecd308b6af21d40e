from __future__ import annotations

import sys

import pytest

from kg.errors import MissingExtraError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.graph.tables import COLUMNS, EVIDENCE_COLUMNS


def test_a_row_is_a_relation(graph: KnowledgeGraph) -> None:
    table = graph.to_pandas()
    assert tuple(table.columns) == COLUMNS
    assert list(table["id"]) == [relation.id for relation in graph.relations()]
    row = table[table["type"] == "finances"].iloc[0]
    assert (row["subject"], row["object_type"], row["value"], row["currency"]) == (
        *("한국산업은행", "Company", 200_000_000, "USD"),
    )
    assert list(table["value"].isna()) == [True, False, True, True, True]
    assert table["articles"].sum() == 6


def test_a_row_is_a_sentence(graph: KnowledgeGraph) -> None:
    table = graph.to_pandas(evidence=True)
    assert tuple(table.columns) == EVIDENCE_COLUMNS
    stated = table[table["type"] == "partnersWith"]
    assert list(stated["published"]) == ["2025-05-27", "2025-06-02"]
    assert list(stated["date"]) == ["2025-02", "2025-02-04"]
    assert list(stated["confidence"]) == [0.8, 0.95]


def test_types_of_columns_do_not_depend_on_what_the_graph_holds(graph: KnowledgeGraph) -> None:
    empty = KnowledgeGraph.from_documents([])
    for evidence in (False, True):
        whole, nothing = graph.to_pandas(evidence=evidence), empty.to_pandas(evidence=evidence)
        assert list(map(str, whole.dtypes)) == list(map(str, nothing.dtypes))
        assert len(nothing) == 0


def test_without_pandas_the_command_that_mends_it_is_named(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'korean-news-kg\[pandas\]'"):
        graph.to_pandas()
