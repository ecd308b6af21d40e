"""SPARQL over the graph's RDF, without leave to reach anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.schema import Schema

if TYPE_CHECKING:
    import rdflib
    from rdflib.plugins.sparql.sparql import Query

ELSEWHERE = ("ServiceGraphPattern", "DatasetClause")
"""Parts of a query that make rdflib open another address or file."""


def prefixes_of(schema: Schema) -> dict[str, str]:
    """Return the prefixes that a query may use without PREFIX: those of the RDF forms, the schema's among them."""
    from kg.export.vocabulary import names

    return names(schema).prefixes


def rows(graph: rdflib.Graph, query: str, prefixes: dict[str, str]) -> list[dict[str, Any]]:
    """Return the solutions of a query as dicts of Python values, in the order the engine gives them.

    Raises InputError for a query that cannot be read, or that has SERVICE or FROM.
    """
    result = graph.query(prepared(query, prefixes))
    if result.type == "ASK":
        return [{"answer": bool(result.askAnswer)}]
    if result.graph is not None:
        names = ("subject", "predicate", "object")
        return [dict(zip(names, map(_value, triple), strict=True)) for triple in result.graph]
    return [{str(variable): _value(value) for variable, value in row.items()} for row in result.bindings]


def _value(node: Any) -> Any:
    return node.toPython()


def prepared(query: str, prefixes: dict[str, str]) -> Query:
    """Return a query read and checked, with further prefixes known.

    Raises InputError for one that cannot be read, or that has SERVICE or FROM.
    """
    from pyparsing.exceptions import ParseException
    from rdflib.plugins.sparql import prepareQuery

    try:
        found = prepareQuery(query, initNs=prefixes)
    except ParseException as error:
        raise InputError(f"SPARQL query: line {error.lineno}, column {error.col}: {error.msg}; mend it") from error
    except Exception as error:  # rdflib raises bare Exception for an unknown prefix, and others
        raise InputError(f"SPARQL query: {error}; mend it") from error
    if parts(found).intersection(ELSEWHERE):
        raise InputError("SPARQL query: SERVICE and FROM reach other sources; ask this graph alone")
    return found


def parts(query: Query) -> set[str]:
    """Return the names of the algebra's parts that a query has, such as OrderBy or Filter."""
    from rdflib.plugins.sparql.algebra import traverse

    found: set[str] = set()
    traverse(query.algebra, visitPre=lambda part: found.add(getattr(part, "name", "")))
    return found
