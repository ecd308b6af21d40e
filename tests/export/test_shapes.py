from __future__ import annotations

from typing import Any

import networkx as nx
import pyshacl
import pytest
import rdflib

from kg import resources
from kg.export import read_graph, to_rdf
from kg.schema import Schema
from tests.export import faults
from tests.export.conftest import SAMPLE


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=resources.schemas("shapes.ttl").read_text(encoding="utf-8"), format="turtle")


def conforms(rdf: rdflib.Graph, shapes: rdflib.Graph, **options: Any) -> tuple[bool, str]:
    good, _, report = pyshacl.validate(rdf, shacl_graph=shapes, **options)
    return bool(good), "" if good else str(report)


def test_an_export_conforms(graph: nx.MultiDiGraph[Any], schema: Schema, shapes: rdflib.Graph) -> None:
    assert conforms(to_rdf(graph, schema), shapes, meta_shacl=True) == (True, "")


def test_an_export_without_text_or_under_another_base_conforms(
    graph: nx.MultiDiGraph[Any], schema: Schema, shapes: rdflib.Graph
) -> None:
    assert conforms(to_rdf(graph, schema, text=False), shapes) == (True, "")
    assert conforms(to_rdf(graph, schema, base="https://example.org/news#"), shapes) == (True, "")


def test_an_export_conforms_beside_the_ontology(
    graph: nx.MultiDiGraph[Any], schema: Schema, shapes: rdflib.Graph
) -> None:
    ontology = rdflib.Graph().parse(data=resources.schemas("ontology.ttl").read_text(encoding="utf-8"), format="turtle")
    assert conforms(to_rdf(graph, schema), shapes, ont_graph=ontology) == (True, "")


@pytest.fixture(scope="module")
def found(schema: Schema) -> set[str]:
    """The planted faults that pySHACL finds."""
    texts = faults.planted(to_rdf(read_graph(SAMPLE), schema))
    shipped = resources.schemas("shapes.ttl").read_text(encoding="utf-8")
    shapes = rdflib.Graph().parse(data=shipped + faults.TOGETHER, format="turtle")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        together = rdflib.Graph().parse(data="".join(texts.values()), format="nt11")
    return faults.found(pyshacl.validate(together, shacl_graph=shapes)[1], texts)


@pytest.mark.parametrize("fault", [*faults.FAULTS, *faults.SPELLINGS])
def test_a_planted_fault_is_found(
    fault: str, found: set[str], graph: nx.MultiDiGraph[Any], schema: Schema, shapes: rdflib.Graph
) -> None:
    if fault in faults.APART:
        text = faults.broken(to_rdf(graph, schema), fault)
        assert conforms(rdflib.Graph().parse(data=text, format="nt11"), shapes)[0] is False
    else:
        assert fault in found


def test_nothing_is_found_where_no_fault_is_planted(found: set[str]) -> None:
    assert "none" not in found


def test_every_property_shape_says_what_it_wants(shapes: rdflib.Graph) -> None:
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    kinds = shapes.subjects(rdflib.RDF.type, sh.PropertyShape)
    silent = [str(one) for one in kinds if (one, sh.message, None) not in shapes]
    assert [one for one in silent if not one.endswith("-ends")] == []
