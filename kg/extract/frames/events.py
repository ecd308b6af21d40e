"""Events: places in a sentence where the words of a frame state a relation, with their arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.frames.clauses import Arguments, Clauses, Filler
from kg.extract.frames.denotation import entities_of, joined_names
from kg.extract.frames.lexicon import lexicon, words
from kg.extract.frames.phrases import Phrase, Unit
from kg.extract.frames.status import embedding, light_effect, modality, noun_effect, stronger, timed
from kg.model import Status
from kg.schema import Frame, RelationType, Schema

CARRIED, MENTIONED = 0.9, 0.55
"""Scores of an event noun under a verb that carries it, and of one that a sentence about something else mentions:
the deal that "A의 B 인수는 물론 …에도 부정적" names may not have happened, so that it stays under the usual cut."""
SEPARATELY = ("각각", "각자", "따로")
OBLIQUE = frozenset("locative dative comitative ablative capacity other".split())
"""Cases in which a noun is not what its verb acts on (캠퍼스에서 열다)."""
PASSIVE = ("되", "당하", "받")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A relation type and the frame of it that a word set off."""

    relation: RelationType
    frame: Frame


@dataclass(slots=True)
class Event:
    """A frame set off by the words at `cue`, its role fillers, its status and how direct the wording is."""

    trigger: Trigger
    cue: tuple[int, int]
    roles: dict[str, Filler]
    status: Status
    score: float
    verb: int | None
    dropped: bool
    """Whether the subject is left out, so that the discourse may supply it."""
    quote: int = 0
    gap: bool = False
    """Whether the predicate is a relative clause whose subject is missing from it."""
    headline: bool = False
    """Whether the names before the comma of a headline act."""
    each: bool = False
    """Whether the sentence says 각각, so that those named together do not act together."""


@dataclass(frozen=True, slots=True)
class TriggerIndex:
    """The event nouns and verbs of all frames, spaces taken out of the nouns."""

    nouns: dict[str, tuple[Trigger, ...]]
    verbs: dict[str, tuple[Trigger, ...]]

    def longest(self, text: str) -> tuple[Trigger, ...]:
        """Return the triggers of the longest event noun that ends a text; none if none does."""
        for size in range(min(len(text), 12), 0, -1):
            found = self.nouns.get(text[-size:])
            if found:
                return found
        return ()


def trigger_index(schema: Schema) -> TriggerIndex:
    """Return the trigger words of a schema's frames."""
    nouns: dict[str, list[Trigger]] = {}
    verbs: dict[str, list[Trigger]] = {}
    for relation in schema.relations.values():
        for frame in relation.frames:
            for noun in frame.nouns:
                nouns.setdefault(noun.replace(" ", ""), []).append(Trigger(relation, frame))
            for verb in frame.verbs:
                verbs.setdefault(verb, []).append(Trigger(relation, frame))
    return TriggerIndex({k: tuple(v) for k, v in nouns.items()}, {k: tuple(v) for k, v in verbs.items()})


def events(clauses: Clauses, index: TriggerIndex, text: str) -> Iterator[Event]:
    """Yield the events of a sentence in reading order."""
    finder = _Finder(clauses, index, text)
    for position, phrase in enumerate(clauses.phrases):
        for event in finder.verbal(position) if phrase.kind == "verb" else finder.nominal(position):
            event.each = any(word in text[clauses.phrases[0].start : event.cue[0]] for word in SEPARATELY)
            yield event


