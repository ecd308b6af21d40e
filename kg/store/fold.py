"""The graph of a store as records in a temporary SQLite file, which the writers read without having it in memory."""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kg.contract import check_size
from kg.export.records import Attributes, Edge, Fact, Told
from kg.graph.assemble import graph_of
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import LARGEST, STATUSES
from kg.schema import Schema
from kg.store.faults import faults
from kg.store.records import dump

if TYPE_CHECKING:
    import networkx as nx

TABLES = """
CREATE TABLE article (id TEXT PRIMARY KEY, language TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE node (number INTEGER PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE stated (
    subject TEXT, object TEXT, type TEXT, status INTEGER, subject_type TEXT, object_type TEXT,
    article TEXT, publisher TEXT, original TEXT, record TEXT
);
CREATE TABLE edge (
    number INTEGER PRIMARY KEY,
    subject TEXT NOT NULL, object TEXT NOT NULL, id TEXT NOT NULL,
    type TEXT NOT NULL, status TEXT NOT NULL, evidence INTEGER NOT NULL,
    record TEXT NOT NULL
);
CREATE TABLE named (article TEXT, node TEXT);
CREATE TABLE said (article TEXT, subject TEXT, object TEXT, id TEXT, record TEXT);
"""
"""Nodes are numbered by id, edges by subject, object, type and status: the order of a graph in memory.

`stated` has the relation mentions to be folded into edges. `named` and `said` have what articles name and state, filled
when they are first asked for.
"""
RANKED = """
CREATE TABLE IF NOT EXISTS ranked AS
SELECT node, row_number() OVER (ORDER BY count(*) DESC, node) AS place
FROM (SELECT subject AS node FROM edge UNION ALL SELECT object FROM edge) GROUP BY node
"""
ADDED = """
SELECT max(one.place, other.place) AS last, count(*) FROM edge
JOIN ranked AS one ON one.node = subject JOIN ranked AS other ON other.node = object
GROUP BY last ORDER BY last
"""
"""The entities that have relations by how many they have, and how many relations each adds to those before it."""
CACHE = 8
"""MB of a temporary file that stay in memory; sorting spills to the disk beyond as much."""
LANGUAGES = 2**16
"""Articles whose language is kept at hand."""
_first = itemgetter(0)


