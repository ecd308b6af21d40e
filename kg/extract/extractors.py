"""Extractors by name: what ships with the package, and what other distributions register.

SPEC is NAME or NAME:ARGUMENT (spacy:en_core_web_sm). A factory is called with the argument, None where there is none,
and the language (an ISO 639 code), and returns a `kg.stage.Stage`. Its `name` and `version` change with everything that
changes what it finds, models and settings included: a store extracts articles again only when they do.

A distribution registers its factories as entry points:

```toml
[project.entry-points."korean_news_kg.extractors"]
mine = "my_package.module:factory"
```
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from inspect import signature
from typing import Any

from kg.errors import ExtractionError, KgError, UnknownNameError
from kg.stage import Stage

GROUP = "korean_news_kg.extractors"
"""The entry-point group in which distributions register extractors."""
DEFAULT = "korean"

Factory = Callable[[str | None, str], Stage]


@dataclass(frozen=True, slots=True)
class Extractor:
    """An extractor that can be named; `distribution` is None for what ships with the package.

    `usage` is how it is named, `needs` what is to be installed for it, `factory` where it is: "module:function".
    """

    name: str
    factory: str
    usage: str
    description: str
    needs: str = ""
    distribution: str | None = None


BUILT_IN = {
    one.name: one
    for one in (
        Extractor(
            "gliner",
            "kg.extract.gliner:gliner_stage",
            "gliner:MODEL",
            "GLiNER model, its folder or its name on the hub: names of the schema's types in many languages",
            "pip install 'korean-news-kg[gliner]', a model",
        ),
        Extractor(
            "cascade",
            "kg.extract.llm.cascade:factory",
            "cascade:SETTINGS.yaml",
            "korean, and a language model asked about the sentences it is unsure of",
            "pip install 'korean-news-kg[llm]', an OpenAI-compatible endpoint",
        ),
        Extractor(DEFAULT, "kg.extract.pipeline:korean_stage", DEFAULT, "the shipped models and frames: Korean alone"),
        Extractor(
            "llm",
            "kg.extract.llm.stage:factory",
            "llm:SETTINGS.yaml",
            "language model behind any OpenAI-compatible endpoint: checked quotations, within a budget",
            "pip install 'korean-news-kg[llm]', an OpenAI-compatible endpoint",
        ),
        Extractor(
            "spacy",
            "kg.extract.spacy_models:spacy_stage",
            "spacy:MODEL",
            "spaCy model, installed or in a folder: its names, and in English some relations",
            "a model: python -m spacy download MODEL",
        ),
    )
}
"""What ships with the package."""


def extractors() -> list[Extractor]:
    """Return every extractor that can be named here, by name; those of other distributions are not loaded."""
    return sorted((*BUILT_IN.values(), *_installed().values()), key=lambda one: one.name)


def load_extractor(spec: str, language: str = "ko") -> Stage:
    """Return the stage that `spec` names, for articles in a language (ISO 639).

    Raises UnknownNameError for an unknown name, MissingExtraError without the optional dependencies it needs,
    ExtractionError, naming the distribution, when another distribution's extractor is broken, and whatever KgError the
    extractor raises for its argument.
    """
    name, colon, argument = spec.partition(":")
    known = BUILT_IN.get(name) or _installed().get(name)
    if known is None:
        raise _unknown(name)
    if known.distribution is None:
        module, _, function = known.factory.partition(":")
        stage: Stage = getattr(import_module(module), function)(argument if colon else None, language)
        return stage
    return _foreign(known, argument if colon else None, language)


def _installed() -> dict[str, Extractor]:
    """Return what other distributions register, by name; a name that ships with the package stays the package's."""
    found: dict[str, Extractor] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, _distribution(point))):
        if point.name not in BUILT_IN:
            what = str(point.dist.metadata.json.get("summary", "")) if point.dist is not None else ""
            one = Extractor(point.name, point.value, f"{point.name}[:ARGUMENT]", what, "", _distribution(point))
            found.setdefault(point.name, one)
    return found


def _distribution(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else "an unnamed distribution"


def _unknown(name: str) -> UnknownNameError:
    names = [one.name for one in extractors()]
    error = UnknownNameError("extractor", name, difflib.get_close_matches(name, names, n=3, cutoff=0.4))
    there = f"there are {', '.join(names)}; others are registered as entry points of the group {GROUP!r}"
    error.args = (f"{error.args[0]} ({there})",)
    return error


def _foreign(known: Extractor, argument: str | None, language: str) -> Stage:
    """Return the stage of another distribution's factory, checked, for nothing is known of it."""
    where = f"extractor {known.name!r} of {known.distribution} ({known.factory})"
    mend = "update or remove that distribution"
    try:
        factory: Any = EntryPoint(known.name, known.factory, GROUP).load()
        signature(factory).bind(argument, language)
    except Exception as error:  # whatever the import of unknown code raises
        raise ExtractionError(f"{where} cannot be loaded ({type(error).__name__}: {error}); {mend}") from error
    try:
        stage = factory(argument, language)
    except KgError:
        raise
    except Exception as error:  # whatever unknown code raises
        raise ExtractionError(f"{where} failed ({type(error).__name__}: {error}); {mend}") from error
    wrong = [name for name in ("name", "version") if not _is_text(getattr(stage, name, None))]
    if wrong or not callable(stage):
        lacks = " and ".join(wrong) or "__call__"
        raise ExtractionError(f"{where} made a {type(stage).__name__} without {lacks}, which is no Stage; {mend}")
    made: Stage = stage
    return made


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)
