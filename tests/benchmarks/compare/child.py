"""Runs one system on the sets in a process of its own: `python -m tests.benchmarks.compare.child SPEC FOLDER`.

Writes FOLDER/SET.jsonl and FOLDER/run.json: the seconds that each set took once everything was loaded, the most memory
the process took, and the forecast of a system that costs money; or why it could not run.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from kg.codec import write_documents
from kg.errors import KgError
from kg.model import Document
from kg.stage import Stage
from tests.benchmarks.compare.sets import PLACES, article_set
from tests.benchmarks.compare.systems import made
from tests.benchmarks.measuring import memory

NANO = 1_000_000_000
"""Parts of a unit of money in which an `llm` forecast counts."""


def run(stage: Stage, documents: Sequence[Document]) -> tuple[list[Document], float, float]:
    """Return what a stage makes of documents one at a time, and the seconds by the clock and of the processor."""
    start, busy = perf_counter(), process_time()
    found = [each for one in documents for each in stage([one])]
    return found, perf_counter() - start, process_time() - busy


def forecast(stage: Any, documents: Sequence[Document]) -> float | None:
    """Return what a system says that the documents cost at most, None for one that costs nothing."""
    return stage.forecast(documents).cost / NANO if hasattr(stage, "forecast") else None


def measure(spec: str, folder: Path, most: int | None, turned: bool) -> dict[str, Any]:
    """Return the figures of a run; raises KgError where the system cannot run."""
    stage = made(spec)
    stage([Document("warm", "가나다")])
    found: dict[str, Any] = {"name": stage.name, "version": stage.version, "seconds": {}, "processor": {}, "cost": {}}
    for name in PLACES:
        documents = article_set(name, most).documents
        found["cost"][name] = forecast(stage, documents)
        results, *seconds = run(stage, documents[::-1] if turned else documents)
        found["seconds"][name], found["processor"][name] = seconds
        write_documents(sorted(results, key=lambda one: one.id), folder / f"{name}.jsonl")
    return found | {"memory": memory("VmHWM")}


def main() -> None:
    """Run the system; a third argument is the number of articles of each set, a fourth has them read backwards."""
    spec, folder = sys.argv[1], Path(sys.argv[2])
    most = int(sys.argv[3]) if len(sys.argv) > 3 and sys.argv[3] else None
    try:
        found = measure(spec, folder, most, turned=len(sys.argv) > 4)
    except KgError as error:
        found = {"error": str(error)}
    (folder / "run.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
