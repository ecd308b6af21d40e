"""A relation as the finders hand it on, before evidence and dates are added."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Status


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation between two document entities; `cue` spans its words, `verb` is the index of its predicate."""

    relation: str
    subject: str
    object: str
    status: Status
    cue: tuple[int, int]
    score: float
    role: str | None = None
    verb: int | None = None
    finite: bool = True
    """Whether a clause asserts it, rather than a relative clause or noun takes it for granted."""
