from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("feedparser", reason="the extra `watch` is not installed")

from kg.errors import InputError
from kg.watch.feeds import MOST, Item, as_text, read_feed
from tests.watch.conftest import entry, rss

URL = "https://news.example/rss"

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>나래일보</title>
<entry><id>tag:news.example,2025:1</id><title type="html">가온전자, &lt;b&gt;제휴&lt;/b&gt; &amp;amp; 인수</title>
<link rel="alternate" href="/news/1#comments"/><published>2025-05-26T23:30:00Z</published>
<updated>2025-05-27T01:00:00Z</updated><summary>요약</summary>
<content type="html">&lt;p&gt;가온전자가 제휴를 맺었다.&lt;/p&gt;&lt;p&gt;27일 밝혔다.&lt;/p&gt;</content>
</entry></feed>"""


def items(data: str | bytes, *, full_text: bool = False) -> tuple[Item, ...]:
    return read_feed(data.encode() if isinstance(data, str) else data, URL, URL, full_text=full_text).items


def test_atom() -> None:
    (found,) = items(ATOM)
    assert found.link == "https://news.example/news/1"
    assert found.title == "가온전자, 제휴 & 인수"
    assert (found.date, found.publisher, found.text) == ("2025-05-26T23:30:00Z", "나래일보", "")


def test_the_text_of_an_entry_is_its_content_and_never_its_summary() -> None:
    (found,) = items(ATOM, full_text=True)
    assert found.text == "가온전자가 제휴를 맺었다.\n27일 밝혔다."
    (bare,) = items(rss(entry("/a", "하나", "<description>요약문</description>")), full_text=True)
    assert bare.text == ""


def test_rss_1_0() -> None:
    data = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>옛
    신문</title></channel><item rdf:about="https://news.example/1"><title>하나</title><link>https://news.example/1</link>
    <dc:date>2025-05-27</dc:date></item></rdf:RDF>"""
    (found,) = items(data)
    assert (found.link, found.title, found.publisher) == ("https://news.example/1", "하나", "옛 신문")
    assert found.date == "2025-05-27"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("euc-kr", "cp949"), ("utf-8", "cp949"), ("cp949", "utf-8"), ("UTF-16", "utf-16"), ("ks_c_5601-1987", "cp949")],
)
def test_the_encoding_is_found_whatever_is_declared(declared: str, encoding: str) -> None:
    data = rss(entry("/a", "똠방각하, 펲시콜라와 제휴")).replace('encoding="utf-8"', f'encoding="{declared}"')
    (found,) = items(data.encode(encoding))
    assert found.title == "똠방각하, 펲시콜라와 제휴"


def test_a_broken_feed_counts_as_far_as_it_can_be_read() -> None:
    data = rss(entry("/a", "하나"), entry("/b", "둘")).replace("</channel></rss>", "<item><title>셋 & 넷")
    assert [item.title for item in items(data)][:2] == ["하나", "둘"]


@pytest.mark.parametrize("data", [b"", b"<html><body><p>no feed</p></body></html>", b"\x00\x01\x02", b"{}"])
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="no RSS or Atom feed"):
        items(data)


def test_entities_that_would_blow_up_do_not() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "가가가가가가가가가가">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8)
    )
    data = rss(entry("/a", "&i;")).replace("?><rss", f"?>{bomb}]><rss")
    assert all(len(item.title or "") < 1001 for item in items(data))


def test_local_files_stay_where_they_are() -> None:
    data = rss(entry("/a", "&x;")).replace("?><rss", '?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss')
    assert all("root" not in (item.title or "") for item in items(data))


def test_data_that_is_the_name_of_a_file_does_not_open_it(tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_text(rss(entry("/a", "비밀")), encoding="utf-8")
    with pytest.raises(InputError, match="no RSS or Atom feed"):
        items(str(tmp_path / "secret.xml"))


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.c", "http://u:p@h/", "http://"]
)
def test_links_that_cannot_be_fetched_are_left_out(link: str) -> None:
    assert items(rss(entry(link, "하나", guid="1"))) == ()


def test_only_so_many_entries_are_taken() -> None:
    feed = read_feed(rss(*(entry(f"/{n}", f"제{n}호") for n in range(MOST + 5))).encode(), URL, URL, full_text=False)
    assert (len(feed.items), feed.left_out) == (MOST, 5)


def test_an_entry_listed_twice_is_one() -> None:
    found = items(rss(entry("/a", "새 제목"), entry("/a", "옛 제목")))
    assert [item.title for item in found] == ["새 제목"]


def test_versions_change_with_title_update_and_text() -> None:
    def version(*args: str) -> str:
        return items(rss(entry("/a", *args)), full_text=True)[0].version

    one = version("하나")
    assert version("하나") == one
    assert version("하나", "<description>조회 12</description>") == one
    changed = "<content:encoded>바뀐 글이다</content:encoded>", "<atom:updated>2025-05-27T01:00:00Z</atom:updated>"
    assert len({one, version("둘"), *(version("하나", more) for more in changed)}) == 4


def test_text_of_html_has_a_line_a_block() -> None:
    html = "<div>첫 줄<br>둘째 <b>줄</b></div><script>x</script><p>셋째&nbsp;줄</p>"
    assert as_text(html, "text/html") == "첫 줄\n둘째 줄\n셋째 줄"
    assert as_text("부등호 3 < 4", "text/plain") == "부등호 3 < 4"
