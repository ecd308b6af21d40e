"""Files that appear whole or not at all: written under a temporary name beside, then renamed."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, TextIO, cast

from kg.errors import ExportError

_BUFFER = 2**18
"""Bytes written at once: the system's 8 KiB cost RDF files a tenth of their time."""


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path` that takes its name when the block ends without an error.

    The folder is made when it is missing. After an error the old file stands as it was and the
    temporary one is gone. Raises ExportError naming the path when it cannot be written.
    """
    if path.name in ("", ".."):
        raise ExportError(f"{str(path)!r} is no name of a file or folder to write; give one")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({error.strerror or error}); choose another place") from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _never(path: Path) -> bool:
    return False


@contextmanager
def atomic_folder(path: Path, *, stale: Callable[[Path], bool] = _never) -> Iterator[Path]:
    """Yield an empty folder beside `path` that takes its name when the block ends well; see `atomic_path`.

    It takes the place of an earlier export alone: a folder that has anything else and not all the names at the top of
    the new one is refused. What others put into an earlier one goes along; `stale` says of a file that the new folder
    does not have whether an earlier export wrote it.
    """
    if is_packed(path):
        raise ExportError(f"{path}: this form is a folder, which is not packed; leave out .gz")
    with atomic_path(path) as temporary:
        try:
            shutil.rmtree(temporary, ignore_errors=True)  # left by a process that was killed
            temporary.mkdir()
            yield temporary
            if path.is_dir():
                _keep_others(path, temporary, stale)
            remove(path)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise


def _keep_others(old: Path, new: Path, stale: Callable[[Path], bool]) -> None:
    """Copy what no export wrote, such as settings and notes, from an earlier folder into the new one."""
    there = {one.name for one in old.iterdir()}
    strange = sorted(name for name in there if not name.startswith("."))
    if strange and {one.name for one in new.iterdir()} - there:
        raise ExportError(f"{old}: a folder with other files ({strange[0]}), which stay as they are; name a new folder")
    for found in sorted(old.rglob("*")):
        copy = new / found.relative_to(old)
        if not os.path.lexists(copy) and (found.is_dir() or found.is_symlink() or not stale(found)):
            copy.mkdir() if found.is_dir() and not found.is_symlink() else shutil.copy2(
                found, copy, follow_symlinks=False
            )


def remove(path: Path) -> None:
    """Take a file or folder away, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def atomic_bytes(path: Path) -> Iterator[BinaryIO]:
    """Yield a binary stream of a file that appears when the block ends without an error; see `atomic_path`.

    A path that ends in .gz gets gzip, without time or name in its header, so the same bytes each time.
    """
    with atomic_path(path) as temporary, temporary.open("wb", buffering=_BUFFER) as raw:
        if not is_packed(path):
            yield raw
            return
        with gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
            yield cast(BinaryIO, packed)


@contextmanager
def atomic_text(path: Path) -> Iterator[TextIO]:
    """Yield a stream of UTF-8 text, newlines as given; see `atomic_bytes`."""
    with atomic_bytes(path) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="\n") as out:
        yield out


def write_text(path: Path, text: str) -> None:
    """Write text as UTF-8 with newlines as given, whole or not at all."""
    with atomic_text(path) as out:
        out.write(text)


def is_packed(path: Path) -> bool:
    """Say whether a file is gzip by its name."""
    return path.suffix.lower() == ".gz"


def form_suffix(path: Path) -> str:
    """Return the ending that says what is in a file, in lower case: .ttl of graph.ttl and of graph.ttl.gz."""
    return (path.with_suffix("") if is_packed(path) else path).suffix.lower()


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading, unpacked where it ends in .gz."""
    return cast("IO[bytes]", gzip.open(path)) if is_packed(path) else path.open("rb")


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, unpacked where it ends in .gz; raises OSError, also for broken gzip."""
    data = path.read_bytes()
    try:
        return gzip.decompress(data) if is_packed(path) else data
    except (EOFError, zlib.error) as error:
        raise OSError(f"broken gzip: {error}") from error
