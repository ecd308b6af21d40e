"""Which names are other names of which, by the surface forms that documents give them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.lang.ko.names import is_qualified, normalise
from kg.resolve.appearances import GENERIC, Key


def _foreign(full: str, short: str) -> bool:
    """Say whether a short form only drops the country of another country's body: 중국 외교부 / 외교부."""
    return is_qualified(full, short) and not full.startswith(("한국", "대한"))


def merged_keys(surfaces: Mapping[Key, Iterable[str]]) -> dict[Key, Key]:
    """Return for each key the key of the entity it belongs to, given the surface forms seen under each.

    A key joins another of its type when its name is an alias of that one alone. The key of a group is its
    longest, ties to the first in order.
    """
    owners: dict[Key, list[Key]] = defaultdict(list)
    for key in sorted(surfaces):
        if key.type == "Person":
            continue
        for form in sorted({normalise(surface) for surface in surfaces[key]}):
            if form != key.name and form not in GENERIC and len(form) > 1 and not _foreign(key.name, form):
                owners[Key(key.type, form)].append(key)
    parent = {key: key for key in surfaces}

    def root(key: Key) -> Key:
        while parent[key] != key:
            key = parent[key]
        return key

    for alias, bearers in sorted(owners.items()):
        if alias in parent and len(bearers) == 1:
            first, second = sorted((root(alias), root(bearers[0])), key=lambda k: (-len(k.name), k))
            parent[second] = first
    return {key: root(key) for key in sorted(surfaces)}
