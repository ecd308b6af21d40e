"""Posts that predicates give, hold or end: "갑을 대표로 선임했다", "부회장을 지냈다", "대표인 갑"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.frames.arguments import Context
from kg.extract.frames.clauses import Clauses, Filler
from kg.extract.frames.lexicon import words
from kg.extract.frames.phrases import Phrase, Unit
from kg.extract.frames.positions import GOVERNING, NO_POST
from kg.extract.frames.stated import Stated
from kg.extract.frames.status import embedding, modality, stronger
from kg.lang.ko.titles import title_kind
from kg.model import Status

ORIGIN = "출신"


@dataclass(frozen=True, slots=True)
class Role:
    """A post that a noun phrase without a person names, with its organization where the phrase names one."""

    owner: Filler
    title: str
    cue: tuple[int, int]
    former: bool
    origin: bool


def careers(clauses: Clauses, context: Context, text: str) -> Iterator[Stated]:
    """Yield the posts that the predicates of a sentence state."""
    for index, phrase in enumerate(clauses.phrases):
        role = _role(clauses, index) if phrase.kind == "noun" else None
        if role is None:
            continue
        found = _holder(clauses, index, role, text)
        if found is None:
            continue
        people, owner, status, score, verb = found
        yield from _state(people, owner, role, status, score, verb, context)


def _role(clauses: Clauses, index: int) -> Role | None:
    """Read a noun phrase that ends in a title, a title's office (대표직) or a former title (교수 출신)."""
    units = clauses.phrases[index].units
    if any(u.type == "Person" for u in units):
        return None
    plain = list(units)
    origin = plain[-1].text == ORIGIN
    if origin:
        plain.pop()
    if not plain or plain[-1].entity is not None:
        return None
    word = plain[-1].text.removesuffix("직") if len(plain[-1].text) > 2 else plain[-1].text
    kind = title_kind(word)
    first = len(plain) - 1
    while first > 0 and plain[first - 1].entity is None and not plain[first].joiner and len(plain) - first < 4:
        first -= 1
    owner_unit = plain[first - 1] if first > 0 and not plain[first].joiner else None
    if kind in (None, *NO_POST) or word in words("not_post"):
        return None
    named = [
        u for u in plain[first:] if u.text not in words("former") | words("present") and u.text not in ("새", "그")
    ]
    if not named:
        return None
    former = any(u.text in words("former") for u in plain[first:])
    former = former or (first > 1 and plain[first - 2].text in words("former"))
    title = " ".join([*(u.text for u in named[:-1]), word])
    return Role(_owner(clauses, index, owner_unit), title, (named[0].start, named[-1].end), former, origin)


def _owner(clauses: Clauses, index: int, unit: Unit | None) -> Filler:
    if unit is not None and unit.entity is not None and unit.type in ("Organization", "Place"):
        return Filler((unit.entity,), 1.0, index)
    left: Phrase | None = clauses.phrases[index - 1] if index else None
    if left is not None and left.kind == "noun" and left.case == "genitive":
        return clauses.filler(index - 1, 0.95)
    return Filler((), 0.0)


def _holder(clauses: Clauses, index: int, role: Role, text: str) -> tuple[Filler, Filler, Status, float, int] | None:
    """Return who holds a post, where, how, how surely, and the predicate that says so."""
    phrases = clauses.phrases
    case = phrases[index].case
    verb = next((i for i in range(index + 1, len(phrases)) if phrases[i].kind == "verb"), None)
    if role.origin and case in ("bare", "genitive") and index + 1 < len(phrases) and phrases[index + 1].kind == "noun":
        return clauses.filler(index + 1), role.owner, "ended", 0.85, index
    if verb is None:
        return None
    status = stronger(modality(phrases[verb], telic=True, text=text), embedding(phrases, verb, text))
    if status is None:
        return None
    if case == "complement" and verb == index + 1:
        return _copula(clauses, index, role, status)
    arguments = clauses.arguments(verb)
    lemma = phrases[verb].lemma
    subject = arguments.roles.get("subject", Filler((), 0.0))
    target = arguments.roles.get("accusative", Filler((), 0.0))
    if case in ("direction", "dative", "capacity"):
        given = stronger(status, "planned" if lemma in words("nominate") else "actual") or status
        if lemma in words("appoint") | words("nominate") and target.entities:
            return target, role.owner if role.owner.entities else subject, given, 0.9, verb
        if lemma in words("rise") | words("nominate"):
            return subject, role.owner, given, 0.9, verb
    if case == "accusative" and lemma in words("hold") | words("served"):
        return subject, role.owner, "ended" if lemma in words("served") and status == "actual" else status, 0.9, verb
    if case in ("locative", "accusative", "ablative") and lemma in words("leave") and status in ("actual", "planned"):
        return subject, role.owner, "ended" if status == "actual" else "planned", 0.85, verb
    return None


def _copula(
    clauses: Clauses, index: int, role: Role, status: Status
) -> tuple[Filler, Filler, Status, float, int] | None:
    """Read "…대표인 홍길동" and "홍길동은 …대표다"; a past copula is over."""
    phrases = clauses.phrases
    past = any(form == "었" for form, _ in phrases[index + 1].tail)
    if past or role.former or role.origin:
        status = "ended"
    if phrases[index + 1].ending == "adnominal":
        head = clauses.filler(index + 2) if index + 2 < len(phrases) else Filler((), 0.0)
        return head, role.owner, status, 0.9, index + 1
    subject = clauses.arguments(index + 1).roles.get("subject", Filler((), 0.0))
    return subject, role.owner, status, 0.85, index + 1


def _state(
    people: Filler, owner: Filler, role: Role, status: Status, score: float, verb: int, context: Context
) -> Iterator[Stated]:
    holders = context.fitting(people, ("Person",), lend=False)
    owners = context.fitting(owner, ("Organization", "Place"), lend=False)
    if holders is None or owners is None:
        return
    if role.former and status == "actual":
        status = "ended"
    if "Place" in context.kinds(owners.entities[0]) and title_kind(role.title.split()[-1]) not in GOVERNING:
        return
    party = "PoliticalParty" in context.kinds(owners.entities[0])
    member = party and role.title.split()[-1] in words("member")
    confidence = score * min(holders.score, owners.score)
    for person in holders.entities:
        if member:
            yield Stated("memberOf", person, owners.entities[0], status, role.cue, confidence, verb=verb)
        else:
            yield Stated(
                "holdsPosition", person, owners.entities[0], status, role.cue, confidence, role=role.title, verb=verb
            )
