from __future__ import annotations

import gzip
import sqlite3
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import StoreError
from kg.store import DocumentStore
from kg.watch.sources import Source
from tests.watch.conftest import Open, Site, TestClock, article, entry, rss, tls_server

if TYPE_CHECKING:
    from kg.watch.watcher import Round

ALLIANCE = "가온전자는 나래은행과 전략적 제휴를 맺었다고 27일 밝혔다."
TAKEOVER = "다솜자동차가 라온게임즈를 인수했다고 27일 공시했다."


def told(done: Round) -> list[str]:
    return [failure.message for failure in done.failures]


def stored(folder: Path) -> list[tuple[str | None, ...]]:
    with DocumentStore(folder / "graph") as store:
        return sorted((one.title, one.date, one.publisher, one.url) for one in store.articles())


def relations(folder: Path) -> list[tuple[str, str, str]]:
    with DocumentStore(folder / "graph") as store:
        return [(one.subject.name, one.type, one.object.name) for one in store.graph().relations()]


@pytest.fixture
def two(site: Site) -> Site:
    """A site with a feed of two articles."""
    site.put(
        "/rss", rss(entry("/a", "가온전자, 나래은행과 제휴"), entry("/b", "다솜자동차, 라온게임즈 인수")), ETag='"1"'
    )
    site.put("/a", article("가온전자, 나래은행과 제휴 | 가온뉴스", ALLIANCE))
    site.put("/b", article("다솜자동차, 라온게임즈 인수 | 가온뉴스", TAKEOVER))
    return site


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
    assert [said.split(";")[0] for said in told(done)] == ["binary data, no page", told(done)[1].split(";")[0]]
    assert told(done)[1].startswith("not Korean")


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


def test_robots_are_obeyed(two: Site, opened: Open) -> None:
    two.put("/robots.txt", "User-agent: *\nDisallow: /a\n")
    done = opened(f"{two.url}/rss").round()
    assert (done.new, "/a" in two.asked) == (1, False)
    assert told(done)[0].startswith(f"{two.url}/robots.txt does not allow {two.url}/a; ask the publisher")


def test_robots_that_name_this_program_are_obeyed(two: Site, opened: Open) -> None:
    two.put("/robots.txt", "User-agent: *\nDisallow:\n\nUser-agent: korean-news-kg\nDisallow: /\n")
    done = opened(f"{two.url}/rss").round()
    assert (done.feeds, two.asked) == (0, ["/robots.txt"])
    assert f"does not allow {two.url}/rss" in told(done)[0]


def test_without_robots_for_a_server_error_nothing_is_fetched(two: Site, opened: Open) -> None:
    two.put("/robots.txt", "", 500)
    done = opened(f"{two.url}/rss").round()
    assert two.asked == ["/robots.txt"]
    assert "/robots.txt: the server answered 500; without it nothing is fetched there" in told(done)[0]


def test_a_host_is_not_asked_more_often_than_it_wants(two: Site, opened: Open, clock: TestClock) -> None:
    opened(f"{two.url}/rss").round()
    assert clock.waits == [2.0, 2.0, 2.0]
    two.put("/robots.txt", "User-agent: *\nCrawl-delay: 30\n")
    two.put("/rss", rss(entry("/c", "라온게임즈")))
    two.put("/c", article("라온게임즈", "라온게임즈가 새 게임을 냈다."))
    clock.waits.clear()
    opened(f"{two.url}/rss").round()
    assert clock.waits == [30.0, 30.0]


def test_the_user_agent_names_the_program_and_whom_to_ask(two: Site, opened: Open) -> None:
    opened(f"{two.url}/rss", contact="mailto:news@example.org").round()
    agents = {sent["user-agent"] for sent in two.sent}
    assert len(agents) == 1
    assert agents.pop().startswith("korean-news-kg/")
    assert two.sent[0]["user-agent"].endswith("(feed reader; mailto:news@example.org)")
    assert two.sent[0]["host"] == two.url.removeprefix("http://")


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_peace_gets_it(two: Site, opened: Open, clock: TestClock, status: int) -> None:
    page = two.pages["/a"]
    two.put("/a", "", status, Retry_After="3600")
    watcher = opened(f"{two.url}/rss")
    done = watcher.round()
    assert two.asked == ["/robots.txt", "/rss", "/a"]
    assert (done.new, done.waiting) == (0, 1)
    assert told(done) == [f"the server answered {status} and wants fewer requests; tried again in 60 minutes"]
    two.pages["/a"] = page
    clock.time += 1800
    watcher = opened(f"{two.url}/rss")  # remembered over an end
    again = watcher.round()
    assert (again.new, again.waiting, told(again), len(two.asked)) == (0, 1, [], 3)
    clock.time += 1801
    assert watcher.round().new == 2


def test_retry_after_may_be_a_date(two: Site, opened: Open, clock: TestClock) -> None:
    two.put("/rss", "", 503, Retry_After="Sun, 15 Jun 2025 17:06:40 GMT")
    done = opened(f"{two.url}/rss").round()
    assert told(done) == ["the server answered 503 and wants fewer requests; tried again in 120 minutes"]


