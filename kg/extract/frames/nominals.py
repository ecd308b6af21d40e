"""Relational nouns: "X의 자회사 Y", "Y는 X의 자회사다", "X 개발사 Y", "자회사명은 Y"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations

from kg.extract.frames.arguments import Context
from kg.extract.frames.clauses import Clauses, Filler
from kg.extract.frames.denotation import entities_of, joined_names
from kg.extract.frames.lexicon import words
from kg.extract.frames.phrases import COMITATIVE, Unit
from kg.extract.frames.stated import Stated
from kg.extract.frames.status import modality
from kg.extract.frames.topic import START
from kg.model import Status
from kg.schema import Frame, RelationType, Schema

KIN_PREFIXES = ("", "친", "큰", "작은", "둘째", "셋째", "넷째", "막내", "맏", "외동")
"""What may stand written together before a noun of one syllable: 둘째형, but not 전략가형."""
NAMING = ("명", "이름", "사명")


NounFrames = Callable[[str], list[tuple[RelationType, Frame]]]
"""Gives the frames that a word sets off."""


def noun_frames(schema: Schema) -> NounFrames:
    """Return what finds the frames of a schema that a relational noun sets off; it remembers words it was asked."""
    frames = [(r, f) for r in schema.relations.values() for f in r.frames if f.heads]
    ends = (*NAMING, *sorted({head for _, frame in frames for head in frame.heads}))

    @lru_cache(maxsize=50_000)
    def set_off(word: str) -> list[tuple[RelationType, Frame]]:
        if not word.endswith(ends):
            return []
        return [(relation, frame) for relation, frame in frames if _sets_off(word, frame)]

    return set_off


def relational_nouns(clauses: Clauses, frames: NounFrames, context: Context, text: str) -> Iterator[Stated]:
    """Yield the relations that the relational nouns of a sentence state."""
    for position, phrase in enumerate(clauses.phrases):
        if phrase.kind != "noun":
            continue
        for at, unit in enumerate(phrase.units):
            if unit.entity is None:
                for relation, frame in frames(unit.text):
                    yield from _relations(clauses, position, at, relation, frame, context, text)


def _sets_off(word: str, frame: Frame) -> bool:
    bare = next((word[: -len(n)] for n in NAMING if word.endswith(n) and len(word) > len(n)), word)
    for head in frame.heads:
        whole = len(head) > 1 or bare[: -len(head)] in KIN_PREFIXES
        if whole and (bare.endswith(head) or word.endswith(head)):
            return True
    return False


def _relations(
    clauses: Clauses, position: int, at: int, relation: RelationType, frame: Frame, context: Context, text: str
) -> Iterator[Stated]:
    units = clauses.phrases[position].units
    if relation.symmetric:
        yield from _among(units, at, relation, frame)
    of = _of(clauses, position, at)
    if not of.entities and relation.domain == ("Person",):
        of = _companion(units, at)
    named, status, score = _named(clauses, position, at, text)
    settled = False
    naming = clauses.phrases[position].units[at].text.endswith(NAMING)
    owner = context.meant(context.topic, ("Organization",))
    if naming and named.entities and not of.entities and owner is not None:
        of, score = owner, score * 0.9
        status = _pending(context, of)
        settled = status != "actual"
    plain = all(u.entity is None and not u.joiner for u in units[:at])
    if not of.entities and plain and at <= 2 and named.entities and not naming:
        of = _owner_in_sentence(clauses, position)
        if any("GovernmentOrganization" in context.kinds(entity) for entity in of.entities):
            of = Filler((), 0.0)
        unsaid = of.phrase is None and relation.name == "subsidiaryOf" and context.topic is not None
        if unsaid and context.topic is not None and context.topic.score >= START:
            of = context.topic
    if not of.entities or not named.entities or status is None:
        return
    if frame.status is not None and status == "actual":
        status = frame.status
    ends = (of, named) if frame.of == "subject" else (named, of)
    subject = context.fitting(ends[0], frame.subject_types or relation.domain, lend=False)
    obj = context.fitting(ends[1], relation.range, lend=False)
    if subject is None or obj is None:
        return
    unit = clauses.phrases[position].units[at]
    for s in subject.entities:
        for o in obj.entities:
            if s != o:
                confidence = frame.confidence * score * min(of.score, named.score)
                yield Stated(relation.name, s, o, status, (unit.start, unit.end), confidence, settled=settled)


def _among(units: list[Unit], at: int, relation: RelationType, frame: Frame) -> Iterator[Stated]:
    """Yield the pairs of "허웅·허훈 형제": people listed before a noun that says what they are to one another."""
    if at == 0 or units[at].joiner or units[at - 1].type != "Person":
        return
    for one, other in combinations(entities_of(joined_names(units, at - 1)), 2):
        cue = (units[at].start, units[at].end)
        yield Stated(relation.name, one, other, "actual", cue, frame.confidence)


def _companion(units: list[Unit], at: int) -> Filler:
    """Return the person of "버락 오바마와 아내 미셸 오바마": the one joined to the noun by 와."""
    before = units[at - 1] if at else None
    if before is not None and units[at].joiner in COMITATIVE and before.type == "Person" and before.entity:
        return Filler((before.entity,), 0.9)
    return Filler((), 0.0)


def _owner_in_sentence(clauses: Clauses, position: int) -> Filler:
    """Return the topic or subject before "자회사 유튜브를 …": whose subsidiary it is goes without saying."""
    for index in range(position - 1, -1, -1):
        if clauses.phrases[index].case in ("topic", "nominative"):
            named = clauses.phrases[index].units[0].entity is not None
            return clauses.filler(index, 0.85) if named else Filler((), 0.0, index)
        if clauses.phrases[index].kind == "verb" and clauses.phrases[index].ending == "final":
            break
    return Filler((), 0.0)


def _pending(context: Context, owner: Filler) -> Status:
    """Return the status of the office or company that its owner was last said to open."""
    return next((context.opening[e] for e in owner.entities if e in context.opening), "actual")


def _of(clauses: Clauses, position: int, at: int) -> Filler:
    """Return what the noun is relative to: the name before it in its phrase, else in the genitive before that."""
    units = clauses.phrases[position].units
    for k in range(at - 1, max(-1, at - 4), -1):
        if units[k + 1].joiner:
            return Filler((), 0.0)
        entity = units[k].entity
        if entity is not None and units[k].type != "Place":
            return Filler((entity,), 0.95, position)
    if (
        position
        and clauses.phrases[position - 1].case == "genitive"
        and all(u.type in (None, "Place") for u in units[:at])
    ):
        return clauses.filler(position - 1, 0.95)
    return Filler((), 0.0)


def _named(clauses: Clauses, position: int, at: int, text: str) -> tuple[Filler, Status | None, float]:
    """Return who bears the noun: the names after it, the subject of its copula, or the noun its copula modifies."""
    phrase = clauses.phrases[position]
    group = _following(phrase.units, at)
    if group:
        status = _founding(clauses, position, text)
        return Filler(entities_of(group), 1.0, position), status, 1.0
    if at < len(phrase.units) - 1:
        return Filler((), 0.0), None, 0.0
    phrases = clauses.phrases
    follow = phrases[position + 1] if position + 1 < len(phrases) else None
    if phrase.case == "complement" and follow is not None and follow.lemma == "이":
        status = modality(follow, telic=False, text=text)
        if follow.ending == "adnominal":
            head = clauses.filler(position + 2) if position + 2 < len(phrases) else Filler((), 0.0)
            return head, status, 0.95
        subject = clauses.arguments(position + 1).roles.get("subject", Filler((), 0.0))
        return subject, status, 0.9
    named = follow is not None and follow.case == "complement" and position + 2 < len(phrases)
    if phrase.case in ("topic", "nominative") and named and phrases[position + 2].lemma == "이":
        return clauses.filler(position + 1), modality(phrases[position + 2], telic=False, text=text), 0.9
    return Filler((), 0.0), None, 0.0


def _founding(clauses: Clauses, position: int, text: str) -> Status | None:
    """Return the status of the verb that founds what is named (법인 X를 세울 예정이다), actual under any other."""
    follow = clauses.phrases[position + 1] if position + 1 < len(clauses.phrases) else None
    if clauses.phrases[position].case == "accusative" and follow is not None and follow.lemma in words("founding"):
        return modality(follow, telic=True, text=text)
    return "actual"


def _following(units: list[Unit], at: int) -> list[Unit]:
    """Return the coordinated names that come right after a relational noun."""
    k = at + 1
    if k < len(units) and units[k].entity is None and not units[k].joiner:
        k += 1
    group: list[Unit] = []
    while k < len(units) and units[k].entity is not None and (not group or units[k].joiner):
        if group and units[k].type != group[0].type:
            break
        if not group and units[k].joiner:
            break
        group.append(units[k])
        k += 1
    return group
