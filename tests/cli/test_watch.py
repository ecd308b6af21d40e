from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg import load
from kg.watch import Source, Sources, follow, once
from tests.cli.conftest import Kg
from tests.watch.conftest import Site, article, entry, rss, site

__all__ = ["site"]
pytest.importorskip("feedparser", reason="the extra `watch` is not installed")


@pytest.fixture
def feed(site: Site) -> str:
    """The address of a feed with an article, and one entry whose page is gone."""
    site.put("/rss", rss(entry("/a", "가온전자, 나래은행과 제휴"), entry("/gone", "없는 기사")))
    site.put("/a", article("가온전자, 나래은행과 제휴", "가온전자는 나래은행과 제휴를 맺었다고 27일 밝혔다."))
    return f"{site.url}/rss"


def test_one_round(kg: Kg, feed: str, articles: Path, tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    options = ("--source", feed, "--source", articles, "--once", "--delay", "0.1", "--contact", "news@example.org")
    done = kg("watch", folder, *options)
    assert done.exit_code == 0
    assert done.stdout == "1 feeds read; 4 articles added, 0 replaced, 0 unchanged, 1 failed\n"
    assert "/gone: the server answered 404; open the address in a browser to see why; tried again in 15" in done.stderr
    assert load(folder).articles == 4
    again = kg("watch", folder, *options)
    assert again.stdout == "1 feeds read; 0 articles added, 0 replaced, 0 unchanged, 0 failed\n"


def test_the_list_beside_the_store(kg: Kg, feed: str, tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    folder.mkdir()
    (folder / "watch.yaml").write_text(
        f"delay: 0.1\nsources:\n  - feed: {feed}\n    publisher: 나래일보\n", encoding="utf-8"
    )
    assert kg("watch", folder, "--once", "--no-export").stdout.startswith("1 feeds read; 1 articles added")
    assert not (folder / "graph.json").exists()
    assert "나래일보" in kg("articles", folder).stdout


def test_without_sources_it_says_what_to_give(kg: Kg, tmp_path: Path) -> None:
    done = kg("watch", tmp_path, "--once")
    assert done.exit_code == 1
    assert (
        done.stderr
        == f"error: {tmp_path}/watch.yaml: cannot be read (No such file or directory); give --source or --list\n"
    )


def test_the_python_twin(kg: Kg, feed: str, tmp_path: Path) -> None:
    listed = Sources((Source(feed),), delay=0.1)
    assert once(tmp_path / "graph", listed).new == 1
    for done in follow(tmp_path / "graph", listed, export=False):
        assert (done.feeds, done.new) == (1, 0)
        break


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_between_articles(site: Site, tmp_path: Path, number: int) -> None:
    site.put("/rss", rss())
    command = [sys.executable, "-m", "kg", "watch", str(tmp_path / "graph"), "--source", f"{site.url}/rss"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1 feeds read; 0 articles added, 0 replaced, 0 unchanged, 0 failed\n"
        process.send_signal(number)
        assert process.communicate(timeout=30) == ("", "")
    assert process.returncode == 0
