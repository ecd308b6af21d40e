"""A store that cannot be used: a clear error that names the file, and the file as it was."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import KgError, StoreError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import content_id
from kg.store import STORE, DocumentStore, tables
from tests.samples import ALLIANCE, RUMOUR
from tests.store.pool import POOL, shown


def made(folder: Path) -> Path:
    with DocumentStore(folder) as store:
        store.put(ALLIANCE)
    return folder / STORE


def refused(path: Path) -> str:
    """Return the message of the error that opening a store raises; the file stays as it is, with nothing beside it."""
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        DocumentStore(path)
    assert (path.read_bytes(), [*path.parent.iterdir()]) == (before, [path])
    return str(caught.value)


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {tables.VERSION + 1}")
    connection.close()
    assert refused(path) == (
        f"{path}: a store of version {tables.VERSION + 1}, this version reads {tables.VERSION}; upgrade the package"
    )


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / STORE
    path.write_text("가온전자는 나래은행과 제휴를 맺었다.\n" * 50, encoding="utf-8")
    assert refused(path).startswith(f"{path}: not a store of this package; choose another folder or move it away")


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / STORE
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()
    assert "not a store of this package" in refused(path)


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    path = made(tmp_path)
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with DocumentStore(path) as store, pytest.raises(StoreError, match=r"store\.sqlite: damaged; move it away"):
        store.articles()


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / STORE).touch()
    assert shown_of(made(tmp_path)) == shown(KnowledgeGraph.from_documents([ALLIANCE]))


def shown_of(path: Path) -> str:
    with DocumentStore(path, create=False) as store:
        return shown(store.graph())


def test_a_store_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"store\.sqlite: no such store; `kg build ARTICLES -o FOLDER` writes one"):
        DocumentStore(tmp_path, create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / STORE).mkdir()
    with pytest.raises(StoreError, match=r"store\.sqlite: cannot be opened"):
        DocumentStore(tmp_path)


def test_a_second_writer_is_told_to_wait_and_readers_see_what_is_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "WAIT", 0.05)
    path = made(tmp_path)
    with DocumentStore(path) as one, DocumentStore(path) as two:
        one.settle()
        with one.writing():
            one.put(RUMOUR)
            with pytest.raises(StoreError, match=r"store\.sqlite: in use by another command; wait until it ends"):
                two.put(RUMOUR)
            assert [article.id for article in two.articles()] == ["alliance"]
            assert shown(two.graph()) == shown(KnowledgeGraph.from_documents([ALLIANCE]))
        two.put(replace(RUMOUR, id="rumour-2"))
        assert [article.id for article in one.articles()] == ["alliance", "rumour", "rumour-2"]


def test_a_full_disk_gives_up_the_change_and_no_more(tmp_path: Path) -> None:
    path = made(tmp_path)
    # Text that does not compress, so that it soon needs more than the pages allowed.
    long = replace(ALLIANCE, id="long", text=ALLIANCE.text + "\n" + " ".join(content_id(str(i)) for i in range(9000)))
    with DocumentStore(path) as store:
        store.graph()
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(StoreError, match=r"store\.sqlite: no space left on the disk; free some") as caught:
            store.put(long)
        assert isinstance(caught.value, KgError)
        assert shown(store.graph()) == shown(KnowledgeGraph.from_documents([ALLIANCE]))
    with DocumentStore(path) as store:
        for one in POOL:
            store.put(one)
    assert shown_of(path) == shown(KnowledgeGraph.from_documents(POOL))
