"""Generated documents: real ones told again with other names, so that a corpus of any size has the shape of a real one.

The names of the people, organizations and products of every round of the real documents after the first get Hangul
syllables that stand for theirs one to one, and the other letters move with them, so that texts of two rounds are no
copies. Names of places and what is named in at least COMMON documents stay: they are in the news of any year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count as count_up
from itertools import islice
from pathlib import Path
from random import Random

from kg.codec import read_documents
from kg.model import Document

COMMON = 20
_HANGUL = re.compile("[가-힣]")
FIRST, LAST = ord("가"), ord("힣")


def made_documents(path: Path, count: int, seed: int = 5) -> Iterator[Document]:
    """Yield `count` documents: those of a file of `kg extract`, then rounds of them with other ids and names."""
    named = Counter(entity.name for document in read_documents(path) for entity in document.entities)
    kept = {name for name, documents in named.items() if documents >= COMMON}
    return islice(_rounds(path, kept, seed), count)


def _rounds(path: Path, kept: set[str], seed: int) -> Iterator[Document]:
    yield from read_documents(path)
    for turn in count_up(1):
        syllables = [chr(code) for code in range(FIRST, LAST + 1)]
        Random(f"{seed} {turn}").shuffle(syllables)
        yield from (_told_again(document, turn, kept, syllables) for document in read_documents(path))


def _told_again(document: Document, turn: int, kept: set[str], syllables: list[str]) -> Document:
    changed = {entity.id for entity in document.entities if entity.type != "Place" and entity.name not in kept}
    stay = [(m.start, m.end) for m in document.mentions if m.entity not in changed]
    letters = list(_other(document.text, syllables))
    for start, end in stay:
        letters[start:end] = document.text[start:end]
    text = "".join(letters)

    def name(entity: str, given: str) -> str:
        return _other(given, syllables) if entity in changed else given

    entities = tuple(
        replace(one, name=name(one.id, one.name), aliases=tuple(sorted(name(one.id, alias) for alias in one.aliases)))
        for one in document.entities
    )
    mentions = tuple(replace(one, text=text[one.start : one.end]) for one in document.mentions)
    relations = tuple(
        replace(one, evidence=replace(one.evidence, text=text[one.evidence.start : one.evidence.end]))
        for one in document.relations
    )
    title = None if document.title is None else text[: len(document.title)]
    made = replace(document, id=f"{document.id}-{turn}", text=text, title=title)
    return replace(made, entities=entities, mentions=mentions, relations=relations)


def _other(text: str, syllables: list[str]) -> str:
    return _HANGUL.sub(lambda found: syllables[ord(found[0]) - FIRST], text)
