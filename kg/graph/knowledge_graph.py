"""The KnowledgeGraph: what a Python programmer asks of the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import FormatError, UnknownNameError
from kg.graph.lookup import NameIndex, entity_types, nearest, relation_type
from kg.graph.period import checked_date, overlaps
from kg.graph.records import Edge, entity_of, relation_of
from kg.model import STATUSES, Document, Entity, Relation, SourcedEvidence
from kg.schema import Schema, load_schema

if TYPE_CHECKING:
    import networkx as nx
    import rdflib


class KnowledgeGraph:
    """Entities and relations with the sentences they rest on, read-only, over a NetworkX graph.

    Wherever a name is asked for, any alias or an entity id will do; spaces, case, punctuation and legal
    forms (㈜, Inc.) do not count. A name that no entity has, or that several share, raises
    UnknownNameError with the nearest names or the ids to choose from; `entities(name=…)` gives all that
    share one. `len` is the number of relations, and iteration yields them.
    """

    def __init__(self, graph: nx.MultiDiGraph[Any], schema: Schema | None = None) -> None:
        self._graph = graph
        self._schema = schema or load_schema()

    @classmethod
    def from_documents(cls, documents: Iterable[Document], schema: Schema | None = None) -> KnowledgeGraph:
        """Resolve and assemble documents; the same graph comes of them in any order."""
        from kg.graph.assemble import assemble
        from kg.resolve import resolve
        from kg.resolve.copies import fingerprint, originals

        again = list(documents) if isinstance(documents, Iterator) else documents
        schema = schema or load_schema()
        return cls(assemble(again, resolve(again), schema, originals(map(fingerprint, again))), schema)

    @classmethod
    def load(cls, path: str | Path, schema: Schema | None = None) -> KnowledgeGraph:
        """Read `graph.json`, or the folder that has it; raises FormatError naming what is not one."""
        from kg.contract import check_graph
        from kg.export.graphjson import read_graph

        schema = schema or load_schema()
        found = Path(path)
        found = found / "graph.json" if found.is_dir() else found
        if not found.is_file():
            raise FormatError(f"{found}: no such graph; `kg build ARTICLES -o FOLDER` writes one")
        graph = read_graph(found)
        check_graph(graph, schema)
        return cls(graph, schema)

    @property
    def schema(self) -> Schema:
        """The types of the graph's entities and relations."""
        return self._schema

    @property
    def articles(self) -> int:
        """How many articles the graph was made of."""
        return len(self._graph.graph["articles"])

    def entity(self, name: str) -> Entity:
        """Return the entity of a name, alias or id."""
        return entity_of(self._graph, self._names.node(name))

    def entities(self, type: str | None = None, *, name: str | None = None) -> list[Entity]:
        """Return the entities of a type or of types below it, and of a name; the most mentioned first.

        `type` is a name or a label of the schema (Company, 기업); raises UnknownNameError for any other.
        """
        nodes: Iterable[str] = self._graph.nodes if name is None else self._names.nodes(name)
        found = (entity_of(self._graph, node) for node in nodes)
        if type is not None:
            wanted = entity_types(self._schema, type)
            found = (entity for entity in found if {entity.type, entity.subtype} & wanted)
        return sorted(found, key=lambda e: (-e.mentions, e.name, e.id))

    def relations(
        self,
        subject: str | None = None,
        object: str | None = None,
        type: str | None = None,
        *,
        about: str | None = None,
        status: str | None = None,
        since: str | None = None,
        until: str | None = None,
        min_confidence: float = 0.0,
    ) -> list[Relation]:
        """Return the relations that meet every condition, by type, subject, object and status.

        `subject`, `object` and `about` (either end) are names; a symmetric relation is found from either
        end, and given with the entity asked for in its place, that asked about as its subject. `type` is a
        name or a label of the schema (partnersWith, 제휴). `since` and `until` are ISO dates, included,
        held against the dates of the event where an article states them, else against the dates of
        publication.
        """
        kind = None if type is None else relation_type(self._schema, type)
        checked = None if status is None else _status(status)
        period = tuple(None if date is None else checked_date(date) for date in (since, until))
        wanted = (kind, checked, min_confidence)
        edges = ((edge, turned) for edge, turned in self._edges(subject, object, about) if self._meets(edge, *wanted))
        found = (relation_of(self._graph, edge, reverse=turned) for edge, turned in edges)
        return sorted((r for r in found if overlaps(r, *period)), key=_reading_order)

    def evidence(self, name: str) -> list[SourcedEvidence]:
        """Return the evidence of all relations of an entity, by date of publication and position."""
        found = (e for relation in self.relations(about=name) for e in relation.evidence)
        return sorted(found, key=lambda e: (e.published or "", e.article, e.start, e.end, e.status, e.extractor))

    def neighbors(self, name: str) -> list[Entity]:
        """Return the entities one relation away from an entity, by name."""
        node = self._names.node(name)
        around = {*self._graph.successors(node), *self._graph.predecessors(node)}
        return sorted((entity_of(self._graph, other) for other in around), key=lambda e: (e.name, e.id))

    def paths(self, start: str, end: str, *, max_length: int = 4, limit: int = 20) -> list[list[Relation]]:
        """Return chains of at most `max_length` relations that join two entities, the shortest first.

        Relations count in either direction; at most `limit` chains are given.
        """
        from kg.graph.paths import edge_paths

        ends = self._names.node(start), self._names.node(end)
        chains = edge_paths(self._graph, self._undirected, *ends, max_length, limit)
        return [[relation_of(self._graph, edge) for edge in chain] for chain in chains]

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """Return a copy of the NetworkX graph, with the attributes that kg.contract describes."""
        import copy

        return copy.deepcopy(self._graph)

    def to_rdf(self, **options: Any) -> rdflib.Graph:
        """Return the graph in RDF, as the Turtle export has it.

        `base` sets the namespace of its IRIs; `named_graphs=True` returns a Dataset with a graph for each article.
        """
        from kg.export import to_rdf

        return to_rdf(self._graph, self._schema, **options)

    def sparql(self, query: str) -> list[dict[str, Any]]:
        """Return the solutions of a SPARQL query as dicts from variable to Python value.

        The prefixes of the schema need no PREFIX line. An ASK query gives one row, `answer`; a CONSTRUCT
        query rows of subject, predicate and object. Raises InputError for a query that cannot be read or
        that would reach another source (SERVICE, FROM).
        """
        from kg.graph.sparql import rows

        return rows(self._rdf, query, self._schema.prefixes)

    def to_html(self, path: str | Path, **options: Any) -> Path:
        """Write the interactive page and return its path; `options` are those of `export`."""
        return self.export(path, "html", **options)

    def to_json(self, path: str | Path) -> Path:
        """Write the complete graph, which `load` reads back, and return its path."""
        return self.export(path, "json")

    def export(self, path: str | Path, form: str | None = None, **options: Any) -> Path:
        """Write the graph in a form, by default the one of the path's ending, and return the path.

        `options` are those of kg.export.export (`base` of the RDF forms, `title` of the page). Raises ExportError.
        """
        from kg.export import export

        export(self._graph, self._schema, Path(path), form, **options)
        return Path(path)

    def summary(self) -> dict[str, Any]:
        """Return counts: articles, entities by type, relations by type and status, evidence."""
        kinds: Counter[str] = Counter(attributes["type"] for _, attributes in self._graph.nodes(data=True))
        relations: dict[str, Counter[str]] = {}
        evidence = 0
        for *_, attributes in self._graph.edges(data=True):
            relations.setdefault(attributes["type"], Counter())[attributes["status"]] += 1
            evidence += len(attributes["evidence"])
        return {
            "articles": self.articles,
            "entities": {kind: kinds[kind] for kind in sorted(kinds)},
            "relations": {
                kind: {status: relations[kind][status] for status in STATUSES if relations[kind][status]}
                for kind in sorted(relations)
            },
            "evidence": evidence,
        }

    def __len__(self) -> int:
        return int(self._graph.number_of_edges())

    def __iter__(self) -> Iterator[Relation]:
        return (relation_of(self._graph, edge) for edge in self._graph.edges(keys=True))

    def __repr__(self) -> str:
        return (
            f"<KnowledgeGraph: {self._graph.number_of_nodes()} entities, {len(self)} relations"
            f" from {self.articles} articles>"
        )

    def _repr_html_(self) -> str:
        from kg.graph.notebook import as_html

        return as_html(self)

    @cached_property
    def _names(self) -> NameIndex:
        return NameIndex(self._graph)

    @cached_property
    def _undirected(self) -> nx.Graph[Any]:
        from kg.graph.paths import undirected

        return undirected(self._graph)

    @cached_property
    def _rdf(self) -> rdflib.Graph:
        return self.to_rdf()

    def _edges(self, subject: str | None, obj: str | None, about: str | None) -> Iterator[tuple[Edge, bool]]:
        """Yield the edges between the ends asked for, and whether to turn a symmetric one round."""
        ends = [None if name is None else self._names.node(name) for name in (subject, obj, about)]
        for edge in self._near(ends):
            turns = [False, True] if self._symmetric(edge) else [False]
            for turned in sorted(turns, key=lambda turn: edge[turn] != ends[2]):
                first, last = edge[1::-1] if turned else edge[:2]
                if ends[0] in (None, first) and ends[1] in (None, last) and ends[2] in (None, first, last):
                    yield edge, turned
                    break

    def _near(self, ends: list[str | None]) -> Iterable[Edge]:
        """Return the edges at that of the given ends which has the fewest, all edges where none is given."""
        given = [end for end in ends if end is not None]
        if not given:
            return self._graph.edges(keys=True)
        node = min(given, key=self._graph.degree)
        return [*self._graph.out_edges(node, keys=True), *self._graph.in_edges(node, keys=True)]

    def _symmetric(self, edge: Edge) -> bool:
        return self._schema.relations[self._graph.edges[edge]["type"]].symmetric

    def _meets(self, edge: Edge, kind: str | None, status: str | None, min_confidence: float) -> bool:
        attributes = self._graph.edges[edge]
        return (
            kind in (None, attributes["type"])
            and status in (None, attributes["status"])
            and float(attributes["confidence"]) >= min_confidence
        )


def _status(status: str) -> str:
    if status not in STATUSES:
        raise UnknownNameError("status", status, nearest(status, STATUSES) or STATUSES)
    return status


def _reading_order(relation: Relation) -> tuple[Any, ...]:
    ends = (relation.subject.name, relation.object.name, relation.subject.id, relation.object.id)
    return (relation.type, *ends, STATUSES.index(relation.status))
