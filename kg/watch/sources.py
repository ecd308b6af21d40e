"""What is watched: feeds and folders, as the user lists them, and how to behave towards their hosts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kg.errors import InputError
from kg.yamlfiles import first_mistake, not_yaml

LIST = "watch.yaml"
"""The list beside a store that is read where no other is given."""
DELAY = 2.0
"""Seconds between two requests to one host, unless its robots.txt asks for more."""


@dataclass(frozen=True, slots=True)
class Source:
    """A feed (an http or https address) or a folder, and what to take for granted of its articles.

    `publisher` goes before what pages say. With `full_text` the text in the feed is the article, and its page is not
    fetched. `private` allows a feed whose host's name leads to a private address (an intranet), for that host alone.
    """

    place: str
    publisher: str | None = None
    full_text: bool = False
    private: bool = False

    @property
    def is_feed(self) -> bool:
        """Whether it is a feed, else a file or folder."""
        return self.place.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Sources:
    """All that is watched. `contact`, an address or e-mail, tells hosts who reads them; `delay` is in seconds."""

    sources: tuple[Source, ...]
    contact: str | None = None
    delay: float = DELAY


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    feed: str | None = None
    folder: str | None = None
    publisher: str | None = None
    full_text: bool = False
    private: bool = False


class _List(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sources: list[_Entry] = Field(min_length=1)
    contact: str | None = None
    delay: float = Field(default=DELAY, ge=0.1, le=3600)

    @field_validator("sources", mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        """Take an address or path alone for an entry that says no more."""
        if not isinstance(given, list):
            return given
        return [{"feed" if "://" in one else "folder": one} if isinstance(one, str) else one for one in given]


def checked(source: Source) -> Source:
    """Return a source; raises InputError for an address that is none or carries a password."""
    if source.is_feed:
        try:
            parts = urlsplit(source.place)
            named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            named = False
        if not named:
            raise InputError(f"{source.place}: no address of a feed; write it like https://example.org/rss")
        if parts.username is not None or parts.password is not None:
            raise InputError(f"{parts.hostname}: names and passwords in addresses are not used; leave them out")
    elif "://" in source.place:
        raise InputError(f"{source.place}: only http and https feeds, files and folders are watched")
    return source


def read_list(path: Path) -> Sources:
    """Return what a list names, folders relative to its own; raises InputError naming the file and the key."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        given = _List.model_validate(found)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give --source or --list") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {not_yaml(error)}; mend the list, see docs/watch.md") from error
    except ValidationError as error:
        where, kind, said = first_mistake(error)
        names = ["sources", "contact", "delay"] if len(where) == 1 else list(_Entry.model_fields)
        known = f"; known are {', '.join(names)}" if kind == "extra_forbidden" else ""
        place = f"{'.'.join(where)}: " if where else ""
        raise InputError(f"{path}: {place}{said}{known}; see docs/watch.md") from error
    sources = tuple(_source(path, number, entry) for number, entry in enumerate(given.sources, 1))
    return Sources(sources, given.contact, given.delay)


def _source(path: Path, number: int, entry: _Entry) -> Source:
    if (entry.feed is None) == (entry.folder is None):
        raise InputError(f"{path}: source {number} needs either feed or folder")
    if entry.folder is not None:
        return Source(str(path.parent / entry.folder), entry.publisher)
    assert entry.feed is not None
    source = checked(Source(entry.feed, entry.publisher, entry.full_text, entry.private))
    if not source.is_feed:
        raise InputError(f"{path}: source {number}: {entry.feed} is no http or https address; write `folder:` for one")
    return source
