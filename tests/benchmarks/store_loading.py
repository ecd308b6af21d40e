"""How fast a graph gets into an embedded store: `python -m tests.benchmarks.store_loading [GRAPH.json] [REPEATS]`.

Without a file it makes a graph of some 1,000,000 triples of random entities and relations. One line a way: seconds and
seconds of CPU (medians), how both compare with `pyoxigraph.Store.bulk_load` of the same form alone, peak of memory and
size on disk. Where other programs run at the same time, the ratio of CPU is the one to trust. The ways take turns,
three times unless told otherwise; each load is a process of its own, and its seconds are those of the load, not of
starting Python. The bulk loads leave out what `kg load` does besides: counting the triples, and renaming the folder
into place.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from kg.export import export, read_graph
from kg.schema import load_schema
from tests.benchmarks.measuring import memory
from tests.benchmarks.queries import made_graph

RELATIONS = 51_000
"""Relations of the graph that is made, which come to a million triples."""
REPEATS = 3
WAYS = {
    "bulk_load of N-Triples": ("bulk", "nt"),
    "kg load of N-Triples": ("kg", "nt"),
    "kg load of graph.json": ("kg", "json"),
    "bulk_load of N-Quads": ("bulk", "nq"),
    "kg load of N-Quads": ("kg", "nq"),
    "kg load of N-Quads, named graphs too": ("named", "nq"),
}
"""What is loaded and how; the bulk load of a form stands before what is compared with it."""


def once(how: str, source: str, store: str) -> None:
    """Load a file and print seconds, seconds of CPU and the peak of memory in MB; run in a process of its own."""
    from kg.triplestore.embedded import load_store

    if how == "bulk":
        import pyoxigraph

        start, busy = perf_counter(), process_time()
        pyoxigraph.Store(store).bulk_load(path=source)
    else:
        start, busy = perf_counter(), process_time()
        load_store(source, store, named_graphs=how == "named")
    seconds, cpu = perf_counter() - start, process_time() - busy
    print(json.dumps([seconds, cpu, memory("VmHWM")]))


def main() -> None:
    """Print the table."""
    schema = load_schema()
    given = [word for word in sys.argv[1:] if not word.isdigit()]
    repeats = next((int(word) for word in sys.argv[1:] if word.isdigit()), REPEATS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        graph = read_graph(Path(given[0])) if given else made_graph(RELATIONS, random.Random(0))
        for suffix in ("json", "nt", "nq"):
            export(graph, schema, folder / f"graph.{suffix}")
        with (folder / "graph.nt").open("rb") as lines:
            triples = sum(1 for _ in lines)
        print(f"{triples:,} triples; {graph.number_of_nodes():,} entities, {graph.number_of_edges():,} relations")
        del graph
        found: dict[str, list[tuple[float, ...]]] = {way: [] for way in WAYS}
        for number in range(repeats):
            for way, (how, suffix) in WAYS.items():
                store = folder / f"store{number}"
                command = [sys.executable, "-m", "tests.benchmarks.store_loading", "--once", how]
                done = subprocess.run(
                    [*command, str(folder / f"graph.{suffix}"), str(store)], check=True, capture_output=True
                )
                size = sum(file.stat().st_size for file in store.iterdir()) / 2**20
                found[way].append((*json.loads(done.stdout), size))
                shutil.rmtree(store)
        alone = (0.0, 0.0)
        print(f"{'':38} {'s':>7} {'ratio':>6} {'CPU s':>7} {'ratio':>6} {'MB':>7} {'MB on disk':>11}")
        for way, (how, _) in WAYS.items():
            seconds, cpu, peak, size = (median(column) for column in zip(*found[way], strict=True))
            alone = (seconds, cpu) if how == "bulk" else alone
            ratios = alone[0] / seconds, alone[1] / cpu
            print(f"{way:38} {seconds:7.1f} {ratios[0]:6.2f} {cpu:7.1f} {ratios[1]:6.2f} {peak:7,.0f} {size:11,.0f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--once"]:
        once(*sys.argv[2:])
    else:
        main()
