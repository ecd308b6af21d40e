"""The processes that a process has started, on Linux."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path


def children(process: int) -> list[int]:
    """Return the processes that the main thread of a process has started."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def workers(process: int) -> list[int]:
    """Return those among them that do its work: not the one that keeps account of shared memory."""
    return [child for child in children(process) if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def runs(process: int) -> bool:
    """Say whether a process is there, and not merely waiting to be taken notice of."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def left(processes: Sequence[int], seconds: float) -> list[int]:
    """Return those that still run when that time is over."""
    deadline = time.monotonic() + seconds
    while any(map(runs, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return [process for process in processes if runs(process)]
