"""Graphs from files: graph.json, or the RDF forms that hold the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.contract import check_graph
from kg.errors import FormatError
from kg.schema import Schema

if TYPE_CHECKING:
    import networkx as nx


def read_checked(path: Path, schema: Schema) -> nx.MultiDiGraph[Any]:
    """Return the graph of a graph.json, of the folder that has it or of an RDF file, each file also with .gz.

    It keeps the contract. Raises FormatError naming what is not such a file and GraphError.
    """
    from kg.export.files import form_suffix
    from kg.export.graphjson import read_graph
    from kg.export.rdfreading import read_rdf
    from kg.export.rdfstream import RDF_SUFFIXES

    found = path / "graph.json" if path.is_dir() else path
    if not found.is_file():
        raise FormatError(f"{found}: no such graph; `kg build ARTICLES -o FOLDER` writes one")
    graph = read_rdf(found, schema) if form_suffix(found) in RDF_SUFFIXES else read_graph(found)
    check_graph(graph, schema)
    return graph
