"""From what a file says of an article to an Article: cleaning, metadata, identity and the limits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kg.errors import InputError
from kg.ingest.boilerplate import clean as clean_text
from kg.ingest.dates import parse_date
from kg.ingest.metadata import canonical_publisher, find_date, find_publisher
from kg.ingest.normalise import encodable, one_line
from kg.ingest.options import KOREAN, ReadOptions
from kg.model import Article, Document, content_id

MINIMUM_HANGUL = 0.3
"""Smallest share of Hangul among the letters of a Korean article; news with much English has 0.6 and more."""

SHORT = 200
"""A text of fewer letters is Korean when it has any Hangul: one title or name weighs too much in it."""

LONGEST_FIELD = 10_000
"""Most characters of an id, title, publisher or address: what is longer is a text in the wrong place."""

_BRIEF = 200
_WORD = re.compile(r"\w")
_LETTER = re.compile(r"[^\W\d_]")
_HANGUL = re.compile(r"[가-힣ㄱ-ㆎᄀ-ᇿ]")


@dataclass(frozen=True, slots=True)
class Record:
    """One article as a file gives it; `source` names the file, and the line where there are several."""

    source: str
    text: str
    title: str | None = None
    date: object = None
    publisher: str | None = None
    url: str | None = None
    id: str | None = None
    is_page: bool = False
    """Whether `text` is HTML, in which the article is yet to be found."""


def article_from_text(
    text: str,
    *,
    title: str | None = None,
    date: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    id: str | None = None,
    clean: bool = True,
    language: str = KOREAN,
) -> Article:
    """Return the Article in a text; title, date and publisher are found in it where they are not given.

    Raises InputError for a text that is empty, too long or not Korean where `language` is ko, for an empty id, for a
    bad date and for a language that is no BCP 47 tag.
    """
    if date is not None and parse_date(date) is None:
        raise InputError(f"date {date!r} is no date; write it as 2025-05-26")
    record = Record("text", text, title=title, date=date, publisher=publisher, url=url, id=id)
    return article_from_record(record, ReadOptions(clean=clean, language=language), source=None)


def article_from_record(record: Record, options: ReadOptions, source: str | None) -> Article:
    """Return the Article of a record, metadata in it going before what its text shows.

    Options go before both. A date in the record that is no date counts as none given. Raises InputError.
    """
    if record.id is not None and not record.id.strip():
        raise InputError("its id is empty; give each article an id, or none to any")
    for name in ("id", "title", "publisher", "url"):
        length = len(getattr(record, name) or "")
        if length > LONGEST_FIELD:
            raise InputError(f"its {name} has {length:,} characters, more than {LONGEST_FIELD:,}; check the column")
    text = encodable(record.text)
    if len(text) > options.max_characters:
        raise InputError(
            f"{len(text):,} characters, more than the {options.max_characters:,} allowed for one article; split it"
        )
    if not _WORD.search(text):
        raise InputError("no text in it; leave it out")
    if options.language == KOREAN:
        _check_language(text)
    found = clean_text(text, record.title)
    title = found.title if options.clean else record.title
    body = found.text if options.clean else text
    if not _WORD.search(body):
        raise InputError("no article is left once menus, captions and notices are taken out; check the file")
    publisher = canonical_publisher(one_line(record.publisher)) or find_publisher(found.removed, record.url)
    return Article(
        id=record.id if record.id is not None else content_id(title or "", body),
        text=body,
        title=title,
        date=options.date or parse_date(record.date) or find_date(found.removed),
        publisher=options.publisher or publisher,
        url=record.url or None,
        language=options.language,
        source=source,
    )


def brief(text: str) -> str:
    """Return a text for a message, the end of a long one left out."""
    return text if len(text) <= _BRIEF else f"{text[:_BRIEF]}…"


def to_document(article: Article) -> Document:
    """Return the empty Document of an Article: NFC-normalised title, line break and body."""
    title = unicodedata.normalize("NFC", article.title) if article.title is not None else None
    body = unicodedata.normalize("NFC", article.text)
    return Document(
        id=article.id,
        text=body if title is None else f"{title}\n{body}",
        title=title,
        date=article.date,
        publisher=article.publisher,
        url=article.url,
        language=article.language,
    )


def _check_language(text: str) -> None:
    head = text[:20_000]
    letters, hangul = len(_LETTER.findall(head)), len(_HANGUL.findall(head))
    if hangul == 0 or (letters >= SHORT and hangul < MINIMUM_HANGUL * letters):
        share = round(100 * hangul / letters) if letters else 0
        raise InputError(
            f"not Korean ({share} % of its letters are Hangul, at least {MINIMUM_HANGUL:.0%} expected); leave it out,"
            " or give its language and an extractor that reads it (--lang en --extractor spacy:MODEL)"
        )
