from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.export.files import atomic_path, write_text


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
