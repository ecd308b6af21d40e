"""What the watcher remembers: a SQLite file beside the store, which also keeps a second watcher out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.store.faults import faults
from kg.watch.feeds import Item

STATE = "watch.sqlite"
VERSION = 1
APPLICATION = 0x6B677761
"""Marks the file as one of these ("kgwa"): PRAGMA application_id of SQLite."""
TRIES = 8
"""Times that an entry or file is tried, over some four days, before it is given up."""
FIRST, LONGEST = 15 * 60.0, 24 * 3600.0
"""Seconds before the second try, doubled for each further one, and the most."""

TABLES = """
CREATE TABLE feed (url TEXT PRIMARY KEY, etag TEXT, modified TEXT, due REAL NOT NULL, tries INTEGER NOT NULL);
CREATE TABLE item (id TEXT NOT NULL, feed TEXT NOT NULL, place INTEGER NOT NULL, version TEXT NOT NULL, entry TEXT,
  due REAL NOT NULL, tries INTEGER NOT NULL, PRIMARY KEY (id, feed));
CREATE INDEX item_due ON item (due) WHERE entry IS NOT NULL;
CREATE TABLE file (path TEXT PRIMARY KEY, digest TEXT NOT NULL, articles TEXT NOT NULL, due REAL,
  tries INTEGER NOT NULL);
CREATE TABLE hold (host TEXT PRIMARY KEY, until REAL NOT NULL)
"""
UNWRITTEN = "CREATE TABLE IF NOT EXISTS unwritten (number INTEGER PRIMARY KEY)"
"""Has a row while the files of the graph may be behind the store; a state that was made without it gets it."""


@dataclass(frozen=True, slots=True)
class KnownFeed:
    """A feed as it was left: what makes the next request conditional, and when it may be asked again."""

    etag: str | None
    modified: str | None
    due: float


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was taken in: its content, the ids of its articles, and when to try again, None when all went in."""

    digest: str
    articles: tuple[str, ...]
    due: float | None


def backoff(tries: int) -> float:
    """Return the seconds to wait after so many failures."""
    return float(min(FIRST * 2 ** min(tries - 1, 20), LONGEST))


