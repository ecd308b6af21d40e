"""The functions of `import kg`: build or load a graph, extract one article.

They import what they need when called, so that `import kg` stays quick.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import LARGEST, MIN_CONFIDENCE, Document, Failure

if TYPE_CHECKING:
    from kg.extract.extractors import Extractor
    from kg.graph.knowledge_graph import KnowledgeGraph

_log = logging.getLogger("kg")


def build(
    paths: str | Path | Iterable[str | Path],
    out: str | Path | None = None,
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
    forms: Sequence[str] = (),
    text: bool = True,
    largest: int = LARGEST,
    article_timeout: float | None = None,
    worker_memory: float | None = None,
    retry_failed: bool = False,
) -> KnowledgeGraph:
    """Return the graph of the articles in files, folders and globs, and write it where `out` says.

    In `out` a store (`kg.Store`) keeps what was extracted: only articles that are new or changed are extracted again.
    `date` (ISO) and `publisher` go before what an article says. `columns` maps id, title, text, date,
    publisher and url to the columns of a table. `language` (a BCP 47 tag, ko) is that of the
    articles; `extractor` (the Korean one) is named as `kg.extractors` lists them, like "spacy:en_core_web_sm".
    `workers` above 1 (None: every core, for many articles)
    start processes, which a script must allow for by `if __name__ == "__main__":`. `forms` are written
    beside Turtle, JSON and HTML; without `text` these files have offsets and hashes in place of quotations and titles
    (documents.jsonl and the store keep the articles). What fails is logged and listed in the manifest;
    `retry_failed` takes only the articles listed there, each on its own, and leaves all others as they are.

    `article_timeout` (seconds for each 10,000 characters, 60 where it is not given) and `worker_memory` (gigabytes, 4)
    bound what one article may take: it fails, and costs nothing else. Processes alone can be held to that, so giving
    either starts one even for one worker; `workers=1` without them extracts here, and waits for as long as it takes.

    Raises InputError when no article is usable, FailureRateError when more than `max_failure_rate` of them failed and
    GraphSizeError, all written, when the graph has more than `largest` entities and relations.
    """
    from kg.run import given, local

    folder = None if out is None else Path(out)
    options = given.extract_options(
        date=date,
        publisher=publisher,
        columns=columns,
        clean=clean,
        language=language,
        extractor=extractor,
        workers=workers,
        min_confidence=min_confidence,
        max_failure_rate=max_failure_rate,
        article_timeout=article_timeout,
        worker_memory=worker_memory,
        last=given.last_settings(folder) if retry_failed and folder is not None else None,
    )
    if not retry_failed:
        result = local.build(given.listed(paths), folder, options, given.stage_of(options), forms=forms, text=text)
    elif folder is not None:
        result = local.retry(given.listed(paths), folder, options, given.stage_of(options), forms=forms)
    else:
        raise InputError("retry_failed goes by the manifest of a folder; give it as `out`")
    log_failures(result.extraction.failures)
    for note in result.manifest.get("corrections", {}).get("notes", ()):
        _log.warning("corrections.yaml: %s", note)
    result.extraction.check_rate()
    return result.graph(largest)


def log_failures(failures: Iterable[Failure]) -> None:
    """Log each article or file that could not be used, as a warning."""
    for failure in failures:
        _log.warning("%s: %s", failure.source, failure.message)


def correct(
    out: str | Path,
    *,
    merge: Sequence[str] | None = None,
    into: str | None = None,
    split: Mapping[str, Any] | None = None,
    distinct: Sequence[str] | None = None,
    rename: Mapping[str, str] | None = None,
    retype: Mapping[str, str] | None = None,
    retract: Mapping[str, str] | None = None,
    note: str | None = None,
    by: str | None = None,
    date: str | None = None,
) -> KnowledgeGraph:
    """Correct the graph of a built folder by one entry, add it to `corrections.yaml` there, and return the graph.

    Exactly one of the kinds is given, as `kg.resolve.entries` has it, with names or ids: `merge` and `distinct` take
    names, `split` entity and articles, `rename` entity and name, `retype` entity and type or subtype, `retract` type,
    subject, object and, where wanted, status and article. `note`, `by` and `date` are for people. Nothing is extracted
    again. Raises UnknownNameError and InputError, and leaves everything as it was, when the entry cannot be.
    """
    from kg.run.correct import correct as correct_here

    named: dict[str, Any] = {"merge": merge, "into": into, "split": split, "distinct": distinct}
    named |= {"rename": rename, "retype": retype, "retract": retract, "note": note, "by": by, "date": date}
    result = correct_here(Path(out), {key: value for key, value in named.items() if value is not None})
    for message in result.notes:
        _log.warning("corrections.yaml: %s", message)
    return result.graph


def load(path: str | Path, *, largest: int = LARGEST) -> KnowledgeGraph:
    """Return the graph of a `graph.json`, a store file, the folder that has either, or an RDF file of `export`.

    Of a folder that has both it is the graph that was written last. Raises FormatError or StoreError, and
    GraphSizeError for a store whose graph has more than `largest` entities and relations.
    """
    from kg.graph.knowledge_graph import KnowledgeGraph
    from kg.store import DocumentStore, store_file

    stored = store_file(path)
    if stored == Path(path) or (stored.is_file() and not Path(path, "graph.json").is_file()):
        with DocumentStore(stored, create=False) as store:
            return store.graph(largest)
    return KnowledgeGraph.load(path)


def extract(
    text: str,
    *,
    title: str | None = None,
    date: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    id: str | None = None,
    clean: bool = True,
    language: str = "ko",
    extractor: str = "korean",
    min_confidence: float = MIN_CONFIDENCE,
) -> Document:
    """Return one article as a Document with its mentions, entities and relations.

    `date` (ISO, of publication) resolves words like 26일; relations stated with less than `min_confidence`
    (0 to 1) are left out. `language` and `extractor` are as in `kg.build`; the extractor is kept for the next call.
    Raises InputError when the text is no article.
    """
    from kg.ingest import article_from_text, to_document
    from kg.run import given
    from kg.run.extraction import confident
    from kg.stage import run_stage

    article = article_from_text(
        text, title=title, date=date, publisher=publisher, url=url, id=id, clean=clean, language=language
    )
    document = run_stage(given.stage(extractor, language), [to_document(article)])[0]
    return confident(document, min_confidence)


def extractors() -> list[Extractor]:
    """Return every extractor that `extractor` of `kg.build` can name here: those that ship and installed plug-ins."""
    from kg.extract.extractors import extractors as known

    return known()
