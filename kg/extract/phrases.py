"""Sentences as phrases: noun phrases with their case, predicates with their endings.

Korean is head-final: a noun phrase ends at its particle, a predicate at its ending, and what stands to the
left depends on what stands to the right. Parenthesised matter is set aside as notes of the word before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.lang.ko.morphemes import Morpheme
from kg.model import Mention

Ending = Literal["final", "connective", "adnominal", "nominal", "quote", "none"]

NOUN_TAGS = frozenset("NNG NNP NNB NP NR SN SL SH XPN XSN XR MM W_SERIAL".split())
VERB_TAGS = frozenset("VV VA VX VCP VCN XSV XSA".split())
COMITATIVE = frozenset(("와", "과", "하고", "랑", "이랑"))
JOINERS = frozenset((",", "·", "ㆍ", "/", "및", "와", "과", "또는", "-", "∙", "‧", "・"))
OPENERS = "([{〔（［"
CLOSERS = ")]}〕）］"
PARTICLES = {
    "은": "JX", "는": "JX", "이": "JKS", "가": "JKS", "을": "JKO", "를": "JKO", "의": "JKG", "에": "JKB", "에서": "JKB",
    "로": "JKB", "으로": "JKB", "와": "JKB", "과": "JKB", "도": "JX", "만": "JX",
}  # fmt: skip
MODAL_NOUNS = frozenset("수 것 거 바 예정 계획 방침 전망 가능성 듯 생각 셈 줄 중 참 상태 모양 뻔 만 게".split())
ASPECT_NOUNS = frozenset("중 예정 계획 방침 전망".split())
EMBEDDERS = frozenset(
    "알려지 전해지 보이 전망되 예상되 관측되 추정되 풀이되 확인되 나타나 기대되 점쳐지 전망하 예상하 보 알 밝혀지 파악되".split()
)


@dataclass(slots=True)
class Unit:
    """A word of a noun phrase: one name, or the nouns written together; `joiner` links it to the word before."""

    start: int
    end: int
    text: str
    tags: tuple[str, ...]
    entity: str | None = None
    type: str | None = None
    glued: bool = False
    joiner: str = ""
    notes: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Phrase:
    """A noun phrase (units, case) or a predicate (lemma, root, tail of endings and auxiliaries).

    `start`–`end` spans the words, `stop` includes the particle or endings. `after` is the comma or other mark
    that follows. `quote` numbers the quotation the phrase stands in, 0 outside.
    """

    kind: Literal["noun", "verb"]
    start: int
    end: int
    stop: int
    units: list[Unit] = field(default_factory=list)
    particles: tuple[str, ...] = ()
    case: str = "bare"
    after: str = ""
    lemma: str = ""
    root: str = ""
    tag: str = ""
    tail: list[tuple[str, str]] = field(default_factory=list)
    ending: Ending = "none"
    quote: int = 0


@dataclass(slots=True)
class Sentence:
    """One sentence: its span without outer white space, its phrases, and the spans of its quotations."""

    start: int
    end: int
    phrases: list[Phrase]
    quotes: list[tuple[int, int]]


def sentences(text: str, morphemes: Sequence[Morpheme], mentions: Sequence[Mention]) -> list[Sentence]:
    """Return the sentences of a text as phrases; a sentence also goes on to the end of an open quotation."""
    at: dict[int, Mention] = {}
    for mention in sorted(mentions, key=lambda m: m.end - m.start):
        at[mention.start] = mention
    return [_Builder(text, group, at).build() for group in _grouped(text, morphemes)]


def _grouped(text: str, morphemes: Sequence[Morpheme]) -> Iterator[list[Morpheme]]:
    """Yield runs of one sentence; an unclosed double quotation joins the next sentence of the same line."""
    group: list[Morpheme] = []
    for morpheme in morphemes:
        if group and morpheme.sentence != group[-1].sentence:
            covered = text[group[0].start : morpheme.start]
            opened = covered.count("“") > covered.count("”") or covered.count('"') % 2 == 1
            if "\n" in covered or not opened or len(covered) > 600:
                yield group
                group = []
        group.append(morpheme)
    if group:
        yield group


def case_of(particles: Sequence[tuple[str, str]]) -> str:
    """Return the case that particles (form, tag) mark; the first case particle wins over a topic marker."""
    forms = [form for form, _ in particles]
    if any(tag == "JKG" for _, tag in particles):
        return "comitative_genitive" if COMITATIVE & set(forms) else "genitive"
    for form, tag in particles:
        if form in ("로부터", "으로부터", "에게서", "한테서", "로부터의"):
            return "ablative"
        if form in COMITATIVE:
            return "comitative"
        if tag in ("JKS", "JKC") or form in ("께서", "께서는"):
            return "nominative"
        if tag == "JKO":
            return "accusative"
        if form in ("에게", "에", "께", "한테"):
            return "dative"
        if form in ("에서", "서"):
            return "locative"
        if form in ("로서", "으로서"):
            return "capacity"
        if form in ("로", "으로"):
            return "direction"
        if form in ("은", "는"):
            return "topic"
        if form in ("도", "만", "까지", "마저", "조차"):
            return "also"
    return "other" if particles else "bare"


class _Builder:
    """Walks the morphemes of one sentence and builds its phrases."""

    def __init__(self, text: str, morphemes: Sequence[Morpheme], mentions: dict[int, Mention]) -> None:
        self.text, self.ms, self.mentions = text, list(morphemes), mentions
        self.phrases: list[Phrase] = []
        self.units: list[Unit] = []
        self.joiner = ""
        self.quotes: list[tuple[int, int]] = []
        self.open_quote: int | None = None
        self.i = 0

    def build(self) -> Sentence:
        while self.i < len(self.ms):
            self._step()
        self._close([])
        start, end = self.ms[0].start, max(m.end for m in self.ms)
        sentence = Sentence(start, end, self.phrases, self.quotes)
        for number, (a, b) in enumerate(self.quotes, 1):
            for phrase in self.phrases:
                if a <= phrase.start < b:
                    phrase.quote = number
        return sentence

    def _step(self) -> None:
        m = self.ms[self.i]
        mention = self.mentions.get(m.start)
        if mention is not None and not (self.units and self.units[-1].start == mention.start):
            self._name(mention)
        elif m.tag in ("JC",) and m.form in ("이며", "며"):
            self._copula("EC")
        elif m.tag.startswith("J"):
            self._particles()
        elif m.tag in VERB_TAGS:
            self._verb()
        elif m.tag in NOUN_TAGS:
            self._noun(m)
        elif m.tag in ("SSO", "SSC", "SS"):
            self._bracket(m)
        elif m.tag == "SF" or m.form in ("\n",):
            self._close([])
            self.i += 1
        else:
            self._mark(m)

    def _mark(self, m: Morpheme) -> None:
        """Take commas and other separators; adverbs and the rest are passed over."""
        if m.form in ("및", "또는") or (m.tag in ("SP", "SO", "SW") and m.form in JOINERS):
            self.joiner = m.form if self.units else ""
            if not self.units and self.phrases:
                self.phrases[-1].after = m.form
        elif m.tag in ("SE", "SW", "SO") and self.units and not m.form.isalnum() and m.form not in "%&+":
            self._close([])
        elif m.form in "%&+" and self.units:
            self.units[-1].end = m.end
            self.units[-1].text = self.text[self.units[-1].start : m.end]
        self.i += 1

    def _name(self, mention: Mention) -> None:
        glued = bool(self.units) and self.units[-1].end == mention.start
        tags = tuple(m.tag for m in self.ms[self.i :] if m.start < mention.end)
        unit = Unit(mention.start, mention.end, mention.text, tags, mention.entity, mention.type, glued, self.joiner)
        self.joiner = ""
        self.units.append(unit)
        stop = mention.end
        while self.i < len(self.ms) and self.ms[self.i].start < mention.end:
            stop = max(stop, self.ms[self.i].end)
            self.i += 1
        if stop > mention.end:
            self._rest(mention.end, stop)

    def _rest(self, start: int, stop: int) -> None:
        """Take what is left of a morpheme that runs on past a name: a particle (…원은) or a noun (중앙회|장)."""
        text = self.text[start:stop]
        if text in PARTICLES:
            self._close([(text, PARTICLES[text])], stop)
        else:
            self.units.append(Unit(start, stop, text, ("NNG",), None, None, glued=True))

    def _noun(self, m: Morpheme) -> None:
        last = self.units[-1] if self.units else None
        if last and last.end == m.start and last.entity is None and not self.joiner:
            last.end, last.text, last.tags = m.end, self.text[last.start : m.end], (*last.tags, m.tag)
        else:
            glued = last is not None and last.end == m.start
            self.units.append(Unit(m.start, m.end, self.text[m.start : m.end], (m.tag,), None, None, glued, self.joiner))
            self.joiner = ""
        self.i += 1

    def _bracket(self, m: Morpheme) -> None:
        """Set parenthesised matter aside; treat quotation marks as transparent but remember quotations."""
        if m.form in OPENERS:
            stop = self.i + 1
            while stop < len(self.ms) and self.ms[stop].form not in CLOSERS:
                stop += 1
            if stop < len(self.ms):
                if self.units:
                    self.units[-1].notes.append((m.end, self.ms[stop].start))
                self.i = stop + 1
                return
        elif m.form in "“”\"":
            if self.open_quote is None and m.form != "”":
                self.open_quote = m.end
            elif self.open_quote is not None:
                self.quotes.append((self.open_quote, m.start))
                self.open_quote = None
        self.i += 1

    def _particles(self) -> None:
        found: list[tuple[str, str]] = []
        stop = self.ms[self.i].start
        while self.i < len(self.ms) and self.ms[self.i].tag.startswith("J"):
            found.append((self.ms[self.i].form, self.ms[self.i].tag))
            stop = self.ms[self.i].end
            self.i += 1
        self._close(found, stop)

    def _close(self, particles: list[tuple[str, str]], stop: int | None = None) -> None:
        if self.units:
            start, end = self.units[0].start, self.units[-1].end
            phrase = Phrase("noun", start, end, stop or end, self.units)
            phrase.particles, phrase.case, phrase.after = tuple(f for f, _ in particles), case_of(particles), self.joiner
            self.phrases.append(phrase)
        elif particles and self.phrases and particles[0][1] == "JKQ" and self.phrases[-1].kind == "verb":
            self.phrases[-1].ending = "quote"
        self.units, self.joiner = [], ""

    def _copula(self, tag: str) -> None:
        m = self.ms[self.i]
        self._close([("", "COMPLEMENT")])
        if self.phrases:
            self.phrases[-1].case = "complement"
        self.phrases.append(Phrase("verb", m.start, m.end, m.end, lemma="이", tag="VCP", tail=[(m.form, tag)]))
        self.phrases[-1].ending = "connective"
        self.i += 1

    def _verb(self) -> None:
        m = self.ms[self.i]
        start, root, lemma = m.start, "", m.form
        tail: list[tuple[str, str]] = []
        if m.tag in ("XSV", "XSA") and self.units and self.units[-1].entity is None:
            unit = self.units.pop()
            start, root, lemma = unit.start, unit.text, unit.text + m.form
            self._close([])
        elif m.tag == "VCP" and self._progressive():
            aspect, noun = self.units.pop(), self.units.pop()
            start, root, lemma = noun.start, noun.text, noun.text + "하"
            tail = [(aspect.text, "NNB"), (m.form, m.tag)]
            self._close([])
        elif m.tag == "VCP" and self.units:
            self._close([("", "COMPLEMENT")])
            self.phrases[-1].case = "complement"
        else:
            self._close([])
        phrase = Phrase("verb", start, m.end, m.end, lemma=lemma, root=root, tag=m.tag, tail=tail)
        self.i += 1
        self._tail(phrase)
        if not self._adverbial(phrase):
            self.phrases.append(phrase)

    def _adverbial(self, phrase: Phrase) -> bool:
        """Say whether a predicate only modifies: 빠르게, 지난 (2월), 오는 (12일)."""
        last = phrase.tail[-1] if phrase.tail else ("", "")
        if phrase.tag in ("VA", "XSA") and last == ("게", "EC"):
            return True
        number = self.i < len(self.ms) and self.ms[self.i].tag == "SN"
        return len(phrase.tail) == 1 and ((phrase.lemma == "지나" and last[0] == "ᆫ") or (phrase.lemma == "오" and number))

    def _progressive(self) -> bool:
        """Say whether the copula makes a predicate of an event noun: 검토 중이다, 설립 예정이다."""
        return len(self.units) > 1 and self.units[-1].text in ASPECT_NOUNS and self.units[-2].entity is None

    def _tail(self, phrase: Phrase) -> None:
        """Take the endings of a predicate and the auxiliary constructions that carry its modality."""
        while self.i < len(self.ms):
            m = self.ms[self.i]
            if m.tag.startswith("E"):
                self._take(phrase)
            elif phrase.tail and self._auxiliary(phrase.tail[-1], m):
                self._take(phrase)
            else:
                break
        last = next((tag for _, tag in reversed(phrase.tail) if tag.startswith("E") and tag != "EP"), "")
        kinds: dict[str, Ending] = {"EF": "final", "EC": "connective", "ETM": "adnominal", "ETN": "nominal"}
        phrase.ending = kinds.get(last, "none")
        forms = [form for form, tag in phrase.tail if tag == "EC"]
        if forms and phrase.ending == "connective" and forms[-1].endswith(("다고", "라고", "자고", "냐고", "다며", "라며")):
            phrase.ending = "quote"

    def _take(self, phrase: Phrase) -> None:
        m = self.ms[self.i]
        phrase.tail.append((m.form, m.tag))
        phrase.stop = max(phrase.stop, m.end)
        self.i += 1

    def _auxiliary(self, last: tuple[str, str], m: Morpheme) -> bool:
        """Say whether a morpheme goes on with the predicate: auxiliaries, 수 있다, 예정이다, 기로 하다, 것으로 보인다."""
        form, tag = last
        following = self.ms[self.i + 1] if self.i + 1 < len(self.ms) else None
        if tag == "EC":
            return m.tag == "VX" or (m.form in ("있", "없", "하", "되") and m.tag in ("VV", "VA") and form != "다고")
        if tag == "ETM":
            return m.tag in ("NNB", "NNG") and m.form in MODAL_NOUNS and self._modal_follows()
        if tag == "ETN":
            return form == "기" and (m.form == "로" or (m.form == "위하" or m.form == "때문"))
        if tag in NOUN_TAGS and m.tag in ("XSV", "XSA"):
            return True
        if tag in ("NNB", "NNG", "JKB", "JX", "JKS", "JKO") and m.tag in VERB_TAGS | {"JKB", "JX", "JKS", "JKO"}:
            return m.tag[0] == "J" or m.tag in ("VCP", "VX") or m.form in ("있", "없", "하", "같", "보이") or m.form in EMBEDDERS
        return tag == "JKB" and m.tag in NOUN_TAGS and following is not None and following.tag in ("XSV", "XSA")

    def _modal_follows(self) -> bool:
        """Look past a modal noun and its particles for the verb that makes the construction modal."""
        j = self.i + 1
        while j < len(self.ms) and (self.ms[j].tag.startswith("J") or self.ms[j].form in ("없이",)):
            j += 1
        if j >= len(self.ms):
            return True
        m = self.ms[j]
        if m.tag in ("VCP", "XSA", "XSV", "VX", "SF") or (m.tag in VERB_TAGS and m.form in {"있", "없", "하", "보이", *EMBEDDERS}):
            return True
        verb = j + 1 < len(self.ms) and self.ms[j + 1].tag in ("XSV", "XSA")
        return verb and (m.form + self.ms[j + 1].form in EMBEDDERS)
