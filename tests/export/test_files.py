from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.export.files import atomic_path, atomic_text, form_suffix, read_bytes, write_text


def test_makes_the_folder_and_leaves_only_the_file(tmp_path: Path) -> None:
    write_text(tmp_path / "새 폴더" / "a.txt", "가\n")
    assert [(p.name, p.read_bytes()) for p in (tmp_path / "새 폴더").iterdir()] == [("a.txt", "가\n".encode())]


def test_keeps_the_old_file_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")
    with pytest.raises(ValueError, match="half-way"), atomic_path(path) as temporary:
        temporary.write_text("new", encoding="utf-8")
        raise ValueError("half-way")
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [("a.txt", "old")]


def test_names_the_path_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match=r"file/a\.txt: cannot be written"):
        write_text(tmp_path / "file" / "a.txt", "가")


def test_gzip_holds_the_text_and_no_time_or_name(tmp_path: Path) -> None:
    path = tmp_path / "a.TXT.GZ"
    write_text(path, "가나\n")
    packed = path.read_bytes()
    assert (gzip.decompress(packed).decode("utf-8"), packed[3:8]) == ("가나\n", b"\0" * 5)
    assert (read_bytes(path).decode("utf-8"), form_suffix(path)) == ("가나\n", ".txt")


@pytest.mark.parametrize("content", [b"plain", gzip.compress(b"abc" * 99)[:-9]])
def test_broken_gzip_is_an_os_error(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(content)
    with pytest.raises(OSError, match="gzip"):
        read_bytes(tmp_path / "a.gz")


def test_a_failure_half_way_leaves_the_old_packed_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    write_text(path, "old")
    with pytest.raises(ValueError, match="half-way"), atomic_text(path) as out:
        out.write("new")
        raise ValueError("half-way")
    assert [(p.name, read_bytes(p)) for p in tmp_path.iterdir()] == [("a.txt.gz", b"old")]
