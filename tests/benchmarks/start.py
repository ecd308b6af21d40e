"""How long `import kg` and `kg --help` take: `python -m tests.benchmarks.start`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

WANTED = {"import kg": 0.3, "kg --help": 0.6}
"""Seconds that each may take."""
RUNS = 15


def seconds(command: list[str]) -> tuple[float, float]:
    """Return how long a command takes by the clock and in processor time."""
    before, started = os.times(), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, used


def main() -> None:
    """Print the medians of RUNS runs beside what they may be; that of Python itself comes first."""
    commands = {
        "python": [sys.executable, "-c", "pass"],
        "import kg": [sys.executable, "-c", "import kg"],
        "kg --help": [sys.executable, "-m", "kg", "--help"],
    }
    print(f"{'':12}{'clock':>8}{'processor':>11}{'wanted':>8}")
    for name, command in commands.items():
        seconds(command)
        clock, used = (
            statistics.median(column) for column in zip(*(seconds(command) for _ in range(RUNS)), strict=True)
        )
        print(f"{name:12}{clock:8.2f}{used:11.2f}{WANTED.get(name, ''):>8}")


if __name__ == "__main__":
    main()
