"""Corrections by hand, laid over automatic resolution: replayed on every build, in the order of the file.

An id that no entity has any more may still be answered to (`kg.resolve.ids`); one that no entity, or several, answer
to, because articles were taken back or names resolve otherwise now, becomes a note and its entry is passed over, so
that no later build fails of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kg.errors import InputError
from kg.model import FORMER_ID, Entity
from kg.resolve.appearances import Appearance, Member
from kg.resolve.entities import make_entity, surfaces
from kg.resolve.entries import Corrections, Entry, Retract, Split, kind_of, parse_corrections, read_corrections
from kg.resolve.ids import answering
from kg.resolve.resolution import Resolution
from kg.schema import Schema, load_schema

__all__ = ["Corrected", "Corrections", "Retracted", "apply", "parse_corrections", "reached", "read_corrections"]


@dataclass(frozen=True, slots=True)
class Retracted:
    """Relations taken out, by type, subject id, object id, status and article; "" stands for any of the last two."""

    keys: frozenset[tuple[str, str, str, str, str]] = frozenset()

    def __contains__(self, key: object) -> bool:
        """Say whether an edge's evidence from one article is taken out."""
        match key:
            case (kind, subject, obj, status, article) if self.keys:
                return not self.keys.isdisjoint((kind, subject, obj, s, a) for s in ("", status) for a in ("", article))
        return False


