"""A contradiction between relations, and how its relations are put in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kg.lang.ko.titles import title_core
from kg.model import Relation, SourcedEvidence

Kind = Literal["amount", "denial", "end", "post", "spouse", "parent"]
SURE = 0.7
"""Less confident statements are held against nothing."""
PAST = re.compile(
    r"당시|그때|시절|재임|역대|초대|전직|\b고 |故|전 ?(?:부인|남편|처)|첫 ?(?:번째|째)? ?(?:부인|남편|아내)"
)
YEAR = re.compile(r"((?:19|20)\d\d)년")
"""Words and years that put a statement into the past."""


@dataclass(frozen=True, slots=True, repr=False)
class Conflict:
    """Relations that contradict one another, and why, in Korean and English."""

    kind: Kind
    relations: tuple[Relation, ...]
    ko: str
    en: str

    def __repr__(self) -> str:
        return f"<Conflict: {self.kind}: {self.en}>"

    @property
    def evidence(self) -> tuple[SourcedEvidence, ...]:
        """The evidence of all its relations."""
        return tuple(stated for relation in self.relations for stated in relation.evidence)


def same_role(one: Relation, other: Relation) -> bool:
    """Say whether two relations name one title, or neither any; 전 대표 and 대표 are one."""
    return title_core(one.role or "") == title_core(other.role or "")


def present(relation: Relation) -> list[SourcedEvidence]:
    """Return what states a relation as holding when the article was published, in order of publication.

    Left out are unsure statements, undated articles, and what speaks of an earlier year or the past (당시 장관).
    """
    stated = [
        e
        for e in relation.evidence
        if e.published is not None
        and e.confidence >= SURE
        and (e.date is None or e.date[:4] == e.published[:4])
        and not PAST.search(e.text)
        and not any(year < e.published[:4] for year in YEAR.findall(e.text))
    ]
    return sorted(stated, key=lambda e: (e.published or "", e.article))


def backed(evidence: Iterable[SourcedEvidence]) -> bool:
    """Say whether two independent articles give some evidence: neither copies of one text nor of one publisher."""
    stated = list(evidence)
    return len({e.original for e in stated}) > 1 and len({e.publisher or e.original for e in stated}) > 1


def first_published(evidence: Iterable[SourcedEvidence]) -> str | None:
    """Return when the first dated article of some evidence was published."""
    return min((e.published for e in evidence if e.published is not None), default=None)


def last_published(evidence: Iterable[SourcedEvidence]) -> str | None:
    """Return when the last dated article of some evidence was published."""
    return max((e.published for e in evidence if e.published is not None), default=None)


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
