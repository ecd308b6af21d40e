"""Records of the graph as the records of the answers: short, quoted, with the status spelled out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.mcp.records import DealShown, EntityFound, EntityRef, EvidenceShown, RelationShown
from kg.mcp.wording import LONGEST_NAME, MEANING, quotation, statement, visible
from kg.model import Deal, Entity, Relation, SourcedEvidence
from kg.schema import Schema

ALIASES = 10


def named(text: str | None) -> str | None:
    """Return what an article's metadata say, short and visible."""
    return None if text is None else visible(text, LONGEST_NAME)


def quoted(text: str | None) -> str | None:
    """Return a text of an article as a quotation."""
    return None if text is None else quotation(text)


def ref(entity: Entity) -> EntityRef:
    """Return an entity, named."""
    return EntityRef(id=entity.id, name=visible(entity.name, LONGEST_NAME), type=entity.subtype or entity.type)


def found(entity: Entity, matched: str | None = None) -> EntityFound:
    """Return an entity with its other names."""
    return EntityFound(
        **ref(entity).model_dump(),
        aliases=[visible(alias, LONGEST_NAME) for alias in entity.aliases[:ALIASES]],
        ids=list(entity.ids),
        articles=entity.articles,
        matched=named(matched),
    )


@dataclass(frozen=True, slots=True)
class Showing:
    """Shows relations in the words of a schema."""

    schema: Schema

    def relation(self, relation: Relation, evidence: int, offset: int = 0) -> RelationShown:
        """Return a relation with so many pieces of its evidence."""
        shown = best_first(relation.evidence)[offset : offset + evidence]
        return RelationShown(
            id=relation.id,
            statement=statement(relation, self.schema),
            type=relation.type,
            subject=ref(relation.subject),
            object=ref(relation.object),
            status=relation.status,
            is_fact=relation.status == "actual",
            status_means=MEANING[relation.status],
            date=relation.date,
            last_date=relation.last_date,
            role=named(relation.role),
            deal=_deal(relation.deal),
            confidence=relation.confidence,
            articles=relation.articles,
            sources=relation.sources,
            evidence=[_evidence(one) for one in shown],
            evidence_more=len(relation.evidence) - min(offset, len(relation.evidence)) - len(shown),
        )


def best_first(evidence: Sequence[SourcedEvidence]) -> list[SourcedEvidence]:
    """Return evidence with originals before their copies, sentences before headlines, and the surest first."""

    def rank(one: SourcedEvidence) -> tuple[object, ...]:
        kind = one.original != one.article, one.text == one.title
        return *kind, -one.confidence, one.published or "9999", one.article, one.start, one.end

    return sorted(evidence, key=rank)


def _deal(deal: Deal | None) -> DealShown | None:
    if deal is None:
        return None
    return DealShown(
        amount=named(deal.amount),
        value=deal.value,
        currency=deal.currency,
        stake_percent=deal.stake,
        round=named(deal.round),
        item=named(deal.item),
    )


def _evidence(one: SourcedEvidence) -> EvidenceShown:
    return EvidenceShown(
        quotation=quotation(one.text),
        article=one.article,
        title=quoted(one.title),
        publisher=named(one.publisher),
        published=one.published,
        url=named(one.url),
        speaker=named(one.speaker),
        event_date=one.date,
        confidence=one.confidence,
        copy_of=None if one.original == one.article else one.original,
    )
