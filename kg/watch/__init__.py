"""Feeds and folders followed into a store: `once` for a timer such as cron, `follow` to stay.

`sources` says what is watched, `addresses` which machines may be asked, `fetching` how, `feeds` reads RSS and Atom,
`intake` and `folders` put articles into the store, `state` remembers, `watcher` goes round. feedparser, httpx2 and
protego are the extra `watch`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import MissingExtraError
from kg.model import Failure
from kg.watch.sources import DELAY, LIST, Source, Sources, checked, read_list

if TYPE_CHECKING:
    from kg.watch.watcher import Round, Watcher

__all__ = ["Source", "Sources", "follow", "once", "open_watcher"]

INTERVAL = 15 * 60.0
"""Seconds from the beginning of one round to that of the next."""

Told = Callable[[Failure], None]
Listed = str | Path | Source | Iterable[str | Path | Source] | Sources | None
"""Addresses of feeds, folders, or Sources with more to say of them; None for `watch.yaml` beside the store."""


def once(folder: str | Path, sources: Listed = None, *, export: bool = True) -> Round:
    """Look at every source once, take what is new into the store of a folder and write its graph again.

    What fails is in the answer's `failures` and tried again by a later round, later each time. Raises StoreError where
    another watcher or command uses the store, InputError for a wrong list, and MissingExtraError without the extra.
    """
    watcher = open_watcher(folder, sources, export=export)
    try:
        return watcher.round()
    finally:
        watcher.close()


def follow(
    folder: str | Path, sources: Listed = None, *, interval: float = INTERVAL, export: bool = True
) -> Iterator[Round]:
    """Yield what each round comes to, one every `interval` seconds, until the caller breaks off; raises as `once`."""
    watcher = open_watcher(folder, sources, export=export)
    try:
        yield from watcher.rounds(interval)
    finally:
        watcher.close()


def open_watcher(
    folder: str | Path, sources: Listed = None, *, export: bool = True, told: Told = lambda failure: None
) -> Watcher:
    """Return a Watcher over sources; the caller closes it. Its `clock.stop()` ends it after the article at hand.

    `told` is called with each failure as it comes.
    """
    try:
        from kg.watch.watcher import Watcher
    except ImportError as error:
        raise MissingExtraError("kg watch", "watch") from error
    return Watcher(folder, _listed(folder, sources), export=export, told=told)


def _listed(folder: str | Path, sources: Listed) -> Sources:
    from kg.store import store_file

    if sources is None:
        return read_list(store_file(folder).with_name(LIST))
    if isinstance(sources, Sources):
        return sources
    given = [sources] if isinstance(sources, str | Path | Source) else sources
    found = (one if isinstance(one, Source) else Source(str(one)) for one in given)
    return Sources(tuple(checked(one) for one in found), delay=DELAY)
