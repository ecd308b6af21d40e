"""Asks web servers, politely and within bounds: robots, one request at a time and a pause between two, limits."""

from __future__ import annotations

import socket
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import httpx2 as httpx
from protego import Protego

from kg.errors import InputError
from kg.watch.addresses import AddressError, Guard, Origin, origin_of
from kg.watch.clock import Clock

ROBOT = "korean-news-kg"
"""The name by which robots.txt may speak to it."""
REDIRECTS = 5
TIMEOUT = httpx.Timeout(20.0, connect=10.0)
WHOLE = 60.0
"""Seconds that one answer may take altogether."""
ROBOTS_BYTES = 500 * 1024
"""Of robots.txt that are read, as RFC 9309 section 2.5 has it."""
ROBOTS_LAST = 24 * 3600.0
"""Seconds for which robots.txt is remembered (RFC 9309, section 2.4)."""
LONGEST_PAUSE = 120.0
"""Most seconds of a Crawl-delay that are kept: one host must not stop the watcher for all others."""
LONGEST_HOLD = 24 * 3600.0
"""Seconds after which a host is asked again, whatever its Retry-After says."""
HELD = 60.0
"""Seconds to leave a host alone that answers 429 or 503 without saying for how long."""
BUSY = (429, 503)


class FetchError(InputError):
    """An address that could not be fetched; `again` is the time before which asking is pointless, None if unknown."""

    def __init__(self, message: str, again: float | None = None) -> None:
        self.again = again
        super().__init__(message)


class HeldError(FetchError):
    """An address that was not asked, because its host wants to be left alone for a while."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address it came from in the end, its body, and what makes the next request conditional.

    `body` is None where nothing has changed.
    """

    url: str
    body: bytes | None
    etag: str | None
    modified: str | None


