"""What a SPARQL query answers, whichever engine gave it: terms, rows, and the forms they are written in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any, Literal

from kg.export.terms import XSD, text

Kind = Literal["uri", "literal", "bnode"]


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """An RDF term; a literal without language has a datatype, xsd:string where nothing else is said."""

    kind: Kind
    value: str
    language: str = ""
    datatype: str = ""

    @staticmethod
    def literal(value: str, language: str | None, datatype: str) -> Term:
        """Return a literal; decimals, which engines count in different digits, in 18 at most and no trailing zeros."""
        if language:
            return Term("literal", value, language.lower())
        if datatype == f"{XSD}decimal":
            value = format(_digits(Decimal(value)), "f")
            value = value.rstrip("0").rstrip(".") if "." in value else value
        return Term("literal", value, "", datatype)

    def json(self) -> dict[str, str]:
        """Return the term as SPARQL 1.1 Query Results JSON has it."""
        found = {"type": self.kind, "value": self.value}
        if self.language:
            found["xml:lang"] = self.language
        elif self.datatype not in ("", f"{XSD}string"):
            found["datatype"] = self.datatype
        return found

    def ntriples(self) -> str:
        """Return the term as N-Triples has it."""
        if self.kind == "uri":
            return f"<{self.value}>"
        if self.kind == "bnode":
            return f"_:{self.value}"
        plain = text(self.value)
        if self.language:
            return f"{plain}@{self.language}"
        return plain if self.datatype in ("", f"{XSD}string") else f"{plain}^^<{self.datatype}>"

    def short(self, prefixes: Mapping[str, str]) -> str:
        """Return the value, an IRI with its prefix where one is known."""
        if self.kind != "uri":
            return self.value
        known = [(namespace, prefix) for prefix, namespace in prefixes.items() if self.value.startswith(namespace)]
        if not known:
            return self.value
        namespace, prefix = max(known)
        return f"{prefix}:{self.value[len(namespace) :]}"


def _digits(number: Decimal) -> Decimal:
    """Return a decimal cut to the 18 digits after the point that Oxigraph has."""
    return number.quantize(Decimal(10) ** -18, ROUND_DOWN) if -int(number.as_tuple().exponent) > 18 else number


Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a SELECT, the triples of a CONSTRUCT or DESCRIBE as rows of three, or the yes or no of an ASK.

    `boolean` is None but for ASK, `graph` true for triples. An unbound variable is None in its row.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boolean: bool | None = None
    graph: bool = False

    @staticmethod
    def of(variables: Iterable[str], rows: Iterable[Row], ordered: bool) -> Answer:
        """Return the answer to a SELECT; without ORDER BY, which leaves the order to chance, rows are sorted."""
        found = list(rows)
        return Answer(tuple(variables), tuple(found if ordered else sorted(found, key=_order)))

    @staticmethod
    def triples(rows: Iterable[Row]) -> Answer:
        """Return the answer to a CONSTRUCT or DESCRIBE, each triple once."""
        names = ("subject", "predicate", "object")
        return Answer(names, tuple(sorted(dict.fromkeys(rows), key=_order)), graph=True)

    def json(self) -> dict[str, Any]:
        """Return SPARQL 1.1 Query Results JSON (W3C, 2013); triples are solutions of three variables."""
        if self.boolean is not None:
            return {"head": {}, "boolean": self.boolean}
        solutions = [
            {name: term.json() for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        ]
        return {"head": {"vars": list(self.variables)}, "results": {"bindings": solutions}}

    def cells(self, prefixes: Mapping[str, str] | None = None) -> list[list[str | int]]:
        """Return the values of the rows, empty where unbound; IRIs shortened with `prefixes`."""
        return [[_cell(term, prefixes or {}) for term in row] for row in self.rows]

    def ntriples(self) -> str:
        """Return the triples of a CONSTRUCT as N-Triples, sorted."""
        return "".join(" ".join(term.ntriples() for term in row if term is not None) + " .\n" for row in self.rows)


def _order(row: Row) -> list[Term]:
    return [Term("bnode", "") if term is None else term for term in row]


def _cell(term: Term | None, prefixes: Mapping[str, str]) -> str | int:
    if term is None:
        return ""
    return int(term.value) if term.datatype == f"{XSD}integer" else term.short(prefixes)
