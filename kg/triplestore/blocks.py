"""What RDF says of each subject, kept in a file on disk: any subject's triples are read again at need.

Blocks are N-Triples. What is held is where they stand and the links back to things that others point to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from kg.errors import InputError

if TYPE_CHECKING:
    import pyoxigraph


@dataclass(slots=True)
class Blocks:
    """Subjects as N-Triples terms, each with the spans of its lines in `file`.

    `back` has the subjects that link to a thing by a predicate in `followed`, and those that link to a thing in it.
    """

    file: IO[bytes]
    followed: frozenset[str]
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    back: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    triples: int = 0

    def add(self, quads: Iterable[pyoxigraph.Quad]) -> None:
        """Take triples in, whatever graph they are in; raises InputError for the triple terms of RDF 1.2."""
        from pyoxigraph import Triple

        position = self.file.tell()
        for quad in quads:
            subject, predicate, obj = str(quad.subject), str(quad.predicate), str(quad.object)
            if isinstance(quad.object, Triple):
                raise InputError("RDF 1.2: the shapes are for RDF 1.1; export the graph without --rdf12")
            position = self._write(subject, f"{subject} {predicate} {obj} .\n".encode(), position)
            if predicate in self.followed or obj in self.followed:
                self.back[obj].append(subject)

    def _write(self, subject: str, line: bytes, position: int) -> int:
        self.file.write(line)
        end = position + len(line)
        spans = self.spans.setdefault(subject, [])
        if spans and spans[-1][1] == position:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((position, end))
        self.triples += 1
        return end

    def parts(self, size: int) -> Iterator[list[str]]:
        """Yield the subjects in the order of the file, those together whose lines reach `size` bytes; at least once."""
        part: list[str] = []
        held = 0
        for subject, spans in self.spans.items():
            part.append(subject)
            held += sum(end - start for start, end in spans)
            if held >= size:
                yield part
                part, held = [], 0
        if part or not self.spans:
            yield part

    def lines(self, subjects: Iterable[str]) -> Iterator[bytes]:
        """Yield the lines of subjects, those of one together."""
        for subject in subjects:
            for start, end in self.spans[subject]:
                self.file.seek(start)
                yield self.file.read(end - start)
