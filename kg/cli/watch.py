"""`kg watch`: feeds and folders followed into a store."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options as opt

if TYPE_CHECKING:
    from kg.model import Failure
    from kg.watch.sources import Sources
    from kg.watch.watcher import Round, Watcher


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: kg watch exports --source https://example.org/rss --once")(watch)


def watch(
    folder: opt.Folder,
    source: Annotated[
        list[str] | None, typer.Option(help="Address of a feed, or a folder or file; again for several.")
    ] = None,
    listed: Annotated[
        Path | None,
        typer.Option("--list", help="YAML list of sources (docs/watch.md).", show_default="watch.yaml in FOLDER"),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="One round, then end: for cron.")] = False,
    interval: Annotated[float, typer.Option(min=1, help="Minutes between two rounds.")] = 15,
    publisher: Annotated[str | None, typer.Option(help="Publisher of the articles of --source.")] = None,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="At --source: take the feed's text where it has it, fetch no page.")
    ] = False,
    contact: Annotated[
        str | None, typer.Option(help="Address or e-mail that hosts are told with each request.")
    ] = None,
    delay: Annotated[
        float | None, typer.Option(min=0.1, help="Seconds between two requests to a host.", show_default="2")
    ] = None,
    export: opt.Export = True,
) -> None:
    """Follow RSS and Atom feeds and folders, and take new and changed articles into the graph of a folder.

    Nothing is fetched but the feeds listed and the pages their entries link to, as far as robots.txt allows. What
    fails is listed and tried again later. Ctrl+C ends it after the article at hand; the next run goes on from there.
    """
    from kg.watch import open_watcher

    sources = _sources(folder, source or [], listed, (publisher, full_text, contact, delay))
    watcher = open_watcher(folder, sources, export=export, told=_tell)
    with _stopping(watcher):
        for done in [watcher.round()] if once else watcher.rounds(interval * 60):
            typer.echo(_said(done))


@contextmanager
def _stopping(watcher: Watcher) -> Iterator[None]:
    """Have signals end a watcher after the article at hand, and close it in the end."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: watcher.clock.stop()) for number in numbers]
    try:
        yield
    finally:
        watcher.close()
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _sources(
    folder: Path, given: list[str], listed: Path | None, said: tuple[str | None, bool, str | None, float | None]
) -> Sources:
    """Return what the options list; those of the command line go before those of the list."""
    from kg.store import store_file
    from kg.watch.sources import LIST, Source, Sources, checked, read_list

    publisher, full_text, contact, delay = said
    read = Sources(())
    if listed is not None or not given:
        read = read_list(listed or store_file(folder).with_name(LIST))
    named = tuple(checked(Source(place, publisher, full_text)) for place in given)
    return Sources((*read.sources, *named), contact or read.contact, read.delay if delay is None else delay)


def _tell(failure: Failure) -> None:
    typer.echo(f"{failure.source}: {failure.message}", err=True)


def _said(done: Round) -> str:
    counts = f"{done.new} articles added, {done.replaced} replaced, {done.unchanged} unchanged"
    gone = f", {done.retracted} taken out" if done.retracted else ""
    waiting = f", {done.waiting} waiting" if done.waiting else ""
    return f"{done.feeds} feeds read; {counts}{gone}{waiting}, {len(done.failures)} failed"
