from __future__ import annotations

import re
from html import unescape
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest

from kg.triplestore.pack import queries
from kg.triplestore.pages import QUERIES, Pages, query_list
from tests.triplestore.test_server import free_port, get


def links(page: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]*)"', page)]


def test_each_query_opens_as_it_is_written() -> None:
    found = [parse_qs(urlsplit(link).fragment) for link in links(query_list("http://127.0.0.1:7878/"))]
    assert found == [
        {"query": [query.text], "endpoint": ["http://127.0.0.1:7878/query"]} for query in queries().values()
    ]


@pytest.mark.parametrize(
    ("host", "shown"), [("kg.example:7879", "kg.example"), ("[::1]:7879", "[::1]"), ('"><script>', "127.0.0.1")]
)
def test_links_lead_to_the_host_that_was_asked_and_nothing_else_is_served(host: str, shown: str) -> None:
    port = free_port()
    pages = Pages("127.0.0.1", port, 7878, None)
    try:
        with urlopen(Request(f"http://127.0.0.1:{port}{QUERIES}", headers={"Host": host}), timeout=30) as answer:
            page = answer.read().decode()
        assert {link.partition("#")[0] for link in links(page)} == {f"http://{shown}:7878/"}
        for path in ("/", "/../graph.json"):
            with pytest.raises(HTTPError, match="404"):
                get(f"http://127.0.0.1:{port}{path}")
    finally:
        pages.close()
