"""docs/rdf.md has every class and property, and its example is what the exporter writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.export import export, read_graph
from kg.export.jsonld import STANDARD_TERMS
from kg.export.vocabulary import CLASSES, PROPERTIES, STATUS_LABELS
from kg.schema import load_schema

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "rdf.md").read_text(encoding="utf-8")
OURS = {f"kg:{name}" for name in [*(found.name for found in PROPERTIES), *STATUS_LABELS]}
CURIES = sorted(
    OURS | {curie for curie, _ in STANDARD_TERMS.values()} | {f"kg:{name}" for name in CLASSES.keys() - {"Status"}}
)


@pytest.mark.parametrize("curie", CURIES)
def test_the_page_tells_of_every_term(curie: str) -> None:
    assert f"`{curie}`" in PAGE


@pytest.mark.parametrize("rdf12", [False, True])
def test_its_example_is_what_is_written(rdf12: bool, tmp_path: Path) -> None:
    graph = read_graph(ROOT / "tests" / "export" / "sample.json")
    export(graph, load_schema(), tmp_path / "graph.ttl", rdf12=rdf12)
    written = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    example = re.findall(r"```turtle\n(.*?)\n```", PAGE, flags=re.DOTALL)[rdf12]
    parts = [part.removesuffix("\n    …") for part in example.split("\n\n")]
    assert [part for part in parts if f"\n{part}" not in written] == []
