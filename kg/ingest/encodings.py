"""Turns bytes into text: UTF-8, UTF-16 with a byte-order mark, CP949 (a superset of EUC-KR).

A fixed order of strict decoders decides, not statistics: bytes of CP949 Hangul are not valid UTF-8, so
the first that succeeds is right, and the answer never depends on the length of the text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from kg.errors import InputError

TOLERANCE = 0.001
"""Largest share of undecodable characters that are replaced by U+FFFD rather than refused."""

ALLOWED = 2
"""Undecodable characters that are replaced in a text of any length, however short."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def bom_encoding(head: bytes) -> str | None:
    """Return the encoding that a byte-order mark names, None without one."""
    return next((name for mark, name in _BOMS if head.startswith(mark)), None)


def is_binary(head: bytes) -> bool:
    """Say whether bytes hold a NUL or more than one control character in a hundred, and no mark."""
    if not head or bom_encoding(head):
        return False
    return b"\0" in head or len(_CONTROL.findall(head)) > len(head) / 100


def decode(data: bytes, encoding: str | None = None) -> str:
    """Return the text of bytes; raises InputError when no encoding fits or the given one does not."""
    chosen = encoding or bom_encoding(data)
    if chosen:
        try:
            return data.decode(chosen)
        except UnicodeDecodeError as error:
            raise InputError(f"not valid {chosen} at byte {error.start}; name its encoding or convert it") from error
    for candidate in ("utf-8", "cp949"):
        try:
            return data.decode(candidate)
        except UnicodeDecodeError:
            continue
    for candidate in ("utf-8", "cp949"):
        text = data.decode(candidate, errors="replace")
        if text.count("\ufffd") <= max(ALLOWED, TOLERANCE * len(text)):
            return text
    raise InputError("neither UTF-8 nor CP949; name its encoding or convert it to UTF-8")


def detect(chunks: Iterable[bytes]) -> str:
    """Return the encoding of a file read in pieces: that of its mark, UTF-8 if all of it decodes, else CP949."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for number, chunk in enumerate(chunks):
        marked = bom_encoding(chunk) if number == 0 else None
        if marked:
            return marked
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            return "cp949"
    return "utf-8"
