"""What the classifier sees of a sentence and of each name in it, as strings.

The strings of a name depend on the name and on whether it is the first or second of a pair, so that they are made,
and their weights added up, once for all pairs it takes part in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.classifier.pairs import End
from kg.extract.frames.events import TriggerIndex
from kg.extract.frames.phrases import Phrase, Sentence, Unit
from kg.lang.ko.morphemes import Morpheme
from kg.lang.ko.titles import title_kind

Clusters = Mapping[tuple[str, str], Sequence[int]]

LETTERS = {"Organization": "O", "Person": "P", "Place": "L", "Product": "R"}
BEFORE, AFTER = 4, 6
"""Morphemes looked at, in order, on either side of a name."""
FAR = 25
"""Morphemes after a second name within which any noun or predicate counts."""
_CONTENT = frozenset("NVXM")


class SentenceView:
    """The morphemes, phrases and trigger words of one sentence as the features need them."""

    def __init__(
        self, sentence: Sentence, morphemes: Sequence[Morpheme], text: str, index: TriggerIndex, clusters: Clusters
    ) -> None:
        self.phrases, self.text = sentence.phrases, text
        self.starts = [m.start for m in morphemes]
        self.stops = [m.end for m in morphemes]
        self.forms = [f"{'0' if m.tag == 'SN' else m.form}/{m.tag[:2]}" for m in morphemes]
        self.tags = [m.tag for m in morphemes]
        found = [clusters.get((m.form, m.tag)) for m in morphemes]
        self.groups = ["" if numbers is None else f"#{numbers[1]}" for numbers in found]
        self.content = [tag[0] in _CONTENT for tag in self.tags]
        self.places: dict[int, tuple[int, int]] = {}
        self.triggers: list[tuple[int, list[str]]] = []
        self.verbs: list[int] = []
        self._read(index)
        last = self.phrases[self.verbs[-1]] if self.verbs else None
        self.final = last.lemma if last else ""

    def _read(self, index: TriggerIndex) -> None:
        for at, phrase in enumerate(self.phrases):
            if phrase.kind == "verb":
                self.verbs.append(at)
                set_off = index.verbs.get(phrase.lemma) or (index.longest(phrase.root) if phrase.root else ())
                self._trigger(phrase.start, {t.relation.name for t in set_off})
                continue
            for number, unit in enumerate(phrase.units):
                self.places.setdefault(unit.start, (at, number))
                if unit.entity is None:
                    self._trigger(unit.start, {t.relation.name for t in index.longest(unit.text)})

    def _trigger(self, start: int, names: set[str]) -> None:
        if names:
            self.triggers.append((start, sorted(names)))

    def next_verb(self, phrase: int) -> Phrase | None:
        """Return the predicate after a phrase, None when there is none."""
        return next((self.phrases[at] for at in self.verbs if at > phrase), None)


class NameView:
    """Where a name stands in a sentence: its morphemes, its phrase, its unit."""

    def __init__(self, view: SentenceView, end: End) -> None:
        self.end = end
        count = len(view.starts)
        if end.carried:
            self.first = self.stop = 0
        else:
            self.first = next((i for i in range(count) if view.stops[i] > end.start), count)
            self.stop = next((i for i in range(self.first, count) if view.starts[i] >= end.end), count)
        self.phrase, self.unit = view.places.get(end.start, (-1, -1)) if not end.carried else (-1, -1)

    def strings(self, view: SentenceView, role: str) -> list[str]:
        """Return the features of the name as the first ("1") or second ("2") of a pair."""
        end, r = self.end, role
        if end.carried:
            return [f"{r}carried{end.carried}", f"{r}S{end.subtype}", f"{r}n{end.name}"]
        written = view.text[end.start : end.end]
        found = [
            f"{r}S{end.subtype}",
            f"{r}n{end.name}",
            f"{r}s{end.name[-2:]}",
            f"{r}w{written[-2:]}",
            f"{r}l{written[-1:]}",
        ]
        found += [f"{r}i{form}" for form in view.forms[max(self.first, self.stop - 2) : self.stop]]
        found += [f"{r}i{group}" for group in view.groups[self.first : self.stop] if group]
        found += _window(view, f"{r}l", range(self.first - 1, max(-1, self.first - 1 - BEFORE), -1))
        found += _window(view, f"{r}r", range(self.stop, min(len(view.forms), self.stop + AFTER)))
        if self.phrase >= 0:
            found += self._in_phrase(view, r)
        if role == "2":
            stop = min(len(view.forms), self.stop + FAR)
            found += sorted({f"R{view.forms[i]}" for i in range(self.stop, stop) if view.content[i]})
            found += sorted({f"R{view.groups[i]}" for i in range(self.stop, stop) if view.groups[i]})
        else:
            found += sorted(
                {f"L{view.forms[i]}" for i in range(max(0, self.first - 10), self.first) if view.content[i]}
            )
        return found

    def _in_phrase(self, view: SentenceView, r: str) -> list[str]:
        phrase = view.phrases[self.phrase]
        units = phrase.units
        rest = units[self.unit + 1 :]
        found = [f"{r}c{phrase.case}", f"{r}#{min(len(rest), 3)}"]
        for distance, unit in enumerate(rest[:3]):
            found += _word(unit, f"{r}u{distance}")
        for distance, unit in enumerate(units[max(0, self.unit - 2) : self.unit][::-1]):
            found += _word(unit, f"{r}v{distance}")
        tail = rest[-1].text if rest and rest[-1].entity is None else "-"
        found.append(f"{r}t{tail}{phrase.case}")
        verb = view.next_verb(self.phrase)
        if verb is not None:
            found += [f"{r}g{verb.lemma}", f"{r}G{phrase.case}{verb.lemma}", f"{r}e{verb.ending}"]
        if self.phrase + 1 < len(view.phrases):
            found.append(f"{r}N{_outline(view.phrases[self.phrase + 1])}")
        if self.phrase:
            found.append(f"{r}B{_outline(view.phrases[self.phrase - 1])}")
        if phrase.quote:
            found.append(f"{r}Q")
        return found


def _window(view: SentenceView, name: str, places: range) -> list[str]:
    """Return the morphemes at places in order, their clusters, and each with the one before it."""
    found = []
    before = ""
    for distance, i in enumerate(places):
        form, group = view.forms[i], view.groups[i]
        found.append(f"{name}{distance}{form}")
        if group:
            found.append(f"{name}{distance}{group}")
        if before:
            found.append(f"{name}{distance}{before}|{form}")
        before = form
    return found


def _word(unit: Unit, name: str) -> list[str]:
    if unit.entity is not None:
        return [f"{name}<{LETTERS.get(unit.type or '', '?')}>"]
    kind = title_kind(unit.text)
    return [f"{name}{unit.text}", f"{name}-{unit.text[-2:]}", *([f"{name}k{kind}"] if kind else [])]


def _outline(phrase: Phrase) -> str:
    if phrase.kind == "verb":
        return f"{phrase.lemma}|{phrase.ending}"
    last = phrase.units[-1] if phrase.units else None
    return f"{'<E>' if last is None or last.entity is not None else last.text}|{phrase.case}"


def unit_sign(unit: Unit) -> str:
    """Return a word of a noun phrase as a sign: the type of a name, the kind of a title, else the word."""
    if unit.entity is not None:
        return f"{unit.joiner or '_'}<{LETTERS.get(unit.type or '', '?')}>"
    return f"{unit.joiner or '_'}{title_kind(unit.text) or unit.text}"
