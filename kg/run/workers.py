"""Work over many items, in this process or in several, the results in the order given: cleaning, and a stage."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, TypeVar

from kg.errors import KgError
from kg.ingest import ReadOptions, Record, article_of
from kg.model import Article, Document, Failure
from kg.run.limits import LENGTH, Limits
from kg.stage import Stage, run_stage

BATCH = 16
"""Documents a stage gets at once: enough to spread its overhead, few enough to retry one by one."""
CHARACTERS = 200_000
"""Characters after which a batch is full, however few its items are; bounds what is held in memory."""
SMALL, MANY = 256, 5_000
"""Small items that a process gets at once, and how many there must be for processes to be started."""
FEW = 4
"""Batches that one process has done sooner than others have loaded their models."""

Finish = Callable[[Document], Any]
"""What is made of a document in the process that enriched it; pickled to each of them."""
_Item = TypeVar("_Item")


def unchanged(document: Document) -> Document:
    """Return the document as it is."""
    return document


def map_documents(
    stage: Stage,
    documents: Iterable[Document],
    workers: int | None = 1,
    limits: Limits | None = None,
    batch: int = BATCH,
    finish: Finish = unchanged,
) -> Iterator[Any]:
    """Yield what `finish` makes of each document enriched, or the Failure it came to, in order.

    `workers` None takes every core once there are documents enough for that to pay. A document that fails costs only
    itself; in worker processes also one that takes its process down, or more than the `limits`. One worker without
    limits is this process, where nothing can stop what runs on and on.
    """
    work = Extracting(stage, finish)
    batches = _batches(documents, batch, work.size)
    if workers is None:
        first = list(islice(batches, FEW))
        batches = chain(first, batches)
        workers = 1 if len(first) < FEW else os.cpu_count() or 1
    yield from _mapped(work, batches, workers, limits)


def map_records(
    records: Iterable[Record | Failure], options: ReadOptions, limits: Limits | None = None
) -> Iterator[Article | Failure]:
    """Yield the Article of each record, or the Failure it came to, in order; `limits` have another process do it."""
    work = Cleaning(options)
    yield from _mapped(work, _batches(records, BATCH, work.size), 1, limits)


def _mapped(work: Any, batches: Iterator[list[Any]], workers: int, limits: Limits | None) -> Iterator[Any]:
    if workers > 1 or limits is not None:
        from kg.run.pool import map_batches

        yield from map_batches(work, batches, workers, limits or Limits())
    else:
        for batch in batches:
            yield from work(batch)


@dataclass(frozen=True, slots=True)
class Extracting:
    """A stage over documents, and what is made of each then."""

    stage: Stage
    finish: Finish = unchanged

    def prepare(self) -> None:
        """Have the stage load its models."""
        run_batch(self.stage, [Document(id="", text="가")])

    def __call__(self, batch: Sequence[Document]) -> list[Any]:
        """Return what each document comes to, or its Failure."""
        return run_batch(self.stage, batch, self.finish)

    def size(self, document: Document) -> int:
        """Return the length of the text."""
        return len(document.text)

    def failed(self, document: Document, said: str) -> Failure:
        """Return the Failure of a document."""
        return Failure(document.id, self.stage.name, said)


@dataclass(frozen=True, slots=True)
class Cleaning:
    """Articles out of records; Failures among these stay."""

    options: ReadOptions

    def prepare(self) -> None:
        """Load nothing: what pages need is loaded at the first."""

    def __call__(self, batch: Sequence[Record | Failure]) -> list[Article | Failure]:
        """Return the article of each record, or its Failure."""
        return [item if isinstance(item, Failure) else article_of(item, self.options) for item in batch]

    def size(self, item: Record | Failure) -> int:
        """Return the length of what the record holds."""
        return 0 if isinstance(item, Failure) else len(item.text)

    def failed(self, item: Record, said: str) -> Failure:
        """Return the Failure of a record."""
        return Failure(item.source, "ingest", f"reading: {said}")


@dataclass(frozen=True, slots=True)
class Applying:
    """A function over lists of small items; a list on which a process ends is done in this process."""

    function: Callable[[Any], Any]

    def prepare(self) -> None:
        """Load nothing: the function does at its first item."""

    def __call__(self, batch: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """Return what the function returns of the items of each list."""
        return [[self.function(item) for item in items] for items in batch]

    def size(self, items: Sequence[Any]) -> int:
        """Return the length of what the items are made of."""
        return sum(map(_size, items))

    def failed(self, items: Sequence[Any], said: str) -> list[Any]:
        """Return what the function returns of the items."""
        return [self.function(item) for item in items]


@dataclass(frozen=True, slots=True)
class InProcesses:
    """`map` in several processes, which start once there are MANY items; None for every core."""

    workers: int | None

    def __call__(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """Yield what the function returns of each item, a list of texts or records, in order; all are pickled."""
        source = iter(items)
        first = list(islice(source, MANY))
        workers = (os.cpu_count() or 1) if self.workers is None else self.workers
        if len(first) < MANY or workers == 1:
            yield from map(function, chain(first, source))
            return
        batches = ([part] for part in _batches(chain(first, source), SMALL, _size))
        for done in _mapped(Applying(function), batches, workers, None):
            yield from done


def _size(item: Sequence[Any]) -> int:
    return sum(len(part) if isinstance(part, str) else LENGTH for part in item)


def run_batch(stage: Stage, batch: Sequence[Document], finish: Finish = unchanged) -> list[Any]:
    """Run a stage over a batch, and one document at a time where the whole batch fails; raises MemoryError.

    The source of a Failure is the id of its document.
    """
    try:
        return [*map(finish, run_stage(stage, batch))]
    except MemoryError:
        raise
    except Exception as error:  # whatever a stage raises on one article must not end the run
        if len(batch) == 1:
            if isinstance(error, KgError):  # which says itself what to do
                return [Failure(batch[0].id, stage.name, str(error))]
            said = f"{type(error).__name__}: {error}; leave the article out, or report it as a bug"
            return [Failure(batch[0].id, stage.name, said)]
        return [result for document in batch for result in run_batch(stage, [document], finish)]


def _batches(items: Iterable[_Item], most: int, size: Any) -> Iterator[list[_Item]]:
    batch: list[_Item] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += size(item)
        if len(batch) == most or characters >= CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
