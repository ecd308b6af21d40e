"""Parts the CRF runs together: a name with the title or the other name that stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.units import ANONYMOUS, FULL_NAME, Unit, with_next


class Cutter:
    """Cuts people's names at titles and at names of other kinds that follow, organizations before a title."""

    def __init__(
        self, titles: Collection[str], surnames: Collection[str], others: Mapping[str, str], endings: Iterable[str] = ()
    ) -> None:
        self._titles, self._surnames, self._others, self._endings = titles, surnames, others, tuple(endings)

    def __call__(self, text: str, spans: Iterable[Span], sentences: Iterable[Sequence[Unit]]) -> list[Span]:
        """Return the spans with people cut.

        `others` gives the type of what stands after a person's name, `endings` are those of organizations.
        """
        units = _by_start(sentences)
        found: list[Span] = []
        for span in spans:
            if span.type == "Person":
                found += self._person(text, span, units)
            elif span.type == "Organization":
                found.append(self._organization(text, span))
            else:
                found.append(span)
        return found

    def _organization(self, text: str, span: Span) -> Span:
        """Return a known organization without the title that follows it (오픈AI 최고전략책임자)."""
        first, space, rest = text[span.start : span.end].partition(" ")
        if space and rest in self._titles and first in self._others:
            return Span(span.start, span.start + len(first), span.type)
        return span

    def _person(self, text: str, span: Span, units: Mapping[int, Unit]) -> Iterator[Span]:
        """Yield a person's name up to a title, and the known name of another kind that begins a later word."""
        surface = text[span.start : span.end]
        if len(surface) == 2 and surface[0] in self._surnames and surface[1] == ANONYMOUS:
            yield Span(span.start, span.start + 1, span.type)
            return
        for at in range(span.start + 1, span.end):
            unit = units.get(at)
            if unit is None:
                continue
            if unit.form in self._titles and len(unit.form) > 1 and (not unit.glued or at - span.start >= FULL_NAME):
                yield _trimmed(text, Span(span.start, at, span.type))
                return
            rest = text[at : span.end]
            if not unit.glued and (rest in self._others or _ends(rest, self._endings)):
                yield _trimmed(text, Span(span.start, at, span.type))
                yield Span(at, span.end, self._others.get(rest, "Organization"))
                return
        yield span


def join_surnames(
    text: str,
    spans: Sequence[Span],
    sentences: Iterable[Sequence[Unit]],
    given: Collection[str],
    surnames: Collection[str],
) -> list[Span]:
    """Return the spans with a Korean surname joined to the foreign given name before it: 제이슨 권, 데비 김."""
    taken = {span.start for span in spans}
    ends = {
        unit.start - 1: unit.end
        for sentence in sentences
        for unit, after in with_next(sentence)
        if unit.form in surnames and unit.tag[:2] == "NN" and not unit.glued and unit.start not in taken
        if after is None or not after.glued or after.tag[0] not in "NX"
    }
    found = []
    for span in spans:
        joins = span.type == "Person" and text[span.start : span.end] in given and span.end in ends
        found.append(Span(span.start, ends[span.end], span.type) if joins else span)
    return found


def cut_at_people(text: str, spans: Sequence[Span], sentences: Iterable[Sequence[Unit]]) -> list[Span]:
    """Return the spans with organizations of several words cut before a person whom the text names elsewhere."""
    people = {text[s.start : s.end] for s in spans if s.type == "Person" and s.end - s.start >= FULL_NAME}
    units = _by_start(sentences)
    found: list[Span] = []
    for span in spans:
        several = span.type == "Organization" and " " in text[span.start : span.end]
        found += _around(text, span, people, units) if several else [span]
    return found


def cut_after_people(
    text: str,
    spans: Sequence[Span],
    sentences: Iterable[Sequence[Unit]],
    known: Callable[[Unit], bool],
    surnames: Collection[str],
    endings: Iterable[str],
) -> list[Span]:
    """Return the spans with organizations cut after a Korean name that no lexicon has: 한무경 | 여성경제인연합회.

    What follows must have one of the `endings` of organizations.
    """
    endings = tuple(endings)
    units = _by_start(sentences)
    found: list[Span] = []
    for span in spans:
        first, _, rest = text[span.start : span.end].partition(" ")
        unit = units.get(span.start)
        whole = unit is not None and unit.form == first and unit.tag in ("NNP", "NNG") and not known(unit)
        named = whole and len(first) == FULL_NAME and first[0] in surnames
        if span.type == "Organization" and named and _ends(rest, endings):
            cut = span.start + len(first)
            found += [Span(span.start, cut, "Person"), Span(cut + 1, span.end, span.type)]
        else:
            found.append(span)
    return found


def _ends(name: str, endings: tuple[str, ...]) -> bool:
    """Say whether a name has one of the endings, with more before it: 나래그룹, not 그룹."""
    return any(name.endswith(ending) and len(name) > len(ending) for ending in endings)


def _by_start(sentences: Iterable[Sequence[Unit]]) -> dict[int, Unit]:
    return {unit.start: unit for sentence in sentences for unit in sentence}


def _around(text: str, span: Span, people: Collection[str], units: Mapping[int, Unit]) -> Iterator[Span]:
    """Yield an organization's name up to the first known person in it, and that person."""
    for at in range(span.start, span.end):
        unit = units.get(at)
        if unit is not None and unit.form in people and not (unit.glued and at > span.start):
            if at > span.start:
                yield _trimmed(text, Span(span.start, at, span.type))
            yield Span(at, unit.end, "Person")
            return
    yield span


def _trimmed(text: str, span: Span) -> Span:
    surface = text[span.start : span.end].rstrip()
    return Span(span.start, span.start + len(surface), span.type)
