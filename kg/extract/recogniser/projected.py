"""Articles labelled at document level as training sentences: each occurrence of an entity's names is marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.units import Unit
from kg.lang.ko.gazetteer import is_country
from kg.lang.ko.titles import match_title

TAGS = {"ORG": "OG", "PER": "PS"}
"""Entity types whose labels are complete, as KLUE tags."""
_REPORTER = re.compile(r"기자|특파원|앵커|=|@|사진|뉴스")
_LETTER = re.compile(r"[가-힣A-Za-z0-9]")
_HONORIFIC = re.compile(r"(.+?)\s?(?:씨|양|군|옹|여사)")


class Labelled(NamedTuple):
    """An article's text and its entities as (type, names); types ORG, PER, LOC, PROD."""

    text: str
    entities: Sequence[tuple[str, Sequence[str]]]


Found = Callable[[Sequence[Unit]], Sequence[Span]]


def project(
    article: Labelled, sentences: Sequence[list[Unit]], find: Found, surnames: Collection[str]
) -> Iterator[tuple[list[Unit], list[Span]]]:
    """Yield the sentences of an article with spans typed with KLUE tags.

    Organizations and people are as labelled. What the labels do not cover comes from `find`, a first model: places,
    countries (KLUE-NER makes those that act organizations) and bare surnames. Sentences that name unlabelled
    people beside a reporter's signs are left out: the labels skip bylines.
    """
    text = article.text
    marked, covered = _marked(article, sentences, surnames)
    places = bytearray(len(text))
    for kind, names in article.entities:
        if kind == "LOC":
            for name in names:
                for match in re.finditer(re.escape(name), text):
                    places[match.start() : match.end()] = b"\x01" * len(name)
    for units in sentences:
        start, end = units[0].start, units[-1].end
        spans = [span for span in marked if start <= span.start and span.end <= end]
        unlabelled = False
        for span in find(units):
            if any(covered[span.start : span.end]):
                free = any(places[span.start : span.end]) and not _overlaps(span, spans)
                spans += [span] if free else []
            elif span.type == "LC" or is_country(text[span.start : span.end]) or span.end - span.start == 1:
                spans.append(span)
            else:
                unlabelled |= span.type == "PS"
        if not (unlabelled and _REPORTER.search(text, start, end)):
            yield units, sorted(spans)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)


def _marked(
    article: Labelled, sentences: Sequence[Sequence[Unit]], surnames: Collection[str]
) -> tuple[list[Span], bytearray]:
    """Return the occurrences of labelled people and organizations, and which characters any label covers."""
    text = article.text
    starts = {unit.start for units in sentences for unit in units}
    ends = {unit.end for units in sentences for unit in units}
    covered = bytearray(len(text))
    spans: list[Span] = []
    names = {(name, kind) for kind, forms in article.entities for name in forms if name}
    for name, kind in sorted(names, key=lambda pair: (-len(pair[0]), pair)):
        for match in re.finditer(re.escape(name), text):
            start, end = match.span()
            inside = start and len(name) < 3 and _LETTER.match(text[start - 1])
            cut = end not in ends and not (end < len(text) and "가" <= text[end] <= "힣")
            if start not in starts or inside or cut or any(covered[start:end]):
                continue
            covered[start:end] = b"\x01" * len(name)
            if kind == "PER":
                end = _without_title(text, start, end, surnames)
            if kind in TAGS and not is_country(text[start:end]):
                spans.append(Span(start, end, TAGS[kind]))
    return spans, covered


def _without_title(text: str, start: int, end: int, surnames: Collection[str]) -> int:
    """Return where the name ends in a person's form with a title (권 CSO, 김씨): KLUE-NER leaves titles outside."""
    if end - start > 2 and text[start + 1] == " " and text[start] in surnames:
        return start + 1
    for at in range(start + 1, end):
        if match_title(text, at + (text[at] == " ")) == end:
            return at
    honorific = _HONORIFIC.fullmatch(text, start, end)
    return honorific.end(1) if honorific else end
