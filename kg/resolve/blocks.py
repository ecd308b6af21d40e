"""Blocks: the appearances that blocking keys link, directly or through others; each is resolved by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from kg.lang.ko.aliases import AliasTable
from kg.resolve.appearances import Appearance, Key, blocking_keys

Node = TypeVar("Node", Key, str)
Item = TypeVar("Item")


def blocks(appearances: Iterable[Appearance], table: AliasTable | None = None) -> list[list[Appearance]]:
    """Return the appearances by block, each block and the list of blocks in a fixed order."""
    found = components(appearances, lambda one: sorted(blocking_keys(one, table)))
    return [sorted(found[key], key=lambda one: one.member) for key in sorted(found)]


def components(items: Iterable[Item], keys: Callable[[Item], Sequence[Node]]) -> dict[Node, list[Item]]:
    """Return the items that shared keys link, in the order given, by the first key of each component."""
    found = list(items)
    joined = connected({index: keys(one) for index, one in enumerate(found)})
    by_key: dict[Node, list[Item]] = defaultdict(list)
    for index, one in enumerate(found):
        by_key[joined[index]].append(one)
    return by_key


def connected(keys: Mapping[int, Sequence[Node]]) -> dict[int, Node]:
    """Return for each item the first key, in order, of the component that shared keys put it in."""
    parent: dict[Node, Node] = {}

    def root(key: Node) -> Node:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for own in keys.values():
        for key in own[1:]:
            first, second = sorted((root(own[0]), root(key)))
            parent[second] = first
    return {item: root(own[0]) for item, own in keys.items()}
