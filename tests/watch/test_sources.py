from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.watch.sources import Source, Sources, checked, read_list


def listed(folder: Path, text: str) -> Sources:
    path = folder / "watch.yaml"
    path.write_text(text, encoding="utf-8")
    return read_list(path)


def test_a_list(tmp_path: Path) -> None:
    text = """
contact: mailto:news@example.org
delay: 5
sources:
  - https://news.example/rss
  - incoming
  - feed: http://intra/rss
    publisher: 한빛일보
    full_text: true
    private: true
  - folder: /data/news
    publisher: 나래일보
"""
    assert listed(tmp_path, text) == Sources(
        (
            Source("https://news.example/rss"),
            Source(str(tmp_path / "incoming")),
            Source("http://intra/rss", "한빛일보", full_text=True, private=True),
            Source("/data/news", "나래일보"),
        ),
        "mailto:news@example.org",
        5.0,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "watch.yaml: write settings with values below it"),
        ("sources: []", "sources: write at least one"),
        ("source: [x]", "source: no such setting; known are sources, contact, delay"),
        ("sources: https://h/x", "sources: write a list"),
        ("sources: [x]\ndelay: fast", "delay: write a number"),
        ("sources: [{feed: x, fulltext: yes}]", "sources.0.fulltext: no such setting; known are feed, folder,"),
        ("sources: [{publisher: x}]", "source 1 needs either feed or folder"),
        ("sources: [{feed: ./x}]", "source 1: ./x is no http or https address"),
        ("sources: [ftp://h/x]", "ftp://h/x: only http and https"),
        ("sources: [http://u:p@h/x]", "h: names and passwords in addresses are not used"),
        ("sources: [http:///rss]", "http:///rss: no address of a feed"),
        ("delay: 0\nsources: [x]", "delay: "),
        ("sources: [", "not readable as YAML (line 1: "),
    ],
)
def test_a_wrong_list_names_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        listed(tmp_path, text)
    assert said in str(error.value)


def test_a_missing_list_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"watch\.yaml: cannot be read .*; give --source or --list"):
        read_list(tmp_path / "watch.yaml")


def test_a_port_that_is_none() -> None:
    with pytest.raises(InputError, match="no address of a feed"):
        checked(Source("http://h:99999/rss"))
