from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.distributed.cluster import records
from kg.distributed.files import Place
from kg.distributed.folding import Folded, fold_shards
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Document
from kg.store.records import dump
from tests.distributed.here import StepsHere
from tests.distributed.rows import written_shards
from tests.samples import ALLIANCE, OFFICERS, RUMOUR, SAMPLES, Named, Stated, document

pytest.importorskip("fsspec", reason="needs what Ray brings: pip install 'korean-news-kg[ray]'")

WIRE = replace(ALLIANCE, id="wire", publisher="새벽신문", date="2025-05-28")
"""The alliance again, in another paper."""
NAMESAKE = document(
    "하나은행 김민수 부장이 강연했다.\n김민수 부장은 하나은행에서 일한다.",
    {"김민수": Named("Person"), "하나은행": Named("Organization")},
    [Stated("holdsPosition", "김민수", "하나은행", "부장", role="부장")],
    id="namesake",
    date="2025-01-02",
)
ALL = (*SAMPLES, WIRE, NAMESAKE)


def fold(tmp_path: Path, documents: list[Document], size: int, partitions: int = 3, text: bool = True) -> Folded:
    place = Place(str(tmp_path))
    return fold_shards(StepsHere(place, partitions), written_shards(place, documents, size), text=text)


def quads(tmp_path: Path, made: Folded) -> list[str]:
    names = made.parts["quads"].names()
    text = "".join(gzip.decompress((tmp_path / name).read_bytes()).decode() for name in names)
    return sorted(filter(None, text.split("\n")))


def expected(tmp_path: Path, documents: list[Document], text: bool = True) -> list[str]:
    """Return the N-Quads of the local fold, without those of the graph as a whole."""
    path = tmp_path / "expected.nq"
    KnowledgeGraph.from_documents(documents).export(path, text=text)
    return [line for line in sorted(path.read_text("utf-8").split("\n")) if line and "/graph/meta> ." not in line]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(ALL), st.integers(1, 5), st.integers(1, 4))
def test_quads_are_those_of_the_local_fold(
    tmp_path_factory: pytest.TempPathFactory, documents: list[Document], size: int, partitions: int
) -> None:
    folder = tmp_path_factory.mktemp("fold")
    made = fold(folder, documents, size, partitions)
    assert quads(folder, made) == expected(folder, documents)
    graph = KnowledgeGraph.from_documents(documents)
    counted = (made.counts["articles"], made.counts["entities"], made.counts["relations"], made.counts["failures"])
    assert counted == (5, graph.to_networkx().number_of_nodes(), graph.to_networkx().number_of_edges(), 0)


def test_without_text_the_parts_quote_nothing(tmp_path: Path) -> None:
    made = fold(tmp_path, [*ALL], 2, text=False)
    assert quads(tmp_path, made) == expected(tmp_path, [*ALL], text=False)


def test_of_articles_with_one_id_the_first_stands(tmp_path: Path) -> None:
    other = replace(RUMOUR, id="alliance")
    made = fold(tmp_path, [ALLIANCE, OFFICERS, ALLIANCE, other, WIRE], 2)
    assert quads(tmp_path, made) == expected(tmp_path, [ALLIANCE, OFFICERS, WIRE])
    place = Place(str(tmp_path))
    columns = ("source", "stage", "message")
    said = [row["message"] for item in made.parts["failures"].items for row in records(place, item, columns)]
    start = "duplicate: an earlier article has id 'alliance' and"
    assert sorted(said) == [f"{start} another text; give each article its own id", f"{start} the same text"]
    lines = [row["line"] for item in made.shards.items for row in records(place, item, ("line",))]
    assert sorted(json.loads(line)["id"] for line in lines) == ["alliance", "officers", "wire"]


def test_steps_that_were_done_are_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = fold(tmp_path, [*ALL], 2)
    monkeypatch.setattr(StepsHere, "shuffled", None)
    monkeypatch.setattr(StepsHere, "mapped", None)
    assert fold(tmp_path, [*ALL], 2) == first


@pytest.mark.parametrize("text", [True, False])
def test_tables_are_those_of_the_local_engine(tmp_path: Path, text: bool) -> None:
    made = fold(tmp_path, [*ALL], 2, text=text)
    KnowledgeGraph.from_documents(ALL).export(tmp_path / "expected.parquet", text=text)
    for name in ("articles", "entities", "evidence", "relations"):
        wanted = pq.read_table(tmp_path / "expected.parquet" / f"{name}.parquet")
        parts = [pq.read_table(tmp_path / part) for part in made.parts[name].names()]
        assert {part.schema for part in parts} == {wanted.schema}
        assert len(parts) > 1
        rows = [row for part in parts for row in part.to_pylist()]
        assert sorted(map(dump, rows)) == sorted(map(dump, wanted.to_pylist()))