class _Finder:
    """Finds the events of one sentence."""

    def __init__(self, clauses: Clauses, index: TriggerIndex, text: str) -> None:
        self.clauses, self.index, self.text = clauses, index, text
        self.phrases = clauses.phrases

    def verbal(self, position: int) -> Iterator[Event]:
        """Yield the events of a predicate: its root noun (인수하다) or its lemma (맺다) sets off a frame."""
        phrase = self.phrases[position]
        fits = self._set_off(position)
        if not fits:
            return
        found = self.clauses.arguments(position)
        roles = dict(found.roles)
        if position and self.phrases[position - 1].case == "bare" and phrase.root:
            bare = self.clauses.filler(position - 1)
            if bare.entities and self.phrases[position - 1].kind == "noun":
                roles.setdefault("compound", bare)
        if phrase.root and phrase.lemma.endswith(PASSIVE) and phrase.lemma not in self.index.verbs:
            roles = _passive(roles)
        end = phrase.start + len(phrase.root) if phrase.root else phrase.end
        for trigger in fits:
            status = self._status(position, trigger, nominal=False)
            if status is not None:
                dropped = not found.overt and "subject" not in roles
                yield Event(
                    trigger, (phrase.start, end), roles, status, 1.0, position, dropped, phrase.quote, found.gap
                )

    def _set_off(self, position: int) -> list[Trigger]:
        """Return what a predicate sets off: a compound with the word before it (공동 개발하다), its lemma, its root."""
        phrase = self.phrases[position]
        simple = self.index.longest(phrase.root) if phrase.root else ()
        compound = self.index.longest(self._with_modifier(position)) if phrase.root else ()
        lemma = self.index.verbs.get(phrase.lemma, ())
        found = compound if compound != simple else lemma or simple
        return [t for t in found if t in lemma or not t.frame.light or phrase.lemma in t.frame.light]

    def _with_modifier(self, position: int) -> str:
        before = self.phrases[position - 1] if position else None
        lead = before.units[-1].text if before and before.kind == "noun" and before.case == "bare" else ""
        return lead + self.phrases[position].root

    def nominal(self, position: int) -> Iterator[Event]:
        """Yield the events that nouns name: 제휴를 맺다, 하만 인수 계획, 카카오와의 제휴."""
        phrase = self.phrases[position]
        for at, unit in enumerate(phrase.units):
            if unit.entity is not None:
                continue
            triggers = self.index.longest(_compound_text(phrase, at))
            trailing = [u.text for u in phrase.units[at + 1 :] if not _counted(u)]
            if not triggers or not all(_allowed_after(word) for word in trailing):
                continue
            effect = noun_effect(trailing)
            for trigger in triggers:
                event = self._nominal(position, at, trigger, effect)
                if event is not None:
                    yield event

    def _nominal(self, position: int, at: int, trigger: Trigger, effect: Status | None) -> Event | None:
        phrase = self.phrases[position]
        roles = self._inner(position, at)
        governor = self._governor(position)
        verb = self.phrases[governor] if governor is not None else None
        light = trigger.frame.light
        if governor is not None and phrase.case == "direction" and self._has_object(position, governor):
            governor = verb = None
        if light and (verb is None or verb.lemma not in light or phrase.case in OBLIQUE):
            return None
        carries = verb is not None and (
            verb.lemma in light or verb.lemma in lexicon().light or verb.root in lexicon().trailing
        )
        score, found = (CARRIED if light or carries else MENTIONED), Arguments()
        status: Status | None = effect
        if governor is not None and verb is not None and carries:
            found = self.clauses.arguments(governor)
            roles = {**{k: v for k, v in found.roles.items() if v.phrase != position and v.entities}, **roles}
            own = "actual" if verb.lemma in light else light_effect(verb.lemma)
            status = stronger(effect, own, self._status(governor, trigger, nominal=True))
        topic = self.clauses.headline if governor is None and phrase.case == "bare" else None
        if topic is not None:
            roles.setdefault("subject", self.clauses.filler(topic, 0.9))
            if position and self.phrases[position - 1].case == "comitative":
                roles.setdefault("comitative", self.clauses.filler(position - 1, 0.95))
            score = CARRIED
        if verb is not None and self._acted_on(verb, light) and found.subject_phrase != position:
            roles = _passive(roles)
        if not carries:
            status = effect if self._asserted(position) else None
        if found.subject_phrase == position:
            roles.pop("subject", None)
        if status is None:
            return None
        unit = phrase.units[at]
        dropped = carries and not found.overt
        verb_index = governor if carries else None
        cue, headline = (unit.start, unit.end), topic is not None
        return Event(trigger, cue, roles, status, score, verb_index, dropped, phrase.quote, found.gap, headline)

    def _has_object(self, position: int, governor: int) -> bool:
        """Say whether a predicate acts on another noun than the one before it: 투자로 징계를 앞두다."""
        return any(phrase.case == "accusative" for phrase in self.phrases[position + 1 : governor])

    @staticmethod
    def _acted_on(verb: Phrase, light: tuple[str, ...]) -> bool:
        """Say whether a light verb makes its subject the one acted on: 수사를 받다, 자회사로 편입되다."""
        return (verb.lemma in PASSIVE and verb.lemma not in light) or (bool(verb.root) and verb.lemma.endswith("되"))

    def _asserted(self, position: int) -> bool:
        """Say whether a sentence that merely mentions an event takes it for done: not a question, nor an outlook."""
        final = next((p for p in self.phrases[position:] if p.kind == "verb" and p.ending == "final"), None)
        return final is None or modality(final, telic=False, text=self.text) not in ("planned", "possible", None)

    def _status(self, position: int, trigger: Trigger, nominal: bool) -> Status | None:
        """Return the status that the predicate at an index and the words around it give an event."""
        if timed(self.phrases, position):
            return trigger.frame.status or "actual"
        lemma = self.phrases[position].lemma
        telic = trigger.frame.telic and (nominal or lemma in lexicon().telic)
        own = modality(self.phrases[position], telic, self.text)
        found = stronger(own, embedding(self.phrases, position, self.text, trigger.frame.telic))
        if found == "actual" and trigger.frame.status is not None:
            return trigger.frame.status
        return found

    def _inner(self, position: int, at: int) -> dict[str, Filler]:
        """Return the roles that stand inside the noun phrase and in the genitives before it."""
        roles: dict[str, Filler] = {}
        units = self.phrases[position].units
        before = at - 1
        while before >= 0 and units[before].entity is None and at - before <= 3 and not units[before + 1].joiner:
            before -= 1
        if before >= 0 and units[before].entity is not None and not units[before + 1].joiner:
            roles["compound"] = Filler(entities_of(joined_names(units, before)), 0.95, position)
        index = position - 1
        while index >= 0:
            phrase = self.phrases[index]
            if phrase.kind == "verb" and phrase.lemma in ("대하", "관하") and phrase.ending == "adnominal" and index:
                roles.setdefault("about", self.clauses.filler(index - 1, 0.95))
                index -= 2
            elif phrase.kind == "noun" and phrase.case in ("genitive", "comitative_genitive"):
                role = "genitive" if phrase.case == "genitive" else "comitative"
                filler = self.clauses.filler(index, 0.95)
                if filler.entities:
                    roles.setdefault(role, filler)
                index -= 1
            else:
                break
        return roles

    def _governor(self, position: int) -> int | None:
        """Return the predicate that a noun phrase depends on: the next one that is not a mere postposition's."""
        case = self.phrases[position].case
        if case in ("genitive", "comitative_genitive"):
            return None
        for index in range(position + 1, len(self.phrases)):
            phrase = self.phrases[index]
            if phrase.kind == "verb":
                if phrase.lemma in words("postposition") and index != position + 1:
                    continue
                return index
            if phrase.case in ("topic", "nominative"):
                return None
        return None


