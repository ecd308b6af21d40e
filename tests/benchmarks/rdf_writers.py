"""How fast RDF is written, and in how much memory: `python -m tests.benchmarks.rdf_writers [TRIPLES ...]`.

For each size (default 1,000,000 and 5,000,000) it makes a graph of random entities and relations, and prints one line a
writer: thousands of triples a second, the better of two runs (rdflib's once, at the first size), and by how many MB the
peak of memory lies above what was there before. Those of the package begin at the NetworkX graph and make every term;
"lines alone", pyoxigraph's and rdflib's begin at terms made already. Each writer runs in a process of its own, forked
after the graph is made.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import networkx as nx
import pyoxigraph

from kg.export import export
from kg.export.files import atomic_text
from kg.export.rdf import triple_lines
from kg.export.rdfmodel import Block, RdfModel
from kg.export.vocabulary import names
from kg.schema import Schema, load_schema
from tests.benchmarks.queries import made_graph

SIZES = (1_000_000, 5_000_000)
PROBE = 2_000
"""Relations of the small graph that says how many triples a relation comes to."""
RUNS = 2
OURS = {"N-Triples": "nt", "N-Quads": "nq", "Turtle": "ttl"}
OXIGRAPH = {"N-Triples": pyoxigraph.RdfFormat.N_TRIPLES, "Turtle": pyoxigraph.RdfFormat.TURTLE}


def memory(field: str) -> float:
    """Return a field of this process's memory in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:")) / 1024


def measured(prepare: Callable[[], Callable[[], object]], runs: int) -> tuple[float, float]:
    """Return the seconds of the fastest run and the MB above what was there, measured in a fork."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        write = prepare()
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")
        before, seconds = memory("VmRSS"), []
        for _ in range(runs):
            start = perf_counter()
            write()
            seconds.append(perf_counter() - start)
        os.write(writer, f"{min(seconds)} {memory('VmHWM') - before}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    best, above = os.read(reader, 100).decode().split()
    os.close(reader)
    os.close(writer)
    return float(best), float(above)


def count(graph: nx.MultiDiGraph[Any], schema: Schema, path: Path) -> int:
    """Write N-Triples and return how many there are."""
    export(graph, schema, path)
    with path.open("rb") as lines:
        return sum(1 for _ in lines)


def lines_alone(graph: nx.MultiDiGraph[Any], schema: Schema, path: Path) -> Callable[[], object]:
    """Return a function that writes blocks of terms, made before, as N-Triples."""
    blocks = list(RdfModel(graph, schema, names(schema)).blocks())
    return lambda: write_lines(blocks, path)


def write_lines(blocks: Iterable[Block], path: Path) -> None:
    """Write blocks as N-Triples."""
    with atomic_text(path) as out:
        out.writelines(triple_lines(blocks))


def oxigraph(source: Path, path: Path, form: pyoxigraph.RdfFormat) -> Callable[[], object]:
    """Return a function that writes the triples of a file, made before, with pyoxigraph."""
    triples = [quad.triple for quad in pyoxigraph.parse(path=str(source))]
    return lambda: pyoxigraph.serialize(triples, str(path), format=form)


def rdflib_turtle(source: Path, path: Path) -> Callable[[], object]:
    """Return a function that writes the triples of a file, made before, with rdflib."""
    import rdflib

    rdf = rdflib.Graph().parse(data=source.read_text(encoding="utf-8"), format="nt")
    return lambda: rdf.serialize(str(path), format="turtle")


def cases(graph: nx.MultiDiGraph[Any], schema: Schema, source: Path, first: bool) -> dict[str, tuple[Any, int]]:
    """Return what prepares each writer, and how often it runs."""
    found: dict[str, tuple[Any, int]] = {}
    for label, suffix in OURS.items():
        write = partial(export, graph, schema, source.with_name(f"ours.{suffix}"))
        found[f"kg: {label}"] = (lambda write=write: write, RUNS)
    found["kg: N-Triples, lines alone"] = (partial(lines_alone, graph, schema, source.with_name("lines")), RUNS)
    for label, form in OXIGRAPH.items():
        found[f"pyoxigraph: {label}"] = (partial(oxigraph, source, source.with_name("oxigraph"), form), RUNS)
    if first:
        found["rdflib: Turtle"] = (partial(rdflib_turtle, source, source.with_name("rdflib")), 1)
    return found


def main() -> None:
    """Print the table."""
    schema = load_schema()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "graph.nt")
        share = count(made_graph(PROBE, random.Random(0)), schema, source) / PROBE
        for index, size in enumerate([int(word) for word in sys.argv[1:]] or SIZES):
            graph = made_graph(int(size / share), random.Random(0))
            triples = count(graph, schema, source)
            print(f"{triples:,} triples, graph of {memory('VmRSS'):,.0f} MB")
            for label, (prepare, runs) in cases(graph, schema, source, index == 0).items():
                seconds, above = measured(prepare, runs)
                print(f"  {label:30} {triples / seconds / 1000:8,.0f} k/s  {above:8,.0f} MB", flush=True)


if __name__ == "__main__":
    main()
