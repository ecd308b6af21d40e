"""Sentences with their names given by hand, so that frames are tested apart from the recogniser."""

from __future__ import annotations

import re

from kg.extract import state  # noqa: F401  (registers the Doc extensions)
from kg.extract.finding import FLOOR
from kg.extract.frames.chunker import sentences
from kg.extract.frames.clauses import Clauses
from kg.extract.relations import RelationExtractor
from kg.lang.ko.morphemes import analyse, blank
from kg.model import Document, DocumentEntity, Mention, RelationMention
from kg.schema import load_schema

Names = dict[str, str]


def mentions_of(text: str, names: Names) -> tuple[list[DocumentEntity], list[Mention]]:
    """Entities and mentions of the given names; a kind below the top types becomes the subtype."""
    schema = load_schema()
    entities = []
    for i, (name, kind) in enumerate(names.items()):
        top = schema.top(kind)
        entities.append(DocumentEntity(f"e{i}", name, top, subtype=kind if kind != top else None))
    mentions: list[Mention] = []
    for entity in sorted(entities, key=lambda e: -len(e.name)):
        for match in re.finditer(re.escape(entity.name), text):
            if all(match.end() <= m.start or match.start() >= m.end for m in mentions):
                mentions.append(Mention(match.start(), match.end(), entity.name, entity.type, entity.id))
    return entities, sorted(mentions, key=lambda m: m.start)


def clauses_of(text: str, names: Names) -> Clauses:
    _, mentions = mentions_of(text, names)
    found = sentences(text, analyse(text), mentions)
    assert len(found) == 1, f"{text!r} is {len(found)} sentences"
    return Clauses(found[0])


def relations_of(
    text: str, names: Names, date: str | None = "2025-05-26", finders: str = "frames"
) -> list[RelationMention]:
    doc = blank().make_doc(text)
    entities, mentions = mentions_of(text, names)
    doc._.document = Document("d", text, date=date)
    doc._.entities, doc._.mentions = entities, mentions
    found: list[RelationMention] = RelationExtractor(load_schema(), FLOOR, finders=finders)(doc)._.relations
    return found


def triples_of(text: str, names: Names, date: str | None = "2025-05-26") -> list[tuple[str, str, str, str]]:
    """Type, subject, object and status of each relation; names sorted where the type is symmetric."""
    ids = {f"e{i}": name for i, name in enumerate(names)}
    rows = []
    for relation in relations_of(text, names, date):
        ends = ids[relation.subject], ids[relation.object]
        if load_schema().relation(relation.type).symmetric:
            ends = min(ends), max(ends)
        rows.append((relation.type, *ends, str(relation.status)))
    return sorted(rows)
