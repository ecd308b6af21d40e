"""Files of a run on any path that fsspec knows: each appears whole, under a name made of its content."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ExportError, InputError
from kg.ingest.sources import FORMATS, STAGE, find_sources
from kg.model import Failure

if TYPE_CHECKING:
    import fsspec
    import pyarrow as pa

WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "memory"})
"""Protocols under which a file appears when all of it is there; under others it is written beside and renamed."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder on any file system; `url` as given, a path of this machine or one like s3://bucket/folder."""

    url: str

    def put(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all, in place of one of that name; raises ExportError."""
        system, root = opened(self.url)
        path = f"{root}/{name}"
        try:
            system.makedirs(path.rpartition("/")[0], exist_ok=True)
            if WHOLE.isdisjoint(_protocols(system)):
                temporary = f"{path}.{uuid.uuid4().hex}.part"
                system.pipe_file(temporary, data)
                system.mv(temporary, path)
            else:
                system.pipe_file(path, data)
        except OSError as error:
            raise ExportError(f"{self.url}/{name}: cannot be written ({error}); choose another folder") from error

    def read(self, name: str) -> bytes | None:
        """Return what is in a file, None where there is none."""
        system, root = opened(self.url)
        try:
            return bytes(system.cat_file(f"{root}/{name}"))
        except FileNotFoundError:
            return None

    def has(self, name: str) -> bool:
        """Say whether a file is there."""
        system, root = opened(self.url)
        return bool(system.exists(f"{root}/{name}"))

    def names(self, folder: str) -> list[str]:
        """Return the names of the files below a folder, each from the root of the place."""
        system, root = opened(self.url)
        system.invalidate_cache()
        found = system.find(f"{root}/{folder}") if system.exists(f"{root}/{folder}") else []
        return sorted(path[path.index(f"{root}/") + len(root) + 1 :] for path in found)

    def keep(self, folder: str, names: Collection[str]) -> None:
        """Take all files of a folder away but those of some names, and the folder itself where there are none."""
        system, root = opened(self.url)
        if not names and system.exists(f"{root}/{folder}"):
            system.rm(f"{root}/{folder}", recursive=True)
        for name in self.names(folder) if names else ():
            if name not in names:
                system.rm_file(f"{root}/{name}")

    def remove(self, name: str) -> None:
        """Take a file away."""
        system, root = opened(self.url)
        system.rm_file(f"{root}/{name}")

    def put_table(self, name: str, table: pa.Table) -> None:
        """Write a Parquet file."""
        import pyarrow.parquet as pq

        buffer = io.BytesIO()
        pq.write_table(table, buffer, compression="zstd")
        self.put(name, buffer.getvalue())

    def rows(self, name: str, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Yield the rows of a Parquet file with some of its columns."""
        import pyarrow.parquet as pq

        system, root = opened(self.url)
        with system.open(f"{root}/{name}", "rb") as file, pq.ParquetFile(file) as table:
            for batch in table.iter_batches(batch_size=256, columns=list(columns)):
                yield from batch.to_pylist()


def is_url(path: str) -> bool:
    """Say whether a path names its file system, like s3://bucket/folder."""
    return "://" in path


def opened(url: str) -> tuple[fsspec.AbstractFileSystem, str]:
    """Return the file system of a path and what it calls the path; raises InputError where it lacks a package."""
    from fsspec.core import url_to_fs

    try:
        system, path = url_to_fs(url if is_url(url) else str(Path(url).resolve()))
    except (ImportError, ValueError) as error:
        raise InputError(f"{url}: {error}; install what its file system needs, on every node") from error
    return system, path.rstrip("/")


def sources(paths: Iterable[str]) -> Iterator[tuple[str, str] | Failure]:
    """Yield the article files of paths, folders and globs in the order of `kg.ingest`: name for people, and path."""
    for given in paths:
        if given == "-":
            raise InputError("standard input cannot be read by a cluster; save it to a file")
        if is_url(given):
            yield from _below(given)
        else:
            for one in find_sources([given]):
                yield one if isinstance(one, Failure) else (one.name, str(Path(one.name).resolve()))


def _below(url: str) -> Iterator[tuple[str, str] | Failure]:
    system, path = opened(url)
    listed = system.glob(path) if any(char in path for char in "*?[") else system.find(path)
    parent = path.rpartition("/")[0]
    found = [system.unstrip_protocol(one) for one in sorted(listed) if _has_articles(one.removeprefix(parent))]
    yield from ((one, one) for one in found)
    if not found:
        yield Failure(url, STAGE, f"no article files in it; it reads {', '.join(FORMATS)}")


def _has_articles(path: str) -> bool:
    hidden = any(part.startswith(".") for part in path.split("/"))
    return not hidden and path.lower().removesuffix(".gz").endswith(tuple(FORMATS))


def digest(data: bytes) -> str:
    """Return the name of a content."""
    return hashlib.sha256(data).hexdigest()[:20]


def _protocols(system: fsspec.AbstractFileSystem) -> set[str]:
    return {system.protocol} if isinstance(system.protocol, str) else set(system.protocol)
