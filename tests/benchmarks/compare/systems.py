"""The systems that are compared, by name, and others by the spec of an extractor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.extract.extractors import load_extractor
from kg.stage import Stage


@dataclass(frozen=True, slots=True)
class System:
    """A system that runs here: its name in the tables, how its stage is made, and what it is."""

    name: str
    make: Callable[[], Stage]
    about: str


def _rules() -> Stage:
    from tests.benchmarks.compare.spacy_rules import SpacyRules

    return SpacyRules()


def _together() -> Stage:
    from tests.benchmarks.compare.cooccurrence import Cooccurrence

    return Cooccurrence(load_extractor("korean"))


def _labelled_together() -> Stage:
    from tests.benchmarks.compare.cooccurrence import Cooccurrence
    from tests.benchmarks.compare.labelled import LabelledNames

    return Cooccurrence(LabelledNames())


def _labelled_read() -> Stage:
    from tests.benchmarks.compare.labelled import LabelledNamesKorean

    return LabelledNamesKorean()


SYSTEMS = {
    one.name: one
    for one in (
        System("korean", lambda: load_extractor("korean"), "this project as it ships"),
        System("spacy rules", _rules, "spaCy alone: gazetteers, token patterns for eleven types"),
        System("co-occurrence", _together, "names of `korean`, each two of a sentence related"),
        System(
            "labelled names, co-occurrence", _labelled_together, "names as labelled, each two of a sentence related"
        ),
        System("labelled names, korean", _labelled_read, "names as labelled, the rest by `korean`"),
    )
}
"""What always runs; the last two are told the labelled names, so they are bounds and no systems."""
ON_REQUEST = {
    "gliner": "needs a model: give gliner:MODEL",
    "spacy": "needs a trained Korean model: give spacy:MODEL",
    "llm": "needs an endpoint: give llm:SETTINGS.yaml",
    "cascade": "needs an endpoint: give cascade:SETTINGS.yaml",
}
"""What runs where it is given, and why it did not where it is not."""


def made(spec: str) -> Stage:
    """Return the stage of a system or of an extractor; raises KgError where it cannot be loaded."""
    return SYSTEMS[spec].make() if spec in SYSTEMS else load_extractor(spec)
