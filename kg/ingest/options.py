"""What a caller can say about the articles to read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.errors import InputError
from kg.ingest.dates import parse_date

FIELDS = ("id", "title", "text", "date", "publisher", "url")
"""The fields of an article, the default names of columns and JSON keys."""

MAX_CHARACTERS = 2_000_000
"""Default limit on one article, in characters: some two hundred times a long one."""


KOREAN = "ko"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read articles; `date` and `publisher` override what articles and pages say.

    `columns` maps a field (id, title, text, date, publisher, url) to the column or JSON key that holds it.
    `clean` False keeps texts as given. `source_encoding` None detects it. `language` is that of the articles, as a
    BCP 47 tag like en or zh-Hant; that a text is Korean is checked for ko alone. Raises InputError for a bad value.
    """

    date: str | None = None
    publisher: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    max_characters: int = MAX_CHARACTERS
    clean: bool = True
    source_encoding: str | None = None
    language: str = KOREAN

    def __post_init__(self) -> None:
        if self.date is not None:
            date = parse_date(self.date)
            if date is None:
                raise InputError(f"date {self.date!r} is no date; write it as 2025-05-26")
            object.__setattr__(self, "date", date)
        unknown = [name for name in self.columns if name not in FIELDS]
        if unknown:
            raise InputError(f"columns: no field {unknown[0]!r}; the fields are {', '.join(FIELDS)}")
        if self.max_characters < 1:
            raise InputError(f"max_characters is {self.max_characters}; give 1 or more")
        if not _LANGUAGE.fullmatch(self.language):
            raise InputError(f"language {self.language!r} is no language tag; write it like ko, en or zh-Hant")
        if self.source_encoding is not None:
            try:
                codecs.lookup(self.source_encoding)
            except LookupError as error:
                raise InputError(f"no encoding named {self.source_encoding!r}; try utf-8 or cp949") from error

    def column(self, name: str) -> str:
        """Return the name of the column or key that holds a field."""
        return self.columns.get(name, name)