class Fetcher:
    """Gets what addresses hold; `holds` are the hosts to leave alone and until when, kept by the caller."""

    def __init__(
        self, guard: Guard, clock: Clock, *, delay: float, contact: str | None, version: str, holds: dict[str, float]
    ) -> None:
        self._guard, self._clock, self._delay = guard, clock, delay
        self._holds = holds
        self._asked_at: dict[Origin, float] = {}
        self._robots: dict[Origin, tuple[float, Protego]] = {}
        about = f"; {contact}" if contact else ""
        self.agent = f"{ROBOT}/{version} (feed reader{about})"
        self._client = httpx.Client(
            timeout=TIMEOUT,
            trust_env=False,
            follow_redirects=False,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=0),
        )

    def get(self, url: str, limit: int, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Return what is at an address, at most `limit` bytes of it; raises FetchError saying why not."""
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value is not None}
        status, found = self._followed(url, limit, headers, robots=True)
        if status == 304 and headers:
            return Fetched(url, None, etag, modified)
        if status != 200:
            raise FetchError(f"the server answered {status}; open the address in a browser to see why")
        return found

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()

    def _followed(self, url: str, limit: int, headers: dict[str, str], *, robots: bool) -> tuple[int, Fetched]:
        """Return the last answer after redirects, each of them checked like the first address."""
        for _ in range(REDIRECTS + 1):
            try:
                origin = origin_of(url)
                if robots:
                    self._ask_robots(origin, url)
                status, location, found = self._once(origin, url, limit, headers)
            except AddressError as error:
                raise FetchError(f"{url}: {error}") from error
            if location is None:
                return status, found
            url = urljoin(url, location)
        raise FetchError(f"more than {REDIRECTS} redirects, the last to {url}; check the address")

    def _once(self, origin: Origin, url: str, limit: int, headers: dict[str, str]) -> tuple[int, str | None, Fetched]:
        """Ask once, when the host may be asked; return status, redirect and answer."""
        until = self._holds.get(str(origin), 0.0)
        if until > self._clock.now():
            raise HeldError(f"{origin} asked to be left alone for {until - self._clock.now():.0f} seconds", until)
        address = self._guard.address(origin)
        pause = max(self._delay, min(self._crawl_delay(origin), LONGEST_PAUSE))
        self._clock.wait(self._asked_at.get(origin, 0.0) + pause - self._clock.now())
        if self._clock.stopped:
            raise HeldError("stopped", self._clock.now())
        try:
            return self._asked(origin, address, url, limit, headers)
        except httpx.InvalidURL as error:
            raise FetchError(f"no address that can be asked ({error})") from error
        except httpx.HTTPError as error:
            raise FetchError(_said(origin, error)) from error
        finally:
            self._asked_at[origin] = self._clock.now()

    def _asked(
        self, origin: Origin, address: str, url: str, limit: int, headers: dict[str, str]
    ) -> tuple[int, str | None, Fetched]:
        target = httpx.URL(url)
        sent = {"Host": target.netloc.decode("ascii"), "User-Agent": self.agent, "Accept-Encoding": "gzip", **headers}
        pinned = target.copy_with(host=address)
        sni: dict[str, Any] = {"sni_hostname": target.raw_host.decode("ascii")}
        with _ended(WHOLE) as trace, self._client.stream("GET", pinned, headers=sent, extensions=sni | trace) as answer:
            self._client.cookies.clear()
            status = answer.status_code
            if status in BUSY:
                again = self._hold(origin, answer.headers.get("retry-after"))
                raise FetchError(f"the server answered {status} and wants fewer requests", again)
            location = answer.headers.get("location") if status in (301, 302, 303, 307, 308) else None
            body = b"".join(self._body(answer, limit)) if status == 200 else b""
            return status, location, Fetched(url, body, answer.headers.get("etag"), answer.headers.get("last-modified"))

    def _body(self, answer: httpx.Response, limit: int) -> Iterator[bytes]:
        """Yield the body unpacked; raises FetchError beyond the limit, having unpacked no more."""
        coding = answer.headers.get("content-encoding", "identity").strip().lower()
        if coding not in ("identity", "gzip", "x-gzip", ""):
            raise FetchError(f"the server sent the encoding {coding!r}, which was not asked for")
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in coding else None
        left = limit
        for chunk in answer.iter_raw():
            try:
                piece = chunk if unpacker is None else unpacker.decompress(chunk, left + 1)
            except zlib.error as error:
                raise FetchError(f"broken gzip data ({error})") from error
            left -= len(piece)
            if left < 0:
                raise FetchError(f"more than {limit / 1e6:g} MB, too much; nothing of it is used")
            yield piece
        if unpacker is not None and not unpacker.eof:
            raise FetchError("gzip data that breaks off")

    def _hold(self, origin: Origin, retry_after: str | None) -> float:
        """Leave a host alone for as long as it asks, seconds or a date (RFC 9110, section 10.2.3)."""
        seconds = HELD
        if retry_after is not None:
            try:
                seconds = float(retry_after) if retry_after.strip().isdigit() else self._until(retry_after)
            except (ValueError, OverflowError):
                seconds = HELD
        until = self._clock.now() + min(max(seconds, 1.0), LONGEST_HOLD)
        self._holds[str(origin)] = until
        return until

    def _until(self, date: str) -> float:
        return parsedate_to_datetime(date).timestamp() - self._clock.now()

    def _ask_robots(self, origin: Origin, url: str) -> None:
        """Raise FetchError where the robots.txt of a host forbids an address or cannot be had (RFC 9309)."""
        known = self._robots.get(origin)
        if known is None or known[0] < self._clock.now():
            known = self._clock.now() + ROBOTS_LAST, self._read_robots(origin)
            self._robots[origin] = known
        if not known[1].can_fetch(url, ROBOT):
            raise FetchError(f"{origin}/robots.txt does not allow {url}; ask the publisher, or take it off the list")

    def _read_robots(self, origin: Origin) -> Protego:
        address = f"{origin}/robots.txt"
        try:
            status, found = self._followed(address, ROBOTS_BYTES, {}, robots=False)
        except HeldError:
            raise
        except FetchError as error:
            said = str(error).removeprefix(f"{address}: ")
            raise FetchError(f"{address}: {said}; without it nothing is fetched there", error.again) from error
        if status >= 500:
            raise FetchError(f"{address}: the server answered {status}; without it nothing is fetched there")
        return Protego.parse((found.body or b"").decode("utf-8", "replace") if status == 200 else "")

    def _crawl_delay(self, origin: Origin) -> float:
        known = self._robots.get(origin)
        return (known[1].crawl_delay(ROBOT) or 0.0) if known is not None else 0.0


@contextmanager
def _ended(seconds: float) -> Iterator[dict[str, Any]]:
    """Yield what a request is made with so that its connection is shut, and FetchError raised, when it takes longer.

    Time-outs of single reads do not help against a server that sends a byte now and then.
    """
    opened: list[socket.socket] = []

    def trace(event: str, info: Mapping[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            opened.append(info["return_value"].get_extra_info("socket"))

    late = threading.Event()

    def end() -> None:
        late.set()
        for one in opened:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield {"trace": trace}
    except httpx.HTTPError:
        if not late.is_set():
            raise
    finally:
        timer.cancel()
    if late.is_set():  # also where the end of the connection looks like that of the body
        raise FetchError(f"not all there after {seconds:g} seconds")


def _said(origin: Origin, error: httpx.HTTPError) -> str:
    said = str(error) or type(error).__name__
    if "certificate" in said.lower() or "ssl" in said.lower():
        return f"{origin} has no valid certificate or speaks no TLS ({said}); it is not asked without"
    return f"{origin} could not be asked ({said}); check the network"
