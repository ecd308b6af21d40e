"""Small generated graphs of one entity and those around it, for tests of what the page does with many."""

from __future__ import annotations

from typing import Any, TypeAlias

import networkx as nx

Graph: TypeAlias = "nx.MultiDiGraph[Any]"
HUB = "e0"


def article(date: str | None, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": "손을 잡은 회사들",
        "date": date,
        "publisher": "가상일보",
        "url": "https://news.example/1",
    }
    return found | {"language": "ko", "sha256": "", "original": "a0"} | given


def node(name: str, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": name,
        "type": "Organization",
        "subtype": None,
        "aliases": [],
        "mentions": 1,
        "articles": 1,
    }
    return found | {"article_ids": ["a0"], "ids": []} | given


def relation(name: str, other: str, **given: Any) -> dict[str, Any]:
    text = f"{name}, {other}와 손을 잡았다"
    cue = [text.index("잡았"), text.index("잡았") + 2]
    proof: dict[str, Any] = {
        "article": "a0",
        "start": 0,
        "end": len(text),
        "text": text,
        "cue": cue,
        "date": None,
        "role": None,
    }
    proof |= {"deal": None, "speaker": None, "confidence": 0.9, "extractor": "frames/1"}
    found: dict[str, Any] = {
        "type": "partnersWith",
        "status": "actual",
        "date": None,
        "last_date": None,
        "role": None,
        "deal": None,
    }
    return found | {"confidence": 0.9, "articles": 1, "sources": 1, "evidence": [proof]} | given


def star(rays: int, **given: Any) -> Graph:
    """Return 중심 with that many partners 회사1, 회사2 …; further attributes go to every relation."""
    graph: Graph = nx.MultiDiGraph(schema="0", articles={"a0": article("2025-03-02")})
    graph.add_node(HUB, **node("중심", mentions=99))
    for number in range(1, rays + 1):
        name = f"회사{number}"
        graph.add_node(f"e{number}", **node(name))
        graph.add_edge(HUB, f"e{number}", key=f"r{number:03}", **relation("중심", name, **given))
    return graph
