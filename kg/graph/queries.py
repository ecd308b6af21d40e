"""What a KnowledgeGraph answers: entities, relations, ranks, groups, contradictions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kg.contract import ArticleAttributes
from kg.graph.conditions import Conditions, Filter
from kg.graph.lookup import NameIndex, entity_types, is_of
from kg.graph.records import entity_of, relation_of
from kg.graph.sequence import Records
from kg.model import STATUSES, Entity, Relation, SourcedEvidence
from kg.schema import Schema, load_schema

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.conflicts import Conflict
    from kg.graph.edges import EdgeTable
    from kg.graph.ranking import Measure, Ranked


class Queries:
    """What a KnowledgeGraph answers; see there."""

    def __init__(self, graph: nx.MultiDiGraph[Any], schema: Schema | None = None) -> None:
        self._graph = graph
        self._schema = schema or load_schema()
        self._entities: dict[str, Entity] = {}

    @property
    def schema(self) -> Schema:
        """The types of the graph's entities and relations."""
        return self._schema

    @property
    def articles(self) -> int:
        """How many articles the graph was made of."""
        return len(self._graph.graph["articles"])

    @property
    def article_attributes(self) -> Mapping[str, ArticleAttributes]:
        """What is known of each article the graph was made of, by id; read-only."""
        return MappingProxyType(self._graph.graph["articles"])

    def entity(self, name: str) -> Entity:
        """Return the entity of a name, alias or id."""
        return self._entity(self._names.node(name))

    def entities(self, type: str | None = None, *, name: str | None = None) -> Records[Entity]:
        """Return the entities of a type or of types below it, and of a name; the most mentioned first.

        `type` is a name or a label of the schema (Company, 기업); raises UnknownNameError for any other.
        """
        found = list(self._graph.nodes if name is None else self._names.nodes(name))
        if type is not None:
            kinds = entity_types(self._schema, type)
            found = [node for node in found if is_of(self._graph.nodes[node], kinds)]
        found.sort(key=self._by_mentions)
        return Records(len(found), lambda i: self._entity(found[i]))

    def relations(
        self,
        subject: str | None = None,
        object: str | None = None,
        type: str | Sequence[str] | None = None,
        *,
        about: str | None = None,
        status: str | Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        min_confidence: float = 0.0,
        min_sources: int = 0,
        publisher: str | None = None,
    ) -> Records[Relation]:
        """Return the relations that meet every condition, by type, subject, object and status.

        `subject`, `object` and `about` (either end) are names; a symmetric relation is found from either
        end, and given with the entity asked for in its place, that asked about as its subject. `type` is a
        name or a label of the schema (partnersWith, 제휴), `status` one of kg.model.STATUSES; each may be
        several, any of which will do. `since` and `until` are ISO dates, included, held against the dates
        of the event where an article states them, else against the dates of publication. `min_sources`
        counts independent sources (`Relation.sources`). `publisher` keeps the relations that an article of
        that publisher states, with all their evidence. The answer is a sequence that makes each record
        when it is read. Raises UnknownNameError for an unknown name, type or status and InputError for
        what is no date.
        """
        conditions = Conditions(
            type=type,
            status=status,
            since=since,
            until=until,
            min_confidence=min_confidence,
            min_sources=min_sources,
            publisher=publisher,
        )
        ends = [None if name is None else self._table.rank[self._names.node(name)] for name in (subject, object, about)]
        rows, turned = self._table.find(ends, Filter.of(self._schema, conditions))
        return Records(
            len(rows),
            lambda i: relation_of(self._graph, self._table.edge(rows[i]), self._entity, reverse=bool(turned[i])),
        )

    def evidence(self, name: str) -> list[SourcedEvidence]:
        """Return the evidence of all relations of an entity, by date of publication and position."""
        found = (e for relation in self.relations(about=name) for e in relation.evidence)
        return sorted(found, key=lambda e: (e.published or "", e.article, e.start, e.end, e.status, e.extractor))

    def neighbors(self, name: str) -> Records[Entity]:
        """Return the entities one relation away from an entity, by name."""
        around = self._table.neighbours(self._table.rank[self._names.node(name)])
        return Records(len(around), lambda i: self._entity(self._table.nodes[around[i]]))

    def paths(self, start: str, end: str, *, max_length: int = 4, limit: int = 20) -> list[list[Relation]]:
        """Return chains of at most `max_length` relations that join two entities, the shortest first.

        Relations count in either direction; at most `limit` chains are given.
        """
        from kg.graph.paths import edge_paths

        ends = self._names.node(start), self._names.node(end)
        chains = edge_paths(self._graph, self._undirected, *ends, max_length, limit)
        return [[relation_of(self._graph, edge, self._entity) for edge in chain] for chain in chains]

    def top(self, n: int = 10, by: Measure = "mentions", *, type: str | None = None) -> list[Ranked]:
        """Return the `n` entities that score highest, with their scores; equals by name and id.

        `by` is a number of mentions, of articles that name it, of neighbours (degree) or of relations, or
        pagerank: relations count in both directions, denied ones not. `type` keeps entities of a type and
        of types below it, scored within the whole graph. Raises UnknownNameError for another measure or type.
        """
        from kg.graph.ranking import Ranked, scores

        kinds = None if type is None else entity_types(self._schema, type)
        found = scores(self._graph, by)
        nodes = [node for node in found if kinds is None or is_of(self._graph.nodes[node], kinds)]
        nodes.sort(key=lambda node: (-found[node], self._graph.nodes[node]["name"], node))
        return [Ranked(self._entity(node), found[node]) for node in nodes[: max(n, 0)]]

    def communities(self) -> list[list[Entity]]:
        """Return groups of entities that have more relations among one another than outside, the biggest first.

        Within a group the most mentioned comes first; entities that belong with no other are left out, and
        denied relations do not count. Leiden method with a fixed seed: the same groups every time,
        whatever the order of the articles.
        """
        from kg.graph.ranking import communities

        groups = [sorted(nodes, key=self._by_mentions) for nodes in communities(self._graph)]
        groups.sort(key=lambda nodes: (-len(nodes), *self._by_mentions(nodes[0])))
        return [[self._entity(node) for node in nodes] for nodes in groups]

    def conflicts(self) -> list[Conflict]:
        """Return relations that contradict one another, by kind and name; see kg.graph.conflicts for the rules.

        A conflict is a place to look at, not a judgement: each gives its reason and what may explain it
        otherwise, in Korean and English, and its relations carry their evidence.
        """
        from kg.graph.conflicts import conflicts

        return conflicts(self)

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
        return (relation_of(self._graph, edge, self._entity) for edge in self._graph.edges(keys=True))

    def __contains__(self, name: object) -> bool:
        """Say whether an entity has this name, alias or id, or whether the graph has this relation."""
        if isinstance(name, Relation):
            ends = name.subject.id, name.object.id
            return any(self._graph.has_edge(*pair, key=name.id) for pair in (ends, ends[::-1]))
        return isinstance(name, str) and bool(self._names.nodes(name))

    @cached_property
    def _names(self) -> NameIndex:
        return NameIndex(self._graph)

    @cached_property
    def _table(self) -> EdgeTable:
        from kg.graph.edges import EdgeTable

        return EdgeTable(self._graph, self._schema)

    @cached_property
    def _undirected(self) -> nx.Graph[Any]:
        from kg.graph.paths import undirected

        return undirected(self._graph)

    def _entity(self, node: str) -> Entity:
        """Return the Entity of a node, made once: a hub's is an end of thousands of relations."""
        found = self._entities.get(node)
        if found is None:
            found = self._entities[node] = entity_of(self._graph, node)
        return found

    def _by_mentions(self, node: str) -> tuple[int, str, str]:
        attributes = self._graph.nodes[node]
        return -attributes["mentions"], attributes["name"], node
