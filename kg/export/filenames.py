"""Names of files that every system takes, for any text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kg.export.characters import one_line, utf8_text

LONGEST = 120
"""Bytes of a name in UTF-8, 40 syllables: paths stay below the 260 characters of Windows, names below 255 bytes."""
_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|#^[]%', "-"))
"""What Windows forbids in names, and what Obsidian reads as part of a link."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names of devices on Windows, with any ending."""


def file_names(wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a file name without ending for each id, given with the name it would have.

    Those that differ by case or composition alone are one file to some systems: all of them get their ids appended.
    """
    plain = {id: _plain(name) for id, name in wanted}
    bearers: dict[str, int] = {}
    for name in plain.values():
        bearers[_folded(name)] = bearers.get(_folded(name), 0) + 1
    taken = {folded for folded, count in bearers.items() if count == 1}
    names: dict[str, str] = {}
    for id, name in sorted(plain.items()):
        found, number = name, 1
        while bearers[_folded(name)] > 1 and (found is name or _folded(found) in taken):
            mark = f" ({_plain(id)})" if number == 1 else f" ({_plain(id)} {number})"
            found, number = _cut(name, LONGEST - len(mark.encode())) + mark, number + 1
        taken.add(_folded(found))
        names[id] = found
    return names


def _plain(name: str) -> str:
    """Return a name without what files and links cannot have."""
    found = unicodedata.normalize("NFC", one_line(utf8_text(name))).translate(_FORBIDDEN)
    found = _cut(found.strip(". "), LONGEST).rstrip(". ")
    return f"_{found}" if not found or _RESERVED.fullmatch(found) else found


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def _cut(name: str, most: int) -> str:
    """Return as much of the beginning of a name as takes no more bytes."""
    return name.encode()[: max(most, 0)].decode(errors="ignore")
