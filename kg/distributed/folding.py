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
    large_star,
    small_star,
)
from kg.distributed.fold import DROPPED
from kg.distributed.rows import at_key
from kg.resolve.identifiers import Named
from kg.store.records import dump


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
    known = steps.fold("once", [Read(shards, fold.known, ("id", "source", "digest", "failure"))], fold.once)
    shards = _without_repeated(steps, shards, known.table("repeated"))
    things, members, shared = _resolved(steps, shards)
    stated = steps.fold(
        "state",
        [
            Read(shards, fold.told, ("id", "line", "about", "relations")),
            Read(members, partial(at_key, kind="member")),
            Read(_originals(steps, shards), partial(at_key, kind="original")),
        ],
        fold.stated,
    )
    joined = steps.fold("join", [Read(stated.table("statements"), at_key)], fold.joined)
    sources, edges = stated.table("sources"), joined.table("edges")
    makes = (
        (things, partial(parts.entity_parts, shared=shared)),
        (sources, partial(parts.article_parts, text=text)),
        (edges, partial(parts.relation_parts, text=text)),
    )
    made = steps.map("write", makes, dump([sorted(shared), text]))
    counts = {kind: made.counts[kind] for kind in ("articles", "entities", "relations")}
    dropped = {key.removeprefix(DROPPED): count for key, count in stated.counts.items() if key.startswith(DROPPED)}
    return Folded(
        shards=shards,
        nodes=made.table("nodes"),
        sources=sources,
        edges=edges,
        parts={**made.tables, "failures": known.table("failures")},
        counts=Counter(counts | {"failures": known.counts["failures"]}),
        dropped=Counter(dropped),
    )


def _without_repeated(steps: Steps, shards: Table, repeated: Table) -> Table:
    """Return shards without the articles that an earlier one of the same id stands for."""
    skipped: dict[int, list[int]] = defaultdict(list)
    for _, value in steps.gather(repeated):
        shard, number = json.loads(value)
        skipped[shard].append(number)
    items = (json.loads(item) for item in shards.items)
    return Table.of(
        item | ({"skip": sorted(skipped[item["order"]])} if item["order"] in skipped else {}) for item in items
    )


def _resolved(steps: Steps, shards: Table) -> tuple[Table, Table, frozenset[Named]]:
    """Return the entities, which one each of an article's is, and the names of the tables that several bear."""
    links = steps.fold("link", [Read(shards, contracted, ("keys",))], large_star)
    blocks = _stars(steps, "link", links.table(LINKS), links.counts[UNSETTLED])
    read = [Read(shards, fold.named, ("appearances", "keys")), Read(blocks, partial(at_key, kind="star"))]
    placed = steps.fold("place", read, fold.placed)
    found = steps.fold("resolve", [Read(placed.table("placed"), at_key)], fold.resolved)
    bearers = Counter(name for name, _ in steps.gather(found.table("bearers")))
    shared = {(kind, name) for kind, name in (json.loads(one) for one, count in bearers.items() if count > 1)}
    return found.table("things"), found.table("members"), frozenset(shared)


def _originals(steps: Steps, shards: Table) -> Table:
    """Return the originals of copies."""
    met = steps.fold("meet", [Read(shards, fold.banded, ("id", "fingerprint"))], fold.meeting)
    links = _stars(steps, "meet", met.table(LINKS), 1)
    read = [Read(shards, fold.printed, ("id", "fingerprint")), Read(links, fold.stars_and_centres)]
    prints = steps.fold("gather", read, fold.gathered)
    return steps.fold("copies", [Read(prints.table("prints"), at_key)], fold.copied).table("originals")


def _stars(steps: Steps, name: str, links: Table, unsettled: int) -> Table:
    """Return links as stars, by small-star and large-star in turn while any key is `unsettled`."""
    turn = 0
    while unsettled and links.items:
        turn += 1
        smaller = steps.fold(f"{name}-{turn}-small", [Read(links, at_key)], small_star).table(LINKS)
        larger = steps.fold(f"{name}-{turn}-large", [Read(smaller, for_large_star)], large_star)
        links, unsettled = larger.table(LINKS), larger.counts[UNSETTLED]
    return links
