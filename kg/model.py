"""The records that travel between stages; frozen, and built on the standard library alone.

Offsets are half-open and count Unicode code points of the NFC-normalised `Document.text`, so that
`text[start:end]` always equals the quoted surface. Dates are ISO 8601 with the precision known
("2025-02", "2025-05-26", "2025"). Scores lie between 0 and 1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal, get_args

Status = Literal["actual", "planned", "possible", "denied", "ended"]
STATUSES: tuple[Status, ...] = get_args(Status)
"""How a relation holds: it happened, is decided, is talked of, was denied, is over."""
UNREALISED: frozenset[Status] = frozenset(("planned", "possible", "denied"))
"""What has not come about, and must not be shown as a fact."""


def content_id(*parts: str, length: int = 16) -> str:
    """Return a stable hexadecimal id of `length` characters for the given texts (SHA-256)."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


MIN_CONFIDENCE = 0.4
"""Relations stated with less are left out unless asked for: about where recall gained costs as much precision."""

LARGEST = 500_000
"""Entities and relations of the largest graph that is taken into memory unless one asks for it: some 1.3 GB."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read and cleaned; `text` is the body without the title."""

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "ko"
    source: str | None = None
    """The file it came from, as given by the user; for messages only, never exported."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One article or file that could not be processed, and what to do about it."""

    source: str
    stage: str
    message: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of `Document.text` that names an entity, particles and titles outside."""

    start: int
    end: int
    text: str
    type: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentEntity:
    """The mentions of one thing within one document; `name` is its fullest form there."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    subtype: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence or clause a relation rests on; `cue` is the span of the words that state it."""

    start: int
    end: int
    text: str
    cue: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Deal:
    """What a deal is about, each part None where the text does not say it.

    `amount` is the sum as written, `value` the same in whole units of `currency` (ISO 4217), None for a range; `stake`
    is in percent;
    `round` names a funding round (시리즈B); `item` is what is bought, supplied or paid for, as written.
    """

    amount: str | None = None
    value: int | None = None
    currency: str | None = None
    stake: float | None = None
    round: str | None = None
    item: str | None = None


DEAL_PARTS = tuple(part.name for part in fields(Deal))


@dataclass(frozen=True, slots=True)
class RelationMention:
    """A relation stated by one span of one document; subject and object are DocumentEntity ids."""

    type: str
    subject: str
    object: str
    evidence: Evidence
    status: Status = "actual"
    date: str | None = None
    role: str | None = None
    deal: Deal | None = None
    speaker: str | None = None
    confidence: float = 1.0
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An article with what the stages found in it; `text` is title, newline, body, NFC-normalised."""

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "ko"
    mentions: tuple[Mention, ...] = ()
    entities: tuple[DocumentEntity, ...] = ()
    relations: tuple[RelationMention, ...] = ()

    def entity(self, entity_id: str) -> DocumentEntity:
        """Return the entity of that id; raises KeyError when the document has none."""
        for entity in self.entities:
            if entity.id == entity_id:
                return entity
        raise KeyError(entity_id)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the UTF-8 bytes of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def check(self) -> None:
        """Raise ValueError unless every offset quotes the text and every reference resolves."""
        known = {entity.id for entity in self.entities}
        for mention in self.mentions:
            if self.text[mention.start : mention.end] != mention.text or not mention.text:
                raise ValueError(f"document {self.id}: mention {mention.text!r} is not at {mention.start}")
            if mention.entity is not None and mention.entity not in known:
                raise ValueError(f"document {self.id}: mention {mention.text!r} names entity {mention.entity}")
        for relation in self.relations:
            found = relation.evidence
            if self.text[found.start : found.end] != found.text or not found.text:
                raise ValueError(f"document {self.id}: evidence of {relation.type} is not at {found.start}")
            if not found.start <= found.cue[0] < found.cue[1] <= found.end:
                raise ValueError(f"document {self.id}: cue of {relation.type} lies outside its evidence")
            if not {relation.subject, relation.object} <= known:
                raise ValueError(f"document {self.id}: {relation.type} joins an unknown entity")


FORMER_ID = "kg:"
"""Prefix, among an entity's `ids`, of those it took over from entities that a correction merged into it."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A canonical entity of the graph; `mentions` and `articles` are counts.

    `article_ids` are the articles it occurs in, `ids` its identifiers elsewhere as CURIEs (wikidata:Q…, krx:035720).
    """

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    subtype: str | None = None
    mentions: int = 0
    articles: int = 0
    article_ids: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcedEvidence:
    """One relation mention at graph level: the quoted evidence and the article that states it."""

    article: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    text: str
    cue: tuple[int, int]
    status: Status
    date: str | None
    role: str | None
    deal: Deal | None
    speaker: str | None
    confidence: float
    extractor: str
    original: str
    """The article that this one is a copy or a rewrite of; its own id where it is neither."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the graph: one edge for each (type, subject, object, status).

    `date` and `last_date` are the first and last event dates stated, None where no article gives one; `deal` has what
    most of its evidence says; `confidence` is the highest of its evidence; `articles` counts distinct articles,
    `sources` those independent of one another (copies of one text and articles of one publisher are one).
    """

    id: str
    type: str
    subject: Entity
    object: Entity
    status: Status
    date: str | None
    last_date: str | None
    role: str | None
    deal: Deal | None
    confidence: float
    articles: int
    sources: int
    evidence: tuple[SourcedEvidence, ...]


def relation_id(relation_type: str, subject: str, obj: str, status: str) -> str:
    """Return the content id of a graph relation from its type, its ends' ids and its status."""
    return "r" + content_id(relation_type, subject, obj, status)


def by_position(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return mentions in reading order, the longer first where two start together."""
    return tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.type)))