@dataclass(frozen=True, slots=True)
class Corrected(Resolution):
    """A resolution with corrections laid over it; `notes` say which entries found nothing to correct, and why.

    `apart` are the pairs of entity ids that entries keep apart.
    """

    retracted: Retracted = Retracted()
    notes: tuple[str, ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()


def apply(
    resolution: Resolution,
    corrections: Corrections,
    appearances: Iterable[Appearance] = (),
    schema: Schema | None = None,
) -> Corrected:
    """Return a resolution as corrected; the one given stays as it is.

    `appearances` are those of all documents, in any order; they are read once, and only where an entry splits. A
    merged entity has the name and type of the one whose id it keeps, and that one's subtype where it has any; what
    stays of a split one keeps its name while an article left gives it. A retraction speaks of two things, whatever
    entries after it make of their ids. Raises InputError for a merge of different types.
    """
    if not corrections:
        return Corrected(resolution.canonical, resolution.entities, resolution.judgements)
    replay = _Replay(resolution, corrections, schema or load_schema())
    if any(entry.split for entry in corrections.entries):
        replay.keep(appearances)
    for number, entry in enumerate(corrections.entries, 1):
        replay.entry(number, entry)
    return replay.result()


def reached(corrections: Corrections, entities: Iterable[Entity]) -> set[str]:
    """Return the ids of the entities that corrections name or make: `apply` to these alone changes all there is.

    `entities` are iterated twice.
    """
    named, made = _named(corrections)
    return {one for found in answering(entities, named).values() for one in found} | made


def _named(corrections: Corrections) -> tuple[set[str], set[str]]:
    """Return the ids that corrections name, and those that they make by splitting."""
    made = {entry.split.id for entry in corrections.entries if entry.split is not None}
    return {one for entry in corrections.entries for one in entry.ids} - made, made


@dataclass(slots=True)
class _Edge:
    """A retraction with the ids that its ends have at this point of the replay."""

    stated: Retract
    subject: str
    object: str


@dataclass(slots=True)
class _Hand:
    """What was said of an entity by hand, and holds when its appearances are counted anew."""

    name: str | None = None
    kind: tuple[str, str | None] | None = None


@dataclass(slots=True)
class _Replay:
    """The state of a replay: the resolution as corrected so far."""

    base: Resolution
    corrections: Corrections
    schema: Schema
    canonical: dict[Member, str] = field(init=False)
    entities: dict[str, Entity] = field(init=False)
    members: dict[str, set[Member]] = field(init=False)
    answers: Mapping[str, list[str]] = field(init=False)
    parts: dict[Member, Appearance] = field(init=False, default_factory=dict)
    gone: dict[str, str] = field(init=False, default_factory=dict)
    hand: dict[str, _Hand] = field(init=False, default_factory=dict)
    edges: list[_Edge] = field(init=False, default_factory=list)
    apart: list[tuple[str, str]] = field(init=False, default_factory=list)
    notes: list[str] = field(init=False, default_factory=list)
    at: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.canonical = dict(self.base.canonical)
        self.entities = dict(self.base.entities)
        named, _ = _named(self.corrections)
        self.answers = answering(self.entities.values(), named)
        touched = {entity for one in named for entity in self.answers.get(one, ())}
        self.members = {entity: set() for entity in sorted(touched)}
        for member, entity in self.canonical.items():
            if entity in touched:
                self.members[entity].add(member)

    def keep(self, appearances: Iterable[Appearance]) -> None:
        """Keep the appearances of every entity that the corrections name."""
        self.parts = {one.member: one for one in appearances if self.canonical[one.member] in self.members}

    def entry(self, number: int, entry: Entry) -> None:
        """Replay one entry."""
        self.at = f"entry {number} ({entry.kind})"
        if entry.merge is not None:
            self._merge(entry.merged)
        elif entry.split is not None:
            self._split(entry.split)
        elif entry.distinct is not None:
            self._distinct(entry.distinct)
        elif entry.retract is not None:
            self._retract(entry.retract)
        elif entry.rename is not None and (found := self._find(entry.rename.entity)):
            self.hand.setdefault(found, _Hand()).name = entry.rename.name
            self.entities[found] = self._by_hand(self.entities[found])
        elif entry.retype is not None and (found := self._find(entry.retype.entity)):
            self.hand.setdefault(found, _Hand()).kind = kind_of(entry.retype, self.schema)
            self.entities[found] = self._by_hand(self.entities[found])

    def result(self) -> Corrected:
        """Return the resolution as it is now."""
        keys = set()
        for edge in self.edges:
            kind, ends = edge.stated.type, (self._now(edge.subject), self._now(edge.object))
            keys.add((kind, *self.schema.ordered(kind, *ends), edge.stated.status or "", edge.stated.article or ""))
        entities = {one: self.entities[one] for one in sorted(self.entities)}
        apart = frozenset(frozenset((self._now(left), self._now(right))) for left, right in self.apart)
        retracted = Retracted(frozenset(keys))
        return Corrected(self.canonical, entities, self.base.judgements, retracted, tuple(self.notes), apart)

    def _note(self, problem: str) -> None:
        self.notes.append(f"{self.at}: {problem}")

    def _now(self, entity: str) -> str:
        """Return the id of what an entity was merged into."""
        while entity in self.gone:
            entity = self.gone[entity]
        return entity

    def _candidates(self, wanted: str) -> list[str]:
        """Return the entities that answer to an id: first the one that has it."""
        own = self._now(wanted)
        others = sorted({self._now(one) for one in self.answers.get(wanted, ())} - {own})
        return [one for one in (own, *others) if one in self.entities]

    def _find(self, wanted: str) -> str | None:
        """Return the entity of an id, or note why there is none."""
        found = self._candidates(wanted)
        if found and (len(found) == 1 or found[0] == self._now(wanted)):
            return found[0]
        if found:
            self._note(f"{wanted} may be any of {', '.join(found)} now; name one of them")
        else:
            self._note(f"no entity has the id {wanted}; its articles may have been taken back")
        return None

    def _merge(self, ids: tuple[str, ...]) -> None:
        found = list(dict.fromkeys(one for one in map(self._find, ids) if one is not None))
        for one in found[1:]:
            if any({self._now(left), self._now(right)} == {found[0], one} for left, right in self.apart):
                self._note(f"{found[0]} and {one} are kept apart by an entry before; take one of them out")
            else:
                self._join(found[0], one)

    def _join(self, kept: str, other: str) -> None:
        first, second = self.entities[kept], self.entities.pop(other)
        if first.type != second.type:
            raise InputError(
                f"{self.corrections.source}: {self.at}: {first.name} ({kept}) is of type {first.type}, "
                f"{second.name} ({other}) of {second.type}; retype one before, or take the entry out"
            )
        articles = tuple(sorted({*first.article_ids, *second.article_ids}))
        self.entities[kept] = replace(
            first,
            aliases=tuple(sorted({*first.aliases, *second.aliases, second.name} - {first.name})),
            subtype=first.subtype or second.subtype,
            mentions=first.mentions + second.mentions,
            articles=len(articles),
            article_ids=articles,
            ids=tuple(sorted({*first.ids, *second.ids, FORMER_ID + other})),
        )
        self.gone[other] = kept
        self._move(self.members.pop(other), kept)

    def _move(self, moved: set[Member], entity: str) -> None:
        self.members.setdefault(entity, set()).update(moved)
        self.canonical.update(dict.fromkeys(moved, entity))

    def _split(self, split: Split) -> None:
        """Take the appearances in the articles from the entity, or from those that its id meant once."""
        left = set(split.articles)
        sources = self._candidates(split.entity)
        for source in sources:
            moved = {member for member in self.members[source] if member[0] in left}
            if moved:
                left -= {document for document, _ in moved}
                self._part(source, split.id, moved)
        if not sources:
            self._find(split.entity)
        elif left:
            self._note(f"{split.entity} does not occur in article {', '.join(sorted(left))}")

    def _part(self, source: str, part: str, moved: set[Member]) -> None:
        before, hand = self.entities[source], self.hand.get(source, _Hand())
        every = [self.parts[member] for member in sorted(self.members[source])]
        known = {before.name, *before.aliases} - surfaces(every)
        self.members[source] -= moved
        self._move(moved, part)
        self.hand.setdefault(part, _Hand()).kind = hand.kind
        self.entities[part] = self._by_hand(self._made(part, before.type))
        for edge in [e for e in self.edges if source in (e.subject, e.object)]:
            ends = (part if end == source else end for end in (edge.subject, edge.object))
            self.edges.append(_Edge(edge.stated, *ends))
        if self.members[source]:
            rest = self._made(source, before.type, known)
            name = before.name if before.name in rest.aliases else rest.name
            self.entities[source] = self._by_hand(replace(_called(rest, name), ids=before.ids))
        else:
            del self.entities[source], self.members[source]
            self.gone[source] = part

    def _made(self, entity: str, kind: str, known: Iterable[str] = ()) -> Entity:
        """Return an entity of its members, of the type it was merged or retyped to, whatever theirs are."""
        made = make_entity(entity, [self.parts[member] for member in sorted(self.members[entity])], known)
        fits = made.subtype is not None and self.schema.top(made.subtype) == kind
        return replace(made, type=kind, subtype=made.subtype if fits else None)

    def _by_hand(self, entity: Entity) -> Entity:
        """Return an entity with the name and the types that entries have given it."""
        hand = self.hand[entity.id] if entity.id in self.hand else _Hand()
        kind, subtype = hand.kind or (entity.type, entity.subtype)
        return replace(_called(entity, hand.name or entity.name), type=kind, subtype=subtype)

    def _distinct(self, ids: tuple[str, str]) -> None:
        left, right = (self._find(one) for one in ids)
        if left is None or right is None:
            return
        self.apart.append((left, right))
        if left == right:
            self._note(f"{ids[0]} and {ids[1]} are one entity by their names now; split it by its articles")

    def _retract(self, stated: Retract) -> None:
        ends = [self._find(one) for one in (stated.subject, stated.object)]
        if ends[0] is not None and ends[1] is not None:
            self.edges.append(_Edge(stated, ends[0], ends[1]))


def _called(entity: Entity, name: str) -> Entity:
    """Return an entity with another name, the old one among its aliases."""
    return replace(entity, name=name, aliases=tuple(sorted({*entity.aliases, entity.name} - {name})))
