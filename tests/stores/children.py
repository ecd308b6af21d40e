"""A store as a child process: a line of JSON goes in, `{"query": …}`, and one comes out.

A child says `{"ready": true}` when it has loaded the file. An answer is `{"answer": …}`, text in the form that
tests/stores/results.py reads, or `{"error": …}`.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from tests.stores.protocol import Ask
from tests.stores.results import answer

ROOT = Path(__file__).resolve().parents[2]
LOADS = 600.0
"""Seconds in which a child must have loaded its file."""


@contextmanager
def child(command: Sequence[str]) -> Iterator[Ask]:
    """Run a child until the block ends."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT)
    try:
        _line(process, LOADS)
        yield lambda query, seconds: answer(query, _line(process, seconds, {"query": query})["answer"])
    finally:
        process.kill()
        process.communicate()


def _line(process: subprocess.Popen[str], seconds: float, sent: object = None) -> dict[str, Any]:
    """Return what a child says within so many seconds; one that is late is killed."""
    assert process.stdin is not None
    assert process.stdout is not None
    late = threading.Timer(seconds, process.kill)
    late.start()
    try:
        if sent is not None:
            process.stdin.write(json.dumps(sent) + "\n")
            process.stdin.flush()
        line = process.stdout.readline()
    finally:
        late.cancel()
    if not line.endswith("\n"):
        raise TimeoutError(f"no answer in {seconds:g} s, or the child ended")
    said: dict[str, Any] = json.loads(line)
    if "error" in said:
        raise StoreError(said["error"])
    return said


def serve_lines(ask: Any) -> None:
    """Be a child: print what `ask` answers to each query that comes in."""
    import sys

    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        try:
            said = {"answer": ask(json.loads(line)["query"])}
        except Exception as error:  # whatever a store raises, the other side must hear of it
            said = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(said), flush=True)
