"""How each form spells terms and puts together what is said of one subject.

Records are spelled once, as they are described; what is written is never parsed back to be abbreviated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from kg.export import terms
from kg.export.terms import RDF, XSD
from kg.export.vocabulary import DATA_KINDS, Names

Pair = tuple[str, str]
"""A predicate term and an object term, both as N-Triples has them."""

_TYPE = f"<{RDF}type>"
_LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?|")
_TYPED = f'"^^<{XSD}'


class Block(NamedTuple):
    """What is said of one subject, in the order to be written, and the named graph it belongs to, all spelled."""

    graph: str
    subject: str
    lines: list[str]


class NTriples:
    """N-Triples: terms as `kg.export.terms` makes them, a triple a line; the other forms differ where they say so."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._folders = {kind: f"<{names.base}{kind}/" for kind in DATA_KINDS}
        self.integer: Callable[[int], str] = terms.integer
        self.decimal: Callable[[float], str] = terms.decimal

    def term(self, term: str) -> str:
        """Return a term of N-Triples in this form."""
        return term

    def verb(self, term: str) -> str:
        """Return an IRI term as a predicate, and after it what parts it from its value."""
        return f"{term} "

    def data(self, kind: str, segment: str) -> str:
        """Return the IRI of a thing in one of DATA_KINDS, `segment` as `terms.path_segment` makes it."""
        return f"{self._folders[kind]}{segment}>"

    def lines(self, verb: str, values: list[str]) -> list[str]:
        """Return the lines that give a predicate its values."""
        return [f"{verb}{value}" for value in values]

    def lines_of(self, pairs: Iterable[Pair]) -> list[str]:
        """Return the lines of pairs, those of one predicate next to each other."""
        found: list[str] = []
        for predicate, group in groupby(pairs, key=itemgetter(0)):
            found += self.lines(self.verb(predicate), [self.term(value) for _, value in group])
        return found

    def block(self, block: Block) -> str:
        """Return all of one subject."""
        again = f" .\n{block.subject} "
        return f"{block.subject} {again.join(block.lines)} .\n"


class NQuads(NTriples):
    """N-Quads: each line ends in its graph."""

    def block(self, block: Block) -> str:
        """Return all of one subject in one graph."""
        again = f" {block.graph} .\n{block.subject} "
        return f"{block.subject} {again.join(block.lines)} {block.graph} .\n"


def _integer(value: int) -> str:
    return str(int(value))


def _decimal(value: float) -> str:
    """Return a number as it stands where its point tells it from an integer."""
    plain = terms.plain_decimal(value)
    return plain if "." in plain else f'"{plain}"^^xsd:decimal'


class Turtle(NTriples):
    """Turtle, and TriG inside its graphs: prefixed names, a predicate a line, its values joined by commas.

    A local name that would need an escape stays a full IRI: Virtuoso 7 keeps the backslashes.
    """

    def __init__(self, names: Names) -> None:
        super().__init__(names)
        # Of two prefixes of one namespace the first by name is used, also for the data.
        self._prefixes = {namespace: prefix for prefix, namespace in sorted(names.prefixes.items(), reverse=True)}
        self.integer, self.decimal = _integer, _decimal
        self._short = {kind: f"{self._prefixes[f'{names.base}{kind}/']}:" for kind in DATA_KINDS}

    def term(self, term: str) -> str:
        """Return a term of N-Triples, shorter where Turtle has a shorter form."""
        if term.startswith("<"):
            cut = max(term.rfind("/"), term.rfind("#")) + 1
            prefix, local = self._prefixes.get(term[1:cut]), term[cut:-1]
            return term if prefix is None or not _LOCAL.fullmatch(local) else f"{prefix}:{local}"
        if not term.endswith(">"):
            return term
        value, _, datatype = term[1:-1].rpartition(_TYPED)
        bare = datatype == "integer" or (datatype == "decimal" and "." in value)
        return value if bare else f'"{value}"^^xsd:{datatype}'

    def verb(self, term: str) -> str:
        """Return an IRI term as a predicate and a space."""
        return "a " if term == _TYPE else f"{self.term(term)} "

    def data(self, kind: str, segment: str) -> str:
        """Return the prefixed name of a thing, its full IRI where that would need an escape."""
        if segment.isalnum() or _LOCAL.fullmatch(segment):
            return f"{self._short[kind]}{segment}"
        return super().data(kind, segment)

    def lines(self, verb: str, values: list[str]) -> list[str]:
        """Return one line of a predicate and its values."""
        return [f"{verb}{', '.join(values)}"] if values else []

    def block(self, block: Block) -> str:
        """Return all of one subject and an empty line."""
        return f"{block.subject} " + " ;\n    ".join(block.lines) + " .\n\n"
