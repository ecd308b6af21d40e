"""What shared keys link, as stars: every key but the first of its component has one link, to that first one.

Large-star and small-star by turns, each a group-by of links by key, until all links are stars (Kiveris, Lattanzi,
Mirrokni, Rastogi and Vassilvitskii, Connected Components in MapReduce and Beyond, SoCC 2014). A key that links to none
is a component by itself and is in no link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.distributed.rows import Keyed, Made, Record, Values
from kg.resolve.blocks import connected

LINKS = "links"
UNSETTLED = "#unsettled"
"""Counts keys whose links are no star yet."""


def contracted(rows: Iterable[Record]) -> Iterator[Keyed]:
    """Emit for a large-star the links between the blocking keys of each appearance, fewer where a chunk joins them."""
    groups = {tuple(keys) for row in rows for keys in row["keys"] or () if len(keys) > 1}
    listed = [*sorted(groups), *((key,) for key in sorted({key for keys in groups for key in keys}))]
    for keys, first in zip(listed, connected(dict(enumerate(listed))).values(), strict=True):
        if len(keys) == 1 and keys[0] != first:
            yield from _both(keys[0], first)


def for_large_star(rows: Iterable[Record]) -> Iterator[Keyed]:
    """Emit each link at both of its keys."""
    for row in rows:
        yield from _both(row["key"], row["value"])


def _both(one: str, other: str) -> Iterator[Keyed]:
    yield Keyed(one, "", other)
    yield Keyed(other, "", one)


def large_star(key: str, values: Values) -> Iterator[Made]:
    """Link the later neighbours of a key to the first of all; a star stays what it is."""
    neighbours = sorted({other for _, other in values})
    first = min(key, neighbours[0])
    if first != key and len(neighbours) > 1:
        yield Made(UNSETTLED)
    yield from (Made(LINKS, other, first) for other in neighbours if other > key)


def small_star(key: str, values: Values) -> Iterator[Made]:
    """Link a key and its earlier neighbours, which `at_key` emits, to the first of them."""
    neighbours = sorted({other for _, other in values})
    yield from (Made(LINKS, other, neighbours[0]) for other in (*neighbours[1:], key))


def star_of(key: str, values: Values, kind: str) -> str:
    """Return the first key of the component of a key, given the links that begin at it as values of `kind`."""
    return min((value for found, value in values if found == kind), default=key)
