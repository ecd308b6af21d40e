"""Memory and time of a build beyond extraction, by step and number of articles.

`python tests/benchmarks/build_memory.py DOCUMENTS [SIZE …] [--json FILE] [--tables]`, where DOCUMENTS is a file of
`kg extract`, streams so many of its documents into a store, settles it, folds it and writes the files of a build but
the page, each size in a process of its own. Beyond the size of DOCUMENTS they are told again with other names
(`tests.benchmarks.made_documents`). It prints for each step milliseconds of processor time an article and the peak of
memory (VmHWM) in MB, and how both grow from size to size.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time

from kg.export import export
from kg.store import DocumentStore, Fold
from tests.benchmarks.made_documents import made_documents
from tests.benchmarks.measuring import memory
from tests.benchmarks.store_changes import put_all

SIZES = (1_000, 10_000)
FORMS = {"json": ".json", "turtle": ".ttl", "ntriples": ".nt", "nquads": ".nq"}


def measure(path: Path, count: int, tables: bool) -> dict[str, dict[str, float]]:
    """Return seconds of processor time and peak of memory of each step of one size."""
    found: dict[str, dict[str, float]] = {}

    def step(name: str, work: Callable[[], object]) -> None:
        Path("/proc/self/clear_refs").write_text("5")
        start = process_time()
        work()
        found[name] = {"seconds": process_time() - start, "peak": memory("VmHWM")}

    with tempfile.TemporaryDirectory() as name, DocumentStore(name) as store:
        folder = Path(name)
        step("read", lambda: sum(1 for _ in made_documents(path, count)))
        step("take in", lambda: put_all(store, made_documents(path, count)))
        found["take in"]["seconds"] -= found["read"]["seconds"]
        step("settle", store.settle)
        folds: list[Fold] = []
        step("fold", lambda: folds.append(store.fold(store.corrections())))
        forms = FORMS | ({"parquet": ".parquet"} if tables else {})
        for form, suffix in forms.items():
            step(form, partial(export, folds[0], store.schema, folder / f"graph{suffix}"))
        step("documents", lambda: sum(map(len, store.lines())))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", type=Path)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SIZE")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--tables", action="store_true", help="write Parquet too")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.documents, options.sizes[0], options.tables)))
        return
    rows = {}
    for size in options.sizes:
        extra = ["--tables"] if options.tables else []
        module = [sys.executable, "-m", "tests.benchmarks.build_memory"]
        command = [*module, str(options.documents), str(size), "--one", *extra]
        rows[size] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        show(rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2))


def show(rows: dict[int, dict[str, dict[str, float]]]) -> None:
    """Print the last size, and how it compares with the one before."""
    (*_, before), size = ([None, *rows][:-1], [*rows][-1])
    for name, found in {**rows[size], "whole": whole(rows[size])}.items():
        line = f"{size:8,} {name:10} {1000 * found['seconds'] / size:8.2f} ms an article {found['peak']:8.0f} MB"
        if before:
            other = {**rows[before], "whole": whole(rows[before])}[name]
            pace = found["seconds"] / size / max(other["seconds"] / before, 1e-9)
            line += f"   {pace:5.2f}x the time an article, {found['peak'] / other['peak']:5.2f}x the memory"
        print(line, flush=True)


def whole(steps: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return the time of all steps and the highest of their peaks."""
    own = [found for name, found in steps.items() if name != "read"]
    return {"seconds": sum(one["seconds"] for one in own), "peak": max(one["peak"] for one in own)}


if __name__ == "__main__":
    main()
