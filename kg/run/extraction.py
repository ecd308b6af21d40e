"""From paths to enriched documents: reading, and the stage over what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import FailureRateError, InputError
from kg.extract.extractors import DEFAULT
from kg.ingest import ReadOptions, each_once, read_records, to_document
from kg.ingest.articles import Wanted
from kg.ingest.sources import is_folder
from kg.lang import KOREAN
from kg.model import MIN_CONFIDENCE, Document, Failure
from kg.run.limits import Limits
from kg.run.workers import BATCH, Finish, map_documents, map_records, unchanged
from kg.stage import Stage

SHOWN = 3
"""How many failures the message of an error quotes."""


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """How articles are read and extracted; rates and confidences lie between 0 and 1."""

    read: ReadOptions = field(default_factory=ReadOptions)
    workers: int | None = 1
    """Processes; None takes every core for many articles."""
    min_confidence: float = MIN_CONFIDENCE
    """Relations stated with less are left out."""
    max_failure_rate: float = 0.5
    """The share of articles that may fail before the run counts as failed."""
    limits: Limits | None = None
    """What one article may take, and then never in this process; None for the usual in several processes."""
    extractor: str = DEFAULT
    """What finds names and relations, as `kg.extract.extractors` names it."""

    @property
    def settings(self) -> dict[str, Any]:
        """Those that decide what is found, as a manifest has them; extractor and language where they are not usual."""
        read = self.read
        settings: dict[str, Any] = {"date": read.date, "publisher": read.publisher, "clean": read.clean}
        settings["min_confidence"] = self.min_confidence
        settings |= {} if self.extractor == DEFAULT else {"extractor": self.extractor}
        return settings | ({} if read.language == KOREAN else {"language": read.language})


def confident(document: Document, least: float) -> Document:
    """Return a document without the relations stated with less than a confidence (0 to 1)."""
    return replace(document, relations=tuple(r for r in document.relations if r.confidence >= least))


@dataclass(frozen=True, slots=True)
class Finishing:
    """What is made of an extracted document: relations of too little confidence left out, then `make`."""

    min_confidence: float
    make: Finish = unchanged

    def __call__(self, document: Document) -> Any:
        """Return what is made of a document."""
        return self.make(confident(document, self.min_confidence))


class Extraction:
    """One pass over the articles of some paths; iterate once, and read the counts afterwards.

    Yields what `make` makes of the Documents, in the order of the input, but for those of which `known`, asked of each
    as it is read, says that they need no extraction; `make`, which is pickled, runs where the document was extracted,
    and what it returns has the `id` of that. `failures` lists what could not be processed, `documents` counts the
    others, known or yielded. `watch` is called with every Failure as it comes, and with None for every other article.
    `wanted` chooses among the articles, which are then extracted each on its own.
    """

    def __init__(
        self,
        paths: Sequence[str],
        options: ExtractOptions,
        stage: Stage,
        *,
        stdin: BinaryIO | None = None,
        watch: Callable[[Failure | None], None] = lambda failure: None,
        known: Callable[[Document], bool] = lambda document: False,
        wanted: Wanted | None = None,
        make: Finish = unchanged,
    ) -> None:
        self.documents = 0
        self.failures: list[Failure] = []
        self.stage = stage
        self._paths, self._options, self._stdin, self._watch, self._known = paths, options, stdin, watch, known
        self._wanted = wanted
        self._finish = Finishing(options.min_confidence, make)
        self._sources: dict[str, str] = {}

    def __iter__(self) -> Iterator[Any]:
        options, batch = self._options, BATCH if self._wanted is None else 1
        for result in map_documents(self.stage, self._read(), options.workers, options.limits, batch, self._finish):
            source = self._sources.pop(result.source if isinstance(result, Failure) else result.id)
            if isinstance(result, Failure):
                self.fail(replace(result, source=source))
                continue
            self.documents += 1
            self._watch(None)
            yield result

    def fail(self, failure: Failure) -> None:
        """Count what could not be processed."""
        self.failures.append(failure)
        self._watch(failure)

    def check_some(self) -> None:
        """Raise InputError, quoting the first failures, when no article could be used."""
        if not self.documents:
            more = len(self._paths) - SHOWN
            given = ", ".join(self._paths[:SHOWN]) + (f" and {more} more" if more > 0 else "")
            said = quoted(self.failures, len(self.failures))
            raise InputError(f"no usable article in {given}{said}; nothing was written")

    def check_rate(self) -> None:
        """Raise FailureRateError when more of the articles failed than the options allow."""
        check_rate(self.failures, len(self.failures), self.documents, self._options.max_failure_rate)

    def _read(self) -> Iterator[Document]:
        read, limits = self._options.read, self._options.limits
        records = read_records(self._paths, options=read, stdin=self._stdin, wanted=self._wanted)
        for article in each_once(map_records(records, read, limits)):
            if isinstance(article, Failure):
                self.fail(article)
                continue
            document = to_document(article)
            if self._known(document):
                self.documents += 1
                self._watch(None)
            else:
                self._sources[article.id] = article.source or article.id
                yield document


def check_rate(failures: Sequence[Failure], failed: int, usable: int, limit: float) -> None:
    """Raise FailureRateError, quoting the first failures, when more than a share (0 to 1) of all articles failed."""
    total = failed + usable
    if failed > limit * total:
        said = f"{failed} of {total} articles failed, more than the {limit:.0%} allowed"
        raise FailureRateError(f"{said}{quoted(failures, failed)}; the others are written")


def quoted(failures: Sequence[Failure], total: int) -> str:
    """Return the first of `total` failures in brackets, empty where there is none."""
    said = [f"{failure.source}: {failure.message}" for failure in failures[:SHOWN]]
    said += [f"and {total - len(said)} more"] if total > len(said) else []
    return f" ({'; '.join(said)})" if said else ""


def check_outside(out: Path | None, paths: Sequence[str]) -> None:
    """Raise InputError when an output lies in a folder of articles, where the next run would read it as one."""
    for path in paths:
        if out is not None and is_folder(path) and out.resolve().is_relative_to(Path(path).resolve()):
            raise InputError(f"{out} lies in {path}, and would be read as articles next time; choose another place")
