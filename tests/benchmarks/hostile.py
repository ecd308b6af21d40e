"""Hostile inputs in numbers: `python -m tests.benchmarks.hostile [COUNT] [SEED]` (500, 1).

Writes COUNT inputs of the kinds of `tests.run.hostile`, builds their graph with two workers and the extraction that
ships, and prints of each kind how many became documents and how many Failures. Exits with 1 when an input is neither,
or RDF cannot be read back or says something of its own, or a cell of CSV is a formula.
"""

from __future__ import annotations

import csv
import io
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from typer.testing import CliRunner

from kg.cli.app import app
from kg.cli.screen import UNSAFE
from kg.extract.pipeline import KoreanExtractor
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.ingest import ReadOptions, read_records
from kg.model import Article
from kg.run.extraction import ExtractOptions
from kg.run.limits import Limits
from kg.run.local import BuildResult, build
from kg.run.workers import map_records
from tests.run import hostile

FORMS = ("ntriples", "nquads", "trig", "jsonld", "graphml")


def main() -> None:
    """Write, build and check."""
    count, seed = (int(given) for given in (sys.argv[1:] + ["500", "1"][len(sys.argv) - 1 :])[:2])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = hostile.write(folder / "news", seed, count)
        at = time.perf_counter()
        options = ExtractOptions(workers=2, max_failure_rate=1, limits=Limits())
        result = build(inputs.paths, folder / "out", options, KoreanExtractor(), forms=FORMS)
        seconds = time.perf_counter() - at
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        lost = outcomes(inputs, result)
        wrong = [*unfaithful(folder / "out", result.graph()), *formulas(folder / "out")]
        print(f"{count} inputs in {seconds:.0f} s, {peak:.2f} GB at most in this process;")
        print(f"{len(lost)} lost, {len(wrong)} executed or misread", *lost, *wrong, sep="\n")
    sys.exit(bool(lost or wrong))


def outcomes(inputs: hostile.Inputs, result: BuildResult) -> list[str]:
    """Print what became of each kind of input, and return the paths of which nothing did."""
    found: dict[str, list[bool]] = {}
    for item in map_records(read_records(inputs.paths), ReadOptions(), Limits()):
        source = item.source or ""
        path = source if source in inputs.paths else source.rpartition(":")[0]
        found.setdefault(path, []).append(isinstance(item, Article))
    read, failed = Counter[str](), Counter[str]()
    for kind, path in zip(inputs.kinds, inputs.paths, strict=True):
        read[kind] += any(found.get(path, ()))
        failed[kind] += path in found and not any(found[path])
    print(f"{'kind':26} {'documents':>9} {'failures':>9}")
    for kind in hostile.KINDS:
        print(f"{kind:26} {read[kind]:9} {failed[kind]:9}")
    stages = Counter(failure.stage for failure in result.extraction.failures)
    print("failures of the build:", ", ".join(f"{stage} {number}" for stage, number in sorted(stages.items())))
    outcomes_of_build = result.extraction.documents + len(result.extraction.failures)
    lost = [path for path in inputs.paths if path not in found]
    return lost if outcomes_of_build == sum(map(len, found.values())) else [*lost, "the build counts otherwise"]


def unfaithful(out: Path, graph: KnowledgeGraph) -> list[str]:
    """Return the RDF files that say something else than the graph."""
    names = ("graph.ttl", "graph.nt", "graph.nq", "graph.trig", "graph.jsonld")
    loaded = {name: KnowledgeGraph.load(out / name) for name in names}
    return [
        name
        for name, again in loaded.items()
        if (again.entities(), again.relations()) != (graph.entities(), graph.relations())
    ]


def formulas(out: Path) -> list[str]:
    """Return the cells of CSV that a spreadsheet would take for formulas."""
    found = []
    for command in ("articles", "entities", "query"):
        done = CliRunner().invoke(app, [command, str(out), "--csv"])
        rows = csv.reader(io.StringIO(done.stdout, newline=""))
        found += [cell for row in rows for cell in row if cell.lstrip(" ").startswith(UNSAFE)]
    return found


if __name__ == "__main__":
    main()
