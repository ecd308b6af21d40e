"""Names that a model of another library found, as mentions and entities of a Document: any language, simple rules."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.extract.clustering.subtypes import subtype_of
from kg.lang.ko.names import normalise
from kg.model import Document, DocumentEntity, Mention
from kg.schema import Schema

_AROUND = re.compile(r"[\s\"'“”‘’`´«»„‚.,;:!?…·()\[\]{}<>|/\\*#~_=+\-–—]+")
"""What may stand around a name but is no part of it; a full stop is, after a legal form or an initial."""
_ARTICLE = re.compile(r"[Tt]he (?=[^\W\d_a-z])")
_POSSESSIVE = re.compile(r"['’]s?$")
_ABBREVIATED = re.compile(r"(?:\b(?:inc|corp|co|ltd|llc|plc|jr|sr|s\.a|n\.v|gmbh)|\b\w)\.$", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^\n]+?(?:(?<![.!?…])[.!?…]++[\"'”’)\]」』]*+(?=\s)|[。！？]++[”’」』]*+|(?=\n)|$)")
SURROGATE = re.compile("[\ud800-\udfff]")
"""Halves of characters, which libraries that encode texts cannot take."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where a name stands in a text, in code points, and its type: any entity type of the schema."""

    start: int
    end: int
    type: str


def encodable(text: str) -> str:
    """Return a text of the same length that every library can encode."""
    return SURROGATE.sub("\ufffd", text)


def sentences(text: str, longest: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a text, line by line, none of more than `longest` characters."""
    found = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end - start > longest:
            cut = text.rfind(" ", start + 1, start + longest)
            found.append((start, cut if cut > start else start + longest))
            start = found[-1][1]
        if text[start:end].strip():
            found.append((start, end))
    return found


def digest(folder: Path | None) -> str:
    """Return a digest of the files of a model, for two of one name and version may differ."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")) if folder is not None else ():
        if path.is_file():
            with path.open("rb") as file:
                total.update(f"{path.relative_to(folder or path)}\n".encode())
                total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()[:12]


def disjoint(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return spans in reading order, trimmed to the names in them; of those that overlap the longest stays."""
    trimmed = {found for span in spans if (found := _trimmed(text, span)) is not None}
    taken = bytearray(len(text))
    kept = []
    for span in sorted(trimmed, key=lambda s: (s.start - s.end, s.start, s.type)):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return sorted(kept)


def with_names(document: Document, spans: Iterable[Span], schema: Schema) -> Document:
    """Return a document with the names in spans as mentions, and as entities what the names mean.

    Names of equal keys (`kg.lang.ko.names.normalise`: case, blanks and legal forms apart) are one thing, with the type
    that most of them have. A person's last name is the one person of the article whose full name ends in it, capital
    letters are the one organization that they are the initials of. An entity is named by its longest form.
    """
    text = document.text
    mentions = [Mention(s.start, s.end, text[s.start : s.end], s.type) for s in disjoint(text, spans)]
    named: dict[str, list[Mention]] = {}
    for mention in mentions:
        named.setdefault(normalise(mention.text), []).append(mention)
    tops = {key: _top(group, schema) for key, group in named.items()}
    owner = _owners({key: group[0].text for key, group in named.items()}, tops)
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(owner[normalise(mention.text)], []).append(mention)
    entities = {key: _entity(f"e{at}", group, tops[key], schema) for at, (key, group) in enumerate(groups.items())}
    means = [entities[owner[normalise(mention.text)]] for mention in mentions]
    settled = tuple(replace(m, type=entity.type, entity=entity.id) for m, entity in zip(mentions, means, strict=True))
    return replace(document, mentions=settled, entities=tuple(entities.values()), relations=())


def _trimmed(text: str, span: Span) -> Span | None:
    """Return a span without what stands around its name; None where nothing with a letter or digit is left."""
    start, end = span.start, span.end
    before = _AROUND.match(text, start, end)
    if before and not (text[start] == "(" and ")" in text[start:end]):  # (주)카카오
        start = before.end()
    if article := _ARTICLE.match(text, start, end):
        start = article.end()
    name = text[start:end]
    while name:
        shorter = _POSSESSIVE.sub("", name)
        if not _ABBREVIATED.search(shorter):
            last = next((at for at in range(len(shorter), 0, -1) if not _AROUND.fullmatch(shorter[at - 1])), 0)
            shorter = shorter[:last]
        if shorter == name:
            break
        name = shorter
    return Span(start, start + len(name), span.type) if _WORDS.search(name) and "\n" not in name else None


def _top(group: Sequence[Mention], schema: Schema) -> str:
    votes = Counter(schema.top(mention.type) for mention in group)
    return min(votes, key=lambda kind: (-votes[kind], kind))


def _owners(surfaces: Mapping[str, str], tops: Mapping[str, str]) -> dict[str, str]:
    """Return for each key that of the one longer name it is a short form of, itself where no one name is."""
    words = {key: _WORDS.findall(surface) for key, surface in surfaces.items()}
    fuller: dict[tuple[str, str], list[str]] = {}
    for key, found in words.items():
        if len(found) > 1 and tops[key] in _SHORT:
            fuller.setdefault((tops[key], _SHORT[tops[key]](found)), []).append(key)
    owner = {}
    for key, surface in surfaces.items():
        meant = fuller.get((tops[key], surface), []) if len(words[key]) == 1 else []
        owner[key] = meant[0] if len(meant) == 1 else key
    return owner


def _last(words: Sequence[str]) -> str:
    return words[-1]


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word[0].isupper())


_SHORT = {"Person": _last, "Organization": _initials}
"""What a longer name may be shortened to, by type."""


def _entity(identifier: str, group: Sequence[Mention], kind: str, schema: Schema) -> DocumentEntity:
    surfaces = list(dict.fromkeys(mention.text for mention in group))
    name = max(surfaces, key=len)
    aliases = tuple(surface for surface in surfaces if surface != name)
    narrower = Counter(m.type for m in group if m.type != kind and schema.top(m.type) == kind)
    subtype = min(narrower, key=lambda one: (-narrower[one], one)) if narrower else None
    return DocumentEntity(identifier, name, kind, aliases, subtype or subtype_of((name, *aliases), kind))
