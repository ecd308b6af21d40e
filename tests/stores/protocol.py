"""What every triple store of the tests does: it loads an RDF file and answers SPARQL."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeAlias

from kg.triplestore.answers import Answer

Ask: TypeAlias = Callable[[str, float], Answer]
"""Answer a query within so many seconds; raises TimeoutError, or StoreError with what the store says."""


class Store(Protocol):
    """A triple store, which a module of this folder drives."""

    NAME: str
    ENDINGS: frozenset[str]
    """Endings of the files that it reads."""
    CODE_POINTS: bool
    """Whether ORDER BY has text in the order of code points, as SPARQL 1.1 asks; else in that of a dictionary."""

    def missing(self) -> str | None:
        """Return how to get the store where it is not installed, else None."""

    def opened(self, path: Path) -> AbstractContextManager[Ask]:
        """Load a file into a fresh store, which ends with the block.

        Queries are asked of its default graph, which is the union of the named graphs where the file has any.
        """
