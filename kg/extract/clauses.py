"""Who does what: the arguments of predicates and of event nouns within a sentence.

Attachment is light and head-final: a noun phrase depends on the next predicate that can take it; relative
clauses keep what they captured; coordinate clauses share their subject; a dropped subject is the speaker of
the quotation or the topic of the discourse. Each step away from an overt neighbour lowers the score.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.phrases import Phrase, Sentence, Unit

POSTPOSITIONS = frozenset("겨냥하 대하 위하 통하 따르 관하 의하 인하 향하 둘러싸 비롯하 포함하 관련하 비하 걸치 맞".split())
"""Verbs that only lend their one noun phrase a role (…에 대한, …을 위한, …를 비롯한)."""
INCLUSIVE = frozenset(("포함하", "비롯하"))
DENOTING = frozenset(
    "등 측 씨 당국 본사 사측 그룹 회사 기업 업체 "
    "3사 2사 4사 양사 두회사 간 양측 노사 연합 컨소시엄 협의체 모두 각각 사이 일행 전원 본인 군 양".split()
)
"""Words after a name that leave the noun phrase denoting that name (오픈AI 측은)."""
STAFF = frozenset("관계자 관계자들 경영진 대표단 임원 임원들 실무진 지도부 이사회 임직원 대변인".split())
"""People of an organization who act for it, so that as a subject or partner they stand for it."""
OF_PLACES = frozenset("시장 지역 현지 전역 일대 사업 국내 정부".split())
"""Words after a place that leave it meant: 대만 시장에 진출하다."""
OF_SCHOOLS = ("과", "학부", "대학원", "법대", "의대", "공대", "대학", "경영대", "사범대", "졸업", "로스쿨")
"""Endings of the parts of a university, which stand for it: 중앙대학교 법학과를 졸업하다."""
TARGETS = frozenset(("상대", "대상", "타깃"))
"""Nouns that make the accusative before them a target: 애플을 상대로 소송을 내다."""
ADJUNCTS = frozenset(("dative", "locative", "direction", "bare"))
"""Cases that also mark time and manner, so that a nameless phrase does not fill the role."""
CARRYING = frozenset("고 며 면서 으며 으면서 아서 어서 어 아 지만 는데 ᆫ데 은데 이며 다가 자 은 데다 더니".split())
"""Connective endings after which news Korean usually keeps the subject."""


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: the entities named there, how sure the attachment is, and where it stands."""

    entities: tuple[str, ...]
    score: float
    phrase: int | None = None


@dataclass(slots=True)
class Arguments:
    """The fillers of a predicate by role; `overt` is False when no subject phrase was found at all.

    `gap` says that a relative clause has no nominative of its own: what it modifies may be its subject.
    """

    roles: dict[str, Filler] = field(default_factory=dict)
    overt: bool = False
    gap: bool = False
    subject_phrase: int | None = None


def joined_names(units: list[Unit], last: int) -> list[Unit]:
    """Return the coordination of names that ends at a unit: B and, joined by a comma or 와, A before it."""
    group = [units[last]]
    at = last
    while at > 0:
        first = at
        while first > 0 and not units[first].joiner and units[first - 1].entity is None and first > at - 3:
            first -= 1
        if not units[first].joiner or first == 0:
            break
        before = first - 1
        while before >= 0 and units[before].entity is None and units[before].text in DENOTING:
            before -= 1
        if before < 0 or units[before].entity is None or units[before].type != units[last].type:
            break
        group.append(units[before])
        at = before
    return group[::-1]


