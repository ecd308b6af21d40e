"""Shards: some hundred articles that are read, extracted and written as one, and that are not done again.

A shard is one Parquet file with a row an article, named by what it was made of: its articles as they were read, and
what extracts them. An article that could not be used is a row with its failure.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.distributed.files import Place, is_url, opened
from kg.ingest import ReadOptions, read_articles, to_document
from kg.model import Article, Document, Failure, content_id
from kg.run.extraction import Finishing
from kg.run.limits import Limits, timer
from kg.run.workers import map_documents
from kg.stage import Stage
from kg.store import Prepared, prepare
from kg.store.records import dump, unpack

if TYPE_CHECKING:
    import pyarrow as pa

SINGLE = (".txt", ".html", ".htm")
"""Endings of files of one article, of which a shard takes many."""
TEXTS = ("id", "digest", "source", "failure", "line", "about", "fingerprint", "relations")
Item = Article | Failure


def file_groups(files: Iterable[tuple[str, str]], size: int) -> Iterator[list[tuple[str, str]]]:
    """Yield files, by name and path, to be read one after another: one, or up to `size` neighbours of SINGLE."""
    group: list[tuple[str, str]] = []
    for name, path in files:
        single = path.lower().removesuffix(".gz").endswith(SINGLE)
        if group and (not single or len(group) == size):
            yield group
            group = []
        group.append((name, path))
        if not single:
            yield group
            group = []
    if group:
        yield group


def read_shards(files: Sequence[tuple[str, str]], options: ReadOptions, size: int) -> Iterator[list[Item]]:
    """Yield the articles and failures of files in shards of `size`; a remote file is copied here for that long."""
    items = (item for name, path in files for item in _read(name, path, options))
    while shard := list(islice(items, size)):
        yield shard


def _read(name: str, path: str, options: ReadOptions) -> Iterator[Item]:
    with tempfile.TemporaryDirectory() as folder:
        local = path
        if is_url(path):
            local = str(Path(folder, path.rpartition("/")[2]))
            system, remote = opened(path)
            try:
                system.get_file(remote, local)
            except OSError as error:
                yield Failure(name, "ingest", f"cannot be read ({error}); check that it exists and is yours")
                return
        for item in read_articles([local], options=options):
            said = (item.source or "").replace(local, name, 1)
            if isinstance(item, Failure):
                yield replace(item, source=said, message=item.message.replace(local, name))
            else:
                yield replace(item, source=said)


def pack_shard(items: Sequence[Item], extractor: str) -> tuple[str, str]:
    """Return the file name of a shard and the shard as text; `extractor` is of `kg.run.intake.extractor_key`."""
    rows = [["failure", asdict(item)] if isinstance(item, Failure) else ["article", asdict(item)] for item in items]
    text = dump(rows)
    return f"shards/{content_id(extractor, text, length=24)}.parquet", text


class Timed:
    """A stage whose process ends when a call takes longer than `limits` give its text."""

    def __init__(self, stage: Stage, limits: Limits) -> None:
        self.name, self.version = stage.name, stage.version
        self._stage, self._limits = stage, limits

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return what the stage makes of documents."""
        with timer(self._limits.seconds_for(sum(len(document.text) for document in documents))):
            return self._stage(documents)


def extract_shard(place: Place, name: str, text: str, stage: Stage, min_confidence: float, limits: Limits) -> None:
    """Extract a shard and write its file, with a row for what failed.

    Should the process die of an article, or end as one takes more than the `limits` give, a mark stays; who takes the
    shard next has each batch done by another process (`kg.run.pool`), so that such an article costs itself alone.
    """
    items = [(Failure if kind == "failure" else Article)(**row) for kind, row in json.loads(text)]
    articles: dict[str, Article] = {}
    for item in items:
        if isinstance(item, Article):
            articles.setdefault(item.id, item)
    documents = [to_document(article) for article in articles.values()]
    mark = name.replace("shards/", "begun/", 1)
    again, finish = place.has(mark), Finishing(min_confidence, prepare)
    if again:
        results = map_documents(stage, documents, limits=limits, finish=finish)
    else:
        place.put(mark, b"")
        results = map_documents(Timed(stage, limits), documents, finish=finish)
    of = {document.id: result for document, result in zip(documents, results, strict=True)}
    place.put_table(name, _table([_row(item, of) for item in items]))
    place.remove(mark)


def _row(item: Item, results: Mapping[str, Prepared | Failure]) -> dict[str, Any]:
    if isinstance(item, Failure):
        return {"source": item.source, "failure": dump([item.stage, item.message])}
    row = {"id": item.id, "digest": content_id(item.title or "", item.text), "source": item.source or item.id}
    result = results[item.id]
    if isinstance(result, Failure):
        return row | {"failure": dump([result.stage, result.message])}
    found = result.derived
    return row | {
        "line": unpack(result.line),
        "about": dump(result.head),
        "relations": unpack(result.relations),
        "appearances": [record for _, record, _ in found.appearances],
        "keys": [list(keys) for _, _, keys in found.appearances],
        "fingerprint": unpack(found.fingerprint),
    }


def _table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    texts = pa.list_(pa.large_string())
    types = {**dict.fromkeys(TEXTS, pa.large_string()), "appearances": texts, "keys": pa.list_(texts)}
    return pa.table({name: pa.array([row.get(name) for row in rows], kind) for name, kind in types.items()})
