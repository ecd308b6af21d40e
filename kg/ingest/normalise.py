"""Brings characters to one form: NFC, plain spaces and line ends, no entities, nothing invisible."""

from __future__ import annotations

import html
import re
import unicodedata

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SURROGATE = re.compile("[\ud800-\udfff]")

DEEPEST = 8
"""Times that text may be escaped over, like &amp;amp;quot;; pages do it twice or three times by mistake, not more."""


def normalise(text: str) -> str:
    """Return the text with entities resolved, odd spaces and line ends made plain, and NFC applied.

    Entities escaped over and over (&amp;amp;quot;), up to DEEPEST times, resolve fully, so that normalising twice
    changes nothing more; what is escaped deeper, which no page does but to keep a reader busy, stays as it is then.
    """
    for _ in range(DEEPEST):
        changed = _ENTITY.sub(lambda m: html.unescape(m[0]), text) if "&" in text else text
        changed = _LINE_END.sub("\n", encodable(changed))
        changed = _SPACE.sub(" ", _INVISIBLE.sub("", changed))
        changed = unicodedata.normalize("NFC", changed)
        if changed == text:
            break
        text = changed
    return text


def encodable(text: str) -> str:
    """Return the text with lone surrogates, which no encoding can write, replaced by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def one_line(text: str | None) -> str | None:
    """Return the text with every run of white space made one space, None when nothing is left."""
    return " ".join(text.split()) or None if text is not None else None
