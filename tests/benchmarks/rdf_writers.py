"""How fast RDF is written, and in how much memory: `python -m tests.benchmarks.rdf_writers [TRIPLES ...]`.

For each size (default 1,000,000 and 5,000,000) it makes a graph of random entities and relations, or with
`--graph FILE` it takes a graph written as JSON, and prints one line a writer: thousands of triples a second of CPU
time (user and system, so that what else runs on the machine counts less), the ratio to pyoxigraph's serializer of the
same form and to rdflib's Turtle writer, and by how many MB the peak of memory lies above what was there before. At the
end stands the peak at the last size to that at the first.

Ours begin at the NetworkX graph and make every term; pyoxigraph's and rdflib's begin at terms made already. The
writers take turns, RUNS times each (rdflib once), and the fastest run counts. Each run is a process of its own, forked
after the graph is made.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any, TypeAlias

import networkx as nx
import pyoxigraph

from kg.export import export, read_graph
from kg.schema import Schema, load_schema
from tests.benchmarks.measuring import measured, memory
from tests.benchmarks.queries import made_graph

SIZES = (1_000_000, 5_000_000)
PROBE = 2_000
"""Relations of the small graph that says how many triples a relation comes to."""
RUNS = 2
FOR_RDFLIB = 1_200_000
"""Triples beyond which rdflib takes too long to be measured."""
FORMS = {"nt": pyoxigraph.RdfFormat.N_TRIPLES, "nq": pyoxigraph.RdfFormat.N_QUADS, "ttl": pyoxigraph.RdfFormat.TURTLE}

Graph: TypeAlias = "nx.MultiDiGraph[Any]"
Case: TypeAlias = tuple[str, str, Callable[[], Callable[[], object]]]
"""Who writes, the form, and what prepares the writing."""


def oxigraph(source: Path, path: Path, form: pyoxigraph.RdfFormat) -> Callable[[], object]:
    """Return a function that writes the triples or quads of a file, made before, with pyoxigraph."""
    quads = pyoxigraph.parse(path=str(source))
    made = list(quads) if form == pyoxigraph.RdfFormat.N_QUADS else [quad.triple for quad in quads]
    return lambda: pyoxigraph.serialize(made, str(path), format=form)


def rdflib_turtle(source: Path, path: Path) -> Callable[[], object]:
    """Return a function that writes the triples of a file, made before, with rdflib."""
    import rdflib

    rdf = rdflib.Graph().parse(data=source.read_text(encoding="utf-8"), format="nt")
    return lambda: rdf.serialize(str(path), format="turtle")


def lines(graph: Graph, schema: Schema, path: Path) -> int:
    """Write a form of one triple a line and return how many there are."""
    export(graph, schema, path)
    with path.open("rb") as found:
        return sum(1 for _ in found)


def cases(graph: Graph, schema: Schema, folder: Path) -> Iterator[Case]:
    """Yield each of our writers and then pyoxigraph's of the same form."""
    for suffix, form in FORMS.items():
        yield "kg", suffix, partial(partial, export, graph, schema, folder / f"ours.{suffix}")
        source = folder / ("source.nq" if suffix == "nq" else "source.nt")
        yield "pyoxigraph", suffix, partial(oxigraph, source, folder / f"other.{suffix}", form)


def compare(graph: Graph, schema: Schema, folder: Path) -> dict[str, float]:
    """Print the lines of one graph and return the peaks of memory of our writers."""
    triples = {suffix: lines(graph, schema, folder / f"source.{suffix}") for suffix in ("nt", "nq")}
    triples["ttl"] = triples["nt"]
    print(f"{triples['nt']:,} triples, {triples['nq']:,} quads; graph and all else {memory('VmRSS'):,.0f} MB")
    speed: dict[tuple[str, str], float] = {}
    peak: dict[tuple[str, str], float] = {}
    for _ in range(RUNS):
        for who, suffix, prepare in cases(graph, schema, folder):
            seconds, above = measured(prepare, process_time)
            key = who, suffix
            speed[key] = max(speed.get(key, 0), triples[suffix] / seconds / 1000)
            peak[key] = max(peak.get(key, 0), above)
    if triples["nt"] <= FOR_RDFLIB:
        seconds, above = measured(partial(rdflib_turtle, folder / "source.nt", folder / "rdflib"), process_time)
        speed["rdflib", "ttl"], peak["rdflib", "ttl"] = triples["nt"] / seconds / 1000, above
    slowest = speed.get(("rdflib", "ttl"))
    for (who, suffix), found in speed.items():
        to_rdflib = f"{found / slowest:6.1f}x rdflib" if slowest else ""
        to_oxigraph = f"{found / speed['pyoxigraph', suffix]:6.2f}x pyoxigraph"
        print(f"  {who:10} {suffix:3} {found:8,.0f} k/s {to_oxigraph} {to_rdflib} {peak[who, suffix]:8,.1f} MB")
    return {suffix: peak["kg", suffix] for suffix in FORMS}


def graphs(schema: Schema, options: argparse.Namespace, folder: Path) -> Iterator[Graph]:
    """Yield the graph that was named, or made ones of the sizes."""
    if options.graph:
        yield read_graph(options.graph)
        return
    share = lines(made_graph(PROBE, random.Random(0)), schema, folder / "probe.nt") / PROBE
    for size in options.triples or SIZES:
        yield made_graph(int(size / share), random.Random(0))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("triples", nargs="*", type=int, metavar="TRIPLES")
    parser.add_argument("--graph", type=Path, metavar="FILE")
    options = parser.parse_args()
    schema = load_schema()
    with tempfile.TemporaryDirectory() as folder:
        peaks = [compare(graph, schema, Path(folder)) for graph in graphs(schema, options, Path(folder))]
    if len(peaks) > 1:
        ratios = ", ".join(f"{suffix} {peaks[-1][suffix] / peaks[0][suffix]:.2f}" for suffix in FORMS)
        print(f"peak of memory above the graph, last size to first: {ratios}")


if __name__ == "__main__":
    main()
