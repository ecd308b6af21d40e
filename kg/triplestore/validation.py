"""Validation of an export with the SHACL shapes of `schemas/shapes.ttl`, in parts of bounded size.

A shape looks at a thing, at what it links to and at what links to it. So a part is some subjects with everything said
of them and of their neighbours, and what is wrong with these subjects there is what is wrong with them in the whole.
What a file has exactly one of, its schema:Dataset, stands in every part.
"""

from __future__ import annotations

import logging
from bisect import insort
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from kg import resources
from kg.errors import InputError, MissingExtraError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.triplestore.blocks import Blocks
from kg.triplestore.engines import known_prefixes, oxigraph_form, told_of
from kg.triplestore.sources import Source

if TYPE_CHECKING:
    import rdflib

EXTRA = "shacl"
PART_BYTES = 16_000_000
"""Bytes of N-Triples whose subjects are validated together, about 100,000 triples."""
EXAMPLES = 5
"""Nodes that a fault names."""
FOLLOWED = ("rdf:subject", "rdf:object", "kg:evidence", "oa:hasSelector")
"""The links that shapes follow backwards; forwards they may follow any."""
_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which nodes break the shapes: what is wrong, on which property, how often, and the first nodes.

    `path` is a property or property path in CURIEs, None where the fault is of a node as a whole; `nodes` are IRIs, or
    literals where a value by itself is wrong.
    """

    message: str
    path: str | None
    count: int
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Validation:
    """What was found wrong with a graph of so many triples, the most frequent fault first."""

    triples: int
    faults: tuple[Fault, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.faults


def validate(graph: KnowledgeGraph | str | Path, *, part_bytes: int = PART_BYTES) -> Validation:
    """Return what SHACL finds wrong with a graph: one in memory, a folder that `kg build` wrote, or an RDF file.

    `part_bytes` of N-Triples are held at a time, with what they link to, so memory hardly grows with the file. Raises
    InputError for a file that cannot be read or is RDF 1.2, MissingExtraError where pySHACL is not installed.
    """
    try:
        import pyoxigraph
        import pyshacl  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("SHACL validation", EXTRA) from error
    prefixes = known_prefixes()
    dataset = f"<{prefixes['schema']}Dataset>"
    followed = (curie.partition(":") for curie in FOLLOWED)
    with TemporaryFile(prefix="kg-") as file:
        blocks = Blocks(file, frozenset({dataset, *(f"<{prefixes[p]}{local}>" for p, _, local in followed)}))
        with _rdf(graph) as (data, form), told_of(graph, form):
            try:
                blocks.add(pyoxigraph.parse(data, oxigraph_form(form)))
            except InputError as error:
                raise InputError(f"{graph}: {error}") from error
        shapes, faults = _shapes(), _Faults(prefixes)
        for own in blocks.parts(part_bytes):
            faults.add(_report(blocks, own, blocks.back.get(dataset, []), shapes), blocks.spans, set(own))
        return Validation(blocks.triples, faults.found())


@contextmanager
def _rdf(graph: KnowledgeGraph | str | Path) -> Iterator[tuple[IO[bytes], str]]:
    """Yield a graph as an open RDF file and the name of its form."""
    if isinstance(graph, KnowledgeGraph):
        with TemporaryDirectory(prefix="kg-") as folder, graph.export(Path(folder) / "graph.nt").open("rb") as lines:
            yield lines, "ntriples"
        return
    source = Source.of(graph)
    if source.store:
        raise InputError(f"{graph}: a store; validate the file or folder it was loaded from")
    with source.rdf() as found:
        yield found


def _shapes() -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(data=resources.schemas("shapes.ttl").read_text(encoding="utf-8"), format="turtle")


def _report(blocks: Blocks, own: list[str], everywhere: list[str], shapes: rdflib.Graph) -> rdflib.Graph:
    """Return the SHACL report of some subjects with what they link to and what links to them."""
    import pyshacl
    import rdflib

    part = rdflib.Graph()
    told = set(own)
    with _unlogged("rdflib.term"):  # which tells of every date that is none
        near = _fill(part, blocks.lines(own)) & blocks.spans.keys()
        near.update(everywhere, *(blocks.back.get(subject, ()) for subject in own))
        _fill(part, blocks.lines(sorted(near - told)))
        _, report, _ = pyshacl.validate(part, shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    return report


@contextmanager
def _unlogged(name: str) -> Iterator[None]:
    logger = logging.getLogger(name)
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _fill(graph: rdflib.Graph, lines: Iterable[bytes]) -> set[str]:
    """Add N-Triples to a graph, literals as they stand; return the terms of the things they link to."""
    import pyoxigraph

    term = lru_cache(maxsize=65536)(_term)
    linked = set()
    for quad in pyoxigraph.parse(b"".join(lines), pyoxigraph.RdfFormat.N_TRIPLES):
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
        if not isinstance(quad.object, pyoxigraph.Literal):
            linked.add(str(quad.object))
    return linked


def _term(found: Any) -> Any:
    """Return a term as rdflib's, a literal in the words that it has."""
    import pyoxigraph
    import rdflib

    if isinstance(found, pyoxigraph.NamedNode):
        return rdflib.URIRef(found.value)
    if isinstance(found, pyoxigraph.BlankNode):
        return rdflib.BNode(found.value)
    if found.language is not None:
        return rdflib.Literal(found.value, lang=found.language)
    datatype = rdflib.URIRef(found.datatype.value)
    return rdflib.Literal(found.value, datatype=None if datatype == rdflib.XSD.string else datatype, normalize=False)


