"""Reads articles from files, folders, globs and standard input, one at a time."""

from __future__ import annotations

import io
import itertools
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from kg.errors import InputError
from kg.ingest import tables
from kg.ingest.encodings import bom_encoding, decode, is_binary
from kg.ingest.options import ReadOptions
from kg.ingest.pages import read_page
from kg.ingest.records import Record, article_from_record, brief
from kg.ingest.sources import STAGE, STDIN, Source, find_sources, read_whole
from kg.model import Article, Failure, content_id

_BYTES = 4
"""Most bytes a character takes in UTF-8 or UTF-16."""

DUPLICATE = "duplicate: an earlier article has id"
"""How the message of the Failure of an article begins whose id is taken."""

_DEFAULT = ReadOptions()


def read_articles(
    paths: Sequence[str | Path], *, options: ReadOptions = _DEFAULT, stdin: BinaryIO | None = None
) -> Iterator[Article | Failure]:
    """Yield the articles that paths stand for, and a Failure for each file, line or row that is none.

    A path is a file (.txt, .html, .jsonl, .csv, .tsv, .parquet; all but the last also with .gz), a folder,
    a glob, or "-" for `stdin` (JSON lines where it starts with "{", HTML where with "<", else one text).
    Articles are read one at a time. Of articles with the same id the first stands; the others are
    Failures, which say whether the text is the same. Raises MissingExtraError for Parquet without pyarrow.
    """
    records = read_records(paths, options=options, stdin=stdin)
    return each_once(item if isinstance(item, Failure) else article_of(item, options) for item in records)


def read_records(
    paths: Sequence[str | Path],
    *,
    options: ReadOptions = _DEFAULT,
    stdin: BinaryIO | None = None,
    wanted: Wanted | None = None,
) -> Iterator[Record | Failure]:
    """Yield what the files of `read_articles` hold, as they give it: what `article_of` makes articles of.

    `wanted` chooses among files and, in those that hold several articles, among lines and rows.
    """
    for source in find_sources(paths):
        name = source.source if isinstance(source, Failure) else source.name
        if wanted is not None and not wanted.file(name):
            continue
        for item in [source] if isinstance(source, Failure) else _read(source, options, stdin):
            if wanted is None or wanted.article(item.source):
                yield item


class Wanted(Protocol):
    """A choice among the articles of some paths, by the names that messages have for them."""

    def file(self, name: str) -> bool:
        """Say whether any article of a file is wanted."""
        ...

    def article(self, name: str) -> bool:
        """Say whether an article is wanted: that of a file, or of a line or row, `file:number`."""
        ...


def article_of(record: Record, options: ReadOptions) -> Article | Failure:
    """Return the cleaned article that a record holds, or the Failure it comes to."""
    try:
        return article_from_record(read_page(record) if record.is_page else record, options, record.source)
    except InputError as error:
        return Failure(record.source, STAGE, str(error))
    except MemoryError:
        raise
    except Exception as error:  # whatever a page holds that its reader was not written for
        return Failure(record.source, STAGE, f"cannot be read ({type(error).__name__}: {error}); leave it out")


def each_once(items: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
    """Yield articles and Failures, a Failure for each article whose id an earlier one has."""
    seen: dict[str, str] = {}
    for item in items:
        yield item if isinstance(item, Failure) else _once(item, seen)


def _once(article: Article, seen: dict[str, str]) -> Article | Failure:
    digest = content_id(article.title or "", article.text)
    known = seen.setdefault(article.id, digest)
    if known is not digest:
        said = "the same text" if known == digest else "another text; give each article its own id"
        return Failure(article.source or article.id, STAGE, f"{DUPLICATE} {brief(article.id)!r} and {said}")
    return article


def _read(source: Source, options: ReadOptions, stdin: BinaryIO | None) -> Iterator[Record | Failure]:
    try:
        yield from _records(source, options, stdin)
    except InputError as error:
        yield Failure(source.name, STAGE, str(error))
    except UnicodeError as error:
        yield Failure(source.name, STAGE, f"cannot be decoded ({error}); name its encoding or convert it to UTF-8")
    except (EOFError, zlib.error) as error:
        yield Failure(source.name, STAGE, f"broken gzip data ({error}); compress it again")
    except OSError as error:
        yield Failure(
            source.name, STAGE, f"cannot be read ({error.strerror or error}); check that it exists and is yours"
        )


def _records(source: Source, options: ReadOptions, stdin: BinaryIO | None) -> Iterator[Record | Failure]:
    if source.format == "stream":
        if stdin is None:
            raise InputError("nothing is connected to it; give a file")
        yield from _from_stream(stdin, options)
    elif source.format == "table":
        yield from tables.read_table(source, options)
    elif source.format == "parquet":
        yield from tables.read_parquet(source, options)
    else:
        with source.open() as stream:
            if source.format == "lines":
                yield from _counted(tables.read_lines(stream, source.name, options))
            else:
                yield _single(stream, source.name, source.format, options)


def _from_stream(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Failure]:
    """Read standard input as what its first character shows it to be."""
    head = stream.readline(4096)
    rest = io.BufferedReader(tables.Rejoined(head, stream))
    start = "" if is_binary(head) else _decode_head(head).lstrip()
    if start.startswith("{"):
        yield from tables.read_lines(rest, STDIN, options)
    else:
        yield _single(rest, STDIN, "page" if start.startswith(("<!", "<html", "<?xml")) else "text", options)


def _decode_head(head: bytes) -> str:
    """Return the first characters of a stream, undecodable ones replaced; only to see what it is."""
    return head.decode(bom_encoding(head) or "utf-8", errors="replace")


def _counted(records: Iterator[Record | Failure]) -> Iterator[Record | Failure]:
    first = next(records, None)
    if first is None:
        raise InputError("empty; leave it out")
    yield from itertools.chain([first], records)


def _single(stream: BinaryIO, name: str, kind: str, options: ReadOptions) -> Record:
    """Return the one article of a text or a page; raises InputError when it is empty, binary or too long."""
    data = read_whole(stream, _BYTES * options.max_characters)
    if not data.strip():
        raise InputError("empty; leave it out")
    if is_binary(data[:65536]):
        raise InputError("binary data, not text; convert it to text or leave it out")
    text = decode(data, options.source_encoding)
    return Record(name, text, is_page=kind == "page")
