"""Articles in and out of the tables, with what is derived of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from kg.codec import document_to_dict, renewed_line
from kg.model import Document
from kg.resolve import appearances, blocking_keys, copies
from kg.store.bands import forget_bands
from kg.store.records import dump, pack, record_to_json, unpack


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article of a store, without its text."""

    id: str
    date: str | None
    publisher: str | None
    title: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Derived:
    """What is derived of a document by itself: a record and keys for each entity, and the fingerprint."""

    appearances: tuple[tuple[str, str, tuple[str, ...]], ...]
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document as rows of the tables, made by `prepare` in whatever process; it pickles small."""

    id: str
    head: tuple[str | None, ...]
    relations: bytes
    line: bytes
    derived: Derived


def prepare(document: Document) -> Prepared:
    """Return a document as rows: all the work of taking one in that needs no store, two thirds of the time."""
    found = document_to_dict(document)
    head = (document.title, document.date, document.publisher, document.url, document.language, document.sha256)
    return Prepared(document.id, head, pack(dump(found["relations"])), pack(dump(found)), derive(document))


def derive(document: Document) -> Derived:
    """Return the appearances and the fingerprint of a document."""
    found = tuple(
        (one.entity, record_to_json(one), tuple(dump(key) for key in sorted(blocking_keys(one))))
        for one in appearances(document)
    )
    return Derived(found, pack(record_to_json(copies.fingerprint(document))))


def insert(connection: sqlite3.Connection, one: Prepared, key: str, extractor: str) -> None:
    """Put a document in whose id is not there; what it reaches is left to be settled."""
    columns = "id, key, extractor, title, date, publisher, url, language, sha256, relations"
    row = (one.id, key, extractor, *one.head, one.relations)
    number = connection.execute(f"INSERT INTO article ({columns}) VALUES (?,?,?,?,?,?,?,?,?,?)", row).lastrowid
    connection.execute("INSERT INTO document VALUES (?, ?)", (number, one.line))
    assert number is not None
    insert_derived(connection, number, one.derived)


def insert_derived(connection: sqlite3.Connection, article: int, found: Derived) -> None:
    """Store what is derived of an article, and mark its keys and itself."""
    for entity, record, keys in found.appearances:
        row = (article, entity, record)
        number = connection.execute("INSERT INTO appearance (article, entity, record) VALUES (?,?,?)", row).lastrowid
        connection.executemany("INSERT INTO keyed VALUES (?, ?)", [(key, number) for key in keys])
        connection.execute("INSERT OR IGNORE INTO dirty_key VALUES (?)", keys[:1])  # which reaches the others
    connection.execute("UPDATE article SET fingerprint = ? WHERE number = ?", (found.fingerprint, article))
    connection.execute("INSERT OR IGNORE INTO dirty_article VALUES (?)", (article,))


def is_there(connection: sqlite3.Connection, id: str) -> bool:
    """Say whether an article of that id is in."""
    return connection.execute("SELECT 1 FROM article WHERE id = ?", (id,)).fetchone() is not None


def delete(connection: sqlite3.Connection, id: str) -> None:
    """Take an article that is there out, and mark what it reached."""
    query = "SELECT number, fingerprint FROM article WHERE id = ?"
    number, fingerprint = connection.execute(query, (id,)).fetchone()
    forget_bands(connection, number, fingerprint)
    mine = "(SELECT number FROM appearance WHERE article = ?)"
    for statement in (
        f"INSERT OR IGNORE INTO dirty_key SELECT key FROM keyed WHERE appearance IN {mine}",
        # Its blocks are settled anew, which gives back each of these that others still appear as.
        "DELETE FROM entity WHERE id IN (SELECT canonical FROM appearance WHERE article = ?)",
        "DELETE FROM article WHERE number = ?",
    ):
        connection.execute(statement, (number,))


def listed(connection: sqlite3.Connection) -> list[StoredArticle]:
    """Return every article, by id."""
    return [
        StoredArticle(*row)
        for row in connection.execute("SELECT id, date, publisher, title, url FROM article ORDER BY id")
    ]


def lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield each document as its line of the documents format of today, by article id."""
    numbers = connection.execute("SELECT number FROM article ORDER BY id").fetchall()
    for number in numbers:
        found = connection.execute("SELECT line FROM document WHERE article = ?", number).fetchone()
        if found is not None:  # taken out since
            yield renewed_line(unpack(found[0]))
