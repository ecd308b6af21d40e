"""The graph in a store on the network, by the SPARQL 1.1 Graph Store HTTP Protocol (W3C, 2013).

Each named graph is replaced by one PUT, so an article is there whole or as it was. A graph of their digests, `loaded`,
is kept beside them: what it lists is left alone at the next load, and what is no longer in the graph is deleted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

from kg.errors import InputError, StoreError
from kg.triplestore.connection import Connection, Login
from kg.triplestore.parts import Part, parts
from kg.triplestore.sources import Source

DIGEST = "https://w3id.org/korean-news-kg/schema#sha256"
BATCH = 50
"""Graphs between two notes of what is loaded; a run that dies sends at most so many again."""
_LISTED = re.compile(rf'<([^>]*)> <{re.escape(DIGEST)}> "([0-9a-f]{{64}})"')


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many named graphs a load sent, left as they were and deleted."""

    sent: int
    unchanged: int
    deleted: int


def load_endpoint(
    graph: str | Path, endpoint: str, login: Login | None = None, *, watch: Callable[[int, int], None] | None = None
) -> Loaded:
    """Bring a store's named graphs to those of a graph: `endpoint` is its address for the Graph Store Protocol.

    `graph` is a folder that `kg build` wrote, its graph.json, or N-Quads of `kg export`. Only graphs that changed since
    the last load are sent; those of articles that are gone are deleted; other graphs in the store stay. `watch` is told
    how many of how many are sent. Raises StoreError when the endpoint refuses or does not answer; the next
    load goes on from there.
    """
    connection = Connection(endpoint, login or Login())
    try:
        with quads(graph) as (lines, wanted):
            return _Load(connection, lines, wanted, watch).run()
    finally:
        connection.close()


@contextmanager
def quads(graph: str | Path) -> Iterator[tuple[IO[bytes], dict[str, Part]]]:
    """Yield a graph's N-Quads as an open file, and its named graphs; raises InputError where it has none."""
    source = Source.of(graph)
    if source.store or source.form not in (None, "nquads"):
        raise InputError(f"{source.path}: has no graph for each article; give the folder, or N-Quads of kg export")
    with source.rdf("nquads") as (lines, _):
        try:
            found = parts(lines)
        except InputError as error:
            raise InputError(f"{source.path}: {error}") from error
        yield lines, found


class _Load:
    """One load: what is wanted, and what the store is known to hold of it."""

    def __init__(
        self,
        connection: Connection,
        lines: IO[bytes],
        wanted: dict[str, Part],
        watch: Callable[[int, int], None] | None,
    ) -> None:
        self._connection, self._lines, self._wanted = connection, lines, wanted
        self._watch = watch
        name = next((name for name in wanted if name.endswith("graph/entities")), None)
        if name is None:
            raise InputError("no graph of entities among the quads; give the folder, or N-Quads of kg export")
        self._record = name.removesuffix("entities") + "loaded"
        self._held: dict[str, str] = {}

    def run(self) -> Loaded:
        """Send what changed and delete what is gone."""
        listed = self._listed()
        self._held = {
            name: digest
            for name, digest in listed.items()
            if name not in self._wanted or self._wanted[name].digest == digest
        }
        if self._held != listed:  # before a graph changes, the note of what it was goes
            self._note()
        changed = [name for name in self._wanted if name not in self._held]
        gone = sorted(self._held.keys() - self._wanted.keys())
        done = 0
        try:
            for name in changed:
                self._send("PUT", name, self._wanted[name].ntriples(self._lines, name))
                self._held[name] = self._wanted[name].digest
                done += 1
                if self._watch:
                    self._watch(done, len(changed))
                if done % BATCH == 0:
                    self._note()
            for name in gone:
                self._send("DELETE", name)
                del self._held[name]
        except StoreError as error:
            raise StoreError(
                f"{error}; {done} of {len(changed)} graphs are loaded and each is whole: the same command goes on"
            ) from error
        if changed or gone:
            self._note()
        return Loaded(done, len(self._wanted) - done, len(gone))

    def _listed(self) -> dict[str, str]:
        accept = {"Accept": "application/n-triples"}
        status, text = self._connection.request("GET", self._query(self._record), None, accept)
        return {} if status == 404 else dict(_LISTED.findall(text.decode("utf-8", "replace")))

    def _note(self) -> None:
        lines = [f'<{name}> <{DIGEST}> "{self._held[name]}" .\n' for name in sorted(self._held)]
        self._send("PUT", self._record, "".join(lines).encode())

    def _send(self, method: str, graph: str, body: bytes | None = None) -> None:
        # N-Triples is Turtle too, and every store takes Turtle.
        headers = {} if body is None else {"Content-Type": "text/turtle; charset=utf-8"}
        status, _ = self._connection.request(method, self._query(graph), body, headers)
        if status == 404 and method == "PUT":
            raise StoreError(f"{self._connection.url}: answers 404 Not Found; is this its Graph Store address?")

    def _query(self, graph: str) -> str:
        return urlencode({"graph": graph}, quote_via=quote)
