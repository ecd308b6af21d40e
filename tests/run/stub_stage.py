"""A Stage for tests of the run: names from a list, 제휴 and 인수 between the first two of a line."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Document, DocumentEntity, Evidence, Mention, RelationMention

NAMES = ("가온전자", "나래은행", "다솜자동차", "라온게임즈")
CUES = {"제휴": "partnersWith", "인수": "acquires"}


class StubStage:
    """Finds NAMES and CUES; raises on a text with `오류를 낸다`, ends its process on `프로세스를 끝낸다`."""

    name = "stub"
    version = "1"

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        return [self._extract(document) for document in documents]

    def _extract(self, document: Document) -> Document:
        if "오류를 낸다" in document.text:
            raise RuntimeError("poisoned")
        if "프로세스를 끝낸다" in document.text:
            os._exit(1)
        mentions = tuple(
            Mention(found.start(), found.end(), found.group(), "Organization", found.group())
            for found in re.finditer("|".join(NAMES), document.text)
        )
        entities = tuple(DocumentEntity(name, name, "Organization") for name in NAMES if name in document.text)
        relations = tuple(
            found
            for line in re.finditer(r"[^\n]+", document.text)
            for found in self._relations(line, [m for m in mentions if line.start() <= m.start < line.end()])
        )
        return replace(document, mentions=mentions, entities=entities, relations=relations)

    @staticmethod
    def _relations(line: re.Match[str], mentions: Sequence[Mention]) -> list[RelationMention]:
        if len(mentions) < 2:
            return []
        found = []
        for cue, kind in CUES.items():
            at = line.group().find(cue)
            if at >= 0:
                span = (line.start() + at, line.start() + at + len(cue))
                evidence = Evidence(line.start(), line.end(), line.group(), span)
                ends = mentions[0].text, mentions[1].text
                found.append(RelationMention(kind, *ends, evidence, confidence=0.5, extractor="stub/1"))
        return found
