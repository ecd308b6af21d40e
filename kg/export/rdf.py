"""RDF files: Turtle, N-Triples, N-Quads and TriG, written line by line, and the graph as rdflib.

The writers take terms as they stand, so memory does not grow with the file; rdflib's Turtle writer
needs the whole graph and slows down with it. Turtle and TriG are sorted and prefixed, fit to compare.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.export.files import atomic_text
from kg.export.rdfmodel import Block, RdfModel
from kg.export.terms import RDF, XSD
from kg.export.textless import without_text
from kg.export.vocabulary import DEFAULT_BASE, Names, names
from kg.schema import Schema

if TYPE_CHECKING:
    import rdflib

_TYPE = f"<{RDF}type>"
_LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?|")
_TYPED = f'"^^<{XSD}'


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

    model = RdfModel(graph if text else without_text(graph), schema, names(schema, base))
    result = rdflib.Dataset() if named_graphs else rdflib.Graph()
    for prefix, namespace in sorted(model.names.prefixes.items()):
        result.bind(prefix, namespace, replace=True)
    for name, blocks in groupby(model.named_blocks() if named_graphs else model.blocks(), key=_graph_name):
        # Graph by graph: Dataset.parse itself warns of methods of its own that are deprecated.
        target = result.graph(name) if isinstance(result, rdflib.Dataset) else result
        target.parse(data="".join(triple_lines(blocks)), format="nt")
    return result


def _graph_name(block: Block) -> str:
    return block.graph.strip("<>")


def write_ntriples(
    graph: nx.MultiDiGraph[Any], schema: Schema, path: Path, *, base: str = DEFAULT_BASE, rdf12: bool = False
) -> None:
    """Write N-Triples, everything in the default graph; `rdf12` makes statements reifiers, here and below."""
    _write(path, triple_lines(RdfModel(graph, schema, names(schema, base), rdf12).blocks()))


def write_nquads(
    graph: nx.MultiDiGraph[Any], schema: Schema, path: Path, *, base: str = DEFAULT_BASE, rdf12: bool = False
) -> None:
    """Write N-Quads with a named graph for the entities and one for each article."""
    _write(path, _quads(RdfModel(graph, schema, names(schema, base), rdf12).named_blocks()))


def write_turtle(
    graph: nx.MultiDiGraph[Any], schema: Schema, path: Path, *, base: str = DEFAULT_BASE, rdf12: bool = False
) -> None:
    """Write Turtle, everything in the default graph."""
    model = RdfModel(graph, schema, names(schema, base), rdf12)
    shorten = shortener(model.names)
    _write(path, chain(_header(model), (turtle_block(block, shorten) for block in model.blocks())))


def write_trig(
    graph: nx.MultiDiGraph[Any], schema: Schema, path: Path, *, base: str = DEFAULT_BASE, rdf12: bool = False
) -> None:
    """Write TriG with a named graph for the entities and one for each article."""
    model = RdfModel(graph, schema, names(schema, base), rdf12)
    _write(path, _trig(model))


def _trig(model: RdfModel) -> Iterator[str]:
    shorten = shortener(model.names)
    yield from _header(model)
    for name, blocks in groupby(model.named_blocks(), key=lambda block: block.graph):
        yield f"{shorten(name)} {{\n"
        for block in blocks:
            yield turtle_block(block, shorten)
        yield "}\n\n"


def _write(path: Path, pieces: Iterable[str]) -> None:
    with atomic_text(path) as out:
        out.writelines(pieces)


def triple_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the N-Triples of each block."""
    for block in blocks:
        again = f" .\n{block.subject} "
        yield f"{block.subject} {again.join(map(' '.join, block.pairs))} .\n"


def _quads(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        again = f" {block.graph} .\n{block.subject} "
        yield f"{block.subject} {again.join(map(' '.join, block.pairs))} {block.graph} .\n"


def _header(model: RdfModel) -> list[str]:
    prefixes = sorted(model.names.prefixes.items())
    version = ['@version "1.2" .\n'] if model.reifiers else []
    return [*version, *(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes), "\n"]


def turtle_block(block: Block, shorten: Callable[[str], str]) -> str:
    """Return one subject in Turtle, a predicate a line, the values of one predicate joined by commas."""
    lines = []
    for predicate, pairs in groupby(block.pairs, key=lambda pair: pair[0]):
        verb = "a" if predicate == _TYPE else shorten(predicate)
        lines.append(f"{verb} {', '.join(shorten(obj) for _, obj in pairs)}")
    return f"{shorten(block.subject)} " + " ;\n    ".join(lines) + " .\n\n"


def shortener(vocabulary: Names) -> Callable[[str], str]:
    """Return a function that abbreviates terms for Turtle.

    A local name that would need an escape stays a full IRI: Virtuoso 7 keeps the backslashes.
    """
    prefixes = {namespace: prefix for prefix, namespace in sorted(vocabulary.prefixes.items(), reverse=True)}

    def shorten(term: str) -> str:
        if term.startswith("<<("):
            _, *triple, _ = term.split(" ")
            return f"<<( {' '.join(map(shorten, triple))} )>>"
        if term.startswith("<"):
            cut = max(term.rfind("/"), term.rfind("#")) + 1
            prefix, local = prefixes.get(term[1:cut]), term[cut:-1]
            return term if prefix is None or not _LOCAL.fullmatch(local) else f"{prefix}:{local}"
        if not term.endswith(">"):
            return term
        value, _, datatype = term[1:-1].rpartition(_TYPED)
        bare = datatype == "integer" or (datatype == "decimal" and "." in value)
        return value if bare else f'"{value}"^^xsd:{datatype}'

    return shorten
