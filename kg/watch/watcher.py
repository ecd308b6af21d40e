"""Rounds over what is watched: feeds are read, pages fetched, articles put into the store, files written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from kg.errors import InputError, StoreError
from kg.ingest.encodings import decode, is_binary
from kg.model import Failure
from kg.run.limits import Limits
from kg.run.stores import Store
from kg.watch.addresses import Guard
from kg.watch.clock import Clock
from kg.watch.feeds import Item
from kg.watch.fetching import Fetcher, FetchError, HeldError
from kg.watch.folders import SETTLED, take_files
from kg.watch.intake import STAGE, Page, take_in
from kg.watch.parsing import Data, parsed
from kg.watch.sources import Source, Sources
from kg.watch.state import State

BATCH = 20
"""Articles that are fetched before they go into the store: what a kill can cost."""
FEED_BYTES = 10_000_000
PAGE_BYTES = 5_000_000
LIMITS = Limits()
"""What one article may take; None would have articles cleaned and extracted in this process, however long it takes."""

Told = Callable[[Failure], None]


@dataclass(slots=True)
class Round:
    """What one round came to; `waiting` are feeds and entries whose hosts are left alone for now."""

    feeds: int = 0
    unchanged_feeds: int = 0
    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    retracted: int = 0
    waiting: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether the store has changed."""
        return bool(self.new or self.replaced or self.retracted)


class Watcher:
    """Follows sources into the store of a folder; raises StoreError where another watcher does."""

    def __init__(
        self,
        folder: str | Path,
        sources: Sources,
        *,
        clock: Clock | None = None,
        guard: Guard | None = None,
        limits: Limits | None = LIMITS,
        export: bool = True,
        told: Told = lambda failure: None,
    ) -> None:
        self.clock = clock or Clock()
        self._sources, self._export, self._told = sources, export, told
        self._limits = limits
        self._store = Store(folder)
        assert self._store.path is not None
        try:
            self._state = State(self._store.path)
        except BaseException:
            self._store.close()
            raise
        self._holds = self._state.holds()
        self._fetcher = Fetcher(
            guard or Guard(sources.sources),
            self.clock,
            delay=sources.delay,
            contact=sources.contact,
            version=version("korean-news-kg"),
            holds=self._holds,
        )

    def round(self, *, settled: float = 0.0) -> Round:
        """Look at every source once; files must have stood still for some seconds. Raises StoreError."""
        done = Round()
        unwritten = self._state.begin()
        for source in self._sources.sources:
            if self.clock.stopped:
                break
            if source.is_feed:
                self._read(source, done)
            else:
                self._take_files(source, done, settled)
        self._fetch(done)
        self._state.hold(self._holds, self.clock.now())
        unwritten |= done.changed
        if unwritten and self._export:
            self._store.write()
        if self._export or not unwritten:
            self._state.written()
        return done

    def rounds(self, interval: float) -> Iterator[Round]:
        """Yield a round every so many seconds until the clock is stopped."""
        while not self.clock.stopped:
            begun = self.clock.now()
            try:
                done = self.round(settled=SETTLED)
            except StoreError as error:  # as where another command writes to the store just now
                done = Round()
                self._fail(done, str(self._store.path), str(error))
            yield done
            self.clock.wait(begun + interval - self.clock.now())

    def close(self) -> None:
        """Let go of the store, the state and the network."""
        self._fetcher.close()
        self._state.close()
        self._store.close()

    def _read(self, source: Source, done: Round) -> None:
        """Read a feed, and note its entries that are new or changed."""
        url, now = source.place, self.clock.now()
        known = self._state.feed(url)
        if known.due > now:
            return
        try:
            found = self._fetcher.get(url, FEED_BYTES, etag=known.etag, modified=known.modified)
            data = None if found.body is None else Data(found.body, found.url, url, source.full_text)
            feed = None if data is None else parsed(data, self._limits)
        except HeldError:
            done.waiting += not self.clock.stopped
            return
        except InputError as error:
            if self.clock.stopped:
                return
            again = error.again if isinstance(error, FetchError) else None
            due = self._state.feed_failed(url, self.clock.now(), again)
            self._fail(done, url, f"{error}; tried again {self._in(due)}")
            return
        done.feeds += 1
        if feed is None:
            done.unchanged_feeds += 1
            self._state.read(url, found.etag, found.modified, ())
            return
        self._state.read(url, found.etag, found.modified, feed.items)
        if feed.left_out:
            self._fail(done, url, f"{feed.left_out} entries beyond the first {len(feed.items)} were left out")

    def _fetch(self, done: Round) -> None:
        """Take in the articles of entries that are due, a batch at a time."""
        feeds = {source.place: source for source in self._sources.sources if source.is_feed}
        while not self.clock.stopped and (items := self._state.due(feeds, self.clock.now(), BATCH)):
            once = {item.id: item for item in items}.values()  # a page that two feeds have changed comes up again
            pages = [page for item in once if (page := self._page(item, feeds, done)) is not None]
            batch = take_in(self._store, pages, self._limits) if pages else None
            if batch is None:
                continue
            done.new += batch.new
            done.replaced += batch.replaced
            done.unchanged += batch.unchanged
            self._state.done(page.item for page in pages if page.item.id not in batch.failed)
            for page in pages:
                if page.item.id in batch.failed:
                    self._item_failed(page.item, batch.failed[page.item.id], None, done)

    def _page(self, item: Item, feeds: dict[str, Source], done: Round) -> Page | None:
        """Return what an entry's article is made of; None, noted, where it cannot be had now."""
        if self.clock.stopped:
            return None
        publisher = feeds[item.feed].publisher
        if item.text or item.link is None:
            return Page(item, item.text, False, item.link, publisher)
        try:
            found = self._fetcher.get(item.link, PAGE_BYTES)
            assert found.body is not None
            if is_binary(found.body[:65536]):
                raise FetchError("binary data, no page")
            return Page(item, decode(found.body), True, found.url, publisher)
        except HeldError as error:
            if not self.clock.stopped:
                self._state.item_failed(item, self.clock.now(), error.again, counts=False)
                done.waiting += 1
        except InputError as error:
            self._item_failed(item, str(error), error.again if isinstance(error, FetchError) else None, done)
        return None

    def _item_failed(self, item: Item, said: str, again: float | None, done: Round) -> None:
        due = self._state.item_failed(item, self.clock.now(), again, counts=True)
        when = "given up" if due is None else f"tried again {self._in(due)}"
        self._fail(done, item.link or item.id, f"{said}; {when}")

    def _take_files(self, source: Source, done: Round, settled: float) -> None:
        files = take_files(self._store, self._state, source, self.clock, self._limits, settled=settled)
        for taken in files:
            done.new += taken.added.new
            done.replaced += taken.added.replaced
            done.unchanged += taken.added.unchanged
            done.retracted += taken.retracted
            for failure in taken.failures:
                self._fail(done, failure.source, failure.message)

    def _fail(self, done: Round, source: str, said: str) -> None:
        failure = Failure(source, STAGE, said)
        done.failures.append(failure)
        self._told(failure)

    def _in(self, due: float) -> str:
        return f"in {max(1, round((due - self.clock.now()) / 60))} minutes"
