"""Which schema of FollowTheMoney each relation becomes, and that only facts look like facts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.export import export
from kg.export.ftm import LINKS, RANGES, SCHEMATA, TOPICS
from kg.model import STATUSES
from kg.schema import Schema


def entities(graph: nx.MultiDiGraph[Any], schema: Schema, folder: Path) -> dict[str, dict[str, Any]]:
    export(graph, schema, folder / "graph.ftm.json")
    lines = (folder / "graph.ftm.json").read_text(encoding="utf-8").split("\n")
    return {entity["id"]: entity for line in lines if line for entity in [json.loads(line)]}


def relate(graph: nx.MultiDiGraph[Any], subject: str, type: str, obj: str, **stated: Any) -> str:
    """Change the first edge into one of these names; return the id of its entity."""
    names = {found["name"]: node for node, found in graph.nodes(data=True)}
    edge = min(graph.edges(keys=True), key=lambda edge: edge[2])
    attributes = {**graph.edges[edge], "type": type, "date": None, "last_date": None, "role": None, **stated}
    graph.remove_edge(*edge)
    graph.add_edge(names[subject], names[obj], key=edge[2], **attributes)
    return f"rel-{edge[2]}"


@pytest.mark.parametrize(
    ("subject", "type", "obj", "role", "expected"),
    [
        ("카카오", "acquires", "크래프톤", None, ("Ownership", "owner", "asset")),
        ("오픈AI코리아", "subsidiaryOf", "오픈AI", None, ("Ownership", "asset", "owner")),
        ("카카오", "acquires", "국민의힘", None, ("UnknownLink", "subject", "object")),
        ("제이슨 권", "holdsPosition", "오픈AI", "최고경영자", ("Directorship", "director", "organization")),
        ("제이슨 권", "holdsPosition", "오픈AI", "연구원", ("Employment", "employee", "employer")),
        ("제이슨 권", "holdsPosition", "국민의힘", "대표", ("Employment", "employee", "employer")),
        ("제이슨 권", "holdsPosition", "서울", "시장", ("UnknownLink", "subject", "object")),
        ("제이슨 권", "memberOf", "국민의힘", None, ("Membership", "member", "organization")),
        ("카카오", "partnersWith", "오픈AI", None, ("UnknownLink", "subject", "object")),
    ],
)
def test_a_relation_is_an_interval_that_its_ends_fit(
    subject: str,
    type: str,
    obj: str,
    role: str | None,
    expected: tuple[str, str, str],
    graph: nx.MultiDiGraph[Any],
    schema: Schema,
    tmp_path: Path,
) -> None:
    id = relate(graph, subject, type, obj, role=role, status="actual")
    found = entities(graph, schema, tmp_path)
    kind, first, last = expected
    names = [found[found[id]["properties"][end][0]]["properties"]["name"][0] for end in (first, last)]
    assert (found[id]["schema"], names) == (kind, [subject, obj])


@pytest.mark.parametrize("status", STATUSES)
def test_only_facts_and_what_has_ended_are_more_than_links(
    status: str, graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path
) -> None:
    id = relate(graph, "카카오", "acquires", "크래프톤", status=status, date="2025-02", last_date="2025-03")
    found = entities(graph, schema, tmp_path)[id]
    properties = found["properties"]
    kind = "Ownership" if status in ("actual", "ended") else "UnknownLink"
    role = {
        "actual": "인수",
        "ended": "인수 (종료)",
        "planned": "인수 (예정)",
        "possible": "인수 (가능성)",
        "denied": "인수 (부인)",
    }
    assert (found["schema"], properties["status"], properties["role"]) == (kind, [status], [role[status]])
    lasting = {name: properties[name] for name in ("startDate", "endDate") if name in properties}
    assert lasting == {"actual": {"startDate": ["2025-02"]}, "ended": {"endDate": ["2025-03"]}}.get(status, {})


def test_proof_names_articles_and_quotes_them(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    found = entities(graph, schema, tmp_path)
    link = found["rel-rb9fc09b254be8416"]["properties"]
    assert link["proof"] == ["doc-a1", "doc-a2"]
    assert link["summary"][0] == "“카카오는 2월 오픈AI와 공동 서비스를 만들기로 손잡았다.” (가상일보, 2025-05-26)"
    assert (link["publisher"], link["recordId"]) == (["가상일보", "모의경제"], ["rb9fc09b254be8416"])
    assert found["doc-a1"]["properties"]["publishedAt"] == ["2025-05-26"]
    kakao = next(one["properties"] for one in found.values() if one["properties"].get("name") == ["카카오"])
    assert (kakao["ticker"], kakao["wikidataId"]) == (["035720"], ["Q17684312"])


def test_the_tables_are_those_of_the_model(schema: Schema) -> None:
    model = pytest.importorskip("followthemoney", reason="needs pip install followthemoney").model
    topics = pytest.importorskip("followthemoney.types").registry.topic
    assert {name for name in SCHEMATA if name not in schema.entities} == set()
    assert all(topics.validate(topic) for topic in TOPICS.values())
    kinds = {*SCHEMATA.values()}
    directors = ("Directorship", "director", "organization")
    for kind, *ends in (*LINKS.values(), directors):
        for end in ends:
            wanted = model.get(kind).get(end).range
            assert RANGES[end] & kinds == {one for one in kinds if model.get(one).is_a(wanted)} & RANGES[end], (
                kind,
                end,
            )
    assert LINKS.keys() <= schema.relations.keys()
