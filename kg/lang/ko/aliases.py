"""The table of other names under which the news knows a thing."""

from __future__ import annotations

from functools import lru_cache

from kg import resources
from kg.lang.ko.names import normalise


class AliasTable:
    """Names of `seeds/ko/aliases.tsv` by their matching keys; every look-up is within one top type."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self._canonical: dict[tuple[str, str], list[str]] = {}
        self._aliases: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            canonical, alias, kind = row["canonical"], row["alias"], row["type"]
            self._canonical.setdefault((kind, normalise(canonical)), []).append(canonical)
            self._canonical.setdefault((kind, normalise(alias)), []).append(canonical)
            self._aliases.setdefault((kind, normalise(canonical)), []).append(alias)

    def canonical(self, name: str, type_: str) -> tuple[str, ...]:
        """Return the canonical names a name may stand for, in the table's order; more than one is ambiguous."""
        return tuple(dict.fromkeys(self._canonical.get((type_, normalise(name)), ())))

    def is_canonical(self, name: str, type_: str) -> bool:
        """Say whether a name is a canonical name of the table."""
        return (type_, normalise(name)) in self._aliases

    def aliases(self, canonical: str, type_: str) -> tuple[str, ...]:
        """Return the other names of a canonical name, in the table's order."""
        return tuple(self._aliases.get((type_, normalise(canonical)), ()))


@lru_cache(maxsize=1)
def alias_table() -> AliasTable:
    """Return the shipped table."""
    return AliasTable(resources.table("ko", "aliases.tsv"))
