"""Hypothesis strategies of graphs that keep the contract, with hostile text wherever text may stand."""

from __future__ import annotations

from typing import Any, TypeAlias

import networkx as nx
from hypothesis import strategies as st

from kg.contract import check_graph, evidence_order
from kg.model import STATUSES
from kg.schema import load_schema

Graph: TypeAlias = "nx.MultiDiGraph[Any]"

HOSTILE = [
    '"""> . <x> "@en',
    "}\n# { ?s ?p ?o }\r\t\\",
    "\x00\x7f\x85\u2028\ufffe",
    "📰 삼성\u200b전자",
    "",
    ".",
    "..",
    "a/b#c?d=%2F",
]
EMPTY_DEAL = {"amount": None, "value": None, "currency": None, "stake": None, "round": None, "item": None}
SCHEMA = load_schema()

texts = st.text(max_size=12) | st.sampled_from(HOSTILE)
dates = st.sampled_from(["2025", "2025-02", "2025-05-26", "2025-05-26T09:00:00+09:00", "지난달", "2025-02-30"])
shares = st.floats(0, 1)
counts = st.integers(0, 10**30)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def deals(draw: st.DrawFn) -> dict[str, Any] | None:
    parts = {
        "amount": texts,
        "value": counts,
        "currency": texts,
        "stake": st.floats(0, 100),
        "round": texts,
        "item": texts,
    }
    deal = {part: draw(maybe(kind)) for part, kind in parts.items()}
    return None if deal == EMPTY_DEAL else deal


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """A graph that keeps the contract, with any text wherever text may stand."""
    ids = draw(st.lists(texts, min_size=1, max_size=3, unique=True))
    articles = {
        article: {
            "title": draw(maybe(texts)),
            "date": draw(maybe(dates)),
            "publisher": draw(maybe(texts)),
            "url": draw(maybe(texts | texts.map(lambda text: f"https://news.example/{text}"))),
            "language": draw(st.just("ko") | texts),
            "sha256": draw(texts),
            "original": draw(st.sampled_from(ids)),
        }
        for article in sorted(ids)
    }
    graph: Graph = nx.MultiDiGraph(schema=draw(texts), articles=articles)
    kinds: dict[str, list[str | None]] = {"Organization": [None, "Company"], "Place": [None, "City"], "Person": [None]}
    for node in sorted(draw(st.lists(texts, min_size=2, max_size=3, unique=True))):
        kind, name = draw(st.sampled_from(sorted(kinds))), draw(texts)
        schemes = st.sampled_from(["wikidata", "krx", "nyse", "domain", "kg", "isin"])
        graph.add_node(
            node,
            name=name,
            type=kind,
            subtype=draw(st.sampled_from(kinds[kind])),
            aliases=sorted(draw(st.sets(texts, max_size=3)) - {name}),
            mentions=draw(counts),
            articles=draw(counts),
            article_ids=sorted(draw(st.sets(st.sampled_from(ids) | texts, max_size=3))),
            ids=sorted(draw(st.sets(st.builds("{}:{}".format, schemes, texts), max_size=3))),
        )
    for key in sorted(draw(st.lists(texts, max_size=3, unique=True))):
        add_edge(draw, graph, key)
    check_graph(graph, SCHEMA)
    return graph


def add_edge(draw: st.DrawFn, graph: Graph, key: str) -> None:
    ends = [draw(st.sampled_from(sorted(graph.nodes))) for _ in range(2)]
    fitting = [
        name for name in sorted(SCHEMA.relations) if SCHEMA.allows(name, *(graph.nodes[end]["type"] for end in ends))
    ]
    if not fitting:
        return
    places = draw(
        st.lists(
            st.tuples(st.sampled_from(sorted(graph.graph["articles"])), counts), min_size=1, max_size=3, unique=True
        )
    )
    evidence = [
        {
            "article": article,
            "start": start,
            "end": draw(counts),
            "text": draw(texts),
            "cue": [draw(counts), draw(counts)],
            "date": draw(maybe(dates)),
            "role": draw(maybe(texts)),
            "deal": draw(deals()),
            "speaker": draw(maybe(texts)),
            "confidence": draw(shares),
            "extractor": draw(st.just("frames/1") | texts),
        }
        for article, start in places
    ]
    attributes = {
        "type": draw(st.sampled_from(fitting)),
        "status": draw(st.sampled_from(STATUSES)),
        "date": draw(maybe(dates)),
        "last_date": draw(maybe(dates)),
        "role": draw(maybe(texts)),
        "deal": draw(deals()),
        "confidence": draw(shares),
        "articles": draw(counts),
        "sources": draw(counts),
        "evidence": sorted(evidence, key=evidence_order),  # type: ignore[arg-type]
    }
    graph.add_edge(ends[0], ends[1], key=key, **attributes)
