"""The tables of a store file, and the one way to open it.

What articles say is kept (`article`, `document`); the rest is derived from it and can be derived again: the appearances
of entities with the keys under which they meet (`keyed`), the canonical entities and the judgements on pairs, and the
fingerprints of articles with the bands under which copies meet (`banded`). `dirty_key` and `dirty_article` say where
entities and copies are to be settled anew; they are written in the transaction of the change, so that a crash leaves a
store that knows what to do.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kg.errors import StoreError
from kg.store import bands
from kg.store.versions import derivation

VERSION = 1
"""The version of the tables (PRAGMA user_version)."""
APPLICATION = int.from_bytes(b"kgko")
"""What tells a store from other SQLite files (PRAGMA application_id)."""
CACHE = 16
"""MB of the file that stay in memory; the system keeps more of it at hand by itself."""
WAIT = 5.0
"""Seconds to wait for another process that is writing."""

TABLES = f"""
{bands.TABLE};
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,
    extractor TEXT NOT NULL,
    title TEXT, date TEXT, publisher TEXT, url TEXT, language TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    relations BLOB NOT NULL,
    original TEXT,
    fingerprint BLOB
);
CREATE TABLE document (article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE, line BLOB NOT NULL);
CREATE TABLE appearance (
    number INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    entity TEXT NOT NULL,
    canonical TEXT,
    record TEXT NOT NULL,
    UNIQUE (article, entity)
);
CREATE TABLE keyed (
    key TEXT NOT NULL,
    appearance INTEGER NOT NULL REFERENCES appearance ON DELETE CASCADE,
    PRIMARY KEY (key, appearance)
) WITHOUT ROWID;
CREATE INDEX keyed_appearance ON keyed (appearance);
CREATE TABLE judgement (appearance INTEGER NOT NULL REFERENCES appearance ON DELETE CASCADE, record TEXT NOT NULL);
CREATE INDEX judgement_appearance ON judgement (appearance);
CREATE TABLE entity (id TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE dirty_key (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE dirty_article (number INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE);
"""


def connect(path: Path | None) -> sqlite3.Connection:
    """Open a store file, made where there is none; None gives one that is gone when it is closed.

    Raises StoreError, the file untouched, for one that is not a store or is of a newer version.
    """
    connection = sqlite3.connect("" if path is None else path, timeout=WAIT, isolation_level=None)
    try:
        made = _check(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE * 1024}")
        if not made:
            _create(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path | None) -> bool:
    """Say whether the tables are there; raises StoreError when those of something else are."""
    application, version, tables = (
        connection.execute(query).fetchone()[0]
        for query in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
    )
    if application == APPLICATION and version > VERSION:
        raise StoreError(f"{path}: a store of version {version}, this version reads {VERSION}; upgrade the package")
    if tables and application != APPLICATION:
        raise StoreError(f"{path}: a database, but not a store of this package; choose another folder or move it away")
    return bool(tables)


def _create(connection: sqlite3.Connection, path: Path | None) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if not _check(connection, path):  # another process may have been first
        for statement in TABLES.split(";"):
            connection.execute(statement)
        connection.execute("INSERT INTO setting VALUES ('derivation', ?)", (derivation(),))
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
