"""The tools: names, descriptions and arguments as agents see them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, ParamSpec, Protocol, TypeVar

from pydantic import Field

from kg.mcp import parameters as p
from kg.mcp import records as r
from kg.mcp.answers import Answers

P = ParamSpec("P")
T = TypeVar("T")


class Ask(Protocol):
    """Asks a question of the graph without holding up the others, and tells its errors in the protocol's way."""

    async def __call__(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the answer of a question to some arguments."""
        ...


def tools(answers: Answers, ask: Ask) -> list[Callable[..., Awaitable[Any]]]:
    """Return the tools over a graph; the docstring of each is what agents are told of it."""
    return [
        *_entity_tools(answers, ask),
        *_relation_tools(answers, ask),
        *_connection_tools(answers, ask),
        *_overview_tools(answers, ask),
    ]


def _entity_tools(answers: Answers, ask: Ask) -> list[Callable[..., Awaitable[Any]]]:
    async def find_entities(
        query: Annotated[
            str | None,
            Field(
                min_length=1,
                max_length=200,
                description="Part of a name or alias, Korean initials (ㅋㅋㅇ), or a ticker (035720). Left out: all.",
            ),
        ] = None,
        type: p.EntityType = None,
        limit: p.Many = 10,
        offset: p.Offset = 0,
    ) -> r.EntitiesAnswer:
        """Find organizations, people, places and products by name, initials, alias, ticker or type.

        The best matches come first, then the most mentioned. Several entities can share a name: use their ids.
        """
        return await ask(answers.find, query, type, limit, offset)

    async def get_entity(
        name: p.Name, as_of: p.AsOf = None, limit: p.Few = 10, offset: p.Offset = 0, evidence: p.Evidence = 1
    ) -> r.EntityAnswer:
        """Give one entity: its names, how many relations of each type and status it has, and the best attested ones.

        Plans, possibilities and denials are among them: read is_fact of each.
        """
        return await ask(answers.entity, name, as_of, limit, offset, evidence)

    async def list_neighbours(
        name: p.Name, type: p.EntityType = None, limit: p.Many = 20, offset: p.Offset = 0
    ) -> r.NeighboursAnswer:
        """List the entities that are one relation away from an entity, the most mentioned first."""
        return await ask(answers.neighbours, name, type, limit, offset)

    return [find_entities, get_entity, list_neighbours]


def _relation_tools(answers: Answers, ask: Ask) -> list[Callable[..., Awaitable[Any]]]:
    async def find_relations(
        subject: p.MaybeName = None,
        object: p.MaybeName = None,
        about: p.MaybeName = None,
        type: p.RelationTypes = None,
        status: p.Statuses = None,
        since: p.MaybeDate = None,
        until: p.MaybeDate = None,
        publisher: Annotated[str | None, Field(max_length=200, description="Stated by an article of this one.")] = None,
        min_sources: Annotated[int, Field(ge=0, le=1000, description="Least independent sources.")] = 0,
        min_confidence: Annotated[float, Field(ge=0, le=1, description="Least confidence of extraction.")] = 0.0,
        as_of: p.AsOf = None,
        limit: p.Few = 10,
        offset: p.Offset = 0,
        evidence: p.Evidence = 1,
    ) -> r.RelationsAnswer:
        """Find the relations that meet every condition, each with its status spelled out and quoted evidence.

        `about` is either end; of symmetric types (partnersWith) either end may be the subject. `since` and `until` are
        held against dates of the event where an article gives them, else of publication; `as_of` is another thing: it
        takes away what was published later. Without `status` plans and denials are among the answers.
        """
        return await ask(
            answers.relations,
            (subject, object, about),
            type,
            status,
            (since, until),
            publisher,
            (min_sources, min_confidence),
            as_of,
            (limit, offset, evidence),
        )

    async def get_relation(
        id: Annotated[str, Field(min_length=1, max_length=100, description="Id of a relation from another answer.")],
        limit: p.Many = 20,
        offset: p.Offset = 0,
    ) -> r.RelationAnswer:
        """Give one relation with all its evidence: each sentence with article, publisher, date and speaker."""
        return await ask(answers.relation, id, limit, offset)

    async def get_article(
        id: Annotated[str, Field(min_length=1, max_length=1000, description="Id of an article from an evidence.")],
        limit: p.Few = 20,
        offset: p.Offset = 0,
        evidence: p.Evidence = 1,
    ) -> r.ArticleAnswer:
        """Give an article: headline, publisher, date, address, the entities it names and the relations it states."""
        return await ask(answers.article, id, limit, offset, evidence)

    return [find_relations, get_relation, get_article]


def _connection_tools(answers: Answers, ask: Ask) -> list[Callable[..., Awaitable[Any]]]:
    async def find_paths(
        start: p.Name,
        end: p.Name,
        max_length: Annotated[int, Field(ge=1, le=6, description="Most relations in a chain.")] = 4,
        limit: Annotated[int, Field(ge=1, le=20, description="Most chains.")] = 5,
        facts_only: Annotated[bool, Field(description="Only over relations reported as facts.")] = False,
    ) -> r.PathsAnswer:
        """Find how two entities are connected: the shortest chains of relations, in either direction.

        A chain through large countries or media says little; a chain with a plan in it is no fact (all_facts).
        """
        return await ask(answers.paths, start, end, max_length, limit, facts_only)

    async def whats_new(
        since: p.Date,
        about: p.MaybeName = None,
        type: p.RelationTypes = None,
        limit: p.Few = 10,
        offset: p.Offset = 0,
        evidence: p.Evidence = 1,
    ) -> r.RelationsAnswer:
        """List the relations that no article published before a date states; a plan come true is new."""
        return await ask(answers.news, since, about, type, (limit, offset, evidence))

    async def find_conflicts(
        about: p.MaybeName = None,
        limit: Annotated[int, Field(ge=1, le=20, description="Most to give in one answer.")] = 5,
        offset: p.Offset = 0,
        evidence: p.Evidence = 1,
    ) -> r.ConflictsAnswer:
        """List relations that contradict one another (amounts, denials, posts): places to look at, not judgements."""
        return await ask(answers.conflicts, about, limit, offset, evidence)

    return [find_paths, whats_new, find_conflicts]


def _overview_tools(answers: Answers, ask: Ask) -> list[Callable[..., Awaitable[Any]]]:
    async def describe_schema() -> r.SchemaAnswer:
        """Give the types of entities and relations with Korean and English labels, and what each status means."""
        return await ask(answers.schema)

    async def summarize_graph() -> r.SummaryAnswer:
        """Count what the graph holds: articles and their dates, publishers, entities and relations by type."""
        return await ask(answers.summary)

    return [describe_schema, summarize_graph]