class State:
    """The file; every change lasts at once. Raises StoreError where it is no such file or another watcher has it."""

    def __init__(self, store: Path) -> None:
        """Open the state beside a store file, made where there is none, and keep others out until it is closed."""
        self.path = store.with_name(STATE)
        with faults(str(self.path)):
            self._connection = sqlite3.connect(self.path, timeout=0, isolation_level=None)
        try:
            self._open()
        except BaseException:
            self._connection.close()
            raise

    def _open(self) -> None:
        try:
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith("SQLITE_BUSY"):
                said = "another kg watch follows sources for this graph; end it, or give both lists to one"
                raise StoreError(f"{self.path}: {said}") from error
            with faults(str(self.path)):
                raise
        with faults(str(self.path)):
            self._check()
            self._connection.execute("COMMIT")

    def _check(self) -> None:
        application, version, tables = (
            self._connection.execute(query).fetchone()[0]
            for query in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
        )
        if tables and (application, version) != (APPLICATION, VERSION):
            raise StoreError(f"{self.path}: not the state of this version of kg watch; move it away")
        if not tables:
            for statement in TABLES.split(";"):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA application_id = {APPLICATION}")
            self._connection.execute(f"PRAGMA user_version = {VERSION}")
        self._connection.execute(UNWRITTEN)

    def feed(self, url: str) -> KnownFeed:
        """Return what is known of a feed."""
        found = self._one("SELECT etag, modified, due FROM feed WHERE url = ?", url)
        return KnownFeed(*found) if found else KnownFeed(None, None, 0.0)

    def read(self, url: str, etag: str | None, modified: str | None, items: Iterable[Item]) -> None:
        """Note that a feed was read, and its entries that are new or changed."""
        with self._changing():
            row = (url, etag, modified)
            self._connection.execute("INSERT OR REPLACE INTO feed VALUES (?, ?, ?, 0, 0)", row)
            for place, item in enumerate(items):
                self._queue(place, item)

    def _queue(self, place: int, item: Item) -> None:
        """Note an entry to be taken in; one that another feed has too is left to that, until it changes here."""
        known = self._one("SELECT version FROM item WHERE id = ? AND feed = ?", item.id, item.feed)
        if known is not None and known[0] == item.version:
            return
        new = known is not None or self._one("SELECT 1 FROM item WHERE id = ?", item.id) is None
        entry = json.dumps(asdict(item), ensure_ascii=False) if new else None
        row = (item.id, item.feed, place, item.version, entry, 0.0, 0)
        self._connection.execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def feed_failed(self, url: str, now: float, again: float | None) -> float:
        """Note that a feed could not be read; return when to try again."""
        with self._changing():
            found = self._one("SELECT tries FROM feed WHERE url = ?", url)
            tries = (found[0] if found else 0) + 1
            due = max(now + backoff(tries), again or 0.0)
            row = (url, due, tries)
            self._connection.execute(
                "INSERT INTO feed (url, due, tries) VALUES (?, ?, ?)"
                " ON CONFLICT (url) DO UPDATE SET due = excluded.due, tries = excluded.tries",
                row,
            )
            return due

    def due(self, feeds: Iterable[str], now: float, limit: int) -> list[Item]:
        """Return entries of some feeds whose articles are to be fetched now, those of all feeds in turn."""
        query = (
            "SELECT entry FROM item WHERE entry IS NOT NULL AND due <= ? AND tries < ?"
            " AND feed IN (SELECT value FROM json_each(?)) ORDER BY place, feed, id LIMIT ?"
        )
        rows = self._all(query, now, TRIES, json.dumps(sorted(feeds)), limit)
        return [Item(**json.loads(entry)) for (entry,) in rows]

    def done(self, items: Iterable[Item]) -> None:
        """Note that the articles of entries are in the store."""
        with self._changing():
            ids = [(item.id, item.feed) for item in items]
            self._connection.executemany("UPDATE item SET entry = NULL, tries = 0 WHERE id = ? AND feed = ?", ids)

    def item_failed(self, item: Item, now: float, again: float | None, *, counts: bool) -> float | None:
        """Note that an entry's article did not come in; return when to try again, None when it is given up.

        Where it does not count, as when a host is not asked, the number of tries stays.
        """
        with self._changing():
            key = item.id, item.feed
            tries = self._one("SELECT tries FROM item WHERE id = ? AND feed = ?", *key)[0] + counts
            due = max(now + (backoff(tries) if counts else 0.0), again or 0.0)
            row = (due, tries, *key)
            self._connection.execute("UPDATE item SET due = ?, tries = ? WHERE id = ? AND feed = ?", row)
            return due if tries < TRIES else None

    def file(self, path: str) -> KnownFile | None:
        """Return what is known of a file."""
        found = self._one("SELECT digest, articles, due FROM file WHERE path = ?", path)
        return KnownFile(found[0], tuple(json.loads(found[1])), found[2]) if found else None

    def file_read(self, path: str, digest: str, articles: Iterable[str], now: float, *, failed: bool) -> float | None:
        """Note what a file came to; return when to try again what failed, None when nothing is to be tried."""
        with self._changing():
            found = self._one("SELECT digest, tries FROM file WHERE path = ?", path)
            tries = ((found[1] if found and found[0] == digest else 0) + 1) if failed else 0
            due = now + backoff(tries) if failed and tries < TRIES else None
            row = (path, digest, json.dumps(sorted(articles)), due, tries)
            self._connection.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)", row)
            return due

    def others(self, path: str) -> set[str]:
        """Return the ids of the articles of all files but one."""
        rows = self._all("SELECT value FROM file, json_each(file.articles) WHERE file.path <> ?", path)
        return {id for (id,) in rows}

    def begin(self) -> bool:
        """Note that a round may change the store; return whether an earlier one may have, its files unwritten."""
        with self._changing():
            unwritten = self._one("SELECT 1 FROM unwritten") is not None
            self._connection.execute("INSERT OR IGNORE INTO unwritten VALUES (1)")
            return unwritten

    def written(self) -> None:
        """Note that the files of the graph are what the store is."""
        with self._changing():
            self._connection.execute("DELETE FROM unwritten")

    def holds(self) -> dict[str, float]:
        """Return the hosts to leave alone, and until when."""
        return dict(self._all("SELECT host, until FROM hold"))

    def hold(self, holds: Mapping[str, float], now: float) -> None:
        """Note the hosts to leave alone."""
        with self._changing():
            self._connection.execute("DELETE FROM hold")
            rows = [(host, until) for host, until in holds.items() if until > now]
            self._connection.executemany("INSERT INTO hold VALUES (?, ?)", rows)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _one(self, query: str, *values: object) -> Any:
        with faults(str(self.path)):
            return self._connection.execute(query, values).fetchone()

    def _all(self, query: str, *values: object) -> list[Any]:
        with faults(str(self.path)):
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with faults(str(self.path)):
            self._connection.execute("BEGIN")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
