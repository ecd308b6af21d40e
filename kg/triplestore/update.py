"""The graph in a store that takes SPARQL 1.1 Update alone: several named graphs replaced by one request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import StoreError
from kg.triplestore.connection import Connection, Login
from kg.triplestore.endpoint import quads
from kg.triplestore.parts import Part

BATCH = 1_000_000
"""Bytes of triples after which a request is full; a graph is never split."""
_ESCAPE = re.compile(rb"\\\\([uU])|\\.", re.DOTALL)


def load_update(graph: str | Path, endpoint: str, login: Login | None = None, *, base: str | None = None) -> int:
    """Replace the named graphs of a store by those of a graph; `endpoint` is its address for updates. Return how many.

    `graph` and `base` are as in `load_endpoint`. A request is whole in the store or not at all, so an article is too;
    as there is no reading what is there, every load sends everything and graphs of articles that are gone stay.
    Raises StoreError when the endpoint refuses or does not answer.
    """
    connection = Connection(endpoint, login or Login())
    header = {"Content-Type": "application/sparql-update; charset=utf-8"}
    done = 0
    try:
        with quads(graph, base) as (lines, wanted):
            for names in _batches(wanted):
                body = b"".join(replacement(name, wanted[name].ntriples(lines, name)) for name in names)
                try:
                    status, _ = connection.request("POST", "", body, header)
                    if status == 404:
                        raise StoreError(f"{connection.url}: answers 404 Not Found; is this its address for updates?")
                except StoreError as error:
                    raise StoreError(
                        f"{error}; {done} of {len(wanted)} graphs are loaded and each is whole: load again"
                    ) from error
                done += len(names)
    finally:
        connection.close()
    return done


def replacement(name: str, triples: bytes) -> bytes:
    r"""Return the update that replaces a graph by triples.

    N-Triples may stand in INSERT DATA but for a backslash beside a `u`: SPARQL reads `\u0022` before strings.
    """
    safe = _ESCAPE.sub(lambda found: _apart(found[1]) if found[1] else found[0], triples)
    graph = f"<{name}>".encode()
    return b"DROP SILENT GRAPH " + graph + b" ;\nINSERT DATA { GRAPH " + graph + b" {\n" + safe + b"} } ;\n"


def _apart(letter: bytes) -> bytes:
    return b"\\\\\\U" + format(ord(letter), "08X").encode()


def _batches(wanted: dict[str, Part]) -> Iterator[list[str]]:
    names: list[str] = []
    size = 0
    for name, part in wanted.items():
        names.append(name)
        size += sum(end - start for start, end in part.spans)
        if size >= BATCH:
            yield names
            names, size = [], 0
    if names:
        yield names
