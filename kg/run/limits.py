"""What one article may cost a worker process, and how the process holds itself to it.

The system's kernel enforces all three: a timer that ends the process, a bound on its memory, a signal when its parent
is gone. So nothing that runs in the process can hold them off, an endless loop in the analyser's C code neither, and
nobody has to watch. Linux has all of them; other Unixes the timer alone, Windows none.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path

from kg.errors import InputError

LENGTH = 10_000
"""Characters that the time of an article is given for; a longer one gets as many times more."""
ARTICLE_TIMEOUT = 60.0
"""Seconds of processor time: some fifty times what news takes, in articles of 160,000 characters too."""
WAITING = 20
"""Times as long by the clock, after which an article is given up that waits instead of working, on whatever it be."""
WORKER_MEMORY = 4.0
"""Gigabytes: the models take 1, what a process keeps of 10,000 articles half of one, the longest articles a tenth."""
TIMED_OUT = tuple(-getattr(signal, name) for name in ("SIGPROF", "SIGALRM") if hasattr(signal, name))
"""Exit codes of a process that its timers ended."""
OUT_OF_MEMORY = 77
"""Exit code of a process that got no more memory."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an article may take of a worker process; raises InputError for a limit that is not above 0."""

    seconds: float = ARTICLE_TIMEOUT
    """Of the processor, so that a busy machine changes nothing; for LENGTH characters or fewer."""
    gigabytes: float = WORKER_MEMORY
    """Of the whole process, its models too."""

    def __post_init__(self) -> None:
        if not (self.seconds > 0 and self.gigabytes > 0):
            raise InputError(f"limits of {self.seconds} seconds and {self.gigabytes} GB; give more than 0")

    def seconds_for(self, characters: int) -> float:
        """Return the seconds that text of some length may take."""
        return self.seconds * max(1.0, characters / LENGTH)


@contextmanager
def timer(seconds: float) -> Iterator[None]:
    """End this process, whatever it is doing, when the block takes longer."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    timers = {signal.ITIMER_PROF: seconds, signal.ITIMER_REAL: WAITING * seconds}
    for kind, limit in timers.items():
        signal.setitimer(kind, limit)
    try:
        yield
    finally:
        for kind in timers:
            signal.setitimer(kind, 0)


def hold_memory(gigabytes: float) -> str | None:
    """Let this process grow to some gigabytes and no further; return what is wrong when it is beyond that already.

    What is reserved but unused stays out of account: address space may grow by what is free of the limit now.
    """
    if sys.platform != "linux":
        return None
    import resource

    size, resident = (int(pages) * resource.getpagesize() for pages in Path("/proc/self/statm").read_text().split()[:2])
    free = int(gigabytes * 1e9) - resident
    if free <= 0:
        return f"a worker takes {resident / 1e9:.1f} GB before its first article, more than the {gigabytes:g} allowed"
    hardest = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (size + free, hardest))
    return None


def end_with_parent() -> None:
    """Have this process end when the one that started it is gone, however that ended."""
    parent = parent_process()
    if parent is None or sys.platform != "linux":
        return
    import fcntl

    # The pipe that the parent holds open closes with it, and closing raises SIGIO, which ends a process by default.
    fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, fcntl.fcntl(parent.sentinel, fcntl.F_GETFL) | os.O_ASYNC)
    if wait([parent.sentinel], timeout=0):
        os._exit(1)
