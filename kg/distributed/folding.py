"""The fold, step by step: which tables each step reads, and what becomes of them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial

from kg.distributed import fold, parts
from kg.distributed.cluster import Read, Steps, Table
from kg.distributed.components import (
    LINKS,
    UNSETTLED,
    contracted,
    for_large_star,
    for_small_star,
    large_star,
    small_star,
)
from kg.distributed.rows import dump
from kg.resolve.identifiers import Named


@dataclass(frozen=True, slots=True)
class Folded:
    """The tables of a fold by what they are, and its counts: articles, entities, relations, failures and what it drops.

    `shards` are those given, with the rows of repeated articles to leave out.
    """

    shards: Table
    nodes: Table
    sources: Table
    edges: Table
    parts: dict[str, Table]
    counts: Counter[str]
    dropped: Counter[str]


def fold_shards(steps: Steps, shards: Table, *, text: bool) -> Folded:
    """Return the tables of the graph of shards; without `text`, its parts have neither quotations nor titles."""
    shards, failures = _once_each(steps, shards)
    things, members, shared = _resolved(steps, shards)
    nodes = steps.map("identify", things, partial(fold.identified, shared=shared), said=dump(sorted(shared)))
    stated = steps.fold(
        "state",
        [
            Read(shards, fold.told, ("id", "line", "about", "relations")),
            Read(members, fold.members),
            Read(_originals(steps, shards), fold.originals),
        ],
        fold.stated,
    )
    edges = steps.fold("join", [Read(stated.table("statements"), fold.rows_as_they_are)], fold.joined)
    tables = {"nodes": nodes.table("nodes"), "sources": stated.table("sources"), "edges": edges.table("edges")}
    made: dict[str, list[str]] = defaultdict(list)
    for name, make in (
        ("nodes", parts.entity_parts),
        ("sources", parts.article_parts),
        ("edges", parts.relation_parts),
    ):
        result = steps.map(f"write-{name}", tables[name], partial(make, text=text), said=str(text))
        for kind, table in result.tables.items():
            made[kind] += table.items
    counts = Counter(articles=stated.counts["sources"], entities=nodes.counts["nodes"], relations=edges.counts["edges"])
    counts["failures"] = failures.rows
    dropped = Counter({key.removeprefix("#dropped: "): n for key, n in stated.counts.items() if key.startswith("#")})
    parts_of = {kind: Table(tuple(sorted(set(items)))) for kind, items in made.items()}
    return Folded(shards, **tables, parts=parts_of | {"failures": failures.table}, counts=counts, dropped=dropped)


@dataclass(frozen=True, slots=True)
class _Failures:
    table: Table
    rows: int


def _once_each(steps: Steps, shards: Table) -> tuple[Table, _Failures]:
    """Return shards without the articles that an earlier one of the same id stands for, and all failures."""
    found = steps.fold("repeated", [Read(shards, fold.ids, ("id", "source", "digest"))], fold.repeated)
    failed = steps.map("failures", shards, fold.failures, ("source", "failure"))
    skipped: dict[int, list[int]] = defaultdict(list)
    for _, value in steps.gather(found.table("repeated")):
        shard, number = json.loads(value)
        skipped[shard].append(number)
    items = [json.loads(item) for item in shards.items]
    kept = [item | ({"skip": sorted(skipped[item["order"]])} if item["order"] in skipped else {}) for item in items]
    failures = [*found.table("failures").items, *failed.table("failures").items]
    return Table.of(kept), _Failures(Table(tuple(failures)), found.counts["failures"] + failed.counts["failures"])


def _resolved(steps: Steps, shards: Table) -> tuple[Table, Table, frozenset[Named]]:
    """Return the entities, which one each of an article's is, and the names of the tables that several bear."""
    links = steps.fold("link", [Read(shards, contracted, ("keys",))], large_star)
    blocks = _stars(steps, "link", links.table(LINKS), links.counts[UNSETTLED])
    read = [Read(shards, fold.named, ("appearances", "keys")), Read(blocks, fold.stars)]
    placed = steps.fold("place", read, fold.placed)
    found = steps.fold("resolve", [Read(placed.table("placed"), fold.rows_as_they_are)], fold.resolved)
    bearers = Counter(name for name, _ in steps.gather(found.table("bearers")))
    shared = {(kind, name) for kind, name in (json.loads(one) for one, count in bearers.items() if count > 1)}
    return found.table("things"), found.table("members"), frozenset(shared)


def _originals(steps: Steps, shards: Table) -> Table:
    """Return the originals of copies."""
    met = steps.fold("meet", [Read(shards, fold.banded, ("id", "fingerprint"))], fold.meeting)
    links = _stars(steps, "meet", met.table(LINKS), 1)
    read = [Read(shards, fold.printed, ("id", "fingerprint")), Read(links, fold.stars_and_centres)]
    prints = steps.fold("gather", read, fold.gathered)
    return steps.fold("copies", [Read(prints.table("prints"), fold.rows_as_they_are)], fold.copied).table("originals")


def _stars(steps: Steps, name: str, links: Table, unsettled: int) -> Table:
    """Return links as stars, by small-star and large-star in turn while any key is `unsettled`."""
    turn = 0
    while unsettled and links.items:
        turn += 1
        smaller = steps.fold(f"{name}-{turn}-small", [Read(links, for_small_star)], small_star).table(LINKS)
        larger = steps.fold(f"{name}-{turn}-large", [Read(smaller, for_large_star)], large_star)
        links, unsettled = larger.table(LINKS), larger.counts[UNSETTLED]
    return links
