from __future__ import annotations

import gzip
import threading
from pathlib import Path

import pytest

from tests.watch.conftest import Open, Site, TestClock, article, entry, rss, tls_server, told


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
    two.put("/robots.txt", "User-agent: *\nCrawl-delay: 1e300\n")
    clock.waits.clear()
    opened(f"{two.url}/rss").round()
    assert clock.waits == [120.0]


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
