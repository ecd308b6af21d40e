"""A contradiction between relations, and how its relations are put in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.lang.ko.titles import title_core
from kg.model import Relation, SourcedEvidence

Kind = Literal["amount", "denial", "end", "post", "spouse", "parent"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Relations that contradict one another, and why, in Korean and English."""

    kind: Kind
    relations: tuple[Relation, ...]
    ko: str
    en: str

    @property
    def evidence(self) -> tuple[SourcedEvidence, ...]:
        """The evidence of all its relations."""
        return tuple(stated for relation in self.relations for stated in relation.evidence)


def same_role(one: Relation, other: Relation) -> bool:
    """Say whether two relations name one title, or neither any; 전 대표 and 대표 are one."""
    return title_core(one.role or "") == title_core(other.role or "")


def first_published(relation: Relation) -> str | None:
    """Return when the first dated article states a relation."""
    return min((e.published for e in relation.evidence if e.published is not None), default=None)


def last_published(relation: Relation) -> str | None:
    """Return when the last dated article states a relation."""
    return max((e.published for e in relation.evidence if e.published is not None), default=None)


def named(relation: Relation) -> str:
    """Return a relation in words."""
    return f"{relation.subject.name} {relation.type} {relation.object.name}"


def sources(relation: Relation) -> str:
    """Return the first and the last article that states a relation, in words."""
    stated = sorted(relation.evidence, key=lambda e: (e.published or "", e.article))
    return ", ".join(dict.fromkeys((source(stated[0]), source(stated[-1]))))


def source(evidence: SourcedEvidence) -> str:
    """Return publisher and date of an article, its id where it has no publisher."""
    return " ".join(filter(None, (evidence.publisher or evidence.article, evidence.published)))
