"""Articles in HTML pages, through trafilatura: main text, title, date, publisher and address."""

from __future__ import annotations

import re

from kg.errors import InputError
from kg.ingest.metadata import publishers
from kg.ingest.normalise import one_line
from kg.ingest.records import Record

_SUFFIX = re.compile(r"\s*(?:[|<>:：]|\s[-–—])\s*([^|<>:：–—]{2,30})$")
_TABLE_ROW = re.compile(r"^\|.*\| *$", re.MULTILINE)
"""How trafilatura writes the rows of a table."""

_PORTAL = re.compile(
    r"(?:네이버|다음|네이트|줌|카카오|NAVER|Daum|Nate) ?\|? ?(?:뉴스|News|연예|스포츠|블로그|카페|포스트)?"
    r"|(?:[a-z0-9-]+\.)+[a-z]{2,}",
    re.IGNORECASE,
)
"""Portals carry the articles of others; a host name is what trafilatura gives for want of a site's name."""
_AUTHOR = re.compile(
    r"<meta[^>]+(?:article:author|twitter:creator)[^>]+content=[\"']([^\"'|]+?)\s*(?:\||[\"'])", re.IGNORECASE
)
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01", "outputformat": "%Y-%m-%d"}
"""Only dates that the page states in its metadata: a guess from its text could be any day."""


def read_page(page: Record) -> Record:
    """Return the record of the article in a page; raises InputError when no article text is found in it."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Page

    found = bare_extraction(page.text, with_metadata=True, include_comments=False, date_extraction_params=dict(_DATES))
    text = found.text if isinstance(found, Page) else None
    if not isinstance(found, Page) or not text or not text.strip():
        raise InputError("no article text found in the page; save the page of one article")
    text = _TABLE_ROW.sub(lambda row: " ".join(row[0].replace("|", " ").split()), text)
    title, named = _split_title(one_line(found.title))
    author = _AUTHOR.search(page.text)
    candidates = (found.sitename, author[1] if author else None, named)
    publisher = next((name for name in map(one_line, candidates) if name and not _PORTAL.fullmatch(name)), None)
    return Record(page.source, text, title=title, date=found.date, publisher=publisher, url=found.url)


def _split_title(title: str | None) -> tuple[str | None, str | None]:
    """Return a title without the name of a paper or portal at its end, and that name."""
    found = _SUFFIX.search(title or "")
    if title and found and (found[1] in publishers().names or _PORTAL.fullmatch(found[1].strip())):
        return title[: found.start()], found[1]
    return title, None
