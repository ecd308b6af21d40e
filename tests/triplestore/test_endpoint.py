from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from kg.errors import InputError, StoreError
from kg.export.vocabulary import DEFAULT_BASE
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.triplestore import connection
from kg.triplestore.connection import Login
from kg.triplestore.endpoint import Loaded, load_endpoint
from tests.samples import ALLIANCE, OFFICERS, RUMOUR
from tests.triplestore.conftest import REPORT
from tests.triplestore.faulty import Faulty, faulty

GRAPHS = 6
"""Entities, relations, three articles and what is said of the whole (meta)."""


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Faulty]:
    monkeypatch.setattr(connection, "WAIT", 0.001)
    with faulty() as server:
        yield server


def expected(graph: KnowledgeGraph, folder: Path, base: str = DEFAULT_BASE) -> dict[str, list[str]]:
    """Return the sorted triples of each named graph, from the N-Quads that kg export writes."""
    found: dict[str, list[str]] = {}
    for line in graph.export(folder / "expected.nq", base=base).read_text(encoding="utf-8").splitlines():
        head, name = line.removesuffix("> .").rsplit(" <", 1)
        found.setdefault(name, []).append(f"{head} .")
    return {name: sorted(lines) for name, lines in found.items()}


def held(store: Faulty) -> dict[str, list[str]]:
    return {
        name: sorted(body.decode().splitlines()) for name, body in store.graphs.items() if not name.endswith("/loaded")
    }


def test_every_graph_is_put_once_and_not_again(
    store: Faulty, graph: KnowledgeGraph, graph_folder: Path, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    assert load_endpoint(graph_folder, store.url, watch=lambda *done: told.append(done)) == Loaded(GRAPHS, 0, 0)
    assert held(store) == expected(graph, tmp_path)
    assert told[-1] == (GRAPHS, GRAPHS)
    store.requests.clear()
    assert load_endpoint(graph_folder, store.url) == Loaded(0, GRAPHS, 0)
    assert [method for method, *_ in store.requests] == ["GET"]


def test_n_quads_do_as_well_and_other_files_do_not(store: Faulty, graph: KnowledgeGraph, tmp_path: Path) -> None:
    assert load_endpoint(graph.export(tmp_path / "graph.nq"), store.url) == Loaded(GRAPHS, 0, 0)
    assert held(store) == expected(graph, tmp_path)
    with pytest.raises(InputError, match="no graph for each article"):
        load_endpoint(graph.export(tmp_path / "graph.ttl"), store.url)
    plain = tmp_path / "plain.nq"
    plain.write_text("<http://x/s> <http://x/p> <http://x/o> .\n", encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(f"{plain}: line 1: no quad of a named graph")):
        load_endpoint(plain, store.url)


def test_what_changed_is_sent_and_what_is_gone_deleted(store: Faulty, tmp_path: Path) -> None:
    store.graphs["http://example.org/other"] = b""
    for name, documents, loaded in (
        ("all", (ALLIANCE, RUMOUR, OFFICERS), Loaded(6, 0, 0)),
        ("fewer", (ALLIANCE, OFFICERS), Loaded(2, 3, 1)),
        ("all", (ALLIANCE, RUMOUR, OFFICERS), Loaded(3, 3, 0)),
    ):
        graph = KnowledgeGraph.from_documents(documents)
        graph.to_json(tmp_path / name / "graph.json")
        assert load_endpoint(tmp_path / name, store.url) == loaded
        assert held(store) == {**expected(graph, tmp_path), "http://example.org/other": []}


def test_a_graph_of_another_base_stays(store: Faulty, tmp_path: Path) -> None:
    everything: dict[str, list[str]] = {}
    for base, documents in (("https://a.example/", (ALLIANCE, RUMOUR)), ("https://b.example/", (OFFICERS,))):
        graph = KnowledgeGraph.from_documents(documents)
        graph.to_json(tmp_path / "graph.json")
        load_endpoint(tmp_path, store.url, base=base)
        everything |= expected(graph, tmp_path, base)
        assert load_endpoint(tmp_path, store.url, base=base).sent == 0
    assert held(store) == everything
    with pytest.raises(InputError, match=r"graph\.nq: has its IRIs already"):
        load_endpoint(graph.export(tmp_path / "graph.nq"), store.url, base="https://a.example/")


def test_another_graph_of_the_same_base_deletes_nothing_unless_told(store: Faulty, tmp_path: Path) -> None:
    for name, documents in (("one", (ALLIANCE, RUMOUR, REPORT)), ("other", (ALLIANCE, OFFICERS))):
        KnowledgeGraph.from_documents(documents).to_json(tmp_path / name / "graph.json")
    load_endpoint(tmp_path / "one", store.url)
    before = held(store)
    with pytest.raises(InputError, match=r"2 of the 3 articles .*; nothing was sent\. .*--base.*--prune"):
        load_endpoint(tmp_path / "other", store.url)
    assert held(store) == before
    assert load_endpoint(tmp_path / "other", store.url, prune=True).deleted == 2
    assert held(store) == expected(KnowledgeGraph.load(tmp_path / "other"), tmp_path)


@pytest.mark.parametrize("dies", range(1, 8))
@pytest.mark.parametrize("status", [0, 500])
def test_a_load_that_is_cut_off_anywhere_leaves_whole_graphs_and_goes_on(
    store: Faulty, graph: KnowledgeGraph, graph_folder: Path, tmp_path: Path, dies: int, status: int
) -> None:
    store.fault = lambda number, method: None if number < dies else status
    with pytest.raises(StoreError):
        load_endpoint(graph_folder, store.url)
    whole = expected(graph, tmp_path)
    assert {name: lines for name, lines in held(store).items() if whole[name] != lines} == {}
    store.fault = lambda number, method: None
    load_endpoint(graph_folder, store.url)
    assert held(store) == whole
    assert load_endpoint(graph_folder, store.url) == Loaded(0, GRAPHS, 0)


def test_a_failure_that_passes_is_tried_again(store: Faulty, graph_folder: Path) -> None:
    store.fault = lambda number, method: {2: 503, 3: 0, 5: 500}.get(number)
    assert load_endpoint(graph_folder, store.url) == Loaded(GRAPHS, 0, 0)


@pytest.mark.parametrize(
    ("status", "requests", "message"),
    [(401, 1, "answers 401 Unauthorized; set KG_ENDPOINT_USER"), (403, 1, "403"), (500, 4, "answers 500")],
)
def test_a_refusal_is_told(store: Faulty, graph_folder: Path, status: int, requests: int, message: str) -> None:
    store.fault = lambda number, method: status
    with pytest.raises(StoreError, match=message):
        load_endpoint(graph_folder, store.url)
    assert len(store.requests) == requests


def html(status: int) -> tuple[int, bytes, dict[str, str]]:
    return status, "<html>로그인</html>".encode(), {"Content-Type": "text/html; charset=utf-8"}


MOVED = {"Location": "https://new.example/store?key=hush"}


@pytest.mark.parametrize("at", [1, 2, 5])
@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (html(200), "answers 200 with a web page; is this the store's own address"),
        ((302, b"", MOVED), "answers 302, it has moved to https://new.example/store; give the address that it has now"),
        ((307, b"", MOVED), "answers 307, it has moved to https://new.example/store; give the address that it has now"),
        ((308, b"", {}), "answers 308, it has moved to nowhere; give the address that it has now"),
        ((413, b"", {}), "answers 413 .*; raise its limit for the size of a request"),
        ((404, b"", {}), "answers 404 Not Found; is this its Graph Store address"),
        ((401, b"Basic bWU6aHVzaA== is wrong: hush", {}), "KG_ENDPOINT_TOKEN \\(… is wrong: …\\)"),
        ((500, b"out of\n\nspace", {}), r"answers 500 Internal Server Error \(out of space\)"),
    ],
)
def test_what_is_wrong_is_told_on_one_line_without_secrets(
    store: Faulty, graph_folder: Path, answer: tuple[int, bytes, dict[str, str]], message: str, at: int
) -> None:
    status, body, headers = answer
    if status == 404 and at == 1:
        at = 2  # the first is the list of what is loaded, which need not be there
    store.said = (body, headers)
    store.fault = lambda number, method: status if number >= at else None
    with pytest.raises(StoreError, match=message) as caught:
        load_endpoint(graph_folder, f"{store.url}?key=hush", Login("me", "hush"))
    shown = str(caught.value)
    assert (shown.startswith(store.url), "hush" in shown, "\n" in shown) == (True, False, False)