def test_redirects_are_followed_a_few_times(two: Site, opened: Open, tmp_path: Path) -> None:
    two.put("/feed", "", 301, Location="/rss")
    two.put("/b", "", 302, Location="/b")
    assert opened(f"{two.url}/feed").round().new == 1
    assert two.asked.count("/b") == 6


def test_a_redirect_to_another_scheme_is_refused(two: Site, opened: Open) -> None:
    two.put("/a", "", 302, Location="file:///etc/passwd")
    two.put("/b", "", 302, Location="ftp://127.0.0.1/x")
    done = opened(f"{two.url}/rss").round()
    assert [said.split("; tried")[0] for said in told(done)] == [
        "file:///etc/passwd: no http or https address",
        "ftp://127.0.0.1/x: no http or https address",
    ]


def test_robots_of_the_host_that_a_redirect_leads_to_are_obeyed(two: Site, other_site: Site, opened: Open) -> None:
    other_site.put("/rss", rss(title="다른 신문"))
    other_site.put("/robots.txt", "User-agent: *\nDisallow: /a\n")
    two.put("/a", "", 302, Location=f"{other_site.url}/a")
    done = opened(f"{two.url}/rss", f"{other_site.url}/rss").round()
    assert f"{other_site.url}/robots.txt does not allow {other_site.url}/a" in told(done)[0]
    assert other_site.asked == ["/robots.txt", "/rss"]


def test_private_addresses_are_asked_only_where_they_are_listed(two: Site, other_site: Site, opened: Open) -> None:
    two.put("/a", "", 302, Location=f"{other_site.url}/secret")
    two.put("/rss", rss(entry("/a", "하나"), entry(f"{other_site.url}/secret", "둘")))
    done = opened(f"{two.url}/rss").round()
    assert other_site.asked == []
    assert len(done.failures) == 2
    assert all("127.0.0.1 is at the private address 127.0.0.1, which is asked only" in said for said in told(done))


def test_a_page_that_is_too_long_is_not_used(two: Site, opened: Open) -> None:
    two.put("/a", b"<html>" + b"x" * 5_000_001)
    two.put("/b", gzip.compress(b"<html>" + bytes(300_000_000)), Content_Encoding="gzip")
    done = opened(f"{two.url}/rss").round()
    assert [said.split(";")[0] for said in told(done)] == ["more than 5 MB, too much"] * 2


def test_a_feed_that_is_too_long_is_not_used(site: Site, opened: Open) -> None:
    site.put("/rss", rss(entry("/a", "가" * 4_000_000)))
    assert told(opened(f"{site.url}/rss").round())[0].startswith("more than 10 MB, too much")


def test_compressed_pages_are_read_and_broken_ones_fail(two: Site, opened: Open) -> None:
    packed = gzip.compress(two.pages["/a"].body)
    two.put("/a", packed, Content_Encoding="gzip")
    two.put("/b", b"not gzip at all", Content_Encoding="gzip")
    two.put("/c", packed[:-20], Content_Encoding="gzip")
    two.put("/rss", rss(entry("/a", "하나"), entry("/b", "둘"), entry("/c", "셋")))
    done = opened(f"{two.url}/rss").round()
    assert done.new == 1
    assert [said.split(" (")[0].split(";")[0] for said in told(done)] == [
        "broken gzip data",
        "gzip data that breaks off",
    ]


def test_a_server_that_never_gets_done_is_given_up(two: Site, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.watch.fetching.WHOLE", 0.3)
    done = threading.Event()
    two.seen = lambda path: None if path != "/a" else (done.wait(60), None)[1]
    try:
        told_of = told(opened(f"{two.url}/rss").round())
    finally:
        done.set()
    assert len(told_of) == 1
    assert told_of[0].startswith("not all there after 0.3 seconds")


def test_cookies_are_not_kept(two: Site, opened: Open) -> None:
    two.pages["/rss"].headers["Set-Cookie"] = "reader=1"
    opened(f"{two.url}/rss").round()
    assert not any("cookie" in sent for sent in two.sent)


def test_an_encoding_that_was_not_asked_for_fails(two: Site, opened: Open) -> None:
    two.put("/b", b"\x8b\x02", Content_Encoding="br")
    assert told(opened(f"{two.url}/rss").round())[0].startswith("the server sent the encoding 'br'")


def test_a_server_that_is_gone_is_a_failure(opened: Open, site: Site) -> None:
    done = opened("http://127.0.0.1:9/rss", f"{site.url}/rss").round()
    assert told(done)[0].startswith("http://127.0.0.1:9/robots.txt: http://127.0.0.1:9 could not be asked (")
    assert site.asked == ["/robots.txt", "/rss"]


def test_https_is_not_given_up_for_a_server_without(site: Site, opened: Open) -> None:
    place = site.url.replace("http:", "https:")
    assert "has no valid certificate or speaks no TLS" in told(opened(f"{place}/rss").round())[0]
    assert site.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused(opened: Open, tmp_path: Path) -> None:
    asked: list[str] = []
    with tls_server(tmp_path, asked.append) as url:
        done = opened(f"{url}/rss").round()
    assert "has no valid certificate or speaks no TLS" in told(done)[0]
    assert asked == []


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
