"""Frozen records to and from the JSON of a column, whatever their fields are."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from typing import Any, TypeVar

Record = TypeVar("Record")

LEVEL = 6
"""Of zlib: a document takes a third of its JSON; higher levels take twice the time for a hundredth less."""


def dump(value: object) -> str:
    """Return compact JSON; tuples become lists."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def record_to_json(record: Any) -> str:
    """Return a record built of JSON's types and tuples as a JSON list of its fields."""
    return dump([getattr(record, field.name) for field in fields(record)])


def record_from_json(kind: type[Record], text: str) -> Record:
    """Return the record of such JSON; lists come back as tuples."""
    return kind(*_tuples(json.loads(text)))


def _tuples(values: list[Any]) -> tuple[Any, ...]:
    return tuple([_tuples(value) if isinstance(value, list) else value for value in values])


def pack(text: str) -> bytes:
    """Return text compressed."""
    return zlib.compress(text.encode("utf-8"), LEVEL)


def unpack(data: bytes) -> str:
    """Return the text of `pack`."""
    return zlib.decompress(data).decode("utf-8")
