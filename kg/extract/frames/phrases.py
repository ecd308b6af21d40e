"""The records of a parsed sentence: noun phrases with their case, predicates with their endings.

Korean is head-final: a noun phrase ends at its particle, a predicate at its ending, and what stands to the
left depends on what stands to the right. Parenthesised matter is set aside as notes of the word before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Ending = Literal["final", "connective", "adnominal", "nominal", "quote", "none"]

VERB_TAGS = frozenset("VV VA VX VCP VCN XSV XSA".split())
COMITATIVE = frozenset(("와", "과", "하고", "랑", "이랑"))


@dataclass(slots=True)
class Unit:
    """A word of a noun phrase: one name, or the nouns written together; `joiner` links it to the word before."""

    start: int
    end: int
    text: str
    tags: tuple[str, ...]
    entity: str | None = None
    type: str | None = None
    glued: bool = False
    joiner: str = ""
    notes: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Phrase:
    """A noun phrase (units, case) or a predicate (lemma, root, tail of endings and auxiliaries).

    `start`–`end` spans the words, `stop` includes the particle or endings. `after` is the comma or other mark
    that follows. `quote` numbers the quotation the phrase stands in, 0 outside.
    """

    kind: Literal["noun", "verb"]
    start: int
    end: int
    stop: int
    units: list[Unit] = field(default_factory=list)
    particles: tuple[str, ...] = ()
    case: str = "bare"
    after: str = ""
    lemma: str = ""
    root: str = ""
    tag: str = ""
    tail: list[tuple[str, str]] = field(default_factory=list)
    ending: Ending = "none"
    quote: int = 0


@dataclass(slots=True)
class Sentence:
    """One sentence: its span without outer white space, its phrases, and the spans of its quotations."""

    start: int
    end: int
    phrases: list[Phrase]
    quotes: list[tuple[int, int]]


def case_of(particles: Sequence[tuple[str, str]]) -> str:
    """Return the case that particles (form, tag) mark; the first case particle wins over a topic marker."""
    forms = [form for form, _ in particles]
    if any(tag == "JKG" for _, tag in particles):
        return "comitative_genitive" if COMITATIVE & set(forms) else "genitive"
    for form, tag in particles:
        if form in ("로부터", "으로부터", "에게서", "한테서", "로부터의"):
            return "ablative"
        if form in COMITATIVE:
            return "comitative"
        if tag in ("JKS", "JKC") or form in ("께서", "께서는"):
            return "nominative"
        if tag == "JKO":
            return "accusative"
        if form in ("에게", "에", "께", "한테"):
            return "dative"
        if form in ("에서", "서"):
            return "locative"
        if form in ("로서", "으로서"):
            return "capacity"
        if form in ("로", "으로"):
            return "direction"
        if form in ("은", "는"):
            return "topic"
        if form in ("도", "만", "까지", "마저", "조차", "역시"):
            return "also"
    return "other" if particles else "bare"