def denoted(phrase: Phrase) -> list[Unit]:
    """Return the names a noun phrase stands for: its head names, or those listed before 등."""
    units = phrase.units
    last = len(units) - 1
    acting = phrase.case in ("topic", "nominative", "comitative", "also")
    while last >= 0 and units[last].entity is None and _stands_for(units[last], acting):
        last -= 1
    if last > 0 and units[last].entity is None and units[last - 1].entity is not None and not units[last].joiner:
        word, kind = units[last].text, units[last - 1].type
        if (kind == "Place" and word in OF_PLACES) or (kind == "Organization" and word.endswith(OF_SCHOOLS)):
            last -= 1
    if last >= 0 and units[last].entity is not None:
        return joined_names(units, last)
    for k in range(len(units) - 1, 0, -1):
        if units[k].text == "등" and units[k - 1].entity is not None and k >= len(units) - 4:
            return joined_names(units, k - 1)
    return _titled(units)


def _stands_for(unit: Unit, acting: bool) -> bool:
    return unit.text in DENOTING or unit.tags[0] in ("SN", "NR") or (acting and unit.text in STAFF)


def _titled(units: list[Unit]) -> list[Unit]:
    """Return the person of "제이슨 권 오픈AI 최고전략책임자": a person, perhaps an employer, then plain nouns."""
    for k in range(len(units) - 1, -1, -1):
        unit = units[k]
        if unit.entity is not None and unit.type == "Person" and len(units) - k <= 5:
            others = [u for u in units[k + 1 :] if u.entity is not None]
            if all(u.type != "Person" and not u.joiner for u in others) and len(others) <= 2:
                return joined_names(units, k)
            return []
    return []


def coordinate(sentence: Sentence) -> None:
    """Merge "A와" or "A," with a directly following phrase of names of A's type into one coordination."""
    phrases = sentence.phrases
    index = 0
    while index + 1 < len(phrases):
        left, right = phrases[index], phrases[index + 1]
        if _coordinated(left, right) and left.quote == right.quote:
            joiner = left.particles[0] if left.case == "comitative" else left.after
            right.units[0].joiner = joiner or ","
            merged = Phrase("noun", left.start, right.end, right.stop, [*left.units, *right.units], right.particles)
            merged.case, merged.after, merged.quote = right.case, right.after, right.quote
            phrases[index : index + 2] = [merged]
        else:
            index += 1


def _coordinated(left: Phrase, right: Phrase) -> bool:
    if left.kind != "noun" or right.kind != "noun":
        return False
    simple = left.case == "comitative" and len(left.particles) == 1
    if not simple or left.after:
        return False
    heads = denoted(left)
    first = next((u for u in right.units if u.entity is not None), None)
    if not heads or heads[-1] is not left.units[-1] or first is None or first.type != heads[-1].type:
        return False
    lead = right.units[: right.units.index(first)]
    head = denoted(right)
    return len(lead) <= 2 and bool(head) and head[-1].type == first.type


def split_headline(sentence: Sentence) -> int | None:
    """Make a topic of the name before the one comma of a verbless headline; return its index.

    "카카오, SM엔터테인먼트 인수" names who acts before the comma; a sentence with a final verb lists instead.
    """
    phrases = sentence.phrases
    first = phrases[0] if phrases else None
    if first is None or first.kind != "noun" or any(p.kind == "verb" and p.ending == "final" for p in phrases):
        return None
    commas = [k for k, u in enumerate(first.units) if u.joiner == ","]
    if len(commas) != 1 or not any(u.entity for u in first.units[: commas[0]]):
        return None
    lead, rest = first.units[: commas[0]], first.units[commas[0] :]
    rest[0].joiner = ""
    topic = Phrase("noun", lead[0].start, lead[-1].end, lead[-1].end, lead, (), "topic", ",", quote=first.quote)
    body = Phrase("noun", rest[0].start, first.end, first.stop, rest, first.particles, first.case, first.after)
    body.quote = first.quote
    phrases[:1] = [topic, body]
    return 0


