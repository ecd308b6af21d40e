"""Folders: files that are new or changed, by their content, into the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.ingest import ReadOptions, read_articles
from kg.ingest.sources import find_sources
from kg.model import Article, Failure
from kg.run.extraction import check_outside
from kg.run.limits import Limits
from kg.run.stores import Added, Store
from kg.watch.clock import Clock
from kg.watch.intake import STAGE, add_files
from kg.watch.sources import Source
from kg.watch.state import State

SETTLED = 2.0
"""Seconds for which a file must have stood still, while the watcher runs on: a later round takes a half-written one."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a file came to: counts of the store, articles that went out because it no longer has them, failures."""

    added: Added
    retracted: int
    failures: tuple[Failure, ...]


def take_files(
    store: Store, state: State, source: Source, clock: Clock, limits: Limits | None, *, settled: float
) -> Iterator[TakenIn]:
    """Take in the files of a source that are new, changed or due again, one at a time, until the clock is stopped."""
    check_outside(store.path, [source.place])
    for found in find_sources([source.place]):
        if clock.stopped:
            return
        if isinstance(found, Failure):
            yield TakenIn(Added(0, 0, 0), 0, (found,))
            continue
        assert found.path is not None
        try:
            if 0 <= clock.now() - found.path.stat().st_mtime < settled:
                continue
            digest = _digest(found.path)
        except OSError as error:
            failure = Failure(found.name, STAGE, f"cannot be read ({error.strerror}); it is tried again next time")
            yield TakenIn(Added(0, 0, 0), 0, (failure,))
            continue
        known = state.file(found.name)
        if known is not None and known.digest == digest and (known.due is None or known.due > clock.now()):
            continue
        before: Sequence[str] = known.articles if known is not None else ()
        taken, ids = _take_file(store, state, source, found.name, before, limits)
        state.file_read(found.name, digest, ids, clock.now(), failed=bool(taken.failures))
        yield taken


def _take_file(
    store: Store, state: State, source: Source, name: str, before: Sequence[str], limits: Limits | None
) -> tuple[TakenIn, list[str]]:
    """Take in a file, and take out what an earlier version of it had and no file has now."""
    try:
        added = add_files(store, [name], limits, publisher=source.publisher)
        failures = added.failures
    except InputError as error:
        added, failures = Added(0, 0, 0), (Failure(name, STAGE, str(error)),)
    kept = store.keys()
    read = read_articles([name], options=ReadOptions(publisher=source.publisher))
    ids = [one.id for one in read if isinstance(one, Article) and one.id in kept]
    gone = sorted(set(before) & kept.keys() - set(ids) - state.others(name))
    if failures and not ids:  # a file that cannot be read now may be what it was again
        return TakenIn(added, 0, failures), list(before)
    store.retract(*gone)
    return TakenIn(added, len(gone), failures), ids


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
