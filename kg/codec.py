"""Documents to and from JSON lines, the versioned format that `kg extract` writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import FormatError
from kg.model import Deal, Document, DocumentEntity, Evidence, Mention, RelationMention

VERSION = 2
"""2 has a relation's `deal` in place of `amount`, the sum as written. Some lines of 1 were written with a deal."""
Row = dict[str, Any]


def _deals(row: Row) -> Row:
    """Version 1 to 2: a sum as written becomes a deal that has nothing else."""
    relations = []
    for relation in row["relations"]:
        if "deal" not in relation:
            amount = relation["amount"]
            relation = {key: value for key, value in relation.items() if key != "amount"}
            relation["deal"] = None if amount is None else _fields(Deal(amount=amount))
        relations.append(relation)
    return {**row, "relations": relations}


STEPS: dict[int, Callable[[Row], Row]] = {1: _deals}
"""From each older version, what makes a document of the next one of it; the version number is set beside it."""


def document_to_dict(document: Document) -> Row:
    """Return a Document as the JSON object of the documents format, keys in their fixed order."""
    head = {key: getattr(document, key) for key in ("id", "title", "date", "publisher", "url", "language", "text")}
    return {
        "version": VERSION,
        **head,
        "mentions": [_fields(mention) for mention in document.mentions],
        "entities": [_fields(entity) for entity in document.entities],
        "relations": [_relation_to_dict(relation) for relation in document.relations],
    }


def _fields(record: Any) -> Row:
    """Return a record as a dict; dataclasses.asdict, which copies every value, takes five times as long."""
    return {name: getattr(record, name) for name in record.__slots__}


def _relation_to_dict(relation: RelationMention) -> Row:
    deal = relation.deal and _fields(relation.deal)
    return _fields(relation) | {"evidence": _fields(relation.evidence), "deal": deal}


def document_from_dict(row: Row) -> Document:
    """Return the Document of a JSON object of this version or an older one.

    Raises FormatError when its version is newer or none, or when a field is wrong.
    """
    version = row.get("version")
    if not isinstance(version, int) or not 1 <= version <= VERSION:
        newer = isinstance(version, int) and version > VERSION
        advice = "upgrade the package" if newer else "is it of kg extract or kg build?"
        raise FormatError(f"documents format version {version!r}: this version reads 1 to {VERSION}; {advice}")
    try:
        row = _renewed(row)
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
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormatError(f"document {row.get('id')!r}: not in the documents format ({error}); extract it") from error
    return document


def _renewed(row: Row) -> Row:
    """Return the object of a document of any version as this version has it."""
    for version in range(row["version"], VERSION):
        row = {**STEPS[version](row), "version": version + 1}
    return row


def renewed_line(line: str) -> str:
    """Return a document's line as this version writes it; one that `dump_line` of this version wrote is not parsed."""
    if line.startswith(f'{{"version":{VERSION},'):
        return line
    return dump_line(document_from_dict(json.loads(line)))


def relation_from_dict(row: Row) -> RelationMention:
    """Return the relation of a document's JSON object; raises KeyError or TypeError for what is none."""
    found = row["evidence"]
    evidence = Evidence(found["start"], found["end"], found["text"], (found["cue"][0], found["cue"][1]))
    deal = Deal(**row["deal"]) if row["deal"] is not None else None
    return RelationMention(**{**row, "evidence": evidence, "deal": deal})


def dump_line(document: Document) -> str:
    """Return a Document as one JSON line, without its newline."""
    return json.dumps(document_to_dict(document), ensure_ascii=False, separators=(",", ":"))


def write_documents(documents: Iterable[Document], path: str | Path) -> int:
    """Write documents as JSON lines and return how many; the file must not be one being read."""
    count = 0
    with Path(path).open("w", encoding="utf-8", newline="\n") as out:
        for document in documents:
            out.write(dump_line(document) + "\n")
            count += 1
    return count


def read_documents(path: str | Path) -> Iterator[Document]:
    """Yield the documents of a JSON lines file, also of an older version of the format.

    Raises FormatError naming the file and line, and saying what to do, for a newer version or what is no document.
    """
    with Path(path).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield document_from_dict(json.loads(line))
            except (FormatError, json.JSONDecodeError, AttributeError) as error:
                raise FormatError(f"{path}:{number}: {error}") from error
