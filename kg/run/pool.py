"""Worker processes, each with one batch at a time, so that one that dies loses no more than that.

The standard library's pool gives up all that waits when a worker dies, and may wait for ever for one that
was just being started (seen with Python 3.11).
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from kg.errors import ExtractionError
from kg.run.limits import OUT_OF_MEMORY, TIMED_OUT, Limits, end_with_parent, hold_memory, timer

AHEAD = 4
"""Batches taken in for each worker before the oldest is done; bounds what is held in memory."""
RENEWED = 10_000
"""Items after which a process is replaced: it grows slowly, by what it keeps of the words it has met."""
STARTS = 3
"""Processes that may be killed while they start, one after another, before there is no use in the next."""

RARELY = 100_000, 20, 100
"""Thresholds of a worker's garbage collector; the defaults cost a twentieth of the time, for hardly a cycle."""

REPORT = "leave the article out, or report it as a bug"
"""What to do about an article that no limit can help."""

_GONE = (EOFError, OSError)
"""What a connection raises when the process at its other end has died."""


class Work(Protocol):
    """What worker processes do; pickled to each of them."""

    def prepare(self) -> None:
        """Load what the work needs, which no item's time is to pay for."""
        ...

    def __call__(self, batch: Sequence[Any]) -> list[Any]:
        """Return what each item comes to, in order."""
        ...

    def size(self, item: Any) -> int:
        """Return the length of an item, in characters."""
        ...

    def failed(self, item: Any, said: str) -> Any:
        """Return what an item comes to that a process ended on."""
        ...


def map_batches(work: Work, batches: Iterator[list[Any]], workers: int, limits: Limits) -> Iterator[Any]:
    """Yield what each item comes to, in order; raises ExtractionError when no process can start.

    The items of a batch whose process died or overran the limits are done again one at a time, so that none but the
    one to blame fails.
    """
    crew: list[_Worker] = []
    jobs: deque[_Job] = deque()
    waiting: deque[_Job] = deque()
    try:
        while True:
            while len(jobs) < AHEAD * workers and (batch := next(batches, None)) is not None:
                jobs.append(_Job(deque([batch])))
                waiting.append(jobs[-1])
            if not crew:  # only now: there may be less to do than workers, or nothing
                crew += [_Worker(work, limits) for _ in range(min(workers, len(jobs)))]
            for worker in crew:
                if worker.is_free and waiting:
                    worker.begin(waiting.popleft())
            if not jobs:
                return
            ready = wait([worker.connection for worker in crew if not worker.is_free])
            for worker in crew:
                if worker.connection in ready:
                    worker.attend()
            while jobs and not jobs[0].parts:
                yield from jobs.popleft().results
    finally:
        for worker in crew:
            worker.stop()


@dataclass(slots=True)
class _Job:
    """A batch: the parts of it that are yet to be done, in order, and what is done."""

    parts: deque[list[Any]]
    results: list[Any] = field(default_factory=list)
    again: bool = False
    """Whether the first part is a single item that a process has died on once."""


class _Worker:
    """A process that does one part after another of a job, replaced when it dies."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self._work, self._limits = work, limits
        self._job: _Job | None = None
        self._starts = self._done = 0
        self._launch()

    @property
    def is_free(self) -> bool:
        """Whether it waits for a job."""
        return self._starts == 0 and self._job is None

    def begin(self, job: _Job) -> None:
        """Send the first part of a job; `attend` is to be called whenever the connection is ready."""
        self._job = job
        self._send()

    def attend(self) -> None:
        """Take what the process has sent, or see to its end, and send the next part."""
        try:
            sent = self.connection.recv()
        except _GONE:
            self._bury()
            self._launch()
            return
        if self._starts:  # its first word
            if sent is not None:
                raise ExtractionError(f"worker processes cannot start: {sent}; raise --worker-memory")
            self._starts = 0
        elif self._job is not None:
            self._job.results += sent
            self._done += len(self._job.parts.popleft())
            self._job.again = False
            if self._done >= RENEWED:
                self.stop()
                self._launch()
                return
        self._send()

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.connection.close()
        self._process.kill()
        self._process.join()

    def _send(self) -> None:
        """Send the next part of the job, or be free where there is none."""
        if self._job is not None and not self._job.parts:
            self._job = None
        if self._job is not None:
            with suppress(OSError):  # `attend` sees the same when it reads
                self.connection.send(self._job.parts[0])

    def _bury(self) -> None:
        """Note what the process died of, and share its part out."""
        self.connection.close()
        self._process.join()
        code = self._process.exitcode or 0
        if self._starts and (code > 0 or self._starts == STARTS):
            raise ExtractionError(
                f"worker processes cannot start ({_ending(code)}): free memory, use one worker, or call from a script"
                " file whose own calls stand under `if __name__ == '__main__':`"
            )
        if self._starts or self._job is None:
            return
        part = self._job.parts.popleft()
        limited = code in (*TIMED_OUT, OUT_OF_MEMORY)
        if len(part) > 1:
            self._job.parts.extendleft([item] for item in reversed(part))
        elif limited or self._job.again:
            self._job.results.append(self._work.failed(part[0], self._said(part[0], code)))
            self._job.again = False
        else:  # a process may be killed from outside, or by the system for what another one takes
            self._job.parts.appendleft(part)
            self._job.again = True

    def _said(self, item: Any, code: int) -> str:
        length, limits = self._work.size(item), self._limits
        if code in TIMED_OUT:
            seconds = limits.seconds_for(length)
            took = f"took longer than the {seconds:g} s that its {length:,} characters may"
            return f"{took}; raise --article-timeout, or leave the article out"
        if code == OUT_OF_MEMORY:
            needed = f"needed more than the {limits.gigabytes:g} GB of a worker"
            return f"{needed}; raise --worker-memory, or leave the article out"
        return f"the worker process died on it ({_ending(code)}), twice; {REPORT}"

    def _launch(self) -> None:
        # Spawned, not forked: a fork would copy locks that the threads of the analyser or progress bar hold.
        context = get_context("spawn")
        self._starts, self._done = self._starts + 1, 0
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._work, self._limits), daemon=True)
        self._process.start()
        theirs.close()


def _ending(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit status {code}"


def _serve(connection: Connection, work: Work, limits: Limits) -> None:
    """Answer each part with its results, until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the main process, which ends this one
    end_with_parent()
    with suppress(*_GONE):
        work.prepare()
        gc.freeze()  # what was loaded stays
        gc.set_threshold(*RARELY)
        connection.send(hold_memory(limits.gigabytes))
        try:
            while True:
                part = connection.recv()
                with timer(limits.seconds_for(sum(map(work.size, part)))):
                    done = work(part)
                connection.send(done)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
