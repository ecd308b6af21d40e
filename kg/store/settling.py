"""Settles what changed: resolves the blocks that marked keys reach, and finds the copies around marked articles."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from kg.codec import document_from_dict
from kg.resolve import Appearance, copies, resolve_block
from kg.resolve.likeness import Fingerprint
from kg.store import articles
from kg.store.records import dump, record_from_json, record_to_json, unpack
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

Printed = dict[int, Fingerprint]
"""Fingerprints by the number of their article."""


def is_settled(connection: sqlite3.Connection) -> bool:
    """Say whether nothing has changed since it was last settled."""
    marked = "SELECT EXISTS (SELECT 1 FROM dirty_key) OR EXISTS (SELECT 1 FROM dirty_article)"
    return not connection.execute(marked).fetchone()[0] and _is_current(connection)


def settle(connection: sqlite3.Connection) -> None:
    """Bring all that is derived to what the articles are now, inside a transaction of the caller's."""
    left: set[str] = set()
    kept: set[str] = set()
    for keys in _dirty_blocks(connection):
        before, now = _settle_block(connection, keys)
        left |= before
        kept |= now
    # Not block by block: where one falls apart, any of its parts may keep the id of what was an entity of the whole.
    connection.executemany("DELETE FROM entity WHERE id = ?", [(id,) for id in sorted(left - kept)])
    for linked in _dirty_links(connection):
        _settle_copies(connection, linked)
    connection.execute("DELETE FROM dirty_key")
    connection.execute("DELETE FROM dirty_article")


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Derive everything again where other code or data did it, before anything is changed or settled."""
    if not _is_current(connection):
        _derive_again(connection)


def _is_current(connection: sqlite3.Connection) -> bool:
    (found,) = connection.execute("SELECT value FROM setting WHERE name = 'derivation'").fetchone()
    return bool(found == derivation())


def _derive_again(connection: sqlite3.Connection) -> None:
    for table in ("appearance", "entity", "banded", "dirty_key", "dirty_article"):
        connection.execute(f"DELETE FROM {table}")
    numbers = dict(connection.execute("SELECT id, number FROM article"))
    for line in articles.lines(connection):
        document = document_from_dict(json.loads(line))
        articles.insert_derived(connection, numbers[document.id], articles.derive(document))
    connection.execute("UPDATE setting SET value = ? WHERE name = 'derivation'", (derivation(),))


def _dirty_blocks(connection: sqlite3.Connection) -> Iterator[set[str]]:
    """Yield the keys of each block that has a marked one."""
    done: set[str] = set()
    for (key,) in connection.execute("SELECT key FROM dirty_key ORDER BY key").fetchall():
        if key not in done:
            block = {found for (found,) in connection.execute(BLOCK, (key,))}
            done |= block
            yield block


def _settle_block(connection: sqlite3.Connection, keys: set[str]) -> tuple[set[str], set[str]]:
    """Resolve the appearances under the keys of one block, and store what came out otherwise than before.

    Returns the ids of the entities that they were and of those that they are.
    """
    query = """
        SELECT number, canonical, record FROM appearance
        WHERE number IN (SELECT appearance FROM keyed WHERE key IN (SELECT value FROM json_each(?)))
    """
    rows = connection.execute(query, (dump(sorted(keys)),)).fetchall()
    if not rows:  # the last article of the block was taken out
        return set(), set()
    block = [(record_from_json(Appearance, record), number, canonical) for number, canonical, record in rows]
    found = resolve_block(sorted((one for one, _, _ in block), key=lambda one: one.member))
    connection.executemany(
        "INSERT INTO entity VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record"
        " WHERE record <> excluded.record",
        [(id, record_to_json(found.entities[id])) for id in sorted(found.entities)],
    )
    moved = [(now, number) for one, number, was in block if (now := found.canonical[one.member]) != was]
    connection.executemany("UPDATE appearance SET canonical = ? WHERE number = ?", moved)
    numbers = {one.member: number for one, number, _ in block}
    connection.executemany("DELETE FROM judgement WHERE appearance = ?", [(number,) for number in numbers.values()])
    judged = [(numbers[one.first], record_to_json(one)) for one in found.judgements]
    connection.executemany("INSERT INTO judgement VALUES (?, ?)", judged)
    return {was for _, _, was in block if was is not None}, set(found.entities)


def _dirty_links(connection: sqlite3.Connection) -> Iterator[Printed]:
    """Yield the articles that bands link to each marked one, directly or through others."""
    marked = [number for (number,) in connection.execute("SELECT number FROM dirty_article ORDER BY number")]
    # Bands come in here and not with their article: one pass over a table far larger than the others.
    for number in marked:
        (one,) = _prints(connection, [number]).values()
        connection.executemany("INSERT OR IGNORE INTO banded VALUES (?, ?)", [(band, number) for band in one.bands])
    done: set[int] = set()
    for number in marked:
        if number not in done:
            linked = _linked(connection, number)
            done |= linked.keys()
            yield linked


def _linked(connection: sqlite3.Connection, article: int) -> Printed:
    query = "SELECT DISTINCT article FROM banded WHERE band IN (SELECT value FROM json_each(?))"
    found: Printed = {}
    reached = {article}
    while reached:
        new = _prints(connection, sorted(reached))
        found |= new
        bands = sorted({band for one in new.values() for band in one.bands})
        reached = {number for (number,) in connection.execute(query, (dump(bands),))} - found.keys()
    return found


def _prints(connection: sqlite3.Connection, numbers: list[int]) -> Printed:
    query = "SELECT number, fingerprint FROM article WHERE number IN (SELECT value FROM json_each(?))"
    rows = connection.execute(query, (dump(numbers),))
    return {number: record_from_json(Fingerprint, unpack(found)) for number, found in rows}


def _settle_copies(connection: sqlite3.Connection, linked: Printed) -> None:
    """Find the originals of articles that bands link, and store those that changed."""
    found = copies.originals(sorted(linked.values(), key=lambda one: one.article))
    connection.executemany(
        "UPDATE article SET original = ? WHERE number = ? AND original IS NOT ?",
        [(now := found.get(one.article), number, now) for number, one in linked.items()],
    )
