"""Settles what changed: resolves the blocks that marked keys reach, and finds the copies around marked articles."""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from kg.codec import document_from_dict
from kg.resolve import Appearance, resolve_block
from kg.store import articles
from kg.store.bands import TABLE, settle_copies
from kg.store.records import dump, record_from_json, record_to_json
from kg.store.versions import derivation

BLOCK = """
WITH RECURSIVE reached (key) AS (
    VALUES (?)
    UNION
    SELECT other.key FROM reached
    JOIN keyed AS one ON one.key = reached.key
    JOIN keyed AS other ON other.appearance = one.appearance
)
SELECT key FROM reached
"""
"""The keys of a block: those that the appearances under them link to a first one, directly or through others."""

ENDED = object()
SHARE = 0.5
"""Of the time that blocks take, what goes into finding copies meanwhile."""

Rows = Sequence[tuple[int, str | None, str]]
"""Appearances of a block: number, entity that it was, record."""
Mapped = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
"""`map`, or what does the same in several processes."""


def is_settled(connection: sqlite3.Connection) -> bool:
    """Say whether nothing has changed since it was last settled."""
    marked = "SELECT EXISTS (SELECT 1 FROM dirty_key) OR EXISTS (SELECT 1 FROM dirty_article)"
    return not connection.execute(marked).fetchone()[0] and _is_current(connection)


def settle(connection: sqlite3.Connection, mapped: Mapped = map) -> None:
    """Bring all that is derived to what the articles are now, inside a transaction of the caller's.

    `mapped` resolves the blocks, which need no store. Where it waits for processes, copies are found meanwhile.
    """
    copying = settle_copies(connection)
    started, spent = perf_counter(), 0.0
    left: set[str] = set()
    kept: set[str] = set()
    blocks: deque[Rows] = deque()
    for resolved in mapped(resolve_records, _dirty_blocks(connection, blocks)):
        rows = blocks.popleft()
        _store_block(connection, rows, resolved)
        left |= {was for _, was, _ in rows if was is not None}
        kept |= {id for id, _ in resolved.entities}
        while spent < SHARE * ((begun := perf_counter()) - started) and next(copying, ENDED) is not ENDED:
            spent += perf_counter() - begun
    # Not block by block: where one falls apart, any of its parts may keep the id of what was an entity of the whole.
    connection.executemany("DELETE FROM entity WHERE id = ?", [(id,) for id in sorted(left - kept)])
    for _ in copying:
        pass
    connection.execute("DELETE FROM dirty_key")
    connection.execute("DELETE FROM dirty_article")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a block comes to, as records: entities by id, the entity of each appearance, judgements by appearance."""

    entities: tuple[tuple[str, str], ...]
    canonical: tuple[str, ...]
    judgements: tuple[tuple[int, str], ...]


def resolve_records(records: Sequence[str]) -> Resolved:
    """Return what the appearances of a block come to, in whatever process."""
    block = [record_from_json(Appearance, record) for record in records]
    found = resolve_block(sorted(block, key=lambda one: one.member))
    places = {one.member: place for place, one in enumerate(block)}
    return Resolved(
        tuple((id, record_to_json(found.entities[id])) for id in sorted(found.entities)),
        tuple(found.canonical[one.member] for one in block),
        tuple((places[one.first], record_to_json(one)) for one in found.judgements),
    )


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Derive everything again where other code or data did it, before anything is changed or settled."""
    if not _is_current(connection):
        _derive_again(connection)


def _is_current(connection: sqlite3.Connection) -> bool:
    (found,) = connection.execute("SELECT value FROM setting WHERE name = 'derivation'").fetchone()
    return bool(found == derivation())


def _derive_again(connection: sqlite3.Connection) -> None:
    for table in ("appearance", "entity", "dirty_key", "dirty_article"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("DROP TABLE banded")  # which had text before
    connection.execute(TABLE)
    numbers = dict(connection.execute("SELECT id, number FROM article"))
    for line in articles.lines(connection):
        document = document_from_dict(json.loads(line))
        articles.insert_derived(connection, numbers[document.id], articles.derive(document))
    connection.execute("UPDATE setting SET value = ? WHERE name = 'derivation'", (derivation(),))


def _dirty_blocks(connection: sqlite3.Connection, taken: deque[Rows]) -> Iterator[tuple[str, ...]]:
    """Yield the records of each block that has a marked key, and put its rows to those taken."""
    query = """
        SELECT number, canonical, record FROM appearance
        WHERE number IN (SELECT appearance FROM keyed WHERE key IN (SELECT value FROM json_each(?)))
    """
    done: set[str] = set()
    for (key,) in connection.execute("SELECT key FROM dirty_key ORDER BY key").fetchall():
        if key in done:
            continue
        block = {found for (found,) in connection.execute(BLOCK, (key,))}
        done |= block
        rows = connection.execute(query, (dump(sorted(block)),)).fetchall()
        if rows:  # else the last article of the block was taken out
            taken.append(rows)
            yield tuple(record for *_, record in rows)


def _store_block(connection: sqlite3.Connection, rows: Rows, found: Resolved) -> None:
    """Store what came of a block otherwise than before."""
    connection.executemany(
        "INSERT INTO entity VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record"
        " WHERE record <> excluded.record",
        found.entities,
    )
    moved = [(now, number) for (number, was, _), now in zip(rows, found.canonical, strict=True) if now != was]
    connection.executemany("UPDATE appearance SET canonical = ? WHERE number = ?", moved)
    connection.executemany("DELETE FROM judgement WHERE appearance = ?", [(number,) for number, *_ in rows])
    judged = [(rows[place][0], record) for place, record in found.judgements]
    connection.executemany("INSERT INTO judgement VALUES (?, ?)", judged)
