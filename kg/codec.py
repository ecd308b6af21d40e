"""Documents to and from JSON lines, the versioned format that `kg extract` writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import FormatError
from kg.model import Deal, Document, DocumentEntity, Evidence, Mention, RelationMention

VERSION = 1


def document_to_dict(document: Document) -> dict[str, Any]:
    """Return a Document as the JSON object of the documents format, keys in their fixed order."""
    head = {key: getattr(document, key) for key in ("id", "title", "date", "publisher", "url", "language", "text")}
    return {
        "version": VERSION,
        **head,
        "mentions": [_fields(mention) for mention in document.mentions],
        "entities": [_fields(entity) for entity in document.entities],
        "relations": [_relation_to_dict(relation) for relation in document.relations],
    }


def _fields(record: Any) -> dict[str, Any]:
    """Return a record as a dict; dataclasses.asdict, which copies every value, takes five times as long."""
    return {name: getattr(record, name) for name in record.__slots__}


def _relation_to_dict(relation: RelationMention) -> dict[str, Any]:
    deal = relation.deal and _fields(relation.deal)
    return _fields(relation) | {"evidence": _fields(relation.evidence), "deal": deal}


def document_from_dict(row: dict[str, Any]) -> Document:
    """Return the Document of a JSON object; raises FormatError when its version or a field is wrong."""
    version = row.get("version")
    if not isinstance(version, int) or not 1 <= version <= VERSION:
        raise FormatError(
            f"documents format version {version!r}: this version reads 1 to {VERSION}; upgrade the package"
        )
    try:
        document = Document(
            **{key: row.get(key) for key in ("title", "date", "publisher", "url")},
            id=row["id"],
            text=row["text"],
            language=row.get("language") or "ko",
            mentions=tuple(Mention(**m) for m in row["mentions"]),
            entities=tuple(DocumentEntity(**{**e, "aliases": tuple(e.get("aliases", ()))}) for e in row["entities"]),
            relations=tuple(relation_from_dict(r) for r in row["relations"]),
        )
        document.check()
    except (KeyError, TypeError, ValueError) as error:
        raise FormatError(f"document {row.get('id')!r}: not in the documents format ({error}); extract it") from error
    return document


def relation_from_dict(row: dict[str, Any]) -> RelationMention:
    """Return the relation of a document's JSON object; raises KeyError or TypeError for what is none."""
    found = row["evidence"]
    evidence = Evidence(found["start"], found["end"], found["text"], (found["cue"][0], found["cue"][1]))
    deal = Deal(**row["deal"]) if row["deal"] is not None else None
    return RelationMention(**{**row, "evidence": evidence, "deal": deal})


def dump_line(document: Document) -> str:
    """Return a Document as one JSON line, without its newline."""
    return json.dumps(document_to_dict(document), ensure_ascii=False, separators=(",", ":"))


def write_documents(documents: Iterable[Document], path: Path) -> int:
    """Write documents as JSON lines and return how many; the file must not be one being read."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for document in documents:
            out.write(dump_line(document) + "\n")
            count += 1
    return count


def read_documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a JSON lines file; raises FormatError naming the file and line."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield document_from_dict(json.loads(line))
            except (FormatError, json.JSONDecodeError, AttributeError) as error:
                raise FormatError(f"{path}:{number}: {error}") from error
