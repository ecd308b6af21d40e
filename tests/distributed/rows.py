"""Rows of shards and tables, made of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from kg.distributed.cluster import Table
from kg.distributed.files import Place
from kg.distributed.rows import Keyed, Made
from kg.distributed.shards import extract_shard, pack_shard
from kg.model import Article, Document
from kg.run.limits import Limits


class Known:
    """A stage that finds in each article what a document of its text has."""

    name, version = "known", "1"

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.text: document for document in documents}

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        known = (self._documents[document.text] for document in documents)
        return [
            replace(given, mentions=one.mentions, entities=one.entities, relations=one.relations)
            for given, one in zip(documents, known, strict=True)
        ]


def article(document: Document) -> Article:
    body = document.text if document.title is None else document.text.removeprefix(f"{document.title}\n")
    head = (document.title, document.date, document.publisher, document.url)
    return Article(document.id, body, *head, source=f"{document.id}.txt")


def written_shards(place: Place, documents: Sequence[Document], size: int) -> Table:
    """Return shards of documents, in the order given."""
    found: list[dict[str, object]] = []
    for at in range(0, len(documents), size):
        name, text = pack_shard([article(one) for one in documents[at : at + size]], f"known {at}")
        extract_shard(place, name, text, Known(documents), 0.0, Limits())
        found.append({"name": name, "order": len(found)})
    return Table.of(found)


def folded(rows: Iterable[Keyed], fold: Callable[[str, list[tuple[str, str]]], Iterator[Made]]) -> list[Made]:
    """Return what a fold makes of rows."""
    given = sorted(rows)
    keys = sorted({row.key for row in given})
    return [made for key in keys for made in fold(key, [(r.kind, r.value) for r in given if r.key == key])]
