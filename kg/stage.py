"""The map step: a stage takes a batch of Documents and returns the same Documents enriched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from kg.errors import ExtractionError
from kg.model import Document


@runtime_checkable
class Stage(Protocol):
    """A pure function over a batch: same documents, same order, same text, more found in them.

    `name` and `version` go into the manifest; a stage may be pickled to another process.
    """

    name: str
    version: str

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return one Document for each given, in order."""
        ...


def run_stage(stage: Stage, documents: Sequence[Document]) -> list[Document]:
    """Run a stage over a batch and check its contract; raises ExtractionError when it breaks it."""
    results = stage(documents)
    if [d.id for d in results] != [d.id for d in documents]:
        raise ExtractionError(f"stage {stage.name}: documents were added, lost or reordered; fix the stage")
    for before, after in zip(documents, results, strict=True):
        if after.text != before.text:
            raise ExtractionError(f"stage {stage.name}: changed the text of document {before.id}; fix the stage")
        try:
            after.check()
        except ValueError as error:
            raise ExtractionError(f"stage {stage.name}: {error}; fix the stage") from error
    return results
