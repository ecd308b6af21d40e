"""What the classifier of KLUE-RE sees of a sentence with one marked subject and object, entities given.

Their spans bear KLUE-RE's types (PER, ORG, LOC, DAT, POH, NOH).

The pairs of KLUE-RE are of other types than a news article's (dates, numbers, titles, works) and stand in lone
sentences, so that morphemes around and between the two, their own words and clusters are all there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.extract.classifier.views import Clusters
from kg.extract.frames.phrases import VERB_TAGS
from kg.extract.recogniser.features import shape
from kg.extract.recogniser.labels import Span
from kg.lang.ko.morphemes import Morpheme

WINDOW = 4
"""Morphemes looked at, in order, on each side of both entities."""


def sentence_strings(
    text: str, morphemes: Sequence[Morpheme], subject: Span, obj: Span, clusters: Clusters
) -> list[str]:
    """Return the features of a pair, sorted, each alone and together with the types of subject and object."""
    first, second = (subject, obj) if subject.start < obj.start else (obj, subject)
    way = ">" if first is subject else "<"
    left = [m for m in morphemes if m.end <= first.start]
    middle = [m for m in morphemes if m.start >= first.end and m.end <= second.start]
    right = [m for m in morphemes if m.start >= second.end]
    found = _names(text, morphemes, subject, obj, clusters)
    for name, run in (("l", left[::-1]), ("r", right), ("a", middle), ("b", middle[::-1])):
        found += _window(f"{name}{way}", run[:WINDOW], clusters)
    found += _middle(middle, way, clusters)
    found += _around(left, middle, right, way, clusters)
    found += _predicates(morphemes, middle, right, way)
    gap = text[first.end : second.start]
    marks = "".join(mark for mark in "(),·" if mark in gap)
    found.append(f"P{way}{marks}{gap.count(' ') if len(gap) < 6 else 'x'}")
    edges = [text[max(0, at) : at + 1] for at in (first.start - 1, first.end, second.start - 1, second.end)]
    found.append(f"Q{'|'.join(edges)}")
    found.append(f"p{0 if first.start < 2 else 1 if first.start < 15 else 2}")
    types = subject.type + obj.type
    return sorted({types, types + way, *found, *(f"{types}|{name}" for name in found)})


def _names(text: str, morphemes: Sequence[Morpheme], subject: Span, obj: Span, clusters: Clusters) -> list[str]:
    found, last = [], []
    for role, marked in (("s", subject), ("o", obj)):
        name = text[marked.start : marked.end]
        found += [f"{role}W{name}", f"{role}h{shape(name)}", f"{role}l{min(len(name), 8)}", f"{role}n{name.count(' ')}"]
        found += [f"{role}e{size}{name[-size:]}" for size in (1, 2, 3)]
        found += [f"{role}b{size}{name[:size]}" for size in (1, 2)]
        inside = [m for m in morphemes if m.start >= marked.start and m.end <= marked.end]
        for m in inside:
            found.append(f"{role}m{m.form}/{m.tag}")
            found += [f"{role}c{level}{n}" for level, n in enumerate(clusters.get((m.form, m.tag), ()))]
        if inside:
            found += [f"{role}L{inside[-1].form}/{inside[-1].tag}", f"{role}T{'+'.join(m.tag for m in inside[:5])}"]
            last.append(inside[-1].form)
    if len(last) == 2:
        found.append(f"LL{'|'.join(last)}")
    return found


def _sign(m: Morpheme) -> str:
    return f"{'0' if m.tag == 'SN' else m.form}/{m.tag[:2]}"


def _window(name: str, run: Sequence[Morpheme], clusters: Clusters) -> list[str]:
    found = []
    for place, m in enumerate(run):
        found += [f"{name}{place}{_sign(m)}", f"{name}{place}t{m.tag}"]
        group = clusters.get((m.form, m.tag))
        if group:
            found += [f"{name}{place}c{group[1]}", f"{name}{place}C{group[0]}"]
        if place:
            found.append(f"{name}{place}{_sign(run[place - 1])}|{_sign(m)}")
    if len(run) > 2:
        found.append(f"{name}3{'|'.join(_sign(m) for m in run[:3])}")
    found.append(f"{name}#{'|'.join(m.tag for m in run[:3])}")
    return found


def _middle(middle: Sequence[Morpheme], way: str, clusters: Clusters) -> list[str]:
    count = len(middle)
    found = [f"d{way}{min(count, 30) // 2 if count < 12 else 6 + count // 8}"]
    if count <= 6:
        found += [f"M{way}{' '.join(map(_sign, middle))}", f"Mt{way}{' '.join(m.tag for m in middle)}"]
    for m in middle:
        if m.tag[0] in "NVXMSJE" and m.tag != "SF":
            found.append(f"m{way}{_sign(m)}")
            group = clusters.get((m.form, m.tag))
            if group:
                found.append(f"m{way}c{group[1]}")
    found += [f"mm{way}{_sign(a)}|{_sign(b)}" for a, b in pairwise(middle)]
    return found


def _around(
    left: Sequence[Morpheme], middle: Sequence[Morpheme], right: Sequence[Morpheme], way: str, clusters: Clusters
) -> list[str]:
    found = [f"L{_sign(m)}" for m in left[-12:] if m.tag[0] in "NVX"]
    for m in right[:15]:
        if m.tag[0] in "NVX":
            found.append(f"R{way}{_sign(m)}")
            group = clusters.get((m.form, m.tag))
            if group:
                found.append(f"R{way}c{group[1]}")
    return [*found, *(f"A{m.form}" for run in (left, middle, right) for m in run if m.tag[0] in "NV")]


def _predicates(
    morphemes: Sequence[Morpheme], middle: Sequence[Morpheme], right: Sequence[Morpheme], way: str
) -> list[str]:
    """Return the first predicate after either entity, with its ending, the last of the sentence, and the particles."""
    found = []
    for name, run in (("v", right), ("w", middle)):
        at = next((i for i, m in enumerate(run) if m.tag in VERB_TAGS), None)
        if at is not None:
            found.append(f"{name}{way}{_root(run, at)}")
            if at + 1 < len(run):
                found.append(f"{name}{way}{_root(run, at)}|{run[at + 1].tag}")
    last = next((i for i in range(len(morphemes) - 1, -1, -1) if morphemes[i].tag in VERB_TAGS), None)
    if last is not None:
        found.append(f"Z{_root(morphemes, last)}")
    particles = [next((m.form for m in run[:1] if m.tag[0] == "J"), "-") for run in (middle or right, right)]
    found.append(f"J{way}{'|'.join(particles)}")
    return found


def _root(run: Sequence[Morpheme], at: int) -> str:
    return run[at - 1].form if run[at].tag in ("XSV", "XSA") and at else run[at].form
