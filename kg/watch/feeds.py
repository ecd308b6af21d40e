"""RSS and Atom, in whatever encoding, as entries."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin

import feedparser
from lxml import html

from kg.errors import InputError
from kg.ingest.encodings import decode
from kg.ingest.normalise import normalise, one_line
from kg.ingest.records import LONGEST_FIELD
from kg.model import content_id
from kg.watch.addresses import AddressError, origin_of

MOST = 1000
"""Entries of a feed that are taken in one go; feeds have some 20 to 200."""
_DECLARED = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
_BLOCKS = frozenset(
    "address article blockquote br dd div dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul".split()
)
_DROPPED = ("script", "style", "noscript", "template", "figure", "figcaption", "iframe", "svg")


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed. `version` changes when its article does; `text` is that of the feed, "" where it has none.

    `id` is that of the article: of its link where the page is fetched, so that two feeds that list one page make one
    article; of feed and entry where the feed has the text, so that no feed replaces another's.
    """

    id: str
    feed: str
    """The address that the user lists."""
    version: str
    link: str | None
    title: str | None
    date: str | None
    publisher: str | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries of a feed, the newest as the feed has them first, and how many were too many."""

    items: tuple[Item, ...]
    left_out: int


def read_feed(data: bytes, url: str, feed: str, *, full_text: bool) -> Feed:
    """Return the entries of a listed feed, whose data came from `url`; raises InputError for what is none.

    Entries of a broken feed count as far as they can be read. With `full_text` the text of an entry is taken with it.
    """
    try:
        # As a stream: bytes that are the name of a file would be read from there.
        found = feedparser.parse(io.BytesIO(_in_utf8(data)), response_headers=_headers(url))
        title = one_line(_plain(found.feed.get("title")))
        read = (_item(entry, url, feed, title, full_text) for entry in found.entries[:MOST])
        items = {item.id: item for item in reversed([item for item in read if item is not None])}
    except MemoryError:
        raise
    except Exception as error:  # whatever a feed holds that its reader was not written for
        raise InputError(f"cannot be read ({type(error).__name__}: {error}); tell its publisher") from error
    if not found.get("version") and not found.entries:
        raise InputError("no RSS or Atom feed; give the address of the feed, not of a page")
    return Feed(tuple(reversed(items.values())), max(0, len(found.entries) - MOST))


def _item(entry: Mapping[str, Any], url: str, feed: str, feed_title: str | None, full_text: bool) -> Item | None:
    link = _link(entry, url)
    text = _text(entry) if full_text else ""
    key = entry.get("id") or link
    if not key or not (link or text):
        return None
    title = one_line(_plain(entry.get("title")))
    # Read as plain keys: feedparser answers for a missing date with the other one, and a warning.
    updated, published = (dict.get(dict(entry), name) for name in ("updated", "published"))
    return Item(
        id=content_id("feed", feed, key) if text else content_id("page", link or ""),
        feed=feed,
        version=content_id(updated or "", title or "", text),
        link=link,
        title=_short(title),
        date=_short(published or updated),
        publisher=_short(feed_title),
        text=text,
    )


def _link(entry: Mapping[str, Any], url: str) -> str | None:
    """Return the address of an entry's page, without the part after #, None where it has none that can be fetched."""
    given = entry.get("link") or (entry.get("id") if str(entry.get("id", "")).startswith("http") else None)
    if not given:
        return None
    link = urldefrag(urljoin(url, str(given).strip())).url
    try:
        origin_of(link)
    except AddressError:
        return None
    return link if len(link) <= LONGEST_FIELD else None


def _text(entry: Mapping[str, Any]) -> str:
    """Return the longest text that an entry carries as its content; its summary is no article."""
    found = (part for part in entry.get("content", ()) if part.get("value"))
    return max((as_text(part["value"], part.get("type")) for part in found), key=len, default="")


def as_text(value: str, kind: str | None) -> str:
    """Return the text of a piece of HTML, a line a block; what is not HTML stays as it is."""
    if kind == "text/plain" or "<" not in value:
        return normalise(value)
    root = html.fragment_fromstring(value, create_parent="div")
    for element in list(root.iter()):
        if element.tag in _DROPPED:
            element.drop_tree()
        elif element.tag in _BLOCKS:
            element.tail = "\n" + (element.tail or "")
            element.text = "\n" + (element.text or "")
    lines = (one_line(line) for line in normalise(str(root.text_content())).splitlines())
    return "\n".join(line for line in lines if line)


def _plain(value: object) -> str | None:
    """Return a title without tags."""
    if not isinstance(value, str):
        return None
    return as_text(value, "text/html").replace("\n", " ")


def _short(text: str | None) -> str | None:
    return unicodedata.normalize("NFC", text)[:1000] if text else None


def _in_utf8(data: bytes) -> bytes:
    """Return a feed in UTF-8 where it is that, UTF-16 or CP949, whatever it declares; else as it came."""
    try:
        text = decode(data)
    except InputError:
        return data
    return _DECLARED.sub("", text, count=1).encode("utf-8", "replace")


def _headers(url: str) -> dict[str, str]:
    return {"content-type": "application/xml; charset=utf-8", "content-location": url}
