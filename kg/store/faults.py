"""What SQLite refuses, as errors that name the file and say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import StoreError

ADVICE = {
    "SQLITE_BUSY": "in use by another command; wait until it ends, then run this one again",
    "SQLITE_LOCKED": "in use by another command; wait until it ends, then run this one again",
    "SQLITE_FULL": "no space left on the disk; free some and run the same command again",
    "SQLITE_NOTADB": "not a store of this package; choose another folder or move it away",
    "SQLITE_CORRUPT": "damaged; move it away and build again",
    "SQLITE_READONLY": "cannot be written; check the permissions of the file and its folder",
    "SQLITE_CANTOPEN": "cannot be opened; check that it is a file, and that its folder can be written to",
}
"""What to do about each error of SQLite, by the first words of its name (https://www.sqlite.org/rescode.html)."""


@contextmanager
def faults(name: str) -> Iterator[None]:
    """Raise a StoreError that names the file for whatever SQLite raises inside."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorname", "")
        advice = next((said for start, said in ADVICE.items() if code.startswith(start)), None)
        said = f"{advice} ({error})" if advice else f"{error}; run the command again, or report it as a bug"
        raise StoreError(f"{name}: {said}; what was stored before stands") from error
