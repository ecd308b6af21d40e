"""Entries and pages as articles, and articles into the store, a batch at a time."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.errors import InputError
from kg.ingest import ReadOptions, Record
from kg.ingest.metadata import publisher_of_domain
from kg.ingest.options import KOREAN
from kg.model import Article, Failure
from kg.run.limits import Limits
from kg.run.stores import Added, Store
from kg.run.workers import map_records
from kg.watch.feeds import Item

STAGE = "watch"


@dataclass(slots=True)
class Batch:
    """What a batch came to: counts of the store, and what each entry that failed said, by id."""

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """An entry with its text: of the feed, or the page that its link led to."""

    item: Item
    text: str
    is_page: bool
    url: str | None
    publisher: str | None
    """As the user names it."""


def take_in(store: Store, pages: Sequence[Page], limits: Limits | None) -> Batch:
    """Put the articles of entries into a store, in place of earlier versions; what fails costs only itself.

    Pages are cleaned and articles extracted in processes that `limits` hold, if any. Raises StoreError.
    """
    batch = Batch()
    articles: list[Article] = []
    records = [Record(page.item.id, page.text, title=_title(page), is_page=page.is_page) for page in pages]
    results = list(map_records(records, ReadOptions(language=store.settings.get("language", KOREAN)), limits))
    for page, found in zip(pages, results, strict=True):
        if isinstance(found, Failure):
            batch.failed[page.item.id] = found.message
        else:
            articles.append(_article(page, found))
    if articles:
        _add(store, articles, limits, batch)
    return batch


def _title(page: Page) -> str | None:
    return None if page.is_page else page.item.title


def _article(page: Page, found: Article) -> Article:
    """Return the article of an entry: the feed knows its headline and date best, the page its publisher."""
    item = page.item
    domain = publisher_of_domain(page.url) if page.url else None
    return replace(
        found,
        id=item.id,
        title=item.title or found.title,
        date=item.date or found.date,
        publisher=page.publisher or found.publisher or domain or item.publisher,
        url=page.url,
    )


def _add(store: Store, articles: Sequence[Article], limits: Limits | None, batch: Batch) -> None:
    with tempfile.TemporaryDirectory(prefix="kg-watch-") as folder:
        path = Path(folder, "articles.jsonl")
        path.write_text("".join(f"{_line(article)}\n" for article in articles), encoding="utf-8")
        try:
            added = add_files(store, [str(path)], limits, clean=False)
        except InputError as error:  # none of them usable
            said = str(error).replace(f"{path}:", "line ").replace(str(path), "the batch")
            batch.failed |= {article.id: said for article in articles}
            return
        for failure in added.failures:
            line = failure.source.removeprefix(f"{path}:")
            batch.failed[articles[int(line) - 1].id] = failure.message
        batch.new, batch.replaced, batch.unchanged = added.new, added.replaced, added.unchanged


def add_files(
    store: Store, paths: Sequence[str], limits: Limits | None, *, publisher: str | None = None, clean: bool = True
) -> Added:
    """Put the articles of files into a store, however many of them fail; raises InputError when all do."""
    with _told_elsewhere():
        return store.add(
            paths,
            publisher=publisher,
            clean=clean,
            max_failure_rate=1.0,
            article_timeout=None if limits is None else limits.seconds,
            worker_memory=None if limits is None else limits.gigabytes,
        )


@contextmanager
def _told_elsewhere() -> Iterator[None]:
    """Keep the store's warnings of failures off the log: a round lists them, under the addresses they came from."""

    def is_more(record: logging.LogRecord) -> bool:
        return record.levelno > logging.WARNING

    log = logging.getLogger("kg")
    log.addFilter(is_more)
    try:
        yield
    finally:
        log.removeFilter(is_more)


def _line(article: Article) -> str:
    fields = ("id", "title", "text", "date", "publisher", "url")
    return json.dumps({name: getattr(article, name) for name in fields}, ensure_ascii=False)
