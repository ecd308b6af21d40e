"""From an event to pairs of entities: which fillers the frame and the schema let stand as subject and object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, product

from kg.extract.frames.clauses import Filler
from kg.extract.frames.events import Event
from kg.model import DocumentEntity, Status
from kg.schema import Schema


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that an event joins, with the score of the weaker attachment."""

    subject: str
    object: str
    score: float


@dataclass(slots=True)
class Context:
    """What the discourse can supply: who speaks in a quotation, the topic before this sentence, employers."""

    schema: Schema
    entities: dict[str, DocumentEntity]
    topic: Filler | None = None
    speakers: dict[int, Filler] | None = None
    employers: dict[str, str] | None = None
    opening: dict[str, Status] = field(default_factory=dict)
    """For each owner, the status of the office or company it was last said to open."""

    def kinds(self, entity: str) -> set[str]:
        """Return the type, subtype and top type of an entity."""
        found = self.entities[entity]
        return {found.type, *([found.subtype] if found.subtype else [])}

    def meant(self, filler: Filler | None, allowed: tuple[str, ...]) -> Filler | None:
        """Return whom a dropped subject means: of a person, the employer where organizations come first."""
        if allowed and allowed[0] == "Organization":
            return self.fitting(filler, ("Organization",), lend=True) or self.fitting(filler, allowed, lend=True)
        return self.fitting(filler, allowed, lend=True)

    def fitting(self, filler: Filler | None, allowed: tuple[str, ...], lend: bool) -> Filler | None:
        """Return the filler cut to allowed types; a person may lend the employer where only that is allowed."""
        if filler is None:
            return None
        kept = tuple(e for e in filler.entities if self.kinds(e) & set(allowed))
        if kept:
            return Filler(kept, filler.score, filler.phrase)
        if lend and self.employers and "Person" not in allowed:
            owners = tuple(dict.fromkeys(self.employers[e] for e in filler.entities if e in self.employers))
            owners = tuple(e for e in owners if self.kinds(e) & set(allowed))
            if owners:
                return Filler(owners, filler.score * 0.9, filler.phrase)
        return None


def pairs(event: Event, context: Context) -> Iterator[Pair]:
    """Yield the pairs an event states; none when an end is missing or of a type the relation does not join."""
    symmetric = event.trigger.relation.symmetric
    subject, object_role, obj = _ends(event, context)
    alone = symmetric and event.headline and "comitative" not in event.roles
    together = alone and subject is not None and len(subject.entities) > 1
    listed = event.roles.get("compound") if alone else None
    if listed is not None and len(listed.entities) > 1:
        subject, obj = context.fitting(listed, _domain(event), lend=False), None
    if subject is not None and obj is not None:
        score = min(subject.score, obj.score)
        if event.each and 1 < len(subject.entities) == len(obj.entities):
            yield from (Pair(s, o, score) for s, o in zip(subject.entities, obj.entities, strict=True))
            return
        if not together:
            yield from (Pair(s, o, score) for s, o in product(subject.entities, obj.entities) if s != o)
            return
    if symmetric and not event.each:
        group = subject if subject is not None else obj
        shared = object_role in ("genitive", "compound", "subject") or subject is not None
        if group is not None and shared and len(group.entities) > 1:
            yield from (Pair(s, o, group.score * 0.95) for s, o in combinations(group.entities, 2))


def _domain(event: Event) -> tuple[str, ...]:
    return event.trigger.frame.subject_types or event.trigger.relation.domain


def _ends(event: Event, context: Context) -> tuple[Filler | None, str, Filler | None]:
    """Return the subject, the role that the object fills and the object, those left out supplied where they can be."""
    frame, domain = event.trigger.frame, _domain(event)
    subject_role, subject = _fill(event, frame.subject, domain, context, used=None)
    codomain = frame.object_types or event.trigger.relation.range
    object_role, obj = _fill(event, frame.object, codomain, context, used=subject)
    if (
        event.gap
        and subject_role in ("", "subject")
        and object_role not in ("", "modified")
        and "modified" in event.roles
    ):
        subject = context.fitting(event.roles["modified"], domain, lend=False)
    if subject is None and "subject" in frame.subject and event.dropped:
        subject = _dropped(event, domain, context)
    elif obj is None and "subject" in frame.object and event.dropped:
        obj = _dropped(event, codomain, context)
    return subject, object_role, obj


def _fill(
    event: Event, roles: tuple[str, ...], allowed: tuple[str, ...], context: Context, used: Filler | None
) -> tuple[str, Filler | None]:
    for role in roles:
        filler = context.fitting(event.roles.get(role), allowed, lend=role == "subject")
        if filler is not None and (used is None or not set(filler.entities) & set(used.entities)):
            return role, filler
    return "", None


def _dropped(event: Event, allowed: tuple[str, ...], context: Context) -> Filler | None:
    """Supply a dropped subject: the speaker of the quotation it stands in, else the topic of the discourse."""
    if context.speakers and event.quote in context.speakers:
        spoken = context.meant(context.speakers[event.quote], allowed)
        return Filler(spoken.entities, spoken.score * 0.85) if spoken is not None else None
    return context.meant(context.topic, allowed)
