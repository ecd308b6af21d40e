"""Articles in rows: JSON lines, comma- and tab-separated values, Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, BinaryIO

from kg.errors import InputError, MissingExtraError
from kg.ingest.encodings import bom_encoding, decode, detect, is_binary
from kg.ingest.normalise import encodable
from kg.ingest.options import FIELDS, ReadOptions
from kg.ingest.records import Record, brief
from kg.ingest.sources import STAGE, Source
from kg.model import Failure

_CHUNK = 1 << 20
_ESCAPED = 6
"""Bytes that one character of JSON can take, as a \\uXXXX escape."""


def read_lines(stream: BinaryIO, source: str, options: ReadOptions) -> Iterator[Record | Failure]:
    """Yield a Record for each line of JSON, a Failure for each that is none; blank lines are skipped."""
    limit = _ESCAPED * options.max_characters + _CHUNK
    for number, line in enumerate(_lines(stream, limit, options), 1):
        where = f"{source}:{number}"
        if isinstance(line, bytes) and not line.strip():
            continue
        try:
            if line is None:
                raise InputError(f"a line of more than {limit / 1e6:,.0f} MB; one article a line, split it")
            if is_binary(line[:4096]):
                raise InputError("binary data, not JSON; give JSON lines")
            yield _record(_parse(decode(line, options.source_encoding)), where, options)
        except InputError as error:
            yield Failure(where, STAGE, str(error))


def _lines(stream: BinaryIO, limit: int, options: ReadOptions) -> Iterator[bytes | None]:
    """Yield the lines, None for one over the limit, whose rest is passed over without being held."""
    first = True
    while line := stream.readline(limit + 1):
        marked = bom_encoding(line) if first else None
        if marked and marked != "utf-8-sig":
            text = io.TextIOWrapper(io.BufferedReader(Rejoined(line, stream)), encoding=marked, errors="replace")
            yield from _decoded_lines(text, limit)
            return
        first = False
        if len(line) <= limit:
            yield line.removeprefix(b"\xef\xbb\xbf")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_CHUNK)
        yield None


def _decoded_lines(text: io.TextIOWrapper, limit: int) -> Iterator[bytes | None]:
    """Yield the lines of a text in UTF-8, None for one over the limit."""
    while line := text.readline(limit + 1):
        if len(line) <= limit:
            yield line.encode("utf-8", "surrogatepass")
            continue
        while line and not line.endswith("\n"):
            line = text.readline(_CHUNK)
        yield None


class Rejoined(io.RawIOBase):
    """A stream with the bytes already read from it put back in front."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer from the bytes put back, then from the rest."""
        data = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _parse(line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not valid JSON ({error}); write one JSON object a line") from error
    if not isinstance(row, dict):
        raise InputError(f"JSON, but a {type(row).__name__}; write one JSON object a line")
    return row


def read_table(source: Source, options: ReadOptions) -> Iterator[Record | Failure]:
    """Yield a Record for each row of a CSV or TSV file with a header; raises InputError when a column lacks."""
    with source.open() as stream:
        head = stream.read(4096)
        if is_binary(head):
            raise InputError("binary data, not a table; save it as CSV in UTF-8")
    encoding = options.source_encoding
    if encoding is None:
        with source.open() as stream:
            encoding = detect(iter(lambda: stream.read(_CHUNK), b""))
    errors = "replace" if encoding == "cp949" else "strict"
    # The field limit of the csv module is one for the process; it is raised, never lowered.
    csv.field_size_limit(max(csv.field_size_limit(), options.max_characters + 1))
    with source.open() as stream, io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="") as text:
        lines = iter(lambda: text.readline(options.max_characters + _CHUNK), "")
        yield from _rows(lines, "\t" if source.suffix == ".tsv" else ",", source.name, options)


def _rows(lines: Iterable[str], delimiter: str, source: str, options: ReadOptions) -> Iterator[Record | Failure]:
    reader = csv.DictReader((line.lstrip("\ufeff") for line in lines), delimiter=delimiter, strict=True)
    try:
        header = reader.fieldnames
    except csv.Error as error:
        raise InputError(f"its header is no CSV ({error}); check the quotation marks") from error
    if not header:
        raise InputError("empty; leave it out")
    _check_columns(header, options)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Failure(
                f"{source}:{reader.reader.line_num}",
                STAGE,
                f"not valid CSV ({error}); check the quotation marks of the row",
            )
            continue
        try:
            yield _record(row, f"{source}:{reader.line_num}", options)
        except InputError as error:
            yield Failure(f"{source}:{reader.line_num}", STAGE, str(error))


def read_parquet(source: Source, options: ReadOptions) -> Iterator[Record | Failure]:
    """Yield a Record for each row of a Parquet file; raises MissingExtraError without pyarrow, InputError."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("reading Parquet", "parquet") from error
    try:
        with pq.ParquetFile(source.path) as table:
            names = table.schema_arrow.names
            _check_columns(names, options)
            wanted = [name for name in map(options.column, FIELDS) if name in names]
            number = 0
            for batch in table.iter_batches(batch_size=64, columns=wanted):
                for at in range(len(batch)):
                    number += 1
                    yield _row(batch.slice(at, 1), f"{source.name}:{number}", options)
    except (pa.ArrowException, ValueError, NotImplementedError) as error:
        raise InputError(f"not a readable Parquet file ({error}); write it again") from error


def _row(one: Any, where: str, options: ReadOptions) -> Record | Failure:
    """Return the record of a batch of one row: values become Python's a row at a time, however long they are."""
    try:
        return _record(one.to_pylist()[0], where, options)
    except InputError as error:
        return Failure(where, STAGE, str(error))
    except (ValueError, OverflowError) as error:
        return Failure(where, STAGE, f"its values cannot be read ({error}); write them as text")


def _check_columns(header: Iterable[str], options: ReadOptions) -> None:
    """Raise InputError unless the column of texts, and each that the options name, is there."""
    names = list(header)
    for name in FIELDS:
        column = options.column(name)
        if column not in names and (name == "text" or name in options.columns):
            raise InputError(
                f"no column {column!r} for the {name}; it has {brief(', '.join(map(str, names)))};"
                f" name the one to use (--{name}-column, or `columns`)"
            )


def _record(row: Mapping[str, Any], source: str, options: ReadOptions) -> Record:
    value = {name: row.get(options.column(name)) for name in FIELDS}
    text = value["text"]
    if not isinstance(text, str):
        column = options.column("text")
        missing = f"no field {column!r}" if column not in row else f"field {column!r} is no text"
        names = brief(", ".join(map(str, row)))
        raise InputError(f"{missing}; it has {names}; say which one holds the text with columns")
    id, title, publisher, url = (_string(name, value[name]) for name in ("id", "title", "publisher", "url"))
    return Record(source, text, title, value["date"], publisher, url, id)


def _string(name: str, value: object) -> str | None:
    """Return a value as text; raises InputError where it is neither text nor a number."""
    if value is None or value != value:  # tables write a missing value as NaN
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise InputError(f"its {name} is of type {type(value).__name__}; give text or a number")
    return encodable(str(value))
