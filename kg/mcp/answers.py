"""What a graph answers to an agent; knows nothing of the protocol."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kg.errors import InputError, UnknownNameError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.graph.lookup import entity_types, nearest
from kg.graph.period import checked_date
from kg.mcp import records as r
from kg.mcp.overview import label, schema_shown, summary_shown
from kg.mcp.search import Search
from kg.mcp.showing import Showing, address, found, named, quoted, ref
from kg.mcp.wording import statement
from kg.model import Entity, Relation

if TYPE_CHECKING:
    from kg.graph.conflicts import Conflict

KEPT = 4
"""Graphs of other days that are kept; making one of a large graph takes seconds."""
NAMED = 50
JOINING = 5
"""Entities of an article, and relations to one neighbour, that are listed."""

Several = Sequence[str] | None


class Answers:
    """The questions of the tools, answered from one graph; safe to ask from several threads."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        """Take a graph, and make now what makes later answers quick."""
        self.graph = graph
        self._show = Showing(graph.schema)
        self._entities = list(graph.entities())
        self._search = Search(self._entities)
        self._days: dict[tuple[str, str], KnowledgeGraph] = {}
        self._lock = threading.Lock()
        self._all = graph.relations()
        self._relations: dict[str, int] = {}
        self._stated: dict[str, list[int]] = {}
        self._article_entities: dict[str, list[Entity]] = {}
        for position, relation in enumerate(self._all):
            self._relations[relation.id] = position
            for article in sorted({evidence.article for evidence in relation.evidence}):
                self._stated.setdefault(article, []).append(position)
        for entity in self._entities:
            for article in entity.article_ids:
                self._article_entities.setdefault(article, []).append(entity)
        if len(self._entities) > 1:
            graph.paths(self._entities[0].id, self._entities[1].id, max_length=1, limit=1)

    def find(self, query: str | None, type: str | None, limit: int, offset: int) -> r.EntitiesAnswer:
        """Return the entities that a query may mean, or all of a type."""
        kinds = None if type is None else entity_types(self.graph.schema, type)
        hits: Iterable[tuple[Entity, str | None]] = ((entity, None) for entity in self._entities)
        if query is not None:
            hits = self._hits(query)
        kept = [(entity, name) for entity, name in hits if kinds is None or {entity.type, entity.subtype} & kinds]
        close = [] if kept or query is None else nearest(query, self._names)
        page = kept[offset : offset + limit]
        return r.EntitiesAnswer(
            total=len(kept),
            more=_more(len(kept), offset, limit),
            entities=[found(*hit) for hit in page],
            did_you_mean=close,
        )

    def entity(self, name: str, as_of: str | None, limit: int, offset: int, evidence: int) -> r.EntityAnswer:
        """Return an entity with its relations, those of most sources first."""
        graph = self.at(as_of)
        entity = self._entity(graph, name)
        about = list(graph.relations(about=entity.id))
        counts = Counter((one.type, one.status) for one in about)
        about.sort(key=lambda one: (-one.sources, -one.articles, -one.confidence, one.type, one.id))
        return r.EntityAnswer(
            entity=found(entity),
            tally=[
                r.Tally(type=kind, label=label(graph.schema.relations[kind].labels), status=status, relations=count)
                for (kind, status), count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
            ],
            total=len(about),
            more=_more(len(about), offset, limit),
            relations=self._shown(about[offset : offset + limit], evidence),
        )

    def relations(
        self,
        ends: tuple[str | None, str | None, str | None],
        type: Several,
        status: Several,
        period: tuple[str | None, str | None],
        publisher: str | None,
        least: tuple[int, float],
        as_of: str | None,
        page: tuple[int, int, int],
    ) -> r.RelationsAnswer:
        """Return relations that meet conditions.

        `ends` are subject, object and either, `period` since and until, `least` sources and confidence, `page` limit,
        offset and pieces of evidence.
        """
        graph = self.at(as_of)
        subject, obj, about = (None if name is None else self._entity(graph, name).id for name in ends)
        met = graph.relations(
            subject,
            obj,
            type,
            about=about,
            status=status,
            since=period[0],
            until=period[1],
            publisher=publisher,
            min_sources=least[0],
            min_confidence=least[1],
        )
        return self._listed(met, page)

    def relation(self, id: str, limit: int, offset: int) -> r.RelationAnswer:
        """Return one relation with its evidence."""
        if id not in self._relations:
            raise UnknownNameError("relation", id)
        relation = self._all[self._relations[id]]
        return r.RelationAnswer(
            relation=self._show.relation(relation, limit, offset), evidence_total=len(relation.evidence)
        )

    def paths(self, start: str, end: str, longest: int, limit: int, facts_only: bool) -> r.PathsAnswer:
        """Return the shortest chains between two entities."""
        first, last = self._entity(self.graph, start), self._entity(self.graph, end)
        graph = self._facts if facts_only else self.graph
        chains: list[list[Relation]] = []
        if first.id in graph and last.id in graph:
            chains = graph.paths(first.id, last.id, max_length=longest, limit=limit)
        note = None
        if first.id == last.id:
            note = "both names are one entity"
        elif not chains:
            note = f"no chain of at most {longest} relations{' reported as facts' if facts_only else ''} joins them"
        return r.PathsAnswer(paths=[self._path(first, chain) for chain in chains], note=note)

    def neighbours(self, name: str, type: str | None, limit: int, offset: int) -> r.NeighboursAnswer:
        """Return the entities one relation away, the most mentioned first."""
        entity = self._entity(self.graph, name)
        kinds = None if type is None else entity_types(self.graph.schema, type)
        around = [one for one in self.graph.neighbors(entity.id) if kinds is None or {one.type, one.subtype} & kinds]
        around.sort(key=lambda one: (-one.mentions, one.name, one.id))
        return r.NeighboursAnswer(
            of=ref(entity),
            total=len(around),
            more=_more(len(around), offset, limit),
            neighbours=[self._neighbour(entity, one) for one in around[offset : offset + limit]],
        )

    def news(self, date: str, about: str | None, type: Several, page: tuple[int, int, int]) -> r.RelationsAnswer:
        """Return the relations that no article before a date states."""
        graph = self._day("since", date)
        entity = None if about is None else self._entity(self.graph, about).id
        if entity is not None and entity not in graph:
            return r.RelationsAnswer(total=0, more=0, relations=[])
        return self._listed(graph.relations(type=type, about=entity), page)

    def article(self, id: str, limit: int, offset: int, evidence: int) -> r.ArticleAnswer:
        """Return an article with what it names and states."""
        articles = self.graph.article_attributes
        if id not in articles:
            raise UnknownNameError("article", id, nearest(id, articles))
        known, stated, named_in = articles[id], self._stated.get(id, []), self._article_entities.get(id, [])
        return r.ArticleAnswer(
            id=id,
            title=quoted(known["title"]),
            publisher=named(known["publisher"]),
            published=known["date"],
            url=address(known["url"]),
            copy_of=None if known["original"] == id else known["original"],
            entities=[ref(entity) for entity in named_in[:NAMED]],
            entities_more=max(0, len(named_in) - NAMED),
            total=len(stated),
            more=_more(len(stated), offset, limit),
            relations=self._shown([self._all[position] for position in stated[offset : offset + limit]], evidence),
        )

    def schema(self) -> r.SchemaAnswer:
        """Return the types of the graph and what its statuses mean."""
        return schema_shown(self.graph.schema)

    def summary(self) -> r.SummaryAnswer:
        """Return counts of what the graph holds."""
        return self._summary

    def conflicts(self, about: str | None, limit: int, offset: int, evidence: int) -> r.ConflictsAnswer:
        """Return contradictions, those alone that an entity is part of where one is named."""
        entity = None if about is None else self._entity(self.graph, about).id
        kept = [
            conflict
            for conflict in self._conflicts
            if entity is None or any(entity in (one.subject.id, one.object.id) for one in conflict.relations)
        ]
        return r.ConflictsAnswer(
            total=len(kept),
            more=_more(len(kept), offset, limit),
            conflicts=[
                r.ConflictShown(kind=one.kind, why=quoted(one.en) or "", relations=self._shown(one.relations, evidence))
                for one in kept[offset : offset + limit]
            ],
        )

    def at(self, date: str | None) -> KnowledgeGraph:
        """Return the graph as the articles published by a date had it, all of it for None."""
        return self.graph if date is None else self._day("as_of", date)

    def _day(self, question: str, date: str) -> KnowledgeGraph:
        checked_date(date)
        with self._lock:
            key = question, date
            if key not in self._days:
                made = self.graph.as_of(date) if question == "as_of" else self.graph.since(date)
                while len(self._days) >= KEPT:
                    del self._days[next(iter(self._days))]
                self._days[key] = made
            return self._days[key]

    def _hits(self, query: str) -> list[tuple[Entity, str | None]]:
        whole = [(entity, query) for entity in self.graph.entities(name=query)]
        known = {entity.id for entity, _ in whole}
        return [*whole, *((entity, name) for entity, name in self._search(query) if entity.id not in known)]

    def _entity(self, graph: KnowledgeGraph, name: str) -> Entity:
        """Return the entity of a name; one that several share is named in the whole graph alone."""
        if graph is self.graph:
            return graph.entity(name)
        known = self.graph.entity(name)
        try:
            return graph.entity(known.id)
        except UnknownNameError as error:
            raise InputError(f"no article published by the day of as_of names {known.name}; leave as_of out") from error

    def _listed(self, met: Sequence[Relation], page: tuple[int, int, int]) -> r.RelationsAnswer:
        limit, offset, evidence = page
        return r.RelationsAnswer(
            total=len(met),
            more=_more(len(met), offset, limit),
            relations=self._shown(met[offset : offset + limit], evidence),
        )

    def _shown(self, relations: Iterable[Relation], evidence: int) -> list[r.RelationShown]:
        return [self._show.relation(relation, evidence) for relation in relations]

    def _path(self, start: Entity, chain: Sequence[Relation]) -> r.PathShown:
        passed = [start]
        for relation in chain:
            passed.append(relation.object if relation.subject.id == passed[-1].id else relation.subject)
        return r.PathShown(
            entities=[ref(entity) for entity in passed],
            all_facts=all(relation.status == "actual" for relation in chain),
            relations=self._shown(chain, 1),
        )

    def _neighbour(self, entity: Entity, other: Entity) -> r.Neighbour:
        joining: dict[str, Relation] = {}
        for ends in ((entity.id, other.id), (other.id, entity.id)):
            for one in self.graph.relations(*ends):
                joining.setdefault(one.id, one)  # a symmetric one is found from both ends
        said = [statement(one, self.graph.schema) for one in joining.values()]
        return r.Neighbour(entity=ref(other), relations=said[:JOINING], relations_more=max(0, len(said) - JOINING))

    @property
    def _names(self) -> Iterable[str]:
        return (name for entity in self._entities for name in (entity.name, *entity.aliases))

    @cached_property
    def _summary(self) -> r.SummaryAnswer:
        return summary_shown(self.graph)

    @cached_property
    def _conflicts(self) -> list[Conflict]:
        return self.graph.conflicts()

    @cached_property
    def _facts(self) -> KnowledgeGraph:
        return self.graph.subgraph(status="actual")


def _more(total: int, offset: int, limit: int) -> int:
    return max(0, total - offset - limit)
