"""Names learned from unlabelled news: surfaces that a first model finds again and again, with their types."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.lexicon import Lexicon, stretches
from kg.extract.recogniser.units import Unit

ARTICLES = 3
"""Articles a surface must be found in under one type."""
CODES = ((0.85, "9"), (0.5, "5"), (0.0, "0"))
"""Share of the places where a surface stands at which it is found as a name, and the code it gets."""
FREQUENT = 20

Article = tuple[str, Sequence[Sequence[Unit]]]
Finder = Callable[[str, Sequence[Unit]], Sequence[Span]]


def learn(articles: Iterable[Article], find: Finder) -> dict[str, str]:
    """Return a code for each name found in at least ARTICLES articles: type, share of its places, frequency.

    `find` returns the spans of one sentence, typed with KLUE tags. Counts and names leave the texts, nothing else.
    """
    kept = list(articles)
    tagged: Counter[tuple[str, str]] = Counter()
    spread: Counter[tuple[str, str]] = Counter()
    for text, sentences in kept:
        names = [(_key(text[s.start : s.end]), s.type) for units in sentences for s in find(text, units)]
        tagged.update(names)
        spread.update(set(names))
    wanted = {key for (key, _), count in spread.items() if count >= ARTICLES and len(key) > 1}
    places: Counter[str] = Counter()
    for text, sentences in kept:
        for units in sentences:
            places.update(key for _, _, key in stretches(text, units) if key in wanted)
    return {key: _code(key, tagged, spread, places[key]) for key in sorted(wanted)}


def _code(key: str, tagged: Counter[tuple[str, str]], spread: Counter[tuple[str, str]], places: int) -> str:
    tag = max(("LC", "OG", "PS"), key=lambda kind: (tagged[key, kind], kind))
    share = tagged[key, tag] / max(places, tagged[key, tag])
    level = next(code for least, code in CODES if share >= least)
    return f"l:{tag}:{level}:{'f' if spread[key, tag] >= FREQUENT else 's'}"


def _key(surface: str) -> str:
    return surface.replace(" ", "")


def add_learned(lexicon: Lexicon, codes: dict[str, str]) -> None:
    """Add learned names to a lexicon."""
    for name, code in codes.items():
        lexicon.add([name], code)


def save(path: Path, codes: dict[str, str]) -> None:
    """Write codes as gzip of "name, code" lines, the same bytes for the same codes."""
    path.write_bytes(gzip.compress("".join(f"{n}\t{c}\n" for n, c in sorted(codes.items())).encode(), 9, mtime=0))


def load(path: Path) -> dict[str, str]:
    """Return what `save` wrote."""
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    return dict(line.split("\t") for line in lines)
