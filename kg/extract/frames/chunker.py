"""From morphemes and mentions to the phrases of sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.frames.lexicon import words
from kg.extract.frames.phrases import VERB_TAGS, Phrase, Sentence, Unit, case_of
from kg.extract.frames.predicates import is_adverbial, read_tail
from kg.lang.ko.morphemes import Morpheme
from kg.model import Mention

NOUN_TAGS = frozenset("NNG NNP NNB NP NR SN SL SH XPN XSN XR MM W_SERIAL".split())
JOINERS = frozenset((",", "·", "ㆍ", "/", "및", "와", "과", "또는", "-", "∙", "‧", "・"))
OPENERS = "([{〔（［"
CLOSERS = ")]}〕）］"
PARTICLES = {
    "은": "JX", "는": "JX", "이": "JKS", "가": "JKS", "을": "JKO", "를": "JKO", "의": "JKG", "에": "JKB", "에서": "JKB",
    "로": "JKB", "으로": "JKB", "와": "JKB", "과": "JKB", "도": "JX", "만": "JX",
}  # fmt: skip


def sentences(text: str, morphemes: Sequence[Morpheme], mentions: Sequence[Mention]) -> list[Sentence]:
    """Return the sentences of a text as phrases; a sentence also goes on to the end of an open quotation.

    Several mentions of one span stand for an expression that means several (양사, 두 회사).
    """
    at: dict[int, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: m.end - m.start):
        same = at.get(mention.start, [])
        at[mention.start] = [*same, mention] if same and same[0].end == mention.end else [mention]
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


class _Builder:
    """Walks the morphemes of one sentence and builds its phrases."""

    def __init__(self, text: str, morphemes: Sequence[Morpheme], mentions: dict[int, list[Mention]]) -> None:
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
        named = self.mentions.get(m.start, [])
        if named and not (self.units and self.units[-1].start == m.start):
            self._name(named)
        elif m.tag == "JC" and m.form in ("이며", "며"):
            self._copula()
        elif m.tag.startswith("J"):
            self._particles()
        elif m.tag in VERB_TAGS:
            self._verb()
        elif m.tag in NOUN_TAGS:
            self._noun(m)
        elif m.tag in ("SSO", "SSC", "SS"):
            self._bracket(m)
        elif m.tag == "SF" or m.form == "\n":
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
        elif m.form == "함께" and not self.units and self.phrases:
            self.phrases[-1].after = m.form
        elif m.form == "역시" and self.units:
            self._close([("역시", "JX")], m.end)
        elif m.tag in ("SE", "SW", "SO", "SP") and self.units and not m.form.isalnum() and m.form not in "%&+":
            self._close([])
        elif m.form in "%&+" and self.units:
            self.units[-1].end = m.end
            self.units[-1].text = self.text[self.units[-1].start : m.end]
        self.i += 1

    def _name(self, named: list[Mention]) -> None:
        """Take a name; an expression for several (양사) gives a unit for each, joined as in a list."""
        mention = named[0]
        glued = bool(self.units) and self.units[-1].end == mention.start
        tags = tuple(m.tag for m in self.ms[self.i :] if m.start < mention.end)
        unit = Unit(mention.start, mention.end, mention.text, tags, mention.entity, mention.type, glued, self.joiner)
        self.joiner = ""
        self.units.append(unit)
        for other in named[1:]:
            self.units.append(replace(unit, entity=other.entity, glued=False, joiner="·", notes=[]))
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
            self.units.append(
                Unit(m.start, m.end, self.text[m.start : m.end], (m.tag,), None, None, glued, self.joiner)
            )
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
        elif m.form in '“”"':
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
            phrase.particles, phrase.case, phrase.after = (
                tuple(f for f, _ in particles),
                case_of(particles),
                self.joiner,
            )
            self.phrases.append(phrase)
        elif particles and self.phrases and particles[0][1] == "JKQ" and self.phrases[-1].kind == "verb":
            self.phrases[-1].ending = "quote"
        self.units, self.joiner = [], ""

    def _copula(self) -> None:
        m = self.ms[self.i]
        self._close([("", "COMPLEMENT")])
        if self.phrases:
            self.phrases[-1].case = "complement"
        self.phrases.append(Phrase("verb", m.start, m.end, m.end, lemma="이", tag="VCP", tail=[(m.form, "EC")]))
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
        self.i = read_tail(self.ms, self.i, phrase)
        following = self.ms[self.i].tag if self.i < len(self.ms) else ""
        if not is_adverbial(phrase, following):
            self.phrases.append(phrase)

    def _progressive(self) -> bool:
        """Say whether the copula makes a predicate of an event noun: 검토 중이다, 설립 예정이다."""
        return len(self.units) > 1 and self.units[-1].text in words("aspect") and self.units[-2].entity is None
