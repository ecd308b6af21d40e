"""Articles that share entities, aliases and text, and all that a graph of them holds."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from dataclasses import replace

from kg.export import graph_to_json
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Document
from tests.samples import ALLIANCE, OFFICERS, ORGANIZATION, RUMOUR, Named, Stated, document

LAB = document(
    "새길연구재단(SRF)은 3일 가온전자와 공동 연구 협약을 맺었다고 밝혔다.\n두 곳은 앞으로 5년 동안 함께 연구한다.",
    {"새길연구재단": Named("Organization", ("SRF",)), "가온전자": ORGANIZATION},
    [Stated("partnersWith", "새길연구재단", "가온전자", "협약을 맺었다", date="2025-03-03")],
    id="lab",
    date="2025-03-04",
    publisher="한빛일보",
)
LAB_SHORT = document(
    "SRF가 오픈AI에 투자한다는 소식에 KDB도 투자를 검토한다.",
    {"SRF": ORGANIZATION, "오픈AI": ORGANIZATION, "KDB": ORGANIZATION},
    [Stated("investsIn", "SRF", "오픈AI", "투자한다", "planned")],
    id="lab-short",
    date="2025-03-05",
)
OTHER_LAB = document(
    "서울로봇재단(SRF)은 카카오와 로봇을 함께 만든다.",
    {"서울로봇재단": Named("Organization", ("SRF",)), "카카오": ORGANIZATION},
    [Stated("partnersWith", "서울로봇재단", "카카오", "함께 만든다")],
    id="other-lab",
    date="2025-03-06",
)
COPY = replace(ALLIANCE, id="copy", date="2025-05-28", publisher="새벽신문")
SECOND_COPY = replace(ALLIANCE, id="a-copy", date="2025-05-29", publisher=None)
CHAIN = tuple(
    document(f"{name}은 {alias}으로도 불린다.", {name: Named("Organization", (alias,))}, id=name)
    for alias, name in itertools.pairwise(["가람재단", "하늘재단", "바다재단", "산들재단"])
)
END = document("가람재단이 문을 열었다.", {"가람재단": ORGANIZATION}, id="end")
"""Each article of CHAIN names an alias that is the name in another; END has the name at its end."""
POOL = (ALLIANCE, RUMOUR, OFFICERS, LAB, LAB_SHORT, OTHER_LAB, COPY, SECOND_COPY, *CHAIN, END)


def shown(graph: KnowledgeGraph) -> str:
    """Return everything that a graph holds, nodes and edges in their order."""
    found = graph.to_networkx()
    return json.dumps([graph_to_json(found), list(found.nodes), list(found.edges(keys=True))], ensure_ascii=False)


def by_id(documents: Iterable[Document]) -> list[Document]:
    return sorted(documents, key=lambda one: one.id)
