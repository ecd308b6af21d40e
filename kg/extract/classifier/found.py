"""From a likely label to a relation: the words that state it, its predicate, the status rules read, its title."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.classifier.pairs import End
from kg.extract.classifier.scorer import FORWARD, Pair, labels_of
from kg.extract.classifier.views import SentenceView
from kg.extract.frames.lexicon import lexicon, words
from kg.extract.frames.phrases import Phrase, Unit
from kg.extract.frames.stated import Stated
from kg.extract.frames.status import embedding, light_effect, modality, noun_effect, stronger
from kg.lang.ko.titles import title_kind
from kg.model import Status

POST = "holdsPosition"
ACTUAL: Status = "actual"
SEAT = "locatedIn"
"""The relation to a place where a body is; where something merely takes place is none."""
REACH = 5
"""Words on either side of a person among which the title is looked for."""


def found(pair: Pair, label: str, score: float, view: SentenceView) -> Stated | None:
    """Return the relation that a label gives a pair, None where its words are asked, ordered or only supposed.

    Its status is what the predicate says, which need not be of the relation where no word of it is known; a title has
    none.
    """
    relation, way = labels_of(label)
    subject, obj = (pair.first, pair.second) if way == FORWARD else (pair.second, pair.first)
    role, cue = _post(subject, obj, view) if relation == POST else (None, None)
    if relation == SEAT and _venue(obj, view):
        return None
    titled, triggered, status = cue is not None, False, ACTUAL
    if cue is None:
        cue, triggered = _cue(pair, relation, view)
    verb = _predicate(cue, view)
    if verb is not None and not titled:
        said = _said(cue, verb, view)
        if said is None and triggered:
            return None
        status = said if said is not None else ACTUAL
    finite = triggered and verb is not None and view.phrases[verb].ending != "adnominal"
    return Stated(relation, subject.entity, obj.entity, status, cue, score, role=role, verb=verb, finite=finite)


def _venue(place: End, view: SentenceView) -> bool:
    """Say whether a place is only where something is held or said: 서울 종로구 호텔에서 간담회를 열고."""
    at = view.places.get(place.start)
    if at is None or view.phrases[at[0]].case != "locative":
        return False
    verb = view.next_verb(at[0])
    return verb is not None and verb.lemma in words("holding")


def _said(cue: tuple[int, int], verb: int, view: SentenceView) -> Status | None:
    """Return what the words after an event noun, its predicate and what embeds that make of the event.

    An event that an outlook or plan about something else merely mentions is not stated.
    """
    phrase = view.phrases[verb]
    telic = phrase.lemma in lexicon().telic
    own = stronger(modality(phrase, telic, view.text), embedding(view.phrases, verb, view.text, telic))
    noun = next((p for p in view.phrases[:verb] if p.kind == "noun" and p.start <= cue[0] < p.stop), None)
    if noun is None:
        return own
    effect = noun_effect([unit.text for unit in noun.units if unit.start >= cue[1]])
    if phrase.lemma in lexicon().light or phrase.root in lexicon().trailing or noun is view.phrases[verb - 1]:
        return stronger(effect, light_effect(phrase.lemma), own)
    return effect if own in ("actual", "ended", "denied") else None


def _cue(pair: Pair, relation: str, view: SentenceView) -> tuple[tuple[int, int], bool]:
    """Return the span of the relation's nearest trigger word and True, else of the next predicate or the name.

    A predicate outside quotations comes before one inside: who says it criticizes or supports. A copula swallowed
    by the noun before it ("부서다") has no characters of its own and cannot be quoted.
    """
    start, stop = pair.first.end, pair.second.start
    best: tuple[int, int, int] | None = None
    for offset, names in view.triggers:
        if relation in names:
            distance = 0 if start <= offset < stop else (offset - pair.second.end if offset >= stop else start - offset)
            if best is None or distance < best[0]:
                best = distance, *_word_at(offset, view)
    if best is not None:
        return (best[1], best[2]), True
    later = [p for p in view.phrases if p.kind == "verb" and p.end > p.start >= pair.second.end]
    if later:
        phrase = min(later, key=lambda p: p.quote != 0)
        return (phrase.start, phrase.end), False
    return (pair.second.start, pair.second.end), False


def _word_at(offset: int, view: SentenceView) -> tuple[int, int]:
    for phrase in view.phrases:
        if phrase.kind == "verb" and phrase.start == offset:
            return phrase.start, phrase.start + len(phrase.root) if phrase.root else phrase.end
        for unit in phrase.units:
            if unit.start == offset:
                return unit.start, unit.end
    return offset, offset + 1


def _predicate(cue: tuple[int, int], view: SentenceView) -> int | None:
    """Return the index of the predicate that the cue is or depends on, None at the end of a verbless sentence."""
    return next((at for at in view.verbs if view.phrases[at].stop > cue[0]), None)


def _post(person: End, owner: End, view: SentenceView) -> tuple[str | None, tuple[int, int] | None]:
    """Return the title of a person and its span: right after the name or the employer, else before the name."""
    for end, ahead in ((person, True), (owner, True), (person, False)):
        place = view.places.get(end.start)
        if place is None:
            continue
        phrase, unit = view.phrases[place[0]], place[1]
        run = list(_run(phrase, unit, ahead))
        title = _title(run)
        if title is not None:
            return title
    return None, None


def _run(phrase: Phrase, unit: int, ahead: bool) -> Iterator[Unit]:
    """Yield the words after a name, its employer passed over, or those before it, in reading order."""
    if ahead:
        for word in phrase.units[unit + 1 : unit + 1 + REACH]:
            if word.type == "Person" or (word.joiner and word.entity is not None):
                return
            yield word
    else:
        yield from phrase.units[max(0, unit - REACH) : unit]


def _title(run: list[Unit]) -> tuple[str, tuple[int, int]] | None:
    """Return the first title of a run with the plain words before it that belong to it."""
    named: list[Unit] = []
    for unit in run:
        if unit.entity is not None or unit.text in words("former") | words("present") | words("next"):
            named = []
            continue
        if unit.joiner and named:
            named = []
        named.append(unit)
        kind = title_kind(unit.text)
        if kind is not None and kind != "honorific":
            return " ".join(word.text for word in named), (named[0].start, unit.end)
    return None
