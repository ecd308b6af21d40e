"""Shards: some hundred articles that are read, extracted and written as one, and that are not done again.

A shard is one Parquet file with a row an article, named by what it was made of: its articles as they were read, and
what extracts them. An article that could not be used is a row with its failure.
"""

from __future__ import annotations

import faulthandler
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.codec import document_to_dict
from kg.distributed.files import Place, is_url, opened
from kg.distributed.rows import dump
from kg.ingest import ReadOptions, read_articles, to_document
from kg.model import Article, Document, Failure, content_id
from kg.resolve import appearances, blocking_keys, copies
from kg.run.extraction import confident
from kg.run.limits import Limits
from kg.run.workers import map_documents
from kg.stage import Stage
from kg.store.records import record_to_json

if TYPE_CHECKING:
    import pyarrow as pa

SINGLE = (".txt", ".html", ".htm")
"""Endings of files of one article, of which a shard takes many."""
PATIENCE = 300.0
"""Seconds for a call of the stage; a process that takes longer is ended and its articles are done one by one."""
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


class Watched:
    """A stage whose process ends when one call takes longer than `patience`: an endless loop heeds nothing else."""

    def __init__(self, stage: Stage, patience: float = PATIENCE) -> None:
        self.name, self.version = stage.name, stage.version
        self._stage, self._patience = stage, patience

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return what the stage makes of documents."""
        faulthandler.dump_traceback_later(self._patience, exit=True, file=sys.__stderr__ or sys.stderr)
        try:
            return self._stage(documents)
        finally:
            faulthandler.cancel_dump_traceback_later()


def extract_shard(place: Place, name: str, text: str, stage: Stage, min_confidence: float, limits: Limits) -> None:
    """Extract a shard and write its file, with a row for what failed.

    Should the process die of an article, a mark stays; who takes the shard next has each batch done by another process
    (`kg.run.pool`), so that such an article costs itself alone.
    """
    items = [(Failure if kind == "failure" else Article)(**row) for kind, row in json.loads(text)]
    articles: dict[str, Article] = {}
    for item in items:
        if isinstance(item, Article):
            articles.setdefault(item.id, item)
    documents = [to_document(article) for article in articles.values()]
    mark = name.replace("shards/", "begun/", 1)
    if place.read(mark) is None:
        place.put(mark, b"")
        results = list(map_documents(stage, documents))
    else:
        results = list(map_documents(stage, documents, limits=limits))
    of = {document.id: result for document, result in zip(documents, results, strict=True)}
    place.put_table(name, _table([_row(item, of, min_confidence) for item in items]))
    place.remove(mark)


def _row(item: Item, results: dict[str, Document | Failure], min_confidence: float) -> dict[str, Any]:
    if isinstance(item, Failure):
        return {"source": item.source, "failure": dump([item.stage, item.message])}
    digest = content_id(item.title or "", item.text)
    row: dict[str, Any] = {"id": item.id, "digest": digest, "source": item.source or item.id}
    result = results[item.id]
    if isinstance(result, Failure):
        return row | {"failure": dump([result.stage, result.message])}
    document = confident(result, min_confidence)
    found = list(appearances(document))
    fields = document_to_dict(document)
    return row | {
        "line": dump(fields),
        "about": dump([*(fields[key] for key in ("title", "date", "publisher", "url", "language")), document.sha256]),
        "relations": dump(fields["relations"]),
        "appearances": [record_to_json(one) for one in found],
        "keys": [[dump(key) for key in sorted(blocking_keys(one))] for one in found],
        "fingerprint": record_to_json(copies.fingerprint(document)),
    }


def _table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    texts = pa.list_(pa.large_string())
    types = {**dict.fromkeys(TEXTS, pa.large_string()), "appearances": texts, "keys": pa.list_(texts)}
    return pa.table({name: pa.array([row.get(name) for row in rows], kind) for name, kind in types.items()})
