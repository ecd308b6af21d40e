"""Who does what: the arguments of predicates and of event nouns within a sentence.

Attachment is light and head-final: a noun phrase depends on the next predicate that can take it; relative
clauses keep what they captured; coordinate clauses share their subject; a dropped subject is the speaker of
the quotation or the topic of the discourse. Each step away from an overt neighbour lowers the score.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.frames.denotation import coordinate, denoted, entities_of, split_headline
from kg.extract.frames.lexicon import lexicon, words
from kg.extract.frames.phrases import Sentence

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
        if not names and index >= 2 and self.phrases[index - 1].lemma in words("inclusive"):
            return self.filler(index - 2, score * 0.95)
        return Filler(entities_of(names), score, index)

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
        if phrase.lemma in words("postposition") or phrase.tag in ("VA", "VCP", "XSA"):
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
                elif phrase.lemma not in words("postposition"):
                    bounded = True
                else:
                    own = {index - 1} if self._role(index - 1) in ("about", "agent") else set()
                    skipped |= self.captured(index) - own
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
        if (
            follow is not None
            and follow.kind == "noun"
            and follow.case == "direction"
            and follow.units[0].text in words("target")
        ):
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

    def _topic(self, verb: int) -> int | None:
        """Return the nearest topic before a predicate, in the same quotation or outside all of them."""
        for index in range(verb - 1, -1, -1):
            if self.phrases[index].case == "topic" and self.phrases[index].quote == self.phrases[verb].quote:
                return index
        return None

    def _subject(self, verb: int, found: Arguments) -> None:
        """Find the subject: the nearest nominative of the clause, else the topic, else that of the clause before."""
        phrases, topic = self.phrases, self._topic(verb)
        subject = self._nearest_subject(verb, topic, found)
        if subject is None:
            self._relative_subject(verb, found)
            return
        fronted = topic is not None and topic < subject and phrases[subject].case == "nominative"
        if topic is not None and fronted and phrases[verb].ending != "adnominal":
            found.roles.setdefault("accusative", self.filler(topic, 0.75))

    def _nearest_subject(self, verb: int, topic: int | None, found: Arguments) -> int | None:
        """Walk left from a predicate to its subject; a nominative before a relative clause belongs to that clause."""
        phrases, quote = self.phrases, self.phrases[verb].quote
        relative = phrases[verb].ending == "adnominal"
        undergone = relative and bool(phrases[verb].tail) and phrases[verb].tail[0][0] in words("aspect") - {"중"}
        score, blocked, inner, also = 1.0, False, False, -1
        for index in range(verb - 1, -1, -1):
            phrase = phrases[index]
            if phrase.quote != quote:
                continue
            if phrase.kind == "verb":
                if phrase.lemma in words("postposition") and phrase.ending != "quote":
                    continue
                inner = inner or (phrase.ending == "adnominal" and phrase.tag != "VA")
                blocked = blocked or phrase.ending in ("quote", "final")
                if phrase.ending == "connective":
                    score *= 0.92 if phrase.tail and phrase.tail[-1][0] in CARRYING else 0.7
                continue
            nominative = phrase.case == "nominative" and not blocked and not (inner and (relative or topic is not None))
            nominative = nominative and not (relative and phrase.after == ",")
            if nominative or (phrase.case == "topic" and not undergone):
                far = relative or blocked
                step = (0.9 if inner else 1.0) if nominative else (0.85 if far else 0.97)
                found.overt, found.subject_phrase = True, index
                found.roles["subject"] = self.filler(index, score * step)
                return index
            if phrase.case == "also" and not blocked and not inner:
                also = index
        if also >= 0 and phrases[also].particles[-1] in ("도", "역시"):
            found.overt, found.subject_phrase = True, also
            found.roles["subject"] = self.filler(also, score * 0.85)
            return also
        return None

    def _relative_subject(self, verb: int, found: Arguments) -> None:
        """Take the subject of "A 인수를 시도해 … 놀라게 한 B" from the noun that the chain of clauses modifies."""
        if self.phrases[verb].lemma in words("postposition"):
            return
        at = verb
        while at < len(self.phrases) and not (
            self.phrases[at].kind == "verb" and self.phrases[at].ending == "adnominal"
        ):
            if self.phrases[at].kind == "verb" and self.phrases[at].ending != "connective":
                return
            at += 1
        if verb < at < len(self.phrases) - 1 and self.phrases[at].lemma not in words("postposition"):
            filler = self._head_of_relative(at + 1)
            if filler.entities:
                found.roles["subject"] = Filler(filler.entities, 0.75, at + 1)
                found.overt = True

    def _modified(self, verb: int, found: Arguments) -> None:
        """Let the noun that a relative clause modifies fill its gap: the object, or with an object the subject.

        In "안랩은 안철수가 설립한 회사다" that noun is what the topic is.
        """
        if self.phrases[verb].ending != "adnominal" or verb + 1 >= len(self.phrases):
            return
        head = self.phrases[verb + 1]
        content = bool(head.units) and head.units[0].text in lexicon().content
        if head.kind != "noun" or head.quote != self.phrases[verb].quote or content:
            return
        filler = self._head_of_relative(verb + 1)
        topic = self._topic(verb)
        if not filler.entities and head.case == "complement" and topic is not None:
            filler = self.filler(topic, 0.9)
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
        if names:
            return Filler((names[0].entity or "",), 0.95, index)
        return Filler((), 0.0, index)
