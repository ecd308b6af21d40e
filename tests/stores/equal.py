"""When two answers are the same.

Hidden is what SPARQL leaves to the store: the order of rows without ORDER BY (Answer sorts them), the written form of
equal numbers, and the case of language tags (Term lowers it). Datatypes, languages, unbound values, how often a row
comes and the order that ORDER BY asks for are not hidden.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kg.export.terms import XSD
from kg.triplestore.answers import Answer, Row, Term

DECIMALS = frozenset(f"{XSD}{name}" for name in ("integer", "decimal"))
FLOATS = frozenset(f"{XSD}{name}" for name in ("double", "float"))
TRUTHS = {"1": "true", "0": "false"}


def alike(answer: Answer, ordered: bool = True) -> Answer:
    """Return an answer with its numbers and truth values in one form, and sorted unless its order counts."""
    rows = tuple(map(_row, answer.rows))
    return replace(answer, rows=rows if ordered and not answer.graph else tuple(sorted(rows, key=repr)))


def _row(row: Row) -> Row:
    return tuple(None if term is None else value(term) for term in row)


def value(term: Term) -> Term:
    """Return a term with its number or truth value in one form; other terms are left as they are."""
    if term.datatype in DECIMALS:
        return replace(term, value=format(Decimal(term.value).normalize(), "f"))
    if term.datatype in FLOATS:
        return replace(term, value=repr(float(term.value)))
    if term.datatype == f"{XSD}boolean":
        return replace(term, value=TRUTHS.get(term.value, term.value))
    return term
