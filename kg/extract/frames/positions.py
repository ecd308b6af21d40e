"""Who holds which post where: "제이슨 권 오픈AI CSO", "국민의당 박지원 원내대표", "금융위원회(위원장 임종룡)".

A lawmaker's party is a membership, not a post (guideline of the relation types). A title after 전 or 전직 is over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.frames.denotation import joined_names
from kg.extract.frames.lexicon import words
from kg.extract.frames.phrases import Phrase, Sentence, Unit
from kg.extract.frames.stated import Stated
from kg.lang.ko.titles import title_kind, titles
from kg.model import DocumentEntity, Mention, Status

GOVERNING = frozenset(("official", "politician", "military"))
"""Kinds of titles held of a place; an 이탈리아 화가 or 미국 변호사 holds no post."""
NO_POST = frozenset(("honorific",))
CLOSE_JOINERS = frozenset("·ㆍ・‧∙")
MAX_DEPARTMENT = 3
_SLASH = re.compile(r" ?/ ?")
_CAPTION = re.compile(r" ?([가-힣A-Za-z0-9 ]{1,20})(?=[\]:,(\n]|$)")
"""A title up to the end of a caption."""


@dataclass(frozen=True, slots=True)
class Post:
    """A title read from units: its words, the status it gives, and the span of its words."""

    role: str
    status: Status
    cue: tuple[int, int]


def positions(
    sentence: Sentence, text: str, entities: dict[str, DocumentEntity], mentions: Sequence[Mention]
) -> Iterator[Stated]:
    """Yield the posts and party memberships that the noun phrases of a sentence state."""
    phrases = sentence.phrases
    finder = _Finder(phrases, text, entities, mentions)
    for index, phrase in enumerate(phrases):
        if phrase.kind == "noun":
            for at, unit in enumerate(phrase.units):
                if unit.entity is not None and unit.type == "Person":
                    yield from finder.person(index, at)
                if unit.notes:
                    yield from finder.notes(phrase.units, at)
    yield from finder.captions(sentence.start, sentence.end)


class _Finder:
    """Reads the words around the people of one sentence."""

    def __init__(
        self, phrases: Sequence[Phrase], text: str, entities: dict[str, DocumentEntity], mentions: Sequence[Mention]
    ) -> None:
        self.phrases, self.text, self.entities, self.mentions = phrases, text, entities, mentions

    def person(self, index: int, at: int) -> Iterator[Stated]:
        """Yield what stands right after a person (employer and title), else before (employer, then title after)."""
        units = self.phrases[index].units
        employer, start = self._employer_after(units, at)
        if employer is not None:
            post = self._post(units, start, employer) or self._shared(units, start)
            if post is not None:
                yield from self._state([units[at]], employer, post, 0.95)
                return
        if employer is None:
            group = _sharing(joined_names(units, at))
            before = self._employer_before(index, units.index(group[0]))
            if before is not None:
                owner, lead, linked = before
                post = self._post(units, at + 1, None, lead) or self._leading(lead)
                if post is not None and not (linked and self._tycoon(owner, post)):
                    yield from self._state(group, owner, post, 0.9)

    def _employer_after(self, units: list[Unit], at: int) -> tuple[Unit | None, int]:
        k = at + 1
        if k < len(units) and units[k].text in words("former") | words("present"):
            k += 1
        found: Unit | None = None
        while k < len(units) and units[k].entity is not None and units[k].type in ("Organization", "Place"):
            if units[k].joiner and (units[k].joiner != "/" or found is not None):
                break
            if found is None or found.type == "Place":
                found = units[k]
            k += 1
        return found, k

    def _post(self, units: list[Unit], start: int, owner: Unit | None, lead: Sequence[Unit] = ()) -> Post | None:
        """Read a title that starts at a unit: former or present marks, a department, then a title."""
        former = owner is not None and self._former_before(units, start)
        named: list[Unit] = []
        future = False
        for unit in units[start : start + MAX_DEPARTMENT + 1]:
            if unit.entity is not None and unit.type != "Organization":
                break
            if unit.text in words("former"):
                former = True
                continue
            if unit.text in words("present"):
                continue
            if unit.text in words("next"):
                future = True
                continue
            if unit.joiner and named:
                break
            named.append(unit)
            glued = owner is not None and unit.glued and len(named) == 1 and unit.start == owner.end
            role = self._glued(owner, unit) if glued and owner is not None else ""
            kind = title_kind(role or unit.text) or self._noted_kind(unit)
            if kind is not None and kind not in NO_POST and unit.entity is None:
                name = role or " ".join(w.text for w in named)
                status: Status = "planned" if future else _status(unit.text, former)
                return Post(name, status, (named[0].start, unit.end))
        return None

    def _noted_kind(self, unit: Unit) -> str | None:
        """Return the kind of the rank in parentheses after an unknown title: 원자력BG장(사장)."""
        return next((title_kind(self.text[start:end]) for start, end in unit.notes), None)

    def _shared(self, units: list[Unit], start: int) -> Post | None:
        """Read the title that a list shares at its end: "최태원 SK그룹, 권오준 포스코 회장"."""
        k = start
        while (
            k + 1 < len(units) and units[k].joiner and units[k].type == "Person" and units[k + 1].type == "Organization"
        ):
            k += 2
        return self._post(units, k, units[k - 1]) if k > start else None

    def _former_before(self, units: list[Unit], start: int) -> bool:
        return any(u.text in words("former") for u in units[max(0, start - 3) : start])

    @staticmethod
    def _glued(owner: Unit, unit: Unit) -> str:
        """Return the title of "금융위원장" for 금융위 and 원장: the longest title that ends both written together."""
        whole = owner.text + unit.text
        for size in range(min(len(whole), 6), len(unit.text), -1):
            fits = size <= len(unit.text) + 2 and len(whole) - size >= 2
            if fits and whole[-size:] in titles():
                return whole[-size:]
        return unit.text

    def _employer_before(self, index: int, at: int) -> tuple[Unit, list[Unit], bool] | None:
        """Return the organization before a person, the plain words between them, and whether 의 links it."""
        units = self.phrases[index].units
        lead: list[Unit] = []
        for k in range(at - 1, max(-1, at - 2 - MAX_DEPARTMENT), -1):
            unit = units[k]
            if units[k + 1].joiner:
                return None
            if unit.entity is not None:
                return (
                    (unit, lead[::-1], False)
                    if unit.type in ("Organization", "Place") and (lead or unit.type != "Place")
                    else None
                )
            lead.append(unit)
        left = self.phrases[index - 1] if index else None
        if left is not None and left.case == "genitive" and left.kind == "noun" and len(lead) <= MAX_DEPARTMENT:
            owner = next((u for u in left.units[:-3:-1] if u.entity is not None), None)
            if owner is not None and owner.type == "Organization":
                return owner, lead[::-1], True
        return None

    def _leading(self, lead: Sequence[Unit]) -> Post | None:
        """Read a title written before the person."""
        named = [u for u in lead if u.text not in words("former") | words("present")]
        if not named or title_kind(named[-1].text) in (None, *NO_POST):
            return None
        former = any(u.text in words("former") for u in lead)
        return Post(" ".join(u.text for u in named), _status(named[-1].text, former), (named[0].start, named[-1].end))

    def notes(self, units: list[Unit], at: int) -> Iterator[Stated]:
        """Yield posts in parentheses: "금융위원회(위원장 임종룡)", "올랑드(프랑스 대통령)"."""
        unit = units[at]
        if unit.entity is None and at and units[at - 1].type == "Organization" and not unit.joiner:
            unit = units[at - 1]
        for start, end in units[at].notes:
            inside = [m for m in self.mentions if start <= m.start and m.end <= end and m.entity is not None]
            for mention in inside:
                person = self._bearer(units, at)
                alone = self.text[start:end].strip() == mention.text
                if person is not None and alone and mention.type == "Organization" and mention.entity is not None:
                    if self.entities[mention.entity].subtype == "PoliticalParty":
                        yield Stated("memberOf", person, mention.entity, "actual", (mention.start, mention.end), 0.9)
                elif unit.type == "Organization" and mention.type == "Person":
                    title = self.text[start : mention.start].strip(" ,·")
                    yield from self._noted(mention.entity, unit.entity, title, start)
                elif unit.type == "Person" and mention.type in ("Organization", "Place"):
                    title = self.text[mention.end : end].strip(" ,·")
                    yield from self._noted(unit.entity, mention.entity, title, mention.end)

    def captions(self, start: int, stop: int) -> Iterator[Stated]:
        """Yield the posts that broadcasts caption a speaker with: "홍길동/한들연구소 소장"."""
        owners = {m.start: m for m in self.mentions if m.type == "Organization"}
        for mention in self.mentions:
            slash = _SLASH.match(self.text, mention.end) if mention.type == "Person" else None
            owner = owners.get(slash.end()) if slash else None
            title = _CAPTION.match(self.text, owner.end) if owner else None
            if owner and title and start <= mention.start < stop:
                yield from self._noted(mention.entity, owner.entity, title[1].strip(), owner.end)

    @staticmethod
    def _bearer(units: list[Unit], at: int) -> str | None:
        """Return the person whose name or title a note follows: 김동연 경기지사(더불어민주당)."""
        for k in range(at, max(-1, at - 4), -1):
            if units[k].type == "Person":
                return units[k].entity
            if units[k].joiner:
                break
        return None

    def _noted(self, person: str | None, owner: str | None, title: str, start: int) -> Iterator[Stated]:
        bare = title.removeprefix("전 ").strip()
        kind = title_kind(bare) if bare and len(bare) <= 20 else None
        if person is None or owner is None or kind is None or kind in NO_POST:
            return
        at = self.text.index(bare, start)
        status: Status = "ended" if bare != title else "actual"
        yield Stated("holdsPosition", person, owner, status, (at, at + len(bare)), 0.9, role=bare)

    def _state(self, people: Sequence[Unit], owner: Unit, post: Post, score: float) -> Iterator[Stated]:
        if owner.entity is None:
            return
        party = self.entities[owner.entity].subtype == "PoliticalParty"
        last = post.role.split()[-1]
        if last in words("not_post") or not self._held_at(owner.entity, last):
            return
        member = party and last in words("member")
        for person in people:
            if person.entity is None:
                continue
            if member:
                status: Status = "ended" if post.status == "ended" else "actual"
                yield Stated("memberOf", person.entity, owner.entity, status, post.cue, score)
            elif last not in words("candidate") and owner.type in ("Organization", "Place"):
                yield Stated("holdsPosition", person.entity, owner.entity, post.status, post.cue, score, role=post.role)

    def _held_at(self, owner: str, title: str) -> bool:
        """Say whether a title can be held at an organization: lawmakers sit in assemblies, no lawyer in a ministry."""
        found = self.entities[owner]
        if found.type == "Place":
            return title_kind(title) in GOVERNING
        if title == "의원":
            return found.subtype == "PoliticalParty" or found.name.endswith(("국회", "의회", "의원"))
        return found.subtype != "GovernmentOrganization" or title not in words("profession")

    def _tycoon(self, owner: Unit, post: Post) -> bool:
        """Say whether a public body is linked by 의 to an executive: 검찰의 … 회장 수사."""
        public = owner.entity is not None and self.entities[owner.entity].subtype == "GovernmentOrganization"
        return public and title_kind(post.role.split()[-1]) == "executive"


def _sharing(group: list[Unit]) -> list[Unit]:
    """Return those of coordinated people who share the last one's title: 안철수·천정배 공동대표, not 갑과 을 대표."""
    first = len(group) - 1
    while first > 0 and group[first].joiner in CLOSE_JOINERS:
        first -= 1
    return group[first:]


def _status(title: str, former: bool) -> Status:
    if title in words("incoming") or any(title.endswith(word) for word in words("incoming")):
        return "planned"
    return "ended" if former else "actual"
