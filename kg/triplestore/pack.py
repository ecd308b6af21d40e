"""The query pack: the SPARQL files of `schemas/queries`, with their titles and parameters, filled in safely.

A file begins with comment lines: the title, what it asks, and `name: meaning` for each parameter. A parameter is a
line `VALUES ?name { … }` with its default; another value takes the default's place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg import resources
from kg.errors import InputError, UnknownNameError
from kg.graph.sparql import prefixes_of
from kg.schema import load_schema

_VALUES = re.compile(r"^(\s*VALUES \?)(\w+) \{ (.+) \}$", re.MULTILINE)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\ud800-\udfff]+")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LONE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query: its name, what it means, and its default as SPARQL has it."""

    name: str
    meaning: str
    default: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query of the pack: `name` is that of its file, `asks` says what it answers, `text` is SPARQL 1.1."""

    name: str
    title: str
    asks: str
    parameters: tuple[Parameter, ...]
    text: str

    def fill(self, values: Mapping[str, str | Sequence[str]]) -> str:
        """Return the query with other values for its parameters, one or several for each.

        Each value becomes a literal, number or IRI as the default is one, and nothing else. A type may go by its name,
        `partnersWith`. Raises UnknownNameError for no parameter or type, InputError for a value of another kind.
        """
        defaults = {parameter.name: parameter.default for parameter in self.parameters}
        for name in values:
            if name not in defaults:
                raise UnknownNameError(f"parameter of {self.name}", name, sorted(defaults))
        terms = {
            name: " ".join(_term(name, one, defaults[name]) for one in ([given] if isinstance(given, str) else given))
            for name, given in values.items()
        }
        return _VALUES.sub(lambda line: f"{line[1]}{line[2]} {{ {terms.get(line[2], line[3])} }}", self.text)


def queries() -> dict[str, Query]:
    """Return the queries of the pack by name."""
    return {path.stem: _read(path) for path in sorted(resources.schemas("queries").glob("*.rq"))}


def named(name: str) -> Query:
    """Return the query of a name; raises UnknownNameError with the nearest ones."""
    known = queries()
    if name not in known:
        raise UnknownNameError("query", name, get_close_matches(name, known) or sorted(known))
    return known[name]


def table(known: Mapping[str, Query]) -> str:
    """Return the queries as a Markdown table, as docs/sparql.md has it."""
    lines = ["| query | title | what it asks | parameters |", "|---|---|---|---|"]
    for query in known.values():
        given = "; ".join(f"`{p.name}` {p.meaning} (`{p.default}`)" for p in query.parameters)
        lines.append(f"| `{query.name}` | {query.title} | {query.asks} | {given} |")
    return "\n".join(lines)


def _read(path: Path) -> Query:
    text = path.read_text(encoding="utf-8")
    defaults = {found[2]: found[3] for found in _VALUES.finditer(text)}
    title, *rest = [line[2:] for line in text.splitlines() if line.startswith("# ")]
    meanings, asks = {}, []
    for line in rest:
        name, colon, meaning = line.partition(": ")
        if colon and name in defaults:
            meanings[name] = meaning
        else:
            asks.append(line)
    # VALUES that no header line explains are part of the query.
    parameters = tuple(Parameter(name, meaning, defaults[name]) for name, meaning in meanings.items())
    return Query(path.stem, title, " ".join(asks), parameters, text)


def _term(name: str, value: str, default: str) -> str:
    """Return a value as the SPARQL term that the kind of the default asks for."""
    if default.startswith('"'):
        return literal(value)
    if _NUMBER.fullmatch(default):
        if not _NUMBER.fullmatch(value):
            raise InputError(f"{name}={value!r}: a number is wanted, like {default}")
        return value
    return _iri(name, value)


def literal(value: str) -> str:
    r"""Return a SPARQL string literal that says exactly this text; raises InputError for one that none can.

    SPARQL 1.1 (section 19.2) reads `\u0022` before it knows of strings, so a backslash is never left beside a `u`
    of the text: that letter is written as such an escape itself, in all eight digits, since
    rdflib takes further hex digits after four for its own.
    """
    if _LONE.search(value):
        raise InputError(f"{value!r}: not text; leave out what cannot be printed")
    escaped = "".join(_ESCAPES.get(char, char) for char in value)
    return '"' + re.sub(r"(\\\\)([uU])", lambda found: f"{found[1]}\\U{ord(found[2]):08X}", escaped) + '"'


def _iri(name: str, value: str) -> str:
    schema = load_schema()
    prefixes = prefixes_of(schema)
    bare = value.removeprefix("kg:")
    known = [*schema.entities, *schema.relations]
    if bare in known:
        return f"<{prefixes['kg']}{bare}>"
    prefix, colon, local = value.partition(":")
    if colon and prefix in prefixes:
        value = prefixes[prefix] + local
    if not colon:
        raise UnknownNameError("type", value, get_close_matches(value, known) or sorted(known))
    if not _IRI.fullmatch(value):
        raise InputError(f"{name}={value!r}: no IRI; give a type such as partnersWith, or an IRI without < and >")
    return f"<{value}>"
