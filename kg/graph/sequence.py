"""What queries answer with: a sequence whose records are made when they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

Record = TypeVar("Record")
SHOWN = 3
"""How many records `repr` shows."""


class Records(Sequence[Record], Generic[Record]):
    """A read-only sequence of records, each made anew whenever it is read, so that unread ones cost nothing.

    Equal to any sequence of equal records; `list(…)` makes all of them at once and keeps them.
    """

    def __init__(self, count: int, make: Callable[[int], Record]) -> None:
        """Take how many records there are, and what makes the one of a position."""
        self._positions = range(count)
        self._make = make

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Records[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Records[Record]:
        if isinstance(index, slice):
            chosen = self._positions[index]
            return Records(len(chosen), lambda position: self._make(chosen[position]))
        return self._make(self._positions[index])

    def __iter__(self) -> Iterator[Record]:
        return map(self._make, self._positions)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(mine == its for mine, its in zip(self, other, strict=True))

    def __reduce__(self) -> tuple[type[list[Record]], tuple[list[Record]]]:
        """Copy and pickle as a list."""
        return list, (list(self),)

    def __repr__(self) -> str:
        shown = ", ".join(map(repr, self[:SHOWN]))
        more = f", … {len(self) - SHOWN} more" if len(self) > SHOWN else ""
        return f"[{shown}{more}]"
