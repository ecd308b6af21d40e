"""Which machines may be asked: public ones, and the private ones that the user lists.

Feeds and pages are written by others and could otherwise send the watcher to services of the user's own network.
Names are looked up here and the connection is made to the address that was checked, so that a name cannot lead
elsewhere a moment later.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from kg.errors import InputError
from kg.watch.sources import Source

Resolve = Callable[[str, int], list[str]]
"""The addresses of a host name, at a port."""

PORTS = {"http": 80, "https": 443}
_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv6 addresses that carry an IPv4 one (RFC 6052)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A server: scheme, host and port of an address."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if PORTS[self.scheme] == self.port else f":{self.port}")


class AddressError(InputError):
    """An address that is none, cannot be looked up or may not be asked."""


def origin_of(url: str) -> Origin:
    """Return the server of an http or https address; raises AddressError for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressError(f"no web address ({error})") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise AddressError("no http or https address")
    if parts.username is not None or parts.password is not None:
        raise AddressError("has a name or password in it")
    return Origin(parts.scheme, parts.hostname, PORTS[parts.scheme] if port is None else port)


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host as the system knows them; raises OSError."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


class Guard:
    """Chooses the address to connect to; the origins of listed feeds alone may be private ones."""

    def __init__(self, sources: Iterable[Source], resolve: Resolve = resolve) -> None:
        """Take what the user lists: a private address is listed as such, or its name with `private`."""
        self._resolve = resolve
        feeds = [(origin_of(source.place), source.private) for source in sources if source.is_feed]
        self._private = {origin for origin, private in feeds if private or _is_itself_private(origin.host)}

    def address(self, origin: Origin) -> str:
        """Return an address of a server; raises AddressError unless every address of it may be asked."""
        try:
            found = self._resolve(origin.host, origin.port)
        except (OSError, UnicodeError) as error:
            raise AddressError(
                f"{origin.host} cannot be looked up ({error}); check the name and the network"
            ) from error
        if not found:
            raise AddressError(f"{origin.host} has no address")
        refused = [one for one in found if not is_public(one)]
        if refused and origin not in self._private:
            raise AddressError(
                f"{origin.host} is at the private address {refused[0]}, which is asked only where a feed at {origin}"
                " is listed with `private: true`"
            )
        return found[0]


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet, also where IPv6 carries an IPv4 one."""
    try:
        one = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    carried: list[IPv4Address | None] = []
    if isinstance(one, IPv6Address):
        carried = [one.ipv4_mapped, one.sixtofour, *(one.teredo or ())]
        if one in _NAT64:
            carried.append(IPv4Address(int(one) & 0xFFFFFFFF))
    return all(part is None or (part.is_global and not part.is_multicast) for part in (one, *carried))


def _is_itself_private(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        ip_address(host)
    except ValueError:
        return False
    return not is_public(host)