@dataclass
class _Faults:
    """The faults of all parts, by message and path; of each only the count and the first nodes are held."""

    prefixes: dict[str, str]
    counts: dict[tuple[str, str | None], int] = field(default_factory=dict)
    nodes: dict[tuple[str, str | None], list[str]] = field(default_factory=dict)
    apart: set[tuple[str, str | None, str]] = field(default_factory=set)

    def add(self, report: rdflib.Graph, subjects: dict[str, Any], own: set[str]) -> None:
        """Take in what a report says of the subjects that are a part's own."""
        import rdflib

        sh = rdflib.Namespace(_SH)
        for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
            rule = report.value(result, sh.sourceConstraintComponent) == sh.SPARQLConstraintComponent
            node = report.value(result, sh.value if rule else sh.focusNode)
            path = report.value(result, sh.resultPath)
            key = str(report.value(result, sh.resultMessage)), None if path is None else self._path(report, path)
            if (term := _ntriples(node)) in subjects:
                if term in own:
                    self._count(key, str(node))
            elif (*key, term) not in self.apart:  # a date or class, which every part may report
                self.apart.add((*key, term))
                self._count(key, str(node))

    def _count(self, key: tuple[str, str | None], node: str) -> None:
        self.counts[key] = self.counts.get(key, 0) + 1
        first = self.nodes.setdefault(key, [])
        if node not in first:
            insort(first, node)
            del first[EXAMPLES:]

    def found(self) -> tuple[Fault, ...]:
        """Return the faults, the most frequent first."""
        faults = (Fault(*key, count, tuple(self.nodes[key])) for key, count in self.counts.items())
        return tuple(sorted(faults, key=lambda fault: (-fault.count, fault.message, fault.path or "")))

    def _path(self, report: rdflib.Graph, path: Any) -> str:
        """Return a property path in the syntax of SPARQL, with CURIEs."""
        import rdflib

        if isinstance(path, rdflib.URIRef):
            cut = max(path.rfind("/"), path.rfind("#")) + 1
            prefix = next((name for name, namespace in self.prefixes.items() if namespace == path[:cut]), None)
            return f"<{path}>" if prefix is None else f"{prefix}:{path[cut:]}"
        if (inverse := report.value(path, rdflib.URIRef(f"{_SH}inversePath"))) is not None:
            return f"^{self._path(report, inverse)}"
        return "/".join(self._path(report, step) for step in report.items(path))


def _ntriples(node: Any) -> str:
    """Return the term that a node has in Blocks; a literal is a subject of none."""
    import rdflib

    if isinstance(node, rdflib.Literal):
        return str(node.n3())
    return f"_:{node}" if isinstance(node, rdflib.BNode) else f"<{node}>"
