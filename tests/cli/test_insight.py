from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.graph.knowledge_graph import KnowledgeGraph
from tests.cli.conftest import Kg
from tests.cli.test_query import rows
from tests.samples import ALLIANCE, OFFICERS, ORGANIZATION, Stated, document


def test_top(kg: Kg, graph_folder: Path) -> None:
    found = rows(kg("top", graph_folder, "--by", "degree", "-n", "2", "--csv").stdout)
    assert [(row["name"], row["type"], row["degree"]) for row in found] == [
        ("오픈AI", "Company", "4"),
        ("카카오", "Company", "2"),
    ]
    (person,) = json.loads(kg("top", graph_folder, "--type", "인물", "--json").stdout)
    assert (person["name"], person["score"]) == ("제이슨 권", 1)
    assert "6 entities by pagerank" in kg("top", graph_folder, "--by", "pagerank").stdout
    refused = kg("top", graph_folder, "--by", "size")
    assert (refused.exit_code, "no measure named 'size'" in refused.stderr) == (1, True)


def test_communities(kg: Kg, graph_folder: Path) -> None:
    groups = json.loads(kg("communities", graph_folder, "--json").stdout)
    assert sum(len(group) for group in groups) == 6
    shown = kg("communities", graph_folder).stdout
    assert f"{len(groups)} groups" in shown
    assert "카카오" in shown


@pytest.fixture
def denied(tmp_path: Path) -> Path:
    """A folder with the graph of a takeover that the next day's paper denies."""
    names = dict.fromkeys(("가온전자", "나래은행"), ORGANIZATION)
    told = document(
        "가온전자가 나래은행을 인수했다.",
        names,
        [Stated("acquires", "가온전자", "나래은행", "인수했다")],
        id="told",
        date="2025-03-02",
        publisher="한빛일보",
    )
    retracted = document(
        "가온전자는 나래은행을 인수하지 않았다.",
        names,
        [Stated("acquires", "가온전자", "나래은행", "인수하지", "denied")],
        id="retracted",
        date="2025-03-03",
        publisher="한빛일보",
    )
    KnowledgeGraph.from_documents([told, retracted]).to_json(tmp_path / "graph.json")
    return tmp_path


def test_conflicts(kg: Kg, denied: Path) -> None:
    (row,) = rows(kg("conflicts", denied, "--csv").stdout)
    assert row["kind"] == "denial"
    assert row["ko"].startswith("가온전자 acquires 나래은행: 사실로 보도되었으나(한빛일보 2025-03-02)")


def test_conflicts_in_json_carry_their_evidence(kg: Kg, denied: Path) -> None:
    (conflict,) = json.loads(kg("conflicts", denied, "--json").stdout)
    assert [relation["status"] for relation in conflict["relations"]] == ["actual", "denied"]
    assert conflict["relations"][1]["evidence"][0]["text"] == "가온전자는 나래은행을 인수하지 않았다."


def test_no_conflicts(kg: Kg, graph_folder: Path) -> None:
    assert "0 conflicts" in kg("conflicts", graph_folder).stdout


def test_diff(kg: Kg, graph_folder: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    KnowledgeGraph.from_documents([ALLIANCE, OFFICERS]).to_json(before)
    shown = kg("diff", before, graph_folder).stdout
    assert shown.startswith("1 entities added, 2 entities changed, 1 relations added, 1 relations changed")
    assert "카카오 acquires 멜론 (possible)" in shown
    found = json.loads(kg("diff", before, graph_folder, "--json").stdout)
    assert [entity["name"] for entity in found["entities_added"]] == ["멜론"]
    assert found["relations_changed"][0]["attributes"] == [
        *("last_date", "confidence", "articles", "sources", "evidence"),
    ]
    table = rows(kg("diff", graph_folder, before, "--csv").stdout)
    assert [
        row["entity or relation"]
        for row in table
        if row["change"] == "gone" and "acquires" in row["entity or relation"]
    ] == ["카카오 acquires 멜론 (possible)"]
    assert "no difference" in kg("diff", graph_folder, graph_folder).stdout
