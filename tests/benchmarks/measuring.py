"""Time and memory of a piece of work, for the benchmarks."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path


def memory(field: str) -> float:
    """Return a field of this process's memory in MB: VmRSS what it takes, VmHWM the most it took."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:")) / 1024


def measured(prepare: Callable[[], Callable[[], object]], clock: Callable[[], float]) -> tuple[float, float]:
    """Return the seconds of what `prepare` returns by a clock, and the MB above what was there, measured in a fork."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        work = prepare()
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")
        before, start = memory("VmRSS"), clock()
        work()
        os.write(writer, f"{clock() - start} {memory('VmHWM') - before}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    seconds, above = os.read(reader, 100).decode().split()
    os.close(reader)
    os.close(writer)
    return float(seconds), float(above)
