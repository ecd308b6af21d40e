"""N-Quads cut by named graph, without holding them in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from kg.errors import InputError


@dataclass(slots=True)
class Part:
    """The lines of one named graph in a file: spans of bytes, and the SHA-256 of their triples."""

    spans: list[tuple[int, int]] = field(default_factory=list)
    digest: str = ""

    def ntriples(self, lines: IO[bytes], graph: str) -> bytes:
        """Return the triples as N-Triples."""
        ending = f" <{graph}> .\n".encode()
        found = []
        for start, end in self.spans:
            lines.seek(start)
            found.append(lines.read(end - start).replace(ending, b" .\n"))
        return b"".join(found)


def parts(lines: IO[bytes]) -> dict[str, Part]:
    """Return the named graphs of N-Quads as kg writes them, one quad a line, in the order they begin.

    Raises InputError for a quad without graph or in other layout.
    """
    found: dict[str, Part] = {}
    sums: dict[str, hashlib._Hash] = {}
    position = 0
    for number, line in enumerate(_lines(lines), 1):
        head, _, rest = line.rpartition(b" <")
        graph, closed, ending = rest.partition(b"> .\n")
        if not head.strip() or not closed or ending or b" " in graph or head.count(b" ") < 2:
            raise InputError(f"line {number}: no quad of a named graph; give the N-Quads that kg export writes")
        name = graph.decode()
        part = found.setdefault(name, Part())
        sums.setdefault(name, hashlib.sha256()).update(head + b"\n")
        if part.spans and part.spans[-1][1] == position:
            part.spans[-1] = (part.spans[-1][0], position + len(line))
        else:
            part.spans.append((position, position + len(line)))
        position += len(line)
    for name, part in found.items():
        part.digest = sums[name].hexdigest()
    return found


def _lines(lines: IO[bytes]) -> Iterator[bytes]:
    return iter(lines.readline, b"")
