"""Matrices over pairs of items: what they share, and features made when they are read, for they are large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[Any]


FEW = 64
"""Items up to which a plain matrix is quicker than a sparse one."""


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


def shared_weights(
    first: Sequence[tuple[str, ...]], second: Sequence[tuple[str, ...]], weigh: Callable[[str], float]
) -> Matrix:
    """Return the summed weight of the values in common of each of the first and each other of the second."""
    if first is second:  # most words are those of one article alone
        vocabulary = sorted(value for value, count in Counter(chain.from_iterable(first)).items() if count > 1)
    else:
        vocabulary = sorted(set(chain.from_iterable(first)).intersection(chain.from_iterable(second)))
    at = {value: index for index, value in enumerate(vocabulary)}
    weights = np.array([weigh(value) for value in vocabulary] or [0.0])
    columns = [[at[value] for value in values if value in at] for values in first]
    others = columns if first is second else [[at[value] for value in values if value in at] for values in second]
    if len(first) <= FEW:
        return np.asarray((_table(columns, len(weights)) * weights) @ _table(others, len(weights)).T)
    product = _incidence(columns, len(weights)).multiply(weights) @ _incidence(others, len(weights)).T
    return np.asarray(product.todense(), dtype=float)


def _table(columns: Sequence[Sequence[int]], width: int) -> Matrix:
    """Return a matrix with 1 where an item has a value."""
    table = np.zeros((len(columns), width))
    for row, found in enumerate(columns):
        table[row, found] = 1
    return table


def _incidence(columns: Sequence[Sequence[int]], width: int) -> Any:
    """Return a sparse matrix with 1 where an item has a value."""
    from scipy.sparse import csr_array

    starts = np.cumsum([0, *(len(found) for found in columns)])
    flat = [*chain.from_iterable(columns)]
    return csr_array((np.ones(len(flat)), flat, starts), shape=(len(columns), width))
