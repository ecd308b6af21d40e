"""Restores the line breaks that a flattened article has lost ("…했다.이날 …")."""

from __future__ import annotations

import re

from kg.ingest import bylines, captions, notices

_LOST = re.compile(r"(?<=[가-힣][다요죠까][.?!])(?=[가-힣A-Z0-9“‘\"'(\[〈《△▲◇◆■□●○▷▶◀◁一-龥])")
_QUOTED_SPEAKER = re.compile(r"(?<=[다요죠까.…]\])(?=[가-힣])")
_DECK = re.compile(r"^ ?\[[^\[\]\n]{15,100}\] ?(?=[가-힣\"“‘'A-Z])", re.MULTILINE)

SNIPPET = 200
"""A text of fewer characters without a line break is a sentence or two; its breaks stay as they are."""


def restore_lines(text: str) -> str:
    """Return the text with a line break where a sentence runs into the next, a byline or a notice.

    A straight quotation mark after a full stop opens a sentence only where an even number of them
    stands before it in the line. Decimals and abbreviations are left alone.
    """
    text = notices.break_before(text)
    text = bylines.break_around(text)
    text = captions.break_after(text)
    text = _DECK.sub(r"\g<0>\n", _QUOTED_SPEAKER.sub("\n", text))
    return "\n".join(_sentences(line) for line in text.split("\n"))


def _sentences(line: str) -> str:
    pieces, start = [], 0
    for found in _LOST.finditer(line):
        at = found.start()
        if line[at] in "\"'" and line.count(line[at], start, at) % 2:
            continue
        if line[at] == "(" and line.startswith("(웃음", at):
            continue
        pieces.append(line[start:at])
        start = at
    pieces.append(line[start:])
    return "\n".join(pieces)