class Clauses:
    """The arguments of every predicate of a sentence, found on demand."""

    def __init__(self, sentence: Sentence) -> None:
        coordinate(sentence)
        self.headline = split_headline(sentence)
        """Index of the topic of a headline (카카오, …), None elsewhere."""
        self.phrases = sentence.phrases
        self._captured: dict[int, set[int]] = {}

    def filler(self, index: int, score: float = 1.0) -> Filler:
        """Return the entities that the noun phrase at an index denotes; inclusive lists lend theirs."""
        names = denoted(self.phrases[index])
        if not names and index >= 2 and self.phrases[index - 1].lemma in INCLUSIVE:
            return self.filler(index - 2, score * 0.95)
        return Filler(tuple(dict.fromkeys(u.entity for u in names if u.entity)), score, index)

    def captured(self, verb: int) -> set[int]:
        """Return the noun phrases that the adnominal or nominal clause of a verb keeps to itself."""
        if verb not in self._captured:
            self._captured[verb] = self._capture(verb)
        return self._captured[verb]

    def _capture(self, verb: int) -> set[int]:
        phrase = self.phrases[verb]
        left = verb - 1
        if left < 0 or self.phrases[left].kind != "noun":
            return set()
        if phrase.lemma in POSTPOSITIONS or phrase.tag in ("VA", "VCP", "XSA"):
            return {left}
        taken: set[int] = set()
        cases: set[str] = set()
        while left >= 0 and self.phrases[left].kind == "noun":
            case = self.phrases[left].case
            if case in ("topic", "nominative") or case in cases:
                break
            taken.add(left)
            cases.add(case)
            left -= 1
        return taken

    def arguments(self, verb: int) -> Arguments:
        """Return the arguments of the predicate at an index, subject included where the sentence has one."""
        found = Arguments()
        skipped: set[int] = set()
        bounded = False
        own_quote = self.phrases[verb].quote
        for index in range(verb - 1, -1, -1):
            phrase = self.phrases[index]
            if phrase.quote != own_quote:
                bounded = bounded or phrase.quote == 0
                continue
            if phrase.kind == "verb":
                if phrase.ending in ("adnominal", "nominal"):
                    skipped |= self.captured(index)
                    if self._role(index - 1) == "agent":
                        skipped.discard(index - 1)
                elif phrase.lemma not in POSTPOSITIONS:
                    bounded = True
                else:
                    skipped |= self.captured(index) - {index - 1 if self._role(index - 1) in ("about", "agent") else -1}
                if phrase.ending == "quote" and "quoted" not in found.roles:
                    self._quoted(index, found)
                continue
            if index in skipped or bounded or phrase.case in ("nominative", "topic", "also"):
                continue
            role = self._role(index)
            held = found.roles.get(role)
            vacant = held is None or (role in ADJUNCTS and not held.entities)
            if vacant and role not in ("genitive", "other"):
                found.roles[role] = self.filler(index)
        self._subject(verb, found)
        self._modified(verb, found)
        return found

    def _role(self, index: int) -> str:
        """Return the case of a noun phrase, or what the word after it makes of it: …에 대해, …를 향해, …를 상대로."""
        follow = self.phrases[index + 1] if index + 1 < len(self.phrases) else None
        if follow is not None and follow.kind == "verb" and follow.lemma in ("대하", "관하", "향하", "겨냥하"):
            return "about"
        if follow is not None and follow.kind == "verb" and follow.lemma == "의하":
            return "agent"
        if follow is not None and follow.kind == "noun" and follow.case == "direction" and follow.units[0].text in TARGETS:
            return "about"
        return self.phrases[index].case

    def _quoted(self, verb: int, found: Arguments) -> None:
        """Give the role `quoted` to the nominative of a reported clause: …가 …한다고 비판했다."""
        for index in range(verb - 1, -1, -1):
            phrase = self.phrases[index]
            if phrase.case == "nominative" and phrase.quote == self.phrases[verb].quote:
                filler = self.filler(index, 0.9)
                if filler.entities:
                    found.roles["quoted"] = filler
                return
            if phrase.case == "topic":
                return

    def _subject(self, verb: int, found: Arguments) -> None:
        """Find the subject: the nearest nominative of the clause, else the topic, else that of the clause before."""
        phrases, own_quote = self.phrases, self.phrases[verb].quote
        relative = phrases[verb].ending == "adnominal"
        topic = next(
            (i for i in range(verb - 1, -1, -1) if phrases[i].case == "topic" and phrases[i].quote == own_quote), None
        )
        score, blocked, inner = 1.0, False, 0
        for index in range(verb - 1, -1, -1):
            phrase = phrases[index]
            if phrase.quote != own_quote:
                continue
            if phrase.kind == "verb":
                inner += phrase.ending == "adnominal" and phrase.lemma not in POSTPOSITIONS and phrase.tag != "VA"
                if phrase.ending == "quote" or (phrase.ending == "final" and phrase.stop < phrases[verb].start):
                    blocked = True
                elif phrase.ending == "connective" and phrase.lemma not in POSTPOSITIONS:
                    carrying = bool(phrase.tail) and phrase.tail[-1][0] in CARRYING
                    score *= 0.92 if carrying else 0.7
                continue
            if blocked and phrase.case != "topic":
                continue
            if phrase.case == "nominative" and not (inner and topic is not None):
                found.overt, found.subject_phrase = True, index
                found.roles["subject"] = self.filler(index, score * (0.9 if inner else 1.0))
                break
            if phrase.case == "topic":
                found.overt, found.subject_phrase = True, index
                found.roles["subject"] = self.filler(index, score * (0.85 if relative or blocked else 0.97))
                break
        subject = found.subject_phrase
        if subject is None:
            self._relative_subject(verb, found)
        nominative = subject is not None and phrases[subject].case == "nominative"
        if subject is not None and nominative and not relative and topic is not None and topic < subject:
            found.roles.setdefault("accusative", self.filler(topic, 0.75))

    def _relative_subject(self, verb: int, found: Arguments) -> None:
        """Take the subject of "A 인수를 시도해 … 놀라게 한 B" from the noun that the whole chain of clauses modifies."""
        at = verb
        while at < len(self.phrases) and not (self.phrases[at].kind == "verb" and self.phrases[at].ending == "adnominal"):
            if self.phrases[at].kind == "verb" and self.phrases[at].ending != "connective":
                return
            at += 1
        if verb < at < len(self.phrases) - 1 and self.phrases[at].lemma not in POSTPOSITIONS:
            filler = self._head_of_relative(at + 1)
            if filler.entities:
                found.roles["subject"] = Filler(filler.entities, 0.75, at + 1)
                found.overt = True

    def _modified(self, verb: int, found: Arguments) -> None:
        """Let the noun that a relative clause modifies fill the gap: the object, or the subject if there is an object."""
        if self.phrases[verb].ending != "adnominal" or verb + 1 >= len(self.phrases):
            return
        head = self.phrases[verb + 1]
        if head.kind != "noun" or head.quote != self.phrases[verb].quote:
            return
        filler = self._head_of_relative(verb + 1)
        subject = found.subject_phrase
        found.gap = subject is None or self.phrases[subject].case != "nominative"
        if "accusative" in found.roles and found.gap:
            found.roles["subject"] = filler
            found.overt, found.subject_phrase = True, verb + 1
        elif filler.entities:
            found.roles["modified"] = filler

    def _head_of_relative(self, index: int) -> Filler:
        """Return the first name of the phrase after a relative clause when it is what the clause describes."""
        names = denoted(self.phrases[index])
        units = self.phrases[index].units
        if names:
            return Filler((names[0].entity or "",), 0.95, index)
        first = next((k for k, u in enumerate(units) if u.entity is not None), None)
        if first is not None and self.phrases[index].case == "genitive" and first == len(units) - 1:
            return Filler((units[first].entity or "",), 0.9, index)
        return Filler((), 0.0, index)
