"""What the command line and Python say of a run, as ExtractOptions, and the stage that these name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.extract.extractors import DEFAULT, load_extractor
from kg.ingest.options import KOREAN, ReadOptions
from kg.model import MIN_CONFIDENCE
from kg.run.extraction import ExtractOptions
from kg.run.limits import ARTICLE_TIMEOUT, WORKER_MEMORY, Limits
from kg.stage import Stage
from kg.store import DocumentStore, store_file


def extract_options(
    *,
    date: str | None = None,
    publisher: str | None = None,
    columns: Mapping[str, str] | None = None,
    clean: bool = True,
    language: str | None = None,
    extractor: str | None = None,
    workers: int | None = 1,
    min_confidence: float = MIN_CONFIDENCE,
    max_failure_rate: float = 0.5,
    article_timeout: float | None = None,
    worker_memory: float | None = None,
    last: Mapping[str, Any] | None = None,
) -> ExtractOptions:
    """Return the options of a run; of an extractor or language not given those of the settings `last`, of a build.

    Raises InputError for a bad value.
    """
    last = last or {}
    language = language or last.get("language", KOREAN)
    read = ReadOptions(date=date, publisher=publisher, columns=dict(columns or {}), clean=clean, language=language)
    limits = given_limits(article_timeout, worker_memory)
    chosen = extractor or last.get("extractor", DEFAULT)
    return ExtractOptions(read, workers, min_confidence, max_failure_rate, limits, chosen)


def given_limits(article_timeout: float | None, worker_memory: float | None) -> Limits | None:
    """Return the limits given, the usual one in place of either that is not; None for neither."""
    if article_timeout is None and worker_memory is None:
        return None
    return Limits(
        ARTICLE_TIMEOUT if article_timeout is None else article_timeout,
        WORKER_MEMORY if worker_memory is None else worker_memory,
    )


def last_settings(folder: str | Path) -> Mapping[str, Any]:
    """Return the settings of the last build of a folder, none where it has no store."""
    if not store_file(folder).is_file():
        return {}
    with DocumentStore(folder, create=False) as store:
        return store.settings


def stage_of(options: ExtractOptions) -> Stage:
    """Return the stage that options name; its models are loaded at the first article, and kept for the next run."""
    return stage(options.extractor, options.read.language)


def stage(spec: str, language: str) -> Stage:
    """Return the stage of a spec for a language, as `load_extractor` does; anew when a file it names has changed."""
    try:
        changed = Path(spec.partition(":")[2]).stat().st_mtime_ns
    except (OSError, ValueError):
        changed = 0
    return _stage(spec, language, changed)


@lru_cache(maxsize=2)
def _stage(spec: str, language: str, changed: int) -> Stage:
    return load_extractor(spec, language)


def listed(paths: str | Path | Iterable[str | Path]) -> list[str]:
    """Return one path or several as the command line gives them."""
    given = [paths] if isinstance(paths, str | Path) else paths
    return [str(path) for path in given]
