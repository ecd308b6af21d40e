"""The graph without the words of its articles, to share where the text may not be."""

from __future__ import annotations

from typing import Any

import networkx as nx


def without_text(graph: nx.MultiDiGraph[Any]) -> nx.MultiDiGraph[Any]:
    """Return the graph with quotations as "" and titles as None; offsets and the hashes of the texts stay.

    Names, roles, sums and speakers stay too: they are what is stated, not how.
    """
    articles = {key: {**attributes, "title": None} for key, attributes in graph.graph["articles"].items()}
    result: nx.MultiDiGraph[Any] = nx.MultiDiGraph(schema=graph.graph["schema"], articles=articles)
    result.add_nodes_from(graph.nodes(data=True))
    for subject, obj, key, edge in graph.edges(keys=True, data=True):
        evidence = [{**quoted, "text": ""} for quoted in edge["evidence"]]
        result.add_edge(subject, obj, key, **{**edge, "evidence": evidence})
    return result
