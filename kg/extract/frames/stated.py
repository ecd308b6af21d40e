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

    settled: bool = False
    """Whether the discourse gives its status, so that the words around it do not count."""

    @property
    def triple(self) -> tuple[str, str, str]:
        """What is stated, whatever its status."""
        return self.relation, self.subject, self.object
