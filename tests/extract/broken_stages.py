"""A stage that keeps every rule of the conformance suite, and others that break one each."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kg.model import Document, DocumentEntity, Evidence, Mention, RelationMention

NAMES = ("Acme", "Globex", "Initech", "Hooli", "Umbrella", "Vandelay")
TEXTS = ("Deal\nAcme acquired Globex. Hooli met Initech.", "Umbrella acquired Vandelay.", "Acme acquired Globex.")


class Good:
    """Finds NAMES, and that the first acquired the second."""

    name = "good"
    version = "1"

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        return [self.extract(document) for document in documents]

    def extract(self, document: Document) -> Document:
        found = list(re.finditer("|".join(NAMES), document.text))
        names = list(dict.fromkeys(one.group() for one in found))
        mentions = tuple(Mention(m.start(), m.end(), m.group(), "Organization", m.group()) for m in found)
        entities = tuple(DocumentEntity(name, name, "Organization") for name in names)
        told = [self.relation(one) for one in re.finditer(r"(\w+) (acquired) (\w+)", document.text) if one[1] in names]
        return replace(document, mentions=mentions, entities=entities, relations=tuple(told))

    def relation(self, found: re.Match[str]) -> RelationMention:
        evidence = Evidence(found.start(), found.end(), found.group(), found.span(2))
        return RelationMention("acquires", found[1], found[3], evidence, confidence=0.7, extractor="good")


class Versionless(Good):
    version = ""


class Slashed(Good):
    version = "1/2"


class Restless(Good):
    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        self.version = "2"
        return super().__call__(documents)


class Forgetful(Good):
    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        return super().__call__(documents)[:2]


class Reordering(Good):
    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        return sorted(super().__call__(documents), key=lambda one: one.id)


class Retitling(Good):
    def extract(self, document: Document) -> Document:
        return replace(super().extract(document), title="Breaking news")


class Emptying(Good):
    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        found = super().__call__(documents)
        documents.clear()  # type: ignore[attr-defined]
        return found


class Marking(Good):
    def extract(self, document: Document) -> Document:
        object.__setattr__(document, "publisher", "seen")
        return super().extract(document)


class Encoding(Good):
    def extract(self, document: Document) -> Document:
        document.text.encode()
        return super().extract(document)


class Inventive(Good):
    def extract(self, document: Document) -> Document:
        found = super().extract(document)
        return replace(found, entities=(*found.entities, DocumentEntity("x", "Nobody", "Person")))


class Blind(Good):
    def extract(self, document: Document) -> Document:
        return document


class Shifted(Good):
    def extract(self, document: Document) -> Document:
        found = super().extract(document)
        return replace(found, mentions=tuple(replace(m, start=m.start + 1, end=m.end + 1) for m in found.mentions))


class Doubled(Good):
    def extract(self, document: Document) -> Document:
        found = super().extract(document)
        return replace(found, mentions=(*found.mentions, *found.mentions))


class Narrow(Good):
    def extract(self, document: Document) -> Document:
        found = super().extract(document)
        return replace(found, mentions=tuple(replace(m, type="Company") for m in found.mentions))


class Misplaced(Good):
    def extract(self, document: Document) -> Document:
        found = super().extract(document)
        return replace(found, entities=tuple(replace(e, subtype="City") for e in found.entities))


class Twinned(Good):
    def extract(self, document: Document) -> Document:
        found = super().extract(document)
        return replace(found, entities=(*found.entities, *found.entities))


class Marrying(Good):
    def relation(self, found: re.Match[str]) -> RelationMention:
        return replace(super().relation(found), type="spouse")


class Coining(Good):
    def relation(self, found: re.Match[str]) -> RelationMention:
        return replace(super().relation(found), type="boughtOut")


class Reflexive(Good):
    def relation(self, found: re.Match[str]) -> RelationMention:
        return replace(super().relation(found), object=found[1])


class Rumouring(Good):
    def relation(self, found: re.Match[str]) -> RelationMention:
        return replace(super().relation(found), status="rumoured")  # type: ignore[arg-type]


class Overconfident(Good):
    def relation(self, found: re.Match[str]) -> RelationMention:
        return replace(super().relation(found), confidence=70.0)


class Casual(Good):
    def relation(self, found: re.Match[str]) -> RelationMention:
        return replace(super().relation(found), date="yesterday")


class Anonymous(Good):
    def relation(self, found: re.Match[str]) -> RelationMention:
        return replace(super().relation(found), extractor="")


class Cueless(Good):
    def relation(self, found: re.Match[str]) -> RelationMention:
        told = super().relation(found)
        return replace(told, evidence=replace(told.evidence, cue=(told.evidence.start, told.evidence.end + 1)))


class Ghostly(Good):
    def extract(self, document: Document) -> Document:
        found = super().extract(document)
        ghosts = tuple(replace(one, name="Wayne Enterprises") for one in found.entities)
        return replace(found, entities=ghosts, mentions=())


class Counting(Good):
    def __init__(self) -> None:
        self.calls = 0

    def extract(self, document: Document) -> Document:
        self.calls += 1
        found = super().extract(document)
        return replace(found, mentions=found.mentions[: self.calls % 2], relations=())


class Batching(Good):
    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        found = super().__call__(documents)
        return [*found[:1], *(replace(one, relations=()) for one in found[1:])]


class Hashing(Good):
    def extract(self, document: Document) -> Document:
        found = super().extract(document)
        return replace(found, entities=tuple(sorted(found.entities, key=lambda one: hash(one.name))))


class Unpicklable(Good):
    def __init__(self) -> None:
        self.rule: Callable[[], str] = lambda: "local"


class Dialling(Good):
    def extract(self, document: Document) -> Document:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", 9), timeout=0.1).close()
        return super().extract(document)


class Littering(Good):
    def extract(self, document: Document) -> Document:
        Path("notes.txt").write_text("seen", encoding="utf-8")
        return super().extract(document)