def test_an_endpoint_that_does_not_get_on_is_told(
    store: Faulty, graph_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "TIMEOUT", 0.05)
    over = Event()

    def wait(number: int, method: str) -> None:
        over.wait(10)

    store.fault = wait
    with pytest.raises(StoreError, match=r"no answer in 0\.05 s; see that it is not overloaded"):
        load_endpoint(graph_folder, store.url)
    over.set()


def test_a_login_does_not_show_its_secrets() -> None:
    assert repr(Login("me", "hush", "hush")) == "Login(user='me')"


def test_an_endpoint_that_is_down_or_none_is_told(graph_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "WAIT", 0.001)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(StoreError, match=f"http://127.0.0.1:{port}/store: does not answer"):
        load_endpoint(graph_folder, f"http://127.0.0.1:{port}/store")
    for wrong in (
        "ftp://x/",
        "localhost:7878",
        "http://x:y/",
        "http://me:secret@x/",
        "http://x/a b",
        "http://me:secret@x:y/",
    ):
        with pytest.raises(InputError) as caught:
            load_endpoint(graph_folder, wrong)
        assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("login", "header"),
    [
        (Login(), None),
        (Login(user="나", password="비밀"), "Basic 64KYOuu5hOuwgA=="),
        (Login(token="abc"), "Bearer abc"),
    ],
)
def test_authentication(store: Faulty, graph_folder: Path, login: Login, header: str | None) -> None:
    load_endpoint(graph_folder, store.url, login)
    assert {sent for *_, sent in store.requests} == {header}
