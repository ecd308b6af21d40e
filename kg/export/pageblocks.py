"""How records stand in the page: as columns, in blocks that the browser opens when it needs them.

Keys once a column rather than once a record, and in large graphs deflated (RFC 1951) in base64, make a page of tens of
thousands of relations small enough to mail; the page of a small graph stays JSON that one can read.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

PLAIN = 300
"""Blocks of up to so many letters stay plain in every page: packing gains nothing."""


class Block(NamedTuple):
    """The text of one script element: `form` is json or deflate."""

    name: str
    form: str
    text: str


def columns(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return records of like keys as one list a key, null where a record lacks it."""
    keys = dict.fromkeys(key for record in records for key in record)
    return {"count": len(records), "columns": {key: [record.get(key) for record in records] for key in keys}}


def block(name: str, value: object, packed: bool) -> Block:
    """Return a block, deflated where asked for: no `<` can end its element, and no lone surrogate spoils the file."""
    text = clean(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    if not packed or len(text) <= PLAIN:
        return Block(name, "json", text.replace("<", "\\u003c"))
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Block(name, "deflate", base64.b64encode(packer.compress(text.encode()) + packer.flush()).decode())


def parts(name: str, rows: Sequence[object], size: int, packed: bool) -> list[Block]:
    """Return rows in blocks of `size`, the number of the block behind the name."""
    return [block(f"{name}-{at // size}", rows[at : at + size], packed) for at in range(0, len(rows), size)]


def clean(text: str) -> str:
    """Return text that UTF-8 can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
