"""Systems side by side on the articles of `seeds`: `python -m tests.benchmarks.compare [SPEC ...] [--json FILE]`.

Prints what docs/comparison.md shows, in Markdown. SPEC is an extractor (`kg extractors`), beside the systems that
always run. Each runs twice, in processes with different hash seeds and the articles in opposite order, for speed one
article at a time on one core; the shorter time counts. Whether its documents are the same to the byte is in the table.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.codec import read_documents
from tests.benchmarks.compare.scores import figures
from tests.benchmarks.compare.sets import PLACES, article_set
from tests.benchmarks.compare.systems import ON_REQUEST, SYSTEMS
from tests.benchmarks.compare.tables import report

RUNS = ("0", "1")
"""Hash seeds of the two runs; the second reads the articles backwards."""
ONE_CORE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Variables that keep libraries of arithmetic on one core."""


def run(spec: str, folder: Path, most: int | None, seed: str) -> dict[str, Any]:
    """Run a system in a process of its own; return its figures, or its error in a sentence."""
    folder.mkdir(parents=True)
    arguments = [spec, str(folder), str(most or ""), *(["backwards"] if seed != RUNS[0] else [])]
    command = [sys.executable, "-m", "tests.benchmarks.compare.child", *arguments]
    environment = os.environ | {"PYTHONHASHSEED": seed} | dict.fromkeys(ONE_CORE, "1")
    ended = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True)
    if ended.returncode:
        lines = ended.stderr.strip().splitlines()
        return {"error": lines[-1] if lines else f"ended with status {ended.returncode}"}
    found: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return found


def compared(spec: str, folder: Path, most: int | None) -> dict[str, Any]:
    """Return what a system found, what it took and whether it found the same again; or why it did not run."""
    runs = [run(spec, folder / seed, most, seed) for seed in RUNS]
    failed = next((one for one in runs if "error" in one), None)
    if failed is not None:
        return failed
    first, second = (folder / seed for seed in RUNS)
    count = sum(len(article_set(name, most).documents) for name in PLACES)
    found: dict[str, Any] = {"name": runs[0]["name"], "version": runs[0]["version"], "sets": {}}
    for name in PLACES:
        documents = {one.id: one for one in read_documents(first / f"{name}.jsonl")}
        found["sets"][name] = figures(article_set(name, most), documents)
    costs = [cost for cost in runs[0]["cost"].values() if cost is not None]
    same = all((first / f"{name}.jsonl").read_bytes() == (second / f"{name}.jsonl").read_bytes() for name in PLACES)
    return found | {
        "same": same,
        "seconds": min(sum(one["seconds"].values()) for one in runs) / count,
        "processor": min(sum(one["processor"].values()) for one in runs) / count,
        "memory": max(one["memory"] for one in runs),
        "cost": sum(costs) / count if costs else None,
    }


def compare(specs: Sequence[str], most: int | None = None) -> dict[str, dict[str, Any]]:
    """Return the figures of each system that ran, and of the others {"error": why}."""
    names = [*SYSTEMS, *(spec for spec in dict.fromkeys(specs) if spec not in SYSTEMS)]
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as place:
        for at, name in enumerate(names):
            print(f"{name} …", file=sys.stderr, flush=True)
            found[name] = compared(name, Path(place) / str(at), most)
    given = {spec.partition(":")[0] for spec in specs}
    return found | {name: {"error": why} for name, why in ON_REQUEST.items() if name not in given}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("specs", nargs="*", metavar="SPEC", help="gliner:MODEL, llm:SETTINGS.yaml or a plug-in's")
    parser.add_argument("--articles", type=int, help="only the first of each set, to see what a model costs")
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    given = parser.parse_args()
    found = compare(given.specs, given.articles)
    print(report(found))
    if given.json:
        given.json.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
