from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.export.files import atomic_folder, atomic_path, atomic_text, form_suffix, read_bytes, write_text


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


def _export(path: Path, *names: str) -> None:
    with atomic_folder(path, stale=lambda old: old.suffix == ".md" and "ours" in old.read_text("utf-8")) as folder:
        (folder / "pages").mkdir()
        for name in names:
            write_text(folder / "pages" / name, "ours")
        write_text(folder / "index", "new")


def _files(path: Path) -> list[str]:
    return sorted(one.relative_to(path).as_posix() for one in path.rglob("*") if one.is_file())


def test_a_folder_replaces_an_earlier_export_and_keeps_what_others_put_there(tmp_path: Path) -> None:
    path = tmp_path / "out"
    _export(path, "a.md", "b.md")
    for name in (".settings/app.json", "notes/일기.md", "pages/mine.md"):
        write_text(path / name, "mine")
    _export(path, "b.md", "c.md")
    kept = [".settings/app.json", "index", "notes/일기.md", "pages/b.md", "pages/c.md", "pages/mine.md"]
    assert (_files(path), _files(tmp_path)) == (kept, [f"out/{name}" for name in kept])


def test_a_folder_that_is_no_earlier_export_is_refused_and_stays(tmp_path: Path) -> None:
    write_text(tmp_path / "home" / "thesis.txt", "years")
    write_text(tmp_path / "home" / "index", "mine")
    with pytest.raises(ExportError, match=r"home: a folder with other files \(index\), which stay as they are"):
        _export(tmp_path / "home", "a.md")
    assert _files(tmp_path) == ["home/index", "home/thesis.txt"]


def test_an_empty_folder_or_one_with_settings_alone_is_taken(tmp_path: Path) -> None:
    write_text(tmp_path / "vault" / ".obsidian" / "app.json", "{}")
    _export(tmp_path / "vault", "a.md")
    assert _files(tmp_path / "vault") == [".obsidian/app.json", "index", "pages/a.md"]


@pytest.mark.parametrize("name", ["", ".", "..", "sub/.."])
def test_a_path_without_a_name_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_text(tmp_path / "sub" / "keep", "old")
    monkeypatch.chdir(tmp_path / "sub")
    for write in (atomic_path, atomic_folder):
        with pytest.raises(ExportError, match="no name of a file or folder"), write(Path(name)):
            pass
    assert _files(tmp_path) == ["sub/keep"]


def test_a_folder_is_not_packed(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="not packed"):
        _export(tmp_path / "out.gz")
    assert list(tmp_path.iterdir()) == []
