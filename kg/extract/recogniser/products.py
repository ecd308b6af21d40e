"""Products, services and works: known names, model numbers after them, and quoted names beside a product noun.

KLUE-NER has no such tag, so these are rules; they prefer missing a product to inventing one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg import resources
from kg.extract.recogniser.asides import posted_on
from kg.extract.recogniser.known import typed_names, words
from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.listed import Listing, distinct
from kg.extract.recogniser.units import Unit

RELIABLE = ("Q7889", "Q7397", "Q35127", "Q3231690")
"""Wikidata classes of Kiwi's dictionary taken as they stand: video game, software, website, car model."""
QUOTED = (
    "Q11424", "Q5398426", "Q15416", "Q7725634", "Q47461344", "Q482994", "Q134556", "Q1366112", "Q63952888", "Q21198342",
)  # fmt: skip
"""Classes taken only in quotes: films, series, programmes, books, albums, songs, animation, manga."""

_QUOTE = re.compile(
    r"‘([^‘’\n]{1,30})’|'([^'\n]{1,30})'|“([^“”\n]{1,20})”|\"([^\"\n]{1,20})\"|[〈<《『「]([^〈〉<>《》『』「」\n]{1,30})[〉>》』」]"
)
_MODEL = re.compile(
    r"(?:[ -]?(?:[A-Z]{1,3}\d{1,4}|\d{1,4}(?:\.\d)?(?![\d가-힣%])|\d{1,4}(?=[은는이가을를의도와과로에만](?![가-힣])))"
    r"[A-Za-z+]{0,3})?(?: ?(?:프로|플러스|울트라|맥스|미니|엣지|Pro|Plus|Ultra|Max|Mini))?(?![A-Za-z0-9])"
)
"""A model number, not a count (17을, but not 17개), and the grade after it."""
_SENTENCE_END = re.compile(r"[.?!,…]|[다요죠까]$")
_PARTICLE = re.compile(r"^(?:으로|에서|에|의|은|는|이|가|을|를|와|과|로|도|인|이다|등)")
_WORD_END = re.compile(r"[가-힣A-Za-z0-9]$")
_REACH = 12
"""Characters on either side in which a product noun is looked for."""
_POSTING = re.compile(
    r"(?:에서|에|을 통해|를 통해|로|으로|의)? ?(?:글|계정|페이지|라이브|게시|올|썼|쓴|적|남|공개|밝|통해)"
)
"""What follows a social network that is written on rather than acts: 페이스북에 글을 올렸다."""


class ProductFinder:
    """Finds products of `seeds/ko/products.tsv`, of Kiwi's dictionary, and quoted ones."""

    def __init__(self) -> None:
        seeds = {row["name"] for row in resources.table("ko", "products.tsv")}
        typed = typed_names()
        sure = {name for name in seeds if distinct(name)}
        sure.update(name for qid in RELIABLE for name in typed.get(qid, ()) if distinct(name))
        self._sure, self._unsure = Listing(sure), Listing(seeds - sure)
        self._networks = frozenset(words("social_network"))
        self._work_nouns = frozenset(words("work_noun"))
        self._nouns = sorted((*words("product_noun"), *words("work_noun")), key=lambda noun: (-len(noun), noun))
        self._works = frozenset(name for qid in QUOTED for name in typed.get(qid, ()) if len(name) > 3)

    def __call__(self, text: str, sentences: Iterable[Sequence[Unit]], taken: Sequence[Span]) -> list[Span]:
        """Return the spans with the products added; a product replaces the names it overlaps."""
        found: list[Span] = []
        for units in sentences:
            found += self._listed(text, units)
            found += self._quoted(text, units, taken)
        merged: list[Span] = []
        for span in sorted(found, key=lambda s: (s.start, -s.end)):
            if not merged or span.start >= merged[-1].end:
                merged.append(span)
        kept = [s for s in taken if not any(p.start < s.end and s.start < p.end for p in merged)]
        return sorted(kept + merged)

    def as_services(self, text: str, spans: Iterable[Span]) -> list[Span]:
        """Return the spans with social networks that people write on made Products, not the companies."""
        return [
            Span(s.start, s.end, "Product")
            if s.type == "Organization"
            and text[s.start : s.end] in self._networks
            and (_POSTING.match(text, s.end) or posted_on(text, s))
            else s
            for s in spans
        ]

    def _listed(self, text: str, units: Sequence[Unit]) -> Iterator[Span]:
        for start, end in self._sure(text, units):
            model = _MODEL.match(text, end)
            yield Span(start, model.end() if model else end, "Product")
        for start, end in self._unsure(text, units):
            model = _MODEL.match(text, end)
            numbered = model is not None and any(char.isdigit() for char in model[0])
            if numbered or self._noun(text, units, start, end):
                yield Span(start, model.end() if model and numbered else end, "Product")

    def _quoted(self, text: str, units: Sequence[Unit], taken: Sequence[Span]) -> Iterator[Span]:
        people = {(span.start, span.end) for span in taken if span.type == "Person"}
        for match in _QUOTE.finditer(text, units[0].start, units[-1].end):
            group = match.lastindex or 1
            name = match[group]
            if name != name.strip() or match.span(group) in people:
                continue
            noun = self._noun(text, units, match.start(), match.end())
            if name in self._works or noun in self._work_nouns or (noun and not _SENTENCE_END.search(name)):
                yield Span(*match.span(group), "Product")

    def _noun(self, text: str, units: Sequence[Unit], start: int, end: int) -> str:
        """Return the product noun right before or right after a stretch, else an empty text."""
        before = text[max(units[0].start, start - _REACH) : start].rstrip(" ‘'“\"<〈《「『")
        after = text[end : end + _REACH].lstrip("’'”\">〉》」』").lstrip(" ")
        for noun in self._nouns:
            if before.endswith(noun) and not _WORD_END.search(before[: -len(noun)]):
                return noun
            if after.startswith(noun) and not re.match(r"[가-힣]", _PARTICLE.sub("", after[len(noun) :])):
                return noun
        return ""
