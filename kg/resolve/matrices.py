"""Matrices over pairs of items, made when they are read: of hundreds of items there are dozens, of megabytes each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[Any]


class _Made:
    """A matrix that is made whenever it is multiplied; single values are read without it."""

    __array_ufunc__ = None  # numpy leaves products to these classes

    def whole(self) -> Matrix:
        """Return the matrix over all pairs of items."""
        raise NotImplementedError

    def __mul__(self, other: Any) -> Matrix:
        return np.asarray(self.whole() * other)

    def __rmul__(self, other: Any) -> Matrix:
        return np.asarray(other * self.whole())


@dataclass(frozen=True, eq=False)
class Spread(_Made):
    """Values of pairs of kinds, for items that are each of a kind: `kinds` has the row of `table` of each item."""

    table: Matrix
    kinds: npt.NDArray[np.int_]

    def whole(self) -> Matrix:
        """Return the matrix over all pairs of items."""
        return np.asarray(self.table[np.ix_(self.kinds, self.kinds)])

    def __getitem__(self, pair: Any) -> Any:
        first, second = pair
        return self.table[self.kinds[first], self.kinds[second]]


@dataclass(frozen=True, eq=False)
class Product(_Made):
    """The product of two matrices, value by value."""

    first: Feature
    second: Feature

    def whole(self) -> Matrix:
        """Return the matrix over all pairs of items."""
        return np.asarray(self.first * self.second)

    def __getitem__(self, pair: Any) -> Any:
        return self.first[pair] * self.second[pair]


Feature: TypeAlias = Matrix | Spread | Product
"""A feature of every pair of items."""
