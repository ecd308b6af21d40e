from __future__ import annotations

import pytest

pytest.importorskip("feedparser", reason="the extra `watch` is not installed")

from kg.errors import InputError
from kg.run.limits import Limits
from kg.watch.parsing import QUICK, Data, parsed
from tests.watch.conftest import entry, rss

URL = "https://news.example/rss"


def test_a_large_feed_is_read_in_a_process_as_a_small_one_is_here() -> None:
    padding = f"<description>{'가' * QUICK}</description>"
    data = Data(rss(entry("/a", "하나"), entry("/b", "둘", padding)).encode(), URL, URL, full_text=False)
    assert parsed(data, Limits()) == parsed(data, None)
    assert [item.title for item in parsed(data, Limits()).items] == ["하나", "둘"]


def test_what_is_no_feed_is_refused_in_a_process_too() -> None:
    with pytest.raises(InputError, match="no RSS or Atom feed"):
        parsed(Data(b"x" * (QUICK + 1), URL, URL, full_text=False), Limits())


def test_a_feed_that_keeps_its_parser_busy_is_given_up() -> None:
    with pytest.raises(InputError, match="reading it took too long or too much memory"):
        parsed(Data(b"<a>" * 200_000, URL, URL, full_text=False), Limits(seconds=0.5))
