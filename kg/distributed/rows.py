"""What steps exchange: rows for a shuffle, rows that came out of it, and the records of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Record = Mapping[str, Any]
"""A row of a table. That of a shard also has `at`: the number of the shard in the input, and of the row in it."""


class Keyed(NamedTuple):
    """A row on its way to the others of its key; `kind` says what its `value` is, JSON or plain text."""

    key: str
    kind: str
    value: str


class Made(NamedTuple):
    """A row that a step makes: for a table, or for the counts of the run where the table's name begins with COUNTED."""

    table: str
    key: str = ""
    value: Any = ""


COUNTED = "#"
Values = Sequence[tuple[str, str]]
"""Kinds and values of the rows of one key, sorted."""
Emit = Callable[[Iterable[Record]], Iterator[Keyed]]
"""From the records of one file of a table to rows of a shuffle; no row depends on another file."""
Fold = Callable[[str, Values], Iterator[Made]]
"""From all rows of one key to rows of tables."""


def at_key(rows: Iterable[Record], kind: str = "") -> Iterator[Keyed]:
    """Emit the rows of a table at their keys, their values as those of a kind."""
    return (Keyed(row["key"], kind, row["value"]) for row in rows)


def of_kind(values: Values, kind: str) -> list[str]:
    """Return the values of one kind."""
    return [value for found, value in values if found == kind]
