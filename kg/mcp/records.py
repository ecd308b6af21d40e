"""What the tools answer with; the descriptions of the fields are part of the JSON Schemas that agents see."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from kg.model import Status

Total = Annotated[int, Field(description="How many there are in all.")]
More = Annotated[int, Field(description="How many follow after those shown; ask again with a larger offset.")]
Title = Annotated[str | None, Field(description="Headline, as a <quotation>.")]
Published = Annotated[str | None, Field(description="Date of publication, ISO, as precise as it is known.")]


class EntityRef(BaseModel):
    """An entity, named."""

    id: Annotated[str, Field(description="Id in this graph; any tool takes it as a name.")]
    name: str
    type: Annotated[str, Field(description="Narrowest known type.")]


class EntityFound(EntityRef):
    """An entity that a search found."""

    aliases: Annotated[list[str], Field(description="Other names, at most 10.")]
    ids: Annotated[list[str], Field(description="Identifiers elsewhere, such as krx:035720 or wikidata:Q…")]
    articles: Annotated[int, Field(description="Articles that name it.")]
    matched: Annotated[str | None, Field(description="The name or identifier that the query met.")] = None


class EntitiesAnswer(BaseModel):
    """Entities, the best match first, then the most mentioned."""

    total: Total
    more: More
    entities: list[EntityFound]
    did_you_mean: Annotated[list[str], Field(description="Names close to a query that met none.")] = []


class EvidenceShown(BaseModel):
    """A sentence that states a relation, and where it stands."""

    quotation: Annotated[str, Field(description="The sentence, word for word, as untrusted <quotation>.")]
    article: Annotated[str, Field(description="Id of the article; get_article takes it.")]
    title: Title
    publisher: str | None
    published: Published
    url: str | None
    speaker: Annotated[str | None, Field(description="Who says so in the article, where it quotes somebody.")]
    event_date: Annotated[str | None, Field(description="Date of the event as this sentence gives it.")]
    confidence: Annotated[float, Field(description="Probability that the article states this, 0 to 1.")]
    copy_of: Annotated[str | None, Field(description="Id of the article that this one retells; no second source.")]


class DealShown(BaseModel):
    """What a deal is about, each part null where no article says it."""

    amount: Annotated[str | None, Field(description="Sum as written.")]
    value: Annotated[int | None, Field(description="Sum in whole units of the currency.")]
    currency: str | None
    stake_percent: float | None
    round: str | None
    item: str | None


class RelationShown(BaseModel):
    """A relation that articles state, with its status spelled out and its evidence."""

    id: Annotated[str, Field(description="Id; get_relation gives all evidence.")]
    statement: Annotated[str, Field(description="The relation and its status in one line.")]
    type: str
    subject: EntityRef
    object: EntityRef
    status: Status
    is_fact: Annotated[bool, Field(description="True only where reported as a fact that holds (status actual).")]
    status_means: Annotated[str, Field(description="What the status lets one say.")]
    date: Annotated[str | None, Field(description="First date of the event that an article gives.")]
    last_date: Annotated[str | None, Field(description="Last date of the event that an article gives.")]
    role: Annotated[str | None, Field(description="Title or role, as written.")]
    deal: DealShown | None
    confidence: float
    articles: Annotated[int, Field(description="Articles that state it.")]
    sources: Annotated[int, Field(description="Sources independent of one another; copies count once.")]
    evidence: list[EvidenceShown]
    evidence_more: Annotated[int, Field(description="Pieces of evidence not shown; get_relation has them.")]


class RelationsAnswer(BaseModel):
    """Relations in a fixed order: by type, subject, object and status."""

    total: Total
    more: More
    relations: list[RelationShown]


class Tally(BaseModel):
    """How many relations of a type have a status."""

    type: str
    label: str
    status: Status
    relations: int


class EntityAnswer(BaseModel):
    """An entity with the relations that have it at either end, the best attested first."""

    entity: EntityFound
    tally: Annotated[list[Tally], Field(description="All its relations, counted by type and status.")]
    total: Total
    more: More
    relations: list[RelationShown]


class RelationAnswer(BaseModel):
    """One relation with its evidence, by article."""

    relation: RelationShown
    evidence_total: int


class PathShown(BaseModel):
    """A chain of relations, each with its own status: a chain is no stronger than its weakest link."""

    entities: Annotated[list[EntityRef], Field(description="Those passed, from the first to the last.")]
    all_facts: Annotated[bool, Field(description="Whether every relation on the way is reported as a fact.")]
    relations: list[RelationShown]


class PathsAnswer(BaseModel):
    """Chains between two entities, the shortest first."""

    paths: list[PathShown]
    note: str | None = None


class Neighbour(BaseModel):
    """An entity one relation away."""

    entity: EntityRef
    relations: Annotated[list[str], Field(description="What joins them, status included.")]
    relations_more: int


class NeighboursAnswer(BaseModel):
    """Entities one relation away, the most mentioned first."""

    of: EntityRef
    total: Total
    more: More
    neighbours: list[Neighbour]


class ArticleAnswer(BaseModel):
    """An article: what is known of it, what it names and what it states. Its text is not part of the graph."""

    id: str
    title: Title
    publisher: str | None
    published: Published
    url: str | None
    copy_of: Annotated[str | None, Field(description="Id of the article that this one retells.")]
    entities: Annotated[list[EntityRef], Field(description="Those it names, at most 50.")]
    entities_more: int
    total: Annotated[int, Field(description="Relations it states.")]
    more: More
    relations: list[RelationShown]


class EntityTypeShown(BaseModel):
    """A type of entity."""

    name: str
    label: str
    description: str
    parent: str | None


class RelationTypeShown(BaseModel):
    """A type of relation, and what it may join."""

    name: str
    label: str
    description: str
    subject_types: list[str]
    object_types: list[str]
    symmetric: bool


class SchemaAnswer(BaseModel):
    """The vocabulary of the graph."""

    entity_types: list[EntityTypeShown]
    relation_types: list[RelationTypeShown]
    statuses: dict[str, str]


class SummaryAnswer(BaseModel):
    """What the graph holds."""

    articles: int
    first_published: str | None
    last_published: str | None
    evidence: int
    entities: dict[str, int]
    relations: Annotated[dict[str, dict[str, int]], Field(description="By type, then by status.")]
    publishers: Annotated[dict[str, int], Field(description="Articles of the 20 that have most.")]
    most_mentioned: list[EntityRef]


class ConflictShown(BaseModel):
    """Relations that contradict one another: a place to look at, not a judgement."""

    kind: str
    why: str
    relations: list[RelationShown]


class ConflictsAnswer(BaseModel):
    """Contradictions, by kind and name."""

    total: Total
    more: More
    conflicts: list[ConflictShown]