class Fold:
    """The records of the graph of a store (`kg.export.records.Records`), apart from the store and whatever it becomes.

    `types` is the schema of the graph, `dropped` counts the relation mentions it has no place for (see Assembler),
    `notes` say which corrections found nothing to correct. The file is gone with the object.
    """

    def __init__(self, schema: Schema, connection: sqlite3.Connection) -> None:
        """Take a connection that `temporary` gave; `kg.store.folding` fills it."""
        self.dropped: Counter[str] = Counter()
        self.notes: tuple[str, ...] = ()
        self.extracted: set[str] = set()
        self.types = schema
        self._connection = connection
        self._told = False
        self.language = lru_cache(maxsize=LANGUAGES)(self._language)
        weakref.finalize(self, connection.close)

    @property
    def schema(self) -> str:
        """The hash of the schema the graph was made with."""
        return self.types.hash

    @property
    def size(self) -> tuple[int, int]:
        """How many entities and relations the graph has."""
        return self._number("SELECT count(*) FROM node"), self._number("SELECT count(*) FROM edge")

    @property
    def counts(self) -> dict[str, Any]:
        """What a manifest counts of the graph."""
        return {**self.summary(), "dropped": dict(sorted(self.dropped.items()))}

    def summary(self) -> dict[str, Any]:
        """Return counts: articles, entities by type, relations by type and status, evidence."""
        relations: dict[str, dict[str, int]] = {}
        order = dump(STATUSES)
        query = """
            SELECT type, status, count(*) FROM edge GROUP BY type, status
            ORDER BY type, (SELECT key FROM json_each(?) WHERE value = status)
        """
        for kind, status, count in self._rows(query, order):
            relations.setdefault(kind, {})[status] = count
        return {
            "articles": self._number("SELECT count(*) FROM article"),
            "entities": dict(self._rows("SELECT type, count(*) FROM node GROUP BY type ORDER BY type")),
            "relations": relations,
            "evidence": self._number("SELECT total(evidence) FROM edge"),
        }

    def articles(self) -> Iterator[tuple[str, Attributes]]:
        """Yield the articles by id."""
        return ((id, json.loads(record)) for id, record in self._rows("SELECT id, record FROM article ORDER BY id"))

    def nodes(self) -> Iterator[tuple[str, Attributes]]:
        """Yield the nodes by id."""
        return ((id, json.loads(record)) for id, record in self._rows("SELECT id, record FROM node ORDER BY number"))

    def stated(self, symmetric: Collection[str]) -> Iterator[tuple[str, Attributes, Collection[Fact]]]:
        """Yield the nodes by id, each with the facts of it."""
        query = """
            SELECT subject, type, object FROM edge WHERE status = 'actual'
            UNION SELECT object, type, subject FROM edge
            WHERE status = 'actual' AND type IN (SELECT value FROM json_each(?))
            ORDER BY 1
        """
        facts = _Groups(self._rows(query, dump(sorted(symmetric))))
        return ((node, found, [(kind, other) for _, kind, other in facts.of(node)]) for node, found in self.nodes())

    def edges(self) -> Iterator[Edge]:
        """Yield the edges by subject and id."""
        return map(_edge, self._rows("SELECT subject, object, id, record FROM edge ORDER BY subject, id"))

    def edges_by_id(self) -> Iterator[Edge]:
        """Yield the edges by id."""
        return map(_edge, self._rows("SELECT subject, object, id, record FROM edge ORDER BY id"))

    def told(self) -> Iterator[Told]:
        """Yield the articles by id with what each names and states."""
        if not self._told:
            self._tell()
        named = _Groups(self._rows("SELECT article, node FROM named ORDER BY article, node"))
        said = _Groups(self._rows("SELECT * FROM said ORDER BY article, subject, id"))
        for id, attributes in self.articles():
            yield Told(id, attributes, [node for _, node in named.of(id)], [_edge(row[1:]) for row in said.of(id)])

    def extractors(self) -> Collection[str]:
        """Return what found the evidence."""
        return self.extracted

    def networkx(self, largest: int = LARGEST) -> nx.MultiDiGraph[Any]:
        """Return the graph in memory; raises GraphSizeError when it has more than `largest` nodes and edges."""
        check_size(*self.size, largest)
        edges = self._rows("SELECT subject, object, id, record FROM edge ORDER BY number")
        return graph_of(self.schema, dict(self.articles()), self.nodes(), map(_edge, edges))

    def most_connected(self, most: int) -> nx.MultiDiGraph[Any]:
        """Return the entities of most relations, as many as make with the relations among them up to `most`.

        Its articles are those that state one of these relations.
        """
        with self._faults():
            self._connection.execute(RANKED)
        kept = relations = 0
        for place, added in self._rows(ADDED):
            if place + relations + added > most:
                kept = min(place - 1, most - relations)
                break
            kept, relations = place, relations + added
        chosen = f"IN (SELECT node FROM ranked WHERE place <= {kept})"
        nodes = self._rows(f"SELECT id, record FROM node WHERE id {chosen} ORDER BY number")
        columns = "SELECT subject, object, id, record"
        found = self._rows(f"{columns} FROM edge WHERE subject {chosen} AND object {chosen} ORDER BY number")
        edges = list(map(_edge, found))
        cited = {quoted["article"] for *_, edge in edges for quoted in edge["evidence"]}
        articles = {id: attributes for id, attributes in self.articles() if id in cited}
        return graph_of(self.schema, articles, ((id, json.loads(record)) for id, record in nodes), edges)

    def graph(self, largest: int = LARGEST) -> KnowledgeGraph:
        """Return the graph in memory, to ask; raises GraphSizeError as `networkx` does."""
        return KnowledgeGraph(self.networkx(largest), self.types)

    def _language(self, article: str) -> str:
        (found,) = self._connection.execute("SELECT language FROM article WHERE id = ?", (article,)).fetchone()
        return str(found)

    def _tell(self) -> None:
        rows = ((article, node) for node, found in self.nodes() for article in found["article_ids"])
        with self._faults():
            self._connection.executemany("INSERT INTO named VALUES (?, ?)", rows)
            self._connection.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?)", self._parts())
        self._told = True

    def _parts(self) -> Iterator[tuple[str, ...]]:
        """Yield each edge once an article, with the evidence of that article alone."""
        for subject, obj, key, edge in map(_edge, self._rows("SELECT subject, object, id, record FROM edge")):
            for article, evidence in groupby(edge["evidence"], key=itemgetter("article")):
                yield article, subject, obj, key, dump({**edge, "evidence": list(evidence)})

    def _number(self, query: str) -> int:
        ((found,),) = self._rows(query)
        return int(found)

    def _rows(self, query: str, *values: Any) -> Iterator[Any]:
        with self._faults():
            yield from self._connection.execute(query, values)

    def _faults(self) -> AbstractContextManager[None]:
        return faults("the temporary file of the graph")


class _Groups:
    """Rows in the order of their first column, taken group by group as that is asked for in the same order."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._groups = groupby(rows, key=_first)
        self._next = next(self._groups, None)

    def of(self, key: str) -> list[Any]:
        """Return the rows of a key, which no later one is less than."""
        if self._next is None or self._next[0] != key:
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found


def temporary() -> sqlite3.Connection:
    """Return an empty database of TABLES on the disk, which is gone when it is closed."""
    # The garbage collector, which may close it, runs in any thread.
    connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE * 1024}"):
        connection.execute(f"PRAGMA {setting}")
    for statement in TABLES.split(";"):
        connection.execute(statement)
    return connection


def _edge(row: tuple[str, str, str, str]) -> Edge:
    subject, obj, key, record = row
    return subject, obj, key, json.loads(record)
