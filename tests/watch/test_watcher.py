from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import DocumentStore
from kg.watch.sources import Source
from tests.watch.conftest import ALLIANCE, TAKEOVER, Open, Site, TestClock, article, entry, rss, told


def stored(folder: Path) -> list[tuple[str | None, ...]]:
    with DocumentStore(folder / "graph") as store:
        return sorted((one.title, one.date, one.publisher, one.url) for one in store.articles())


def relations(folder: Path) -> list[tuple[str, str, str]]:
    with DocumentStore(folder / "graph") as store:
        return [(one.subject.name, one.type, one.object.name) for one in store.graph().relations()]


def test_articles_of_a_feed_come_into_the_graph_once(two: Site, opened: Open, tmp_path: Path) -> None:
    watcher = opened(f"{two.url}/rss")
    first = watcher.round()
    assert (first.feeds, first.new, told(first)) == (1, 2, [])
    assert two.asked == ["/robots.txt", "/rss", "/a", "/b"]
    second = watcher.round()
    assert (second.feeds, second.unchanged_feeds, second.new, second.unchanged) == (1, 1, 0, 0)
    assert two.asked[4:] == ["/rss"]
    assert stored(tmp_path) == [
        ("가온전자, 나래은행과 제휴", "2025-05-27", "가온뉴스", f"{two.url}/a"),
        ("다솜자동차, 라온게임즈 인수", "2025-05-27", "가온뉴스", f"{two.url}/b"),
    ]
    assert relations(tmp_path) == [
        ("다솜자동차", "acquires", "라온게임즈"),
        ("가온전자", "partnersWith", "나래은행"),
    ]


def test_a_later_watcher_remembers_what_was_fetched(two: Site, opened: Open) -> None:
    opened(f"{two.url}/rss").round()
    del two.asked[:]
    assert opened(f"{two.url}/rss").round().new == 0
    assert two.asked == ["/robots.txt", "/rss"]


def test_the_graph_is_written_when_something_changed(two: Site, opened: Open, tmp_path: Path) -> None:
    watcher = opened(f"{two.url}/rss", export=True)
    watcher.round()
    graph = tmp_path / "graph" / "graph.json"
    written = graph.stat().st_mtime_ns
    watcher.round()
    assert graph.stat().st_mtime_ns == written
    assert "가온전자" in graph.read_text(encoding="utf-8")


