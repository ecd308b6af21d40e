"""Reads large feeds in a process with limits: a feed made for it can keep its parser busy for hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import InputError
from kg.run.limits import Limits
from kg.run.pool import map_batches
from kg.watch.feeds import Feed, read_feed

QUICK = 100_000
"""Bytes of a feed that takes at most some seconds whatever is in it, since the parser's time grows with the square."""


@dataclass(frozen=True, slots=True)
class Data:
    """What a listed feed sent, and the address that it came from in the end."""

    body: bytes
    url: str
    feed: str
    full_text: bool

    def read(self) -> Feed:
        """Return its entries; raises InputError for what is no feed."""
        return read_feed(self.body, self.url, self.feed, full_text=self.full_text)


class Reading:
    """The work of reading feeds; a feed that cannot be read comes to what there is to say of it."""

    def prepare(self) -> None:
        """Load nothing: importing this has loaded the parser."""

    def __call__(self, batch: Sequence[Data]) -> list[Feed | str]:
        """Return the entries of each feed, or why there are none."""
        return [_read(data) for data in batch]

    def size(self, data: Data) -> int:
        """Return nothing, so that all feeds have the same time."""
        return 0

    def failed(self, data: Data, said: str) -> str:
        """Return what there is to say of a feed that a process ended on."""
        return "reading it took too long or too much memory; tell its publisher, or take it off the list"


def parsed(data: Data, limits: Limits | None) -> Feed:
    """Return the entries of a feed; raises InputError for what is none, and for one that takes more than the limits."""
    if limits is None or len(data.body) <= QUICK:
        return data.read()
    (found,) = map_batches(Reading(), iter([[data]]), 1, limits)
    if isinstance(found, str):
        raise InputError(found)
    feed: Feed = found
    return feed


def _read(data: Data) -> Feed | str:
    try:
        return data.read()
    except InputError as error:
        return str(error)
