"""Stages over many documents, in this process or in several, the results in the order given."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from kg.errors import KgError
from kg.model import Document, Failure
from kg.stage import Stage, run_stage

BATCH = 16
"""Documents a stage gets at once: enough to spread its overhead, few enough to retry one by one."""
FEW = 4
"""Batches that are done in this process sooner than others have loaded their models."""

Result = Document | Failure


def map_documents(stage: Stage, documents: Iterable[Document], workers: int | None = 1) -> Iterator[Result]:
    """Yield each document enriched, or the Failure it came to, in order.

    `workers` None takes every core once there are documents enough for that to pay. A document that fails,
    or, among several workers, that takes its process down, costs only itself.
    """
    batches = _batches(documents)
    if workers is None:
        first = list(islice(batches, FEW))
        batches = chain(first, batches)
        workers = 1 if len(first) < FEW else os.cpu_count() or 1
    if workers > 1:
        from kg.run.pool import map_batches

        yield from map_batches(stage, batches, workers)
    else:
        for batch in batches:
            yield from run_batch(stage, batch)


def run_batch(stage: Stage, batch: Sequence[Document]) -> list[Result]:
    """Run a stage over a batch, and one document at a time where the whole batch fails."""
    try:
        return [*run_stage(stage, batch)]
    except Exception as error:  # whatever a stage raises on one article must not end the run
        if len(batch) == 1:
            said = str(error) if isinstance(error, KgError) else f"{type(error).__name__}: {error}"
            return [failure_of(stage, batch[0], said)]
        return [result for document in batch for result in run_batch(stage, [document])]


def failure_of(stage: Stage, document: Document, said: str) -> Failure:
    """Return the Failure of a document; its source is the document's id."""
    return Failure(document.id, stage.name, f"{said}; leave the article out, or report it as a bug")


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    source = iter(documents)
    while batch := list(islice(source, BATCH)):
        yield batch
