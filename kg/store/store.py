"""The store of documents: a SQLite file, its transactions, and the graph of what it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.codec import document_from_dict
from kg.errors import StoreError, UnknownNameError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.graph.lookup import nearest
from kg.model import LARGEST, Document
from kg.resolve.corrections import Corrections, read_corrections
from kg.schema import Schema, load_schema
from kg.store import articles, tables
from kg.store.articles import Prepared, StoredArticle, prepare
from kg.store.explaining import Explanation, Judged, explain, review
from kg.store.faults import faults
from kg.store.fold import Fold
from kg.store.folding import fold
from kg.store.records import dump
from kg.store.settling import Mapped, bring_up_to_date, is_settled, settle

STORE = "store.sqlite"
"""The name of the store in an output folder."""
CORRECTIONS = "corrections.yaml"
"""The file beside it that corrections are read from, whenever a graph is made."""


def store_file(path: str | Path) -> Path:
    """Return the store file of a path: itself where it names one, else that of the folder."""
    return Path(path) if Path(path).suffix == Path(STORE).suffix else Path(path) / STORE


class DocumentStore:
    """Documents that go in and out, and the graph of those that are there.

    Every change is a transaction of its own; inside `with store.writing():` several are one, and no other process can
    write meanwhile. The graph equals, byte for byte, one made of the same documents anew. All methods raise StoreError,
    naming the file, when it cannot be used; what was stored before then stands.
    """

    def __init__(self, path: str | Path | None, *, create: bool = True, schema: Schema | None = None) -> None:
        """Open the store of a folder or file; None gives one on disk that is gone when it is closed.

        Where there is none it is made, or StoreError raised when `create` is False.
        """
        self.path = None if path is None else store_file(path)
        self._schema = schema or load_schema()
        if self.path is not None and not create and not self.path.is_file():
            raise StoreError(f"{self.path}: no such store; `kg build ARTICLES -o FOLDER` writes one")
        with self._faults():
            self._connection = tables.connect(self.path)

    def put(self, document: Document | Prepared, *, key: str = "", extractor: str = "") -> None:
        """Take a document in, in place of one of its id; `key` says what it was made of, `extractor` by what.

        What `kg.store.prepare` made of it, in another process, takes a third of the time.
        """
        one = prepare(document) if isinstance(document, Document) else document
        with self.writing():
            if articles.is_there(self._connection, one.id):
                articles.delete(self._connection, one.id)
            articles.insert(self._connection, one, key, extractor)

    def retract(self, *ids: str) -> None:
        """Take articles out; raises UnknownNameError, none taken out, for an id that is not there."""
        with self.writing():
            for id in ids:
                if not articles.is_there(self._connection, id):
                    raise UnknownNameError("article", id, nearest(id, self.keys()))
            for id in dict.fromkeys(ids):
                articles.delete(self._connection, id)

    def keys(self) -> dict[str, str]:
        """Return the key that each article was put with, by id."""
        with self._faults():
            return dict(self._connection.execute("SELECT id, key FROM article ORDER BY id"))

    def extractors(self) -> list[str]:
        """Return the extractors that articles were put with."""
        with self._faults():
            rows = self._connection.execute("SELECT DISTINCT extractor FROM article ORDER BY extractor")
            return [name for (name,) in rows]

    def articles(self) -> list[StoredArticle]:
        """Return the articles, by id."""
        with self._faults():
            return articles.listed(self._connection)

    def lines(self) -> Iterator[str]:
        """Yield the documents as lines of the documents format (kg.codec), by id."""
        with self._faults():
            yield from articles.lines(self._connection)

    def documents(self) -> Iterator[Document]:
        """Yield the documents, by id."""
        return (document_from_dict(json.loads(line)) for line in self.lines())

    def graph(self, largest: int = LARGEST) -> KnowledgeGraph:
        """Return the graph of the documents, as `corrections.yaml` beside the store corrects it.

        Raises GraphSizeError when it has more than `largest` entities and relations.
        """
        return self.fold(self.corrections()).graph(largest)

    def fold(self, corrections: Corrections) -> Fold:
        """Return the records of the graph as corrected, with what there is to say of how it came about."""
        with self._faults(), self._settled():
            return fold(self._connection, self._schema, corrections)

    def explain(self, name: str) -> Explanation:
        """Return why what the articles name is one entity: what each calls it, and the judgements on pairs.

        `name` is any name or id of it; raises UnknownNameError as `KnowledgeGraph.entity` does.
        """
        with self._faults(), self._settled():
            return explain(self._connection, self._schema, self.corrections(), name)

    def review(self) -> list[Judged]:
        """Return the pairs that could not be told and that no correction settles, the likeliest to be one first."""
        with self._faults(), self._settled():
            return review(self._connection, self._schema, self.corrections())

    def corrections(self) -> Corrections:
        """Return the corrections of the file beside the store; raises InputError when they are wrong."""
        if self.path is None:
            return Corrections()
        return read_corrections(self.path.with_name(CORRECTIONS), self._schema)

    def settle(self, mapped: Mapped = map) -> None:
        """Resolve again what changes have reached, as `graph` does too; `mapped` may do it in several processes."""
        with self._faults():
            if is_settled(self._connection):
                return
        with self.writing():
            settle(self._connection, mapped)

    @property
    def schema(self) -> Schema:
        """The types of the graph's entities and relations."""
        return self._schema

    @property
    def is_writing(self) -> bool:
        """Whether a transaction of `writing` is open."""
        return self._connection.in_transaction

    @property
    def settings(self) -> dict[str, Any]:
        """What was last noted of the store as a whole with `note`."""
        with self._faults():
            found = self._connection.execute("SELECT value FROM setting WHERE name = 'settings'").fetchone()
            return json.loads(found[0]) if found else {}

    def note(self, settings: dict[str, Any]) -> None:
        """Note settings, JSON's types alone, of the store as a whole."""
        if settings != self.settings:
            with self.writing():
                row = ("settings", dump(settings))
                self._connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", row)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make the changes inside one transaction, given up when an error leaves it; may be nested."""
        with self._faults():
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                bring_up_to_date(self._connection)
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:  # a full disk may have ended it
                    self._connection.execute("ROLLBACK")

    def commit(self) -> None:
        """Make what has been changed inside `writing` last, and go on writing."""
        with self._faults():
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        with self._faults():
            return int(self._connection.execute("SELECT count(*) FROM article").fetchone()[0])

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.path}: {len(self)} articles>"

    @contextmanager
    def _settled(self) -> Iterator[None]:
        """See one settled state of the file throughout, whatever another process writes meanwhile."""
        self.settle()
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN")
        try:
            while not is_settled(self._connection):  # another process has written since
                self._connection.execute("COMMIT")
                self.settle()
                self._connection.execute("BEGIN")
            yield
        finally:
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")

    def _faults(self) -> AbstractContextManager[None]:
        return faults(str(self.path or "the temporary store"))
