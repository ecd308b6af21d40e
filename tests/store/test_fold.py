"""The records of a store's graph against the graph in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kg.errors import GraphSizeError
from kg.export import EXPORTERS, export
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Document
from kg.resolve import resolve
from kg.resolve.corrections import Corrections, parse_corrections
from kg.schema import load_schema
from kg.store import DocumentStore, Fold
from tests.samples import ALLIANCE, OFFICERS, RUMOUR
from tests.store.pool import COPY, POOL, shown

SCHEMA = load_schema()
STREAMED = sorted(form for form, found in EXPORTERS.items() if found.streams)


def folded(*documents: Document, corrections: Corrections | None = None) -> Fold:
    with DocumentStore(None) as store:
        for one in documents:
            store.put(one)
        return store.fold(corrections or Corrections())


@pytest.fixture(scope="module")
def fold() -> Fold:
    return folded(*Random(1).sample(POOL, len(POOL)))


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.from_documents(POOL)


def written(found: Any, path: Path, form: str, **options: Any) -> list[bytes]:
    export(found, SCHEMA, path, form, **options)
    return [one.read_bytes() for one in (sorted(path.iterdir()) if path.is_dir() else [path])]


@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize("form", STREAMED)
def test_a_form_has_the_bytes_that_the_graph_in_memory_gives(
    form: str, text: bool, fold: Fold, graph: KnowledgeGraph, tmp_path: Path
) -> None:
    expected = written(graph.to_networkx(), tmp_path / "graph", form, text=text)
    assert expected == written(fold, tmp_path / "fold", form, text=text)


@pytest.mark.parametrize("name", ["a.ttl.gz", "a.nq.gz", "a.json.gz"])
def test_packed_forms_too(name: str, fold: Fold, graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(graph.to_networkx(), SCHEMA, tmp_path / name)
    expected = (tmp_path / name).read_bytes()
    export(fold, SCHEMA, tmp_path / name)
    assert (tmp_path / name).read_bytes() == expected


def test_the_counts_are_those_of_the_graph(fold: Fold, graph: KnowledgeGraph) -> None:
    assert fold.summary() == graph.summary()
    assert json.dumps(fold.summary()) == json.dumps(graph.summary())
    assert fold.size == (len(graph.entities()), len(graph))


def test_the_records_outlive_the_store_and_its_changes() -> None:
    with DocumentStore(None) as store:
        store.put(ALLIANCE)
        before = store.fold(Corrections())
        store.put(RUMOUR)
        store.settle()
    assert shown(before.graph()) == shown(KnowledgeGraph.from_documents([ALLIANCE]))


def ids(*names: str) -> list[str]:
    entities = resolve((ALLIANCE, RUMOUR, OFFICERS, COPY)).entities.values()
    return [one.id for name in names for one in entities if one.name == name]


def entries() -> Iterator[Any]:
    kakao, openai, kdb, melon = ids("카카오", "오픈AI", "한국산업은행", "멜론")
    yield pytest.param([{"rename": {"entity": kakao, "name": "다음카카오"}}], id="rename")
    yield pytest.param([{"merge": [kakao, melon]}, {"rename": {"entity": melon, "name": "합친 곳"}}], id="merge")
    yield pytest.param([{"split": {"entity": openai, "articles": ["rumour"]}}], id="split")
    yield pytest.param([{"retype": {"entity": kdb, "subtype": "Company"}}], id="retype")
    edge = {"type": "partnersWith", "subject": openai, "object": kakao, "article": "rumour"}
    yield pytest.param([{"retract": edge}, {"merge": [kakao, "e0123456789abcdef"]}], id="retract")


@pytest.mark.parametrize("given", list(entries()))
def test_corrections_change_what_they_change_in_memory(given: list[dict[str, Any]], tmp_path: Path) -> None:
    from kg.graph.assemble import Assembler
    from kg.resolve import appearances
    from kg.resolve.copies import fingerprint, originals
    from kg.resolve.corrections import apply
    from kg.resolve.identifiers import identify

    documents = (ALLIANCE, RUMOUR, OFFICERS, COPY)
    corrections = parse_corrections(json.dumps(given), "corrections.yaml", SCHEMA)
    now = identify(apply(resolve(documents), corrections, (a for d in documents for a in appearances(d)), SCHEMA))
    assembler = Assembler(now, SCHEMA, originals(map(fingerprint, documents)), now.retracted)
    for one in documents:
        assembler.add(one)
    found = folded(*documents, corrections=corrections)
    assert shown(found.graph()) == shown(KnowledgeGraph(assembler.graph(), SCHEMA))
    assert (found.dropped, found.notes) == (assembler.dropped, now.notes)


def test_a_graph_past_the_size_is_not_taken_into_memory(fold: Fold, graph: KnowledgeGraph, tmp_path: Path) -> None:
    size = sum(fold.size)
    for refused in (
        lambda: fold.graph(size - 1),
        lambda: graph.to_networkx(size - 1),
        lambda: graph.to_html(tmp_path / "page.html", largest=size - 1),
        lambda: export(fold, SCHEMA, tmp_path / "graph.vault", largest=size - 1),
    ):
        with pytest.raises(GraphSizeError, match="triple store"):
            refused()
    assert list(tmp_path.iterdir()) == []
    assert len(fold.graph(size)) == len(graph)


def test_the_part_kept_is_the_most_connected(fold: Fold) -> None:
    whole = fold.networkx()
    part = fold.most_connected(5)
    names = sorted(part.nodes[node]["name"] for node in part.nodes)
    assert (names, part.number_of_edges()) == (["서울로봇재단", "오픈AI", "카카오"], 2)
    assert all(whole.edges[edge] == part.edges[edge] for edge in part.edges(keys=True))
    assert set(part.graph["articles"]) == {e["article"] for *_, edge in part.edges(data=True) for e in edge["evidence"]}