def test_a_kill_between_store_and_files_has_the_next_round_write_them(
    two: Site, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = opened(f"{two.url}/rss", export=True)
    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr("kg.run.stores.Store.write", lambda self: (_ for _ in ()).throw(RuntimeError))
        watcher.round()
    graph = tmp_path / "graph" / "graph.json"
    assert (len(stored(tmp_path)), graph.exists()) == (2, False)
    assert opened(f"{two.url}/rss", export=False).round().changed is False
    assert not graph.exists()
    assert opened(f"{two.url}/rss", export=True).round().changed is False
    assert "가온전자" in graph.read_text(encoding="utf-8")
    graph.unlink()
    opened(f"{two.url}/rss", export=True).round()
    assert not graph.exists()


def test_an_updated_entry_replaces_its_article(site: Site, opened: Open, tmp_path: Path) -> None:
    site.put("/rss", rss(entry("/a", "가온전자, 나래은행과 제휴", "<atom:updated>2025-05-27T09:00:00Z</atom:updated>")))
    site.put("/a", article("가온전자, 나래은행과 제휴", ALLIANCE))
    watcher = opened(f"{site.url}/rss")
    watcher.round()
    site.put(
        "/rss", rss(entry("/a", "가온전자, 다솜자동차와 제휴", "<atom:updated>2025-05-27T11:00:00Z</atom:updated>"))
    )
    site.put("/a", article("가온전자, 다솜자동차와 제휴", ALLIANCE.replace("나래은행과", "다솜자동차와")))
    done = watcher.round()
    assert (done.new, done.replaced) == (0, 1)
    assert [title for title, *_ in stored(tmp_path)] == ["가온전자, 다솜자동차와 제휴"]
    assert relations(tmp_path) == [("가온전자", "partnersWith", "다솜자동차")]


def test_two_feeds_that_list_one_page_have_it_fetched_once(two: Site, opened: Open) -> None:
    two.put("/other", rss(entry(f"{two.url}/a#top", "[단독] 가온전자, 나래은행과 제휴", guid="77")))
    watcher = opened(f"{two.url}/rss", f"{two.url}/other")
    assert watcher.round().new == 2
    assert watcher.round().new == 0
    assert two.asked.count("/a") == 1
    for place in ("/rss", "/other"):
        two.put(place, rss(entry("/a", "가온전자, 나래은행과 제휴 (종합)")))
    done = watcher.round()
    assert (done.replaced, done.unchanged, told(done)) == (1, 1, [])


def test_the_text_of_a_feed_is_the_article_where_the_user_says_so(site: Site, opened: Open, tmp_path: Path) -> None:
    text = f"<content:encoded><![CDATA[<p>{ALLIANCE}</p><script>x()</script><p>27일 전해졌다.</p>]]></content:encoded>"
    site.put("/rss", rss(entry("/a", "제휴", text), entry("/b", "다솜자동차, 라온게임즈 인수")))
    site.put("/b", article("다솜자동차, 라온게임즈 인수", TAKEOVER))
    done = opened(Source(f"{site.url}/rss", publisher="나래일보", full_text=True)).round()
    assert (done.new, told(done)) == (2, [])
    assert site.asked == ["/robots.txt", "/rss", "/b"]
    with DocumentStore(tmp_path / "graph") as store:
        texts = {one.title: one.text for one in store.documents()}
        assert {one.publisher for one in store.articles()} == {"나래일보"}
    assert texts["제휴"] == f"제휴\n{ALLIANCE}\n27일 전해졌다."


def test_no_feed_can_replace_an_article_of_another(site: Site, opened: Open, tmp_path: Path) -> None:
    one = "<content:encoded><![CDATA[<p>가온전자는 나래은행과 제휴를 맺었다.</p>]]></content:encoded>"
    two = "<content:encoded><![CDATA[<p>가온전자는 라온게임즈를 인수했다.</p>]]></content:encoded>"
    site.put("/one", rss(entry("/a", "하나", one, guid="urn:1")))
    site.put("/two", rss(entry("/a", "둘", two, guid="urn:1")))
    watcher = opened(*(Source(f"{site.url}/{name}", full_text=True) for name in ("one", "two")))
    assert watcher.round().new == 2
    assert [title for title, *_ in stored(tmp_path)] == ["둘", "하나"]


def test_what_fails_costs_only_itself_and_is_tried_again_later(
    two: Site, opened: Open, clock: TestClock, tmp_path: Path
) -> None:
    page = two.pages.pop("/a")
    watcher = opened(f"{two.url}/rss")
    done = watcher.round()
    assert (done.new, [failure.source for failure in done.failures]) == (1, [f"{two.url}/a"])
    said = "the server answered 404; open the address in a browser to see why; tried again in 15 minutes"
    assert told(done) == [said]
    two.pages["/a"] = page
    assert (watcher.round().new, two.asked.count("/a")) == (0, 1)
    clock.time += 16 * 60
    assert (watcher.round().new, two.asked.count("/a")) == (1, 2)


def test_an_entry_is_given_up_after_some_days(two: Site, opened: Open, clock: TestClock) -> None:
    del two.pages["/a"]
    watcher = opened(f"{two.url}/rss")
    said = []
    for _ in range(10):
        said += told(watcher.round())
        clock.time += 24 * 3600
    assert len(said) == 8
    assert said[1].endswith("tried again in 30 minutes")
    assert said[-1].endswith("given up")


def test_a_page_that_is_no_article_fails(two: Site, opened: Open) -> None:
    two.put(
        "/a", article("Kaon and Narae", "Kaon Electronics and Narae Bank made an alliance. " * 20).replace("두", "")
    )
    two.put("/b", b"%PDF-1.7\x00\x00")
    done = opened(f"{two.url}/rss").round()
    assert done.new == 0
    assert [said.split(";")[0].split(" (")[0] for said in told(done)] == ["binary data, no page", "not Korean"]


def test_an_article_that_the_stage_fails_on_is_tried_again(
    two: Site, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    two.put("/a", article("가온전자", "가온전자는 오류를 낸다."))
    done = opened(f"{two.url}/rss").round()
    assert done.new == 1
    assert [failure.source for failure in done.failures] == [f"{two.url}/a"]
    assert "poisoned" in told(done)[0]
    assert caplog.messages == []


def test_when_all_of_a_batch_fail_none_is_lost(site: Site, opened: Open) -> None:
    site.put("/rss", rss(entry("/a", "가온전자")))
    site.put("/a", article("가온전자", "가온전자는 오류를 낸다."))
    done = opened(f"{site.url}/rss").round()
    assert (done.new, len(done.failures)) == (0, 1)
    assert "poisoned" in told(done)[0]


def test_a_kill_between_store_and_memory_costs_a_second_fetch_alone(
    two: Site, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = opened(f"{two.url}/rss")
    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr("kg.watch.state.State.done", lambda self, items: (_ for _ in ()).throw(RuntimeError))
        watcher.round()
    done = opened(f"{two.url}/rss").round()
    assert (done.new, done.replaced, done.unchanged) == (0, 0, 2)
    assert len(stored(tmp_path)) == 2


def test_only_entries_of_listed_feeds_are_fetched(two: Site, site: Site, opened: Open, clock: TestClock) -> None:
    two.put("/a", "", 404)
    opened(f"{two.url}/rss").round()
    clock.time += 3600
    del two.asked[:]
    two.put("/other", rss())
    opened(f"{two.url}/other").round()
    assert two.asked == ["/robots.txt", "/other"]


def test_it_stops_between_articles_and_goes_on_later(two: Site, opened: Open, clock: TestClock) -> None:
    watcher = opened(f"{two.url}/rss")
    two.seen = lambda path: clock.stop() if path == "/a" else None
    done = watcher.round()
    assert (two.asked, done.new, told(done)) == (["/robots.txt", "/rss", "/a"], 1, [])
    two.seen = lambda path: None
    assert opened(f"{two.url}/rss", clock=TestClock()).round().new == 1
    assert two.asked.count("/a") == 1


def test_rounds_come_at_an_interval_until_stopped(two: Site, opened: Open, clock: TestClock) -> None:
    watcher = opened(f"{two.url}/rss")
    begun = []
    for _ in watcher.rounds(900):
        begun.append(clock.time)
        if len(begun) == 3:
            clock.stop()
    assert two.asked.count("/rss") == 3
    assert clock.time - 1_750_000_000 == 2 * 900


def test_two_watchers_of_one_store_exclude_each_other(two: Site, opened: Open, tmp_path: Path) -> None:
    from kg.watch.state import State

    opened(f"{two.url}/rss")
    with pytest.raises(StoreError, match="another kg watch follows sources for this graph"):
        State(tmp_path / "graph" / "store.sqlite")


def test_a_store_in_use_is_a_failure_of_one_round(
    two: Site, opened: Open, tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.tables.WAIT", 0)
    watcher = opened(f"{two.url}/rss")
    other = sqlite3.connect(tmp_path / "graph" / "store.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    rounds = watcher.rounds(60)
    assert "in use by another command" in told(next(rounds))[0]
    other.execute("ROLLBACK")
    other.close()
    assert next(rounds).new == 2


def test_a_file_that_is_no_state_is_left_alone(opened: Open, tmp_path: Path, two: Site) -> None:
    folder = tmp_path / "graph"
    folder.mkdir()
    database = sqlite3.connect(folder / "watch.sqlite")
    database.execute("CREATE TABLE mine (x)")
    database.close()
    with pytest.raises(StoreError, match=r"watch\.sqlite: not the state of this version of kg watch"):
        opened(f"{two.url}/rss")
