"""The bands under which articles meet that may be copies, and what is settled of copies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from kg.resolve import copies
from kg.resolve.likeness import Fingerprint
from kg.store.records import dump, record_from_json, unpack

TABLE = "CREATE TABLE banded (band INTEGER, article INTEGER, PRIMARY KEY (band, article)) WITHOUT ROWID"
TOGETHER = 512
"""Articles whose bands are stored together; bounds what is held in memory."""
LARGEST = 2**63 - 25
"""Bands are stored modulo this, the largest prime that SQLite's integers hold: a third of the room of their text.

Two bands that become one number have the articles compared together, which makes no copies of what is none.
"""
Printed = dict[int, Fingerprint]
"""Fingerprints by the number of their article."""


def settle_copies(connection: sqlite3.Connection) -> Iterator[None]:
    """Find the copies around marked articles anew, yielding after every step of some 100 ms."""
    marked = [number for (number,) in connection.execute("SELECT number FROM dirty_article ORDER BY number")]
    met: set[int] = set()
    for at in range(0, len(marked), TOGETHER):
        met |= _enter(connection, marked[at : at + TOGETHER])
        yield
    alone = [(number,) for number in marked if number not in met]
    connection.executemany("UPDATE article SET original = NULL WHERE number = ? AND original IS NOT NULL", alone)
    done: set[int] = set()
    for number in sorted(met):
        if number not in done:
            linked = _linked(connection, number)
            done |= linked.keys()
            found = copies.originals(sorted(linked.values(), key=lambda one: one.article))
            _store(connection, linked, found)
            yield


def forget_bands(connection: sqlite3.Connection, article: int, fingerprint: bytes) -> None:
    """Take out the bands of an article and mark those that shared one, which it may have linked."""
    listed = dump(sorted(_bands([record_from_json(Fingerprint, unpack(fingerprint))])))
    query = "SELECT DISTINCT article FROM banded WHERE band IN (SELECT value FROM json_each(?)) AND article <> ?"
    connection.execute(f"INSERT OR IGNORE INTO dirty_article {query}", (listed, article))
    query = "DELETE FROM banded WHERE band IN (SELECT value FROM json_each(?)) AND article = ?"
    connection.execute(query, (listed, article))


def _enter(connection: sqlite3.Connection, numbers: Sequence[int]) -> set[int]:
    """Put the bands of articles in, and return articles that share one with another that is in.

    Of those that meet here at least the last to come in is among them, which the others are linked to. In order, for
    the table is far larger than the others.
    """
    bands = sorted((band, number) for number, one in _prints(connection, numbers).items() for band in _bands([one]))
    query = """
        SELECT band, min(article), max(article) FROM banded
        WHERE band IN (SELECT value FROM json_each(?)) GROUP BY band
    """
    there = {band: ends for band, *ends in connection.execute(query, (dump([band for band, _ in bands]),))}
    met = {number for band, number in bands if there.get(band, [number, number]) != [number, number]}
    met |= {second for (band, _), (other, second) in pairwise(bands) if band == other}
    connection.executemany("INSERT OR IGNORE INTO banded VALUES (?, ?)", bands)
    return met


def _linked(connection: sqlite3.Connection, article: int) -> Printed:
    """Return the articles that bands link to one, directly or through others, itself among them."""
    query = "SELECT DISTINCT article FROM banded WHERE band IN (SELECT value FROM json_each(?))"
    found: Printed = {}
    reached = {article}
    while reached:
        new = _prints(connection, sorted(reached))
        found |= new
        bands = sorted(_bands(new.values()))
        reached = {number for (number,) in connection.execute(query, (dump(bands),))} - found.keys()
    return found


def _bands(fingerprints: Iterable[Fingerprint]) -> set[int]:
    return {int(band, 16) % LARGEST for one in fingerprints for band in one.bands}


def _prints(connection: sqlite3.Connection, numbers: Sequence[int]) -> Printed:
    query = "SELECT number, fingerprint FROM article WHERE number IN (SELECT value FROM json_each(?))"
    rows = connection.execute(query, (dump(numbers),))
    return {number: record_from_json(Fingerprint, unpack(found)) for number, found in rows}


def _store(connection: sqlite3.Connection, linked: Printed, originals: Mapping[str, str]) -> None:
    """Store the originals of articles that bands link where they changed."""
    connection.executemany(
        "UPDATE article SET original = ? WHERE number = ? AND original IS NOT ?",
        [(now := originals.get(one.article), number, now) for number, one in linked.items()],
    )
