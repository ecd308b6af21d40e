"""The graph in a store on the network, by the SPARQL 1.1 Graph Store HTTP Protocol (W3C, 2013).

Each named graph is replaced by one PUT, so an article is there whole or as it was. A graph of their digests, `loaded`,
is kept beside them: what it lists is left alone at the next load, and what is no longer in the graph is deleted. Graphs
of another base have a list of their own and stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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
TURTLE = {"Content-Type": "text/turtle; charset=utf-8"}
"""Of N-Triples too, which is Turtle and which not every store takes under its own name."""
ARTICLE = "graph/article/"
_LISTED = re.compile(rf'<([^>]*)> <{re.escape(DIGEST)}> "([0-9a-f]{{64}})"')


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many named graphs a load sent, left as they were and deleted."""

    sent: int
    unchanged: int
    deleted: int


def load_endpoint(
    graph: str | Path,
    endpoint: str,
    login: Login | None = None,
    *,
    base: str | None = None,
    prune: bool = False,
    watch: Callable[[int, int], None] | None = None,
) -> Loaded:
    """Bring a store's named graphs to those of a graph: `endpoint` is its address for the Graph Store Protocol.

    `graph` is a folder that `kg build` wrote, its graph.json, or N-Quads of `kg export`; `base` is that of the IRIs
    made for the first two, and a graph with another base is another dataset, which stays. Only graphs that changed
    since the last load are sent, and those of articles that are gone are deleted. `watch` is told how many of how many
    are sent. Raises StoreError when the endpoint refuses or does not answer; the next load goes on from there. Raises
    InputError, with nothing sent, when more than half of the articles would go, unless `prune` says that they may.
    """
    connection = Connection(endpoint, login or Login())
    try:
        with quads(graph, base) as (lines, wanted):
            return _Load(connection, lines, wanted, prune, watch).run()
    finally:
        connection.close()


def load_default(graph: str | Path, endpoint: str, login: Login | None = None, *, base: str | None = None) -> None:
    """Put a graph whole into the default graph of a store, in place of all that is there, by one request.

    `graph` is as in `load_endpoint`, or N-Triples or Turtle. For stores that answer plain queries from the default
    graph and are slow over many named ones, as Oxigraph is. Raises StoreError when the endpoint refuses or does not
    answer; the store then has what it had.
    """
    source = Source.of(graph, base)
    if source.store or source.form not in (None, "ntriples", "turtle"):
        raise InputError(f"{source.path}: has named graphs; give the folder, or N-Triples of kg export")
    connection = Connection(endpoint, login or Login())
    try:
        with source.file() as lines:
            status, _ = connection.request("PUT", "default", lines, TURTLE)
            if status == 404:
                raise StoreError(f"{connection.url}: answers 404 Not Found; is this its Graph Store address?")
    finally:
        connection.close()


@contextmanager
def quads(graph: str | Path, base: str | None = None) -> Iterator[tuple[IO[bytes], dict[str, Part]]]:
    """Yield a graph's N-Quads as an open file, and its named graphs; raises InputError where it has none."""
    source = Source.of(graph, base)
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
        prune: bool,
        watch: Callable[[int, int], None] | None,
    ) -> None:
        self._connection, self._lines, self._wanted = connection, lines, wanted
        self._prune, self._watch = prune, watch
        name = next((name for name in wanted if name.endswith("graph/entities")), None)
        if name is None:
            raise InputError("no graph of entities among the quads; give the folder, or N-Quads of kg export")
        self._base = name.removesuffix("graph/entities")
        self._record = f"{self._base}graph/loaded"

    def run(self) -> Loaded:
        """Send what changed and delete what is gone."""
        listed = self._listed()
        gone = sorted(listed.keys() - self._wanted.keys())
        self._check(gone, listed)
        held = {name: digest for name, digest in listed.items() if name in gone or self._is_held(name, digest)}
        changed = [name for name in self._wanted if name not in held]
        done = 0
        try:
            if held != listed:  # before a graph changes, the note of what it was goes
                self._send("PUT", self._record, _noted(held))
            for names in _batched(changed):
                for name in names:
                    self._send("PUT", name, self._wanted[name].ntriples(self._lines, name))
                    done += 1
                    if self._watch:
                        self._watch(done, len(changed))
                self._send("POST", self._record, _noted({name: self._wanted[name].digest for name in names}))
            for name in gone:
                self._send("DELETE", name)
            if gone:
                self._send("PUT", self._record, _noted({name: part.digest for name, part in self._wanted.items()}))
        except StoreError as error:
            raise StoreError(
                f"{error}; {done} of {len(changed)} graphs are loaded and each is whole: the same command goes on"
            ) from error
        return Loaded(done, len(self._wanted) - done, len(gone))

    def _is_held(self, name: str, digest: str) -> bool:
        return name in self._wanted and self._wanted[name].digest == digest

    def _listed(self) -> dict[str, str]:
        accept = {"Accept": "application/n-triples"}
        status, text = self._connection.request("GET", self._query(self._record), None, accept)
        return {} if status == 404 else dict(_LISTED.findall(text.decode("utf-8", "replace")))

    def _check(self, gone: list[str], listed: Collection[str]) -> None:
        """Raise InputError when so many articles are gone that this is hardly the graph that was loaded before."""
        lost, had = (sum(ARTICLE in name for name in names) for names in (gone, listed))
        if lost * 2 > had and not self._prune:
            raise InputError(
                f"{self._connection.url}: {lost} of the {had} articles it has of <{self._base}> "
                "are not in this graph; nothing was sent. If it is another graph give --base, to delete them --prune"
            )

    def _send(self, method: str, graph: str, body: bytes | None = None) -> None:
        status, _ = self._connection.request(method, self._query(graph), body, {} if body is None else TURTLE)
        if status == 404 and method != "DELETE":
            raise StoreError(f"{self._connection.url}: answers 404 Not Found; is this its Graph Store address?")

    def _query(self, graph: str) -> str:
        return urlencode({"graph": graph}, quote_via=quote)


def _noted(digests: Mapping[str, str]) -> bytes:
    return "".join(f'<{name}> <{DIGEST}> "{digests[name]}" .\n' for name in sorted(digests)).encode()


def _batched(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[start : start + BATCH] for start in range(0, len(names), BATCH))
