from __future__ import annotations

import pytest

from kg.watch.addresses import AddressError, Guard, Origin, is_public, origin_of
from kg.watch.sources import Source

PUBLIC = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"]
PRIVATE = [
    *("127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1"),
    *("::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    *("64:ff9b::7f00:1", "2002:7f00:1::", "255.255.255.255", "nonsense"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_not_public(address: str) -> None:
    assert not is_public(address)


def test_addresses_of_servers() -> None:
    assert origin_of("https://News.Example/rss?x#y") == Origin("https", "news.example", 443)
    assert str(origin_of("http://[::1]:8080/x")) == "http://[::1]:8080"
    assert str(origin_of("http://h:80/x")) == "http://h"


@pytest.mark.parametrize(
    "url", ["ftp://h/x", "file:///x", "http:///x", "http://a:b@h/", "http://h:99999/", "/x", "//h/x"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(AddressError):
        origin_of(url)


def test_a_name_that_leads_to_a_private_address_is_refused() -> None:
    guard = Guard([Source("https://feed.example/rss")], lambda host, port: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(AddressError, match=r"feed\.example is at the private address 10\.0\.0\.1"):
        guard.address(origin_of("https://feed.example/rss"))


def test_a_private_name_is_asked_where_the_user_says_so_at_that_port_alone() -> None:
    guard = Guard([Source("http://intra/rss", private=True)], lambda host, port: ["10.0.0.1"])
    assert guard.address(origin_of("http://intra/news/1")) == "10.0.0.1"
    for other in ("http://intra:8080/", "https://intra/", "http://elsewhere/"):
        with pytest.raises(AddressError, match="private address"):
            guard.address(origin_of(other))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "192.168.0.7"])
def test_a_private_address_that_is_listed_as_such_is_asked(host: str) -> None:
    guard = Guard([Source(f"http://{host}:8080/rss")], lambda host, port: [host.replace("localhost", "::1")])
    assert guard.address(origin_of(f"http://{host}:8080/x"))


def test_a_name_that_cannot_be_looked_up() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(AddressError, match=r"nowhere\.example cannot be looked up \(no such name\)"):
        Guard([], resolve).address(origin_of("http://nowhere.example/"))
