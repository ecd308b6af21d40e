"""Scores the name recogniser on sentences marked in KLUE-NER style: micro F1 over exact character spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.errors import InputError
from kg.extract.recogniser.labels import TYPES, Span

_MARK = re.compile(r"<([^<>]+?):(PS|OG|LC|DT|TI|QT)>")
Figures = dict[str, dict[str, float] | float]
PARTICLE_LENGTH = 3
"""A span that runs on for so many characters past a gold name counts as holding a particle."""


class Marked(NamedTuple):
    """A sentence without its marks, and the spans they gave, typed with KLUE tags PS, OG and LC."""

    id: str
    text: str
    spans: tuple[Span, ...]


def read_marked(path: Path) -> list[Marked]:
    """Return the sentences of an "id, tab, marked sentence" file; raises InputError naming the line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); give a UTF-8 file of marked sentences") from error
    rows = []
    for number, line in enumerate(lines, 1):
        name, tab, marked = line.partition("\t")
        if not tab:
            raise InputError(f"{path}:{number}: no tab; write the id, a tab and the sentence with <name:TAG> marks")
        rows.append(Marked(name, *unmark(marked)))
    return rows


def unmark(marked: str) -> tuple[str, tuple[Span, ...]]:
    """Return the sentence without marks and its PS, OG and LC spans; other tags are dropped."""
    pieces: list[str] = []
    spans: list[Span] = []
    at = length = 0
    for match in _MARK.finditer(marked):
        pieces += [marked[at : match.start()], match[1]]
        start = length + match.start() - at
        length = start + len(match[1])
        at = match.end()
        if match[2] in TYPES:
            spans.append(Span(start, length, match[2]))
    return "".join([*pieces, marked[at:]]), tuple(spans)


def score(pairs: Iterable[tuple[str, Sequence[Span], Sequence[Span]]]) -> Figures:
    """Return figures for (text, gold, predicted) triples, spans typed with KLUE tags.

    "all", "PS", "OG" and "LC" hold precision "p", recall "r", "f" (0 to 1, four digits) and the number of
    gold names; "particle_inside" is the share of predicted spans that run past a gold name with the same
    start by at most PARTICLE_LENGTH characters of the same word.
    """
    hits: Counter[str] = Counter()
    predicted: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    particles = 0
    for text, gold, mine in pairs:
        wanted.update(span.type for span in set(gold))
        predicted.update(span.type for span in set(mine))
        hits.update(span.type for span in set(mine) & set(gold))
        particles += sum(any(_runs_past(text, g, span) for g in gold) for span in set(mine))
    found: Figures = {"all": _figures(hits, predicted, wanted, list(TYPES))}
    found.update({tag: _figures(hits, predicted, wanted, [tag]) for tag in TYPES})
    found["particle_inside"] = round(particles / max(1, predicted.total()), 4)
    return found


def _runs_past(text: str, gold: Span, mine: Span) -> bool:
    rest = text[gold.end : mine.end]
    return gold.start == mine.start and 0 < len(rest) <= PARTICLE_LENGTH and " " not in rest


def _figures(hits: Counter[str], have: Counter[str], want: Counter[str], tags: Sequence[str]) -> dict[str, float]:
    hit, predicted, gold = (sum(count[tag] for tag in tags) for count in (hits, have, want))
    return {
        "p": round(hit / predicted, 4) if predicted else 0.0,
        "r": round(hit / gold, 4) if gold else 0.0,
        "f": round(2 * hit / (predicted + gold), 4) if predicted + gold else 0.0,
        "gold": gold,
    }


def figures(find: Callable[[str], Sequence[Span]], rows: Sequence[Marked]) -> Figures:
    """Return the figures of `find`, which returns the spans of a text typed with entity types, on marked sentences."""
    tags = {kind: tag for tag, kind in TYPES.items()}
    found = [[Span(s.start, s.end, tags[s.type]) for s in find(row.text) if s.type in tags] for row in rows]
    return score((row.text, row.spans, spans) for row, spans in zip(rows, found, strict=True))


def evaluate_names(gold: Path) -> Figures:
    """Return the figures of the shipped recogniser on a file of marked sentences; raises InputError for a bad file."""
    rows = read_marked(gold)
    return figures(shipped(), rows)


def shipped(folder: Path | None = None) -> Callable[[str], list[Span]]:
    """Return a function from text to spans by the shipped model, or by the one in `folder`."""
    from kg.extract.recogniser.recognise import Recogniser
    from kg.lang.ko.morphemes import analyse

    recogniser = Recogniser(folder)
    return lambda text: recogniser([(text, analyse(text))])[0]
