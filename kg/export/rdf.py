"""RDF files: Turtle, N-Triples, N-Quads and TriG, written line by line, and the graph as rdflib.

Records are spelled one after another (`kg.export.spelling`), so memory does not grow with the file; rdflib's
Turtle writer needs the whole graph and slows down with it. Turtle and TriG are sorted and prefixed, fit to compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.export.files import atomic_text
from kg.export.rdfmodel import RdfModel
from kg.export.records import GraphRecords, Records
from kg.export.spelling import NQuads, NTriples, Turtle
from kg.export.textless import Textless
from kg.export.vocabulary import DEFAULT_BASE, names
from kg.schema import Schema

if TYPE_CHECKING:
    import rdflib

_by_graph = attrgetter("graph")


def to_rdf(
    graph: nx.MultiDiGraph[Any],
    schema: Schema,
    *,
    base: str = DEFAULT_BASE,
    named_graphs: bool = False,
    text: bool = True,
) -> rdflib.Graph:
    """Return the graph as an rdflib Graph, or as a Dataset with a graph for each article.

    Without `text`, quotations and titles are left out. Raises ExportError when `base` is no absolute IRI.
    """
    import rdflib

    spelling = NTriples(names(schema, base))
    records: Records = GraphRecords(graph)
    model = RdfModel(records if text else Textless(records), schema, spelling)
    result = rdflib.Dataset() if named_graphs else rdflib.Graph()
    for prefix, namespace in sorted(spelling.names.prefixes.items()):
        result.bind(prefix, namespace, replace=True)
    for name, blocks in groupby(model.named_blocks() if named_graphs else model.blocks(), key=_by_graph):
        # Graph by graph: Dataset.parse itself warns of methods of its own that are deprecated.
        target = result.graph(name.strip("<>")) if isinstance(result, rdflib.Dataset) else result
        target.parse(data="".join(map(spelling.block, blocks)), format="nt")
    return result


def write_ntriples(
    records: Records, schema: Schema, path: Path, *, base: str = DEFAULT_BASE, rdf12: bool = False
) -> None:
    """Write N-Triples, everything in the default graph; `rdf12` makes statements reifiers, here and below."""
    spelling = NTriples(names(schema, base))
    _write(path, map(spelling.block, RdfModel(records, schema, spelling, rdf12).blocks()))


def write_nquads(
    records: Records, schema: Schema, path: Path, *, base: str = DEFAULT_BASE, rdf12: bool = False
) -> None:
    """Write N-Quads with a named graph for the entities and one for each article."""
    spelling = NQuads(names(schema, base))
    _write(path, map(spelling.block, RdfModel(records, schema, spelling, rdf12).named_blocks()))


def write_turtle(
    records: Records, schema: Schema, path: Path, *, base: str = DEFAULT_BASE, rdf12: bool = False
) -> None:
    """Write Turtle, everything in the default graph."""
    spelling = Turtle(names(schema, base))
    model = RdfModel(records, schema, spelling, rdf12)
    _write(path, chain(_header(model), map(spelling.block, model.blocks())))


def write_trig(records: Records, schema: Schema, path: Path, *, base: str = DEFAULT_BASE, rdf12: bool = False) -> None:
    """Write TriG with a named graph for the entities and one for each article."""
    _write(path, _trig(RdfModel(records, schema, Turtle(names(schema, base)), rdf12)))


def _trig(model: RdfModel) -> Iterator[str]:
    yield from _header(model)
    for name, blocks in groupby(model.named_blocks(), key=_by_graph):
        yield f"{name} {{\n"
        yield from map(model.spelling.block, blocks)
        yield "}\n\n"


def _header(model: RdfModel) -> list[str]:
    prefixes = sorted(model.spelling.names.prefixes.items())
    version = ['@version "1.2" .\n'] if model.reifiers else []
    return [*version, *(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes), "\n"]


def _write(path: Path, pieces: Iterable[str]) -> None:
    with atomic_text(path) as out:
        out.writelines(pieces)
