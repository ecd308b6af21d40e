"""An extractor that takes words with capital letters for organizations, and "A acquired B" for what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg import Document, DocumentEntity, Evidence, InputError, Mention, RelationMention

_NAME = r"[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)*"


def capitals(argument: str | None, language: str) -> CapitalsExtractor:
    """Return the stage; the argument is the fewest letters of a name."""
    if argument is not None and not argument.isdigit():
        raise InputError(f"capitals:{argument}: give the fewest letters of a name, like capitals:4")
    return CapitalsExtractor(int(argument or 2))


class CapitalsExtractor:
    """The stage: frozen documents in, new ones out, nothing kept from one to the next."""

    name = "capitals"

    def __init__(self, fewest: int) -> None:
        self._fewest = fewest
        self.version = f"1.2-{fewest}"  # what changes the output changes the version

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with what was found in them."""
        return [self._extract(document) for document in documents]

    def _extract(self, document: Document) -> Document:
        found = [one for one in re.finditer(_NAME, document.text) if len(one.group()) >= self._fewest]
        ids = {name: f"e{at}" for at, name in enumerate(dict.fromkeys(one.group() for one in found))}
        mentions = [Mention(one.start(), one.end(), one.group(), "Organization", ids[one.group()]) for one in found]
        return replace(
            document,
            mentions=tuple(mentions),
            entities=tuple(DocumentEntity(ids[name], name, "Organization") for name in ids),
            relations=tuple(self._relations(document.text, ids)),
        )

    def _relations(self, text: str, ids: dict[str, str]) -> list[RelationMention]:
        relations = []
        for one in re.finditer(rf"({_NAME}) (acquired) ({_NAME})", text):
            subject, obj = ids.get(one[1]), ids.get(one[3])
            if subject is not None and obj is not None and subject != obj:
                evidence = Evidence(one.start(), one.end(), one.group(), one.span(2))
                relations.append(
                    RelationMention("acquires", subject, obj, evidence, confidence=0.7, extractor="capitals/1.2")
                )
        return relations
