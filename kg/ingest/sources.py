"""Finds the files that paths, folders and globs stand for, and opens them, compressed or not."""

from __future__ import annotations

import glob
import gzip
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import InputError
from kg.ingest.records import brief
from kg.model import Failure

FORMATS = {
    ".txt": "text",
    ".html": "page",
    ".htm": "page",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".csv": "table",
    ".tsv": "table",
    ".parquet": "parquet",
}
"""The format of each file name suffix; all but Parquet may be followed by .gz."""

STDIN = "standard input"
STAGE = "ingest"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read articles from, or standard input where `path` is None; `name` is for messages."""

    name: str
    path: Path | None
    format: str
    suffix: str = ""
    compressed: bool = False

    def open(self) -> BinaryIO:
        """Open the file for reading bytes, decompressed; raises OSError."""
        assert self.path is not None
        return cast(BinaryIO, gzip.open(self.path, "rb")) if self.compressed else self.path.open("rb")


def find_sources(paths: Sequence[str | Path]) -> Iterator[Source | Failure]:
    """Yield the files to read, each once, in the order given and sorted inside folders and globs.

    In folders, which are searched to the bottom, files with other suffixes and hidden ones are passed
    over; a file that is named itself and cannot be read is a Failure.
    """
    seen: set[str] = set()
    for given in paths:
        if str(given) == "-":
            yield Source(STDIN, None, "stream")
            continue
        found = False
        for item in _expanded(str(given)):
            found = True
            if isinstance(item, Source) and item.path is not None:
                real = os.path.realpath(item.path)  # Path.resolve refuses links that lead to themselves
                if real in seen:
                    continue
                seen.add(real)
            yield item
        if not found:
            yield Failure(str(given), STAGE, f"no article files in it; it reads {', '.join(FORMATS)}")


def is_folder(given: str) -> bool:
    """Say whether a path is a folder; one too long for the system is none."""
    try:
        return Path(given).is_dir()
    except OSError:
        return False


def _expanded(given: str) -> Iterator[Source | Failure]:
    try:
        yield from _expand(given)
    except OSError as error:
        yield Failure(brief(given), STAGE, f"cannot be looked up ({error.strerror}); check the path")


def _expand(given: str) -> Iterator[Source | Failure]:
    path = Path(given)
    if path.is_dir():
        yield from _walk(path)
    elif path.exists() or not glob.has_magic(given):
        yield _named(path)
    else:
        matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
        if not matches:
            yield Failure(given, STAGE, "nothing matches; check the pattern")
        for match in matches:
            if Path(match).is_dir():
                yield from _walk(Path(match))
            else:
                yield _named(Path(match))


def _walk(folder: Path) -> Iterator[Source | Failure]:
    """Yield the files of a folder; links to folders are not followed, so none is read twice or for ever."""
    refused: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            source = None if name.startswith(".") else _source(Path(root, name))
            if source is not None:
                yield _regular(source)
        for error in refused:
            yield Failure(str(error.filename), STAGE, f"cannot be listed ({error.strerror}); check its permissions")
        refused.clear()


def _named(path: Path) -> Source | Failure:
    source = _source(path)
    if source is not None:
        return _regular(source)
    if not os.path.lexists(path):
        return Failure(str(path), STAGE, "no such file or folder; check the path")
    return Failure(str(path), STAGE, f"unknown suffix {path.suffix!r}; it reads {', '.join(FORMATS)}, also with .gz")


def _regular(source: Source) -> Source | Failure:
    """Return the source, or a Failure where it is a pipe or device, which opening could wait on for ever."""
    assert source.path is not None
    if source.path.exists() and not source.path.is_file():
        return Failure(source.name, STAGE, "a pipe or device, not a file; give - and connect it to standard input")
    return source


def _source(path: Path) -> Source | None:
    compressed = path.suffix.lower() == ".gz"
    suffix = Path(path.stem).suffix.lower() if compressed else path.suffix.lower()
    kind = FORMATS.get(suffix)
    if kind is None or (compressed and kind == "parquet"):
        return None
    return Source(str(path), path, kind, suffix, compressed)


def read_whole(stream: BinaryIO, limit: int) -> bytes:
    """Return all bytes of a stream; raises InputError, having read no more, when there are over `limit`."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(
            f"more than {limit / 1e6:,.0f} MB, too much for one article; split it, or use JSON lines for many"
        )
    return data
