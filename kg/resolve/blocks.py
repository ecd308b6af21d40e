"""Blocks: the appearances that blocking keys link, directly or through others; each is resolved by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from kg.lang.ko.aliases import AliasTable
from kg.resolve.appearances import Appearance, Key, blocking_keys

Node = TypeVar("Node", Key, str)


def blocks(appearances: Iterable[Appearance], table: AliasTable | None = None) -> list[list[Appearance]]:
    """Return the appearances by block, each block and the list of blocks in a fixed order."""
    found = list(appearances)
    joined = connected({index: sorted(blocking_keys(one, table)) for index, one in enumerate(found)})
    by_block: dict[Key, list[Appearance]] = defaultdict(list)
    for index, one in enumerate(found):
        by_block[joined[index]].append(one)
    return [sorted(by_block[key], key=lambda one: one.member) for key in sorted(by_block)]


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
