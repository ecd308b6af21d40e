"""Settles what changed: resolves again the blocks, and links again the copies, that marked keys and bands reach."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from kg.codec import document_from_dict
from kg.resolve import Appearance, copies, resolve_block
from kg.store import articles
from kg.store.records import dump, record_from_json, record_to_json
from kg.store.versions import derivation

REACHED = """
WITH RECURSIVE reached (mark) AS (
    VALUES (?)
    UNION
    SELECT other.{mark} FROM reached
    JOIN {table} AS one ON one.{mark} = reached.mark
    JOIN {table} AS other ON other.{item} = one.{item}
)
SELECT mark FROM reached
"""
"""Every mark (key or band) that the items which bear them link to a first one, directly or through others."""
KEYS = REACHED.format(table="keyed", mark="key", item="appearance")
BANDS = REACHED.format(table="banded", mark="band", item="article")


def is_settled(connection: sqlite3.Connection) -> bool:
    """Say whether nothing has changed since it was last settled."""
    marked = "SELECT EXISTS (SELECT 1 FROM dirty_key) OR EXISTS (SELECT 1 FROM dirty_band)"
    return not connection.execute(marked).fetchone()[0] and _is_current(connection)


def settle(connection: sqlite3.Connection) -> None:
    """Bring all that is derived up to date, inside a transaction of the caller's."""
    if not _is_current(connection):
        _derive_again(connection)
    for keys in _components(connection, "SELECT key FROM dirty_key ORDER BY key", KEYS):
        _settle_block(connection, keys)
    for bands in _components(connection, "SELECT band FROM dirty_band ORDER BY band", BANDS):
        _settle_copies(connection, bands)
    connection.execute("DELETE FROM dirty_key")
    connection.execute("DELETE FROM dirty_band")


def _is_current(connection: sqlite3.Connection) -> bool:
    (found,) = connection.execute("SELECT value FROM setting WHERE name = 'derivation'").fetchone()
    return bool(found == derivation())


def _derive_again(connection: sqlite3.Connection) -> None:
    """Derive everything from the documents, as this version does it."""
    for table in ("appearance", "entity", "banded", "dirty_key", "dirty_band"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("UPDATE article SET original = NULL")
    numbers = dict(connection.execute("SELECT id, number FROM article"))
    for line in articles.lines(connection):
        document = document_from_dict(json.loads(line))
        articles.derive(connection, numbers[document.id], document)
    connection.execute("UPDATE setting SET value = ? WHERE name = 'derivation'", (derivation(),))


def _components(connection: sqlite3.Connection, marked: str, reached: str) -> Iterator[set[str]]:
    """Yield the marks that each marked one reaches, every component once."""
    done: set[str] = set()
    for (mark,) in connection.execute(marked).fetchall():
        if mark not in done:
            component = {found for (found,) in connection.execute(reached, (mark,))}
            done |= component
            yield component


def _settle_block(connection: sqlite3.Connection, keys: set[str]) -> None:
    """Resolve the appearances under the keys of one block, and store what came out otherwise than before."""
    query = """
        SELECT number, canonical, record FROM appearance
        WHERE number IN (SELECT appearance FROM keyed WHERE key IN (SELECT value FROM json_each(?)))
    """
    rows = connection.execute(query, (dump(sorted(keys)),)).fetchall()
    block = [(record_from_json(Appearance, record), number, canonical) for number, canonical, record in rows]
    found = resolve_block(sorted((one for one, _, _ in block), key=lambda one: one.member))
    gone = {canonical for _, _, canonical in block if canonical} - found.entities.keys()
    connection.executemany("DELETE FROM entity WHERE id = ?", [(id,) for id in sorted(gone)])
    connection.executemany(
        "INSERT INTO entity VALUES (?, ?) ON CONFLICT DO UPDATE SET record = excluded.record"
        " WHERE record <> excluded.record",
        [(id, record_to_json(found.entities[id])) for id in sorted(found.entities)],
    )
    moved = [(now, number) for one, number, was in block if (now := found.canonical[one.member]) != was]
    connection.executemany("UPDATE appearance SET canonical = ? WHERE number = ?", moved)


def _settle_copies(connection: sqlite3.Connection, bands: set[str]) -> None:
    """Find the originals of the articles that bands link, and store those that changed."""
    query = """
        SELECT number, id, original, fingerprint FROM article
        WHERE number IN (SELECT article FROM banded WHERE band IN (SELECT value FROM json_each(?)))
    """
    rows = connection.execute(query, (dump(sorted(bands)),)).fetchall()
    prints = (record_from_json(copies.Fingerprint, record) for *_, record in rows)
    found = copies.originals(sorted(prints, key=lambda one: one.article))
    moved = [(now, number) for number, id, was, _ in rows if (now := found.get(id)) != was]
    connection.executemany("UPDATE article SET original = ? WHERE number = ?", moved)
