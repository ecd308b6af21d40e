"""The figures of a comparison as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.benchmarks.compare.scores import WHY
from tests.benchmarks.compare.sets import PLACES

Found = Mapping[str, Mapping[str, Any]]

FOUND = (
    *("system", "names P", "names R", "names F1 (95 %)", "relations P", "relations R", "relations F1 (95 %)"),
    *("direction ignored F1", "pairs F1 (95 %)"),
)
KNOWN = (
    *("system", "relations found", "status right", "plans shown as facts", "quotation in the text"),
    "quoted where labelled",
)
MISSED = ("system", "right", *(f"missed: {why}" for why in WHY))
TYPES = ("type", "labelled")
"""Then each system: right of found."""
TAKES = (
    *("system", "seconds an article", "processor seconds an article", "memory, MB", "money an article"),
    "same bytes twice",
)
MISSING = ("not run", "why")


def report(found: Found) -> str:
    """Return all tables, those of each set under its name."""
    ran = {name: one for name, one in found.items() if "error" not in one}
    parts = []
    for place in PLACES:
        sets = {name: one["sets"][place] for name, one in ran.items()}
        count = next(iter(sets.values()))["articles"] if sets else 0
        parts += [f"### {place.capitalize()}: {count} articles", table(FOUND, map(_found, sets, sets.values()))]
        parts.append(table(KNOWN, map(_known, sets, sets.values())))
        parts.append(table(MISSED, map(_missed, sets, sets.values())))
        parts.append(table((*TYPES, *sets), _by_type(list(sets.values()))))
    parts += ["### What it takes", table(TAKES, map(_takes, ran, ran.values()))]
    missing = [(name, str(one["error"])) for name, one in found.items() if "error" in one]
    if missing:
        parts += ["### Not run", table(MISSING, missing)]
    return "\n\n".join(parts)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _between(one: Mapping[str, Any]) -> str:
    inside = one["interval"]
    return _number(one["f1"]) + ("" if inside is None else f" ({inside[0]:.2f}–{inside[1]:.2f})")


def _found(name: str, one: Mapping[str, Any]) -> list[str]:
    names, relations = one["names"], one["relations"]
    cells = [name, _number(names["precision"]), _number(names["recall"]), _between(names)]
    cells += [_number(relations["precision"]), _number(relations["recall"]), _between(relations)]
    return [*cells, _number(one["undirected"]["f1"]), _between(one["pairs"])]


def _known(name: str, one: Mapping[str, Any]) -> list[str]:
    relations, facts = one["relations"], one["facts"]
    cells = [name, f"{relations['right']} right of {relations['found']}", _number(one["status right"]["share"])]
    return [
        *cells,
        f"{facts['count']} of {facts['of']}",
        _number(one["quoted"]["share"]),
        _number(one["placed"]["share"]),
    ]


def _missed(name: str, one: Mapping[str, Any]) -> list[str]:
    return [name, str(one["relations"]["right"]), *(str(one["missed"][why]) for why in WHY)]


def _by_type(systems: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    each = [one["by type"] for one in systems]
    return [
        [kind, str(counts["labelled"]), *(f"{one[kind]['right']} of {one[kind]['found']}" for one in each)]
        for kind, counts in (each[0].items() if each else ())
    ]


def _takes(name: str, one: Mapping[str, Any]) -> list[str]:
    cost = "0" if one["cost"] is None else f"{one['cost']:.4f}"
    seconds = [f"{one[kind]:.3f}" for kind in ("seconds", "processor")]
    return [name, *seconds, f"{one['memory']:.0f}", cost, "yes" if one["same"] else "no"]
