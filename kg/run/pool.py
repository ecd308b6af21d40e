"""Worker processes, each with one batch at a time, so that one that dies loses no more than that.

The standard library's pool gives up all that waits when a worker dies, and may wait for ever for one that
was just being started (seen with Python 3.11).
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait

from kg.errors import ExtractionError
from kg.model import Document
from kg.run.workers import Result, failure_of, run_batch
from kg.stage import Stage

AHEAD = 4
"""Batches taken in for each worker before the oldest is done; bounds what is held in memory."""

_GONE = (EOFError, OSError)
"""What a connection raises when the process at its other end has died."""


@dataclass(slots=True)
class _Job:
    """A batch, and its results once they are there."""

    batch: Sequence[Document]
    results: list[Result] | None = None


def map_batches(stage: Stage, batches: Iterator[list[Document]], workers: int) -> Iterator[Result]:
    """Yield the results of each document in order; raises ExtractionError when no process can start."""
    crew = [_Worker(stage) for _ in range(workers)]
    jobs: deque[_Job] = deque()
    try:
        for worker in crew:
            worker.await_start()
        while True:
            free = (worker for worker in crew if worker.job is None)
            for worker, job in zip(free, _room(batches, jobs, AHEAD * workers), strict=False):
                worker.begin(job)
            if not jobs:
                return
            ready = wait([worker.connection for worker in crew if worker.job is not None])
            for worker in crew:
                if worker.connection in ready:
                    worker.finish()
            while jobs and jobs[0].results is not None:
                yield from jobs.popleft().results or ()
    finally:
        for worker in crew:
            worker.stop()


def _room(batches: Iterator[list[Document]], jobs: deque[_Job], limit: int) -> Iterator[_Job]:
    """Take batches in as jobs, and yield them, while there is room for them."""
    while len(jobs) < limit and (batch := next(batches, None)) is not None:
        jobs.append(_Job(batch))
        yield jobs[-1]


class _Worker:
    """A process that runs the stage over one batch after another, replaced when it dies."""

    def __init__(self, stage: Stage) -> None:
        self.job: _Job | None = None
        self._stage = stage
        self._launch()

    def await_start(self) -> None:
        """Wait until the process can take a batch."""
        try:
            self.connection.recv()
        except _GONE as error:
            raise ExtractionError(
                "worker processes cannot start: use one worker, or call from a script file whose own calls"
                " stand under `if __name__ == '__main__':`"
            ) from error

    def begin(self, job: _Job) -> None:
        """Send a job to the process; `finish` takes its results once the connection is ready."""
        self.job = job
        with suppress(OSError):  # `finish` sees the same when it reads
            self.connection.send(job.batch)

    def finish(self) -> None:
        """Take the results, or come by them one document at a time when the process has died."""
        assert self.job is not None
        try:
            self.job.results = self.connection.recv()
        except _GONE:
            self._replace()
            self.job.results = [result for document in self.job.batch for result in self._alone(document)]
        self.job = None

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.connection.close()
        self._process.terminate()
        self._process.join()

    def _alone(self, document: Document) -> list[Result]:
        try:
            self.connection.send([document])
            results: list[Result] = self.connection.recv()
        except _GONE:
            self._replace()
            return [failure_of(self._stage, document, "the worker process died on it")]
        return results

    def _replace(self) -> None:
        self.stop()
        self._launch()
        self.await_start()

    def _launch(self) -> None:
        # Spawned, not forked: a fork would copy locks that the threads of the analyser or progress bar hold.
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._stage), daemon=True)
        self._process.start()
        theirs.close()


def _serve(connection: Connection, stage: Stage) -> None:
    """Answer each batch with its results, until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the main process, which ends this one
    with suppress(*_GONE):
        connection.send(None)
        while True:
            connection.send(run_batch(stage, connection.recv()))
