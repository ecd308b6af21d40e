"""A small graph written for the tests: every status, parallel edges, aliases, a bare article."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.export import read_graph
from kg.schema import Schema, load_schema

SAMPLE = Path(__file__).with_name("sample.json")


@pytest.fixture
def graph() -> nx.MultiDiGraph[Any]:
    return read_graph(SAMPLE)


@pytest.fixture
def reordered(graph: nx.MultiDiGraph[Any]) -> nx.MultiDiGraph[Any]:
    """The same graph, built in the opposite order."""
    articles = dict(reversed(graph.graph["articles"].items()))
    other: nx.MultiDiGraph[Any] = nx.MultiDiGraph(schema=graph.graph["schema"], articles=articles)
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for subject, obj, key, attributes in reversed([*graph.edges(keys=True, data=True)]):
        other.add_edge(subject, obj, key, **attributes)
    return other


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()
