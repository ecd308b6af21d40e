"""Hostile names in a real Oxigraph server: what is loaded and asked stays text, whatever it looks like."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError, UnknownNameError
from kg.export import export
from kg.triplestore.endpoint import load_endpoint
from kg.triplestore.engines import ask
from kg.triplestore.pack import literal, named, queries
from kg.triplestore.server import serve
from kg.triplestore.update import load_update
from tests.export.hostile import SCHEMA, Graph, graphs, texts
from tests.triplestore.test_server import free_port, get

BYSTANDER = "<http://other.example/s> <http://other.example/p> <http://other.example/o> <http://other.example/g> .\n"
LOADED = "https://w3id.org/korean-news-kg/graph/loaded"
ODD = [
    '"} } ; DROP ALL #',
    "> } ; CLEAR ALL ; INSERT DATA { <x> <y> <z",
    "\\u0022 } } ; DROP ALL # \\\\u0022",
    "?s ?p ?o } #",
    "가\u202e나\u2028다",
]
names = texts | st.sampled_from(ODD)
quiet = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("server") / "other.nq"
    path.write_text(BYSTANDER, encoding="utf-8")
    with serve(path, port=free_port(), write=True, named_graphs=True) as served:
        yield served.query


def quads(data: bytes) -> set[str]:
    """Return the quads of N-Quads, as Oxigraph writes them, but for the default graph and the list of the loaded."""
    found = pyoxigraph.parse(data, pyoxigraph.RdfFormat.N_QUADS)
    return {str(quad) for quad in found if getattr(quad.graph_name, "value", LOADED) != LOADED}


@quiet
@given(given_graph=graphs())
def test_any_names_and_ids_are_loaded_as_they_are(
    given_graph: Graph, address: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("hostile") / "graph.nq"
    export(given_graph, SCHEMA, path)
    expected = quads(path.read_bytes()) | quads(BYSTANDER.encode())
    load_endpoint(path, f"{address}store", prune=True)
    assert quads(get(f"{address}store", "application/n-quads")) == expected
    load_update(path, f"{address}update")
    assert quads(get(f"{address}store", "application/n-quads")) == expected
    assert load_endpoint(path, f"{address}store").sent == 0


@quiet
@given(given_graph=graphs())
def test_an_entity_is_found_by_any_name(given_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("hostile") / "graph.nt"
    export(given_graph, SCHEMA, path)
    for attributes in given_graph.nodes.values():
        name = attributes["name"]
        if "\0" not in name:  # SPARQL has no way to write it
            found = {row[0] for row in ask(path, named("aliases").fill({"name": name})).cells()}
            assert name in found


@quiet
@given(value=names)
def test_a_value_changes_one_line_of_a_query_and_is_no_other_query(value: str, address: str) -> None:
    headers = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}
    for query in queries().values():
        for parameter in query.parameters:
            try:
                filled = query.fill({parameter.name: value}).split("\n")
            except (InputError, UnknownNameError):
                continue
            pairs = zip(query.text.split("\n"), filled, strict=True)
            assert {before.split()[1] for before, after in pairs if before != after} <= {f"?{parameter.name}"}
    if "\0" not in value:
        asked = f"SELECT ?x WHERE {{ VALUES ?x {{ {literal(value)} }} }}".encode()
        with urlopen(Request(f"{address}query", asked, headers), timeout=30) as answer:
            assert [row["x"]["value"] for row in json.load(answer)["results"]["bindings"]] == [value]
