"""What extracting articles may cost, before anything is sent: `kg extract --dry-run` and its twin in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Protocol, runtime_checkable

from kg.errors import InputError
from kg.model import Document, Failure
from kg.run.extraction import Extraction, ExtractOptions
from kg.stage import Stage


@runtime_checkable
class Forecasting(Protocol):
    """A stage whose work costs money: it can tell how much at most, and says so in lines for people.

    Forecasts of several articles are added with +.
    """

    def forecast(self, documents: Sequence[Document]) -> Any:
        """Return what extracting documents may cost; sends nothing."""
        ...

    def told(self, found: Any) -> list[str]:
        """Return a forecast in lines."""
        ...


@runtime_checkable
class Reporting(Protocol):
    """A stage that has something to say once its work is done."""

    def report(self) -> str:
        """Return a line on what it did."""
        ...


def forecast(paths: str | Path | Iterable[str | Path], *, extractor: str, language: str = "ko", **given: Any) -> Any:
    """Return the `kg.extract.llm.forecast.Forecast` of articles in files, folders and globs; sends nothing.

    Options are those of `kg.build` that say how articles are read. Raises InputError when no article is usable, or the
    extractor's work has no price.
    """
    from kg.run.given import extract_options, listed, stage_of

    options = extract_options(language=language, extractor=extractor, **given)
    return forecast_of(listed(paths), options, stage_of(options))[0]


def forecast_of(
    paths: Sequence[str],
    options: ExtractOptions,
    stage: Stage,
    *,
    stdin: BinaryIO | None = None,
    watch: Callable[[Failure | None], None] = lambda failure: None,
) -> tuple[Any, list[str]]:
    """Return the forecast of the articles in some paths, and its lines; raises InputError."""
    if not isinstance(stage, Forecasting):
        raise InputError(f"extractor {options.extractor} sends nothing and costs nothing; leave --dry-run out")
    total: list[Any] = []

    def known(document: Document) -> bool:
        found = stage.forecast([document])
        total[:] = [total[0] + found if total else found]
        return True

    extraction = Extraction(paths, options, stage, stdin=stdin, known=known, watch=watch)
    for _ in extraction:
        pass
    extraction.check_some()
    return total[0], stage.told(total[0])