def _allowed_after(word: str) -> bool:
    return word in lexicon().trailing or word in words("denoting") or word[0].isdigit()


def _counted(unit: Unit) -> bool:
    """Say whether a word after a noun only counts it: 공장 두 곳, 지분 약 90%."""
    return unit.entity is None and unit.tags[0] in ("MM", "NR", "SN", "NNB")


def _compound_text(phrase: Phrase, at: int) -> str:
    """Return a unit's text with up to two plain words before it, spaces out, to match 금융 협력."""
    first = at
    while first > 0 and phrase.units[first - 1].entity is None and not phrase.units[first].joiner and at - first < 2:
        first -= 1
    return "".join(u.text for u in phrase.units[first : at + 1])


def _passive(roles: dict[str, Filler]) -> dict[str, Filler]:
    """Turn the roles of a passive round: its subject is acted on, who acts stands in the dative or ablative."""
    turned = {k: v for k, v in roles.items() if k not in ("subject", "dative", "ablative", "modified")}
    patient = roles.get("subject") or roles.get("modified")
    if patient is not None:
        turned["accusative"] = turned["dative"] = patient
    for role in ("agent", "dative", "ablative", "locative"):
        if role in roles and roles[role].entities:
            turned["subject"] = roles[role]
            break
    return turned
