"""The conditions of a query on relations, checked once and held against the attributes of edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from kg.contract import ArticleAttributes
from kg.errors import UnknownNameError
from kg.graph.lookup import nearest, relation_type
from kg.graph.period import checked_date, overlaps
from kg.lang.ko.names import normalise
from kg.model import STATUSES, Status
from kg.schema import Schema


class Conditions(TypedDict, total=False):
    """What relations must meet; see KnowledgeGraph.relations for what each means."""

    type: str | Sequence[str] | None
    status: str | Sequence[str] | None
    since: str | None
    until: str | None
    min_confidence: float
    min_sources: int
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions with their names resolved; None stands for any."""

    types: frozenset[str] | None
    statuses: frozenset[Status] | None
    min_confidence: float
    min_sources: int
    publisher: str | None
    since: str | None
    until: str | None

    @classmethod
    def of(cls, schema: Schema, conditions: Conditions) -> Filter:
        """Resolve and check conditions; raises UnknownNameError for a type or status, InputError for a date."""
        types, statuses = _several(conditions.get("type")), _several(conditions.get("status"))
        publisher, since, until = (conditions.get(name) for name in ("publisher", "since", "until"))
        return cls(
            types=None if types is None else frozenset(relation_type(schema, name) for name in types),
            statuses=None if statuses is None else frozenset(_status(name) for name in statuses),
            min_confidence=conditions.get("min_confidence", 0.0),
            min_sources=conditions.get("min_sources", 0),
            publisher=None if publisher is None else normalise(str(publisher)),
            since=None if since is None else checked_date(str(since)),
            until=None if until is None else checked_date(str(until)),
        )

    @property
    def reads_articles(self) -> bool:
        """Whether a condition is about the articles that state a relation."""
        return (self.publisher, self.since, self.until) != (None, None, None)

    def meets(self, attributes: Mapping[str, Any], articles: Mapping[str, ArticleAttributes]) -> bool:
        """Say whether an edge meets what asks about its articles: publisher and period."""
        if self.publisher is not None:
            publishers = (articles[e["article"]]["publisher"] for e in attributes["evidence"])
            if not any(name is not None and normalise(name) == self.publisher for name in publishers):
                return False
        return overlaps(attributes["evidence"], articles, self.since, self.until)


def _several(names: str | Sequence[str] | None) -> Sequence[str] | None:
    return [names] if isinstance(names, str) else names


def _status(status: str) -> Status:
    for known in STATUSES:
        if status == known:
            return known
    raise UnknownNameError("status", status, nearest(status, STATUSES) or STATUSES)
