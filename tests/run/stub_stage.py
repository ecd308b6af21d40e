"""A Stage for tests of the run: names from a list, 제휴 and 인수 between the first two of a line."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.model import Document, DocumentEntity, Evidence, Mention, RelationMention

NAMES = ("가온전자", "나래은행", "다솜자동차", "라온게임즈")
CUES = {"제휴": "partnersWith", "인수": "acquires"}


def _raise() -> None:
    raise RuntimeError("poisoned")


def _loop() -> None:
    """Search in vain for longer than anybody lives, in C code that lets no other thread of the process run."""
    re.match(r"(?:a|a)+$", 100 * "a" + "b")


def _fill_memory() -> None:
    """Take memory until there is none."""
    taken = []
    while True:
        taken.append(bytearray(10**8))


POISONS: dict[str, Callable[[], object]] = {
    "오류를 낸다": _raise,
    "프로세스를 끝낸다": lambda: os._exit(1),
    "프로세스를 죽인다": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "끝없이 돈다": _loop,
    "잠들어 버린다": lambda: time.sleep(10**6),
    "기억을 다 쓴다": _fill_memory,
}
"""Sentences, and what the stage does on a text that has one."""


class StubStage:
    """Finds NAMES and CUES; does worse on a text with a sentence of POISONS."""

    name = "stub"
    version = "1"

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        return [self._extract(document) for document in documents]

    def _extract(self, document: Document) -> Document:
        for sentence, poison in POISONS.items():
            if sentence in document.text:
                poison()
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


class TitleStage(StubStage):
    """Finds also an organization of an article's title, whatever that is, partner of the first of NAMES in it."""

    def _extract(self, document: Document) -> Document:
        found = super()._extract(document)
        title, partner = document.title or "", next(iter(found.entities), None)
        if not title.strip() or partner is None or title in NAMES:
            return found
        line = next(line for line in re.finditer(r"[^\n]+", document.text) if partner.name in line.group())
        at = line.start() + line.group().index(partner.name)
        evidence = Evidence(line.start(), line.end(), line.group(), (at, at + len(partner.name)))
        return replace(
            found,
            mentions=(
                Mention(0, len(title), title, "Organization", "title"),
                *(mention for mention in found.mentions if mention.start >= len(title)),
            ),
            entities=(DocumentEntity("title", title, "Organization"), *found.entities),
            relations=(
                *found.relations,
                RelationMention("partnersWith", "title", partner.id, evidence, confidence=0.5, extractor="stub/1"),
            ),
        )
