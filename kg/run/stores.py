"""`kg.Store`: the store of an output folder, with articles read and extracted on their way in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.model import Failure
from kg.run import api, given
from kg.run.local import Watch, add
from kg.run.outputs import exporter_name, forms_in, make_store_folder, write_outputs
from kg.store import DocumentStore


@dataclass(frozen=True, slots=True)
class Added:
    """How many articles came in new, how many in place of others of their ids and how many were there already."""

    new: int
    replaced: int
    unchanged: int
    failures: tuple[Failure, ...] = ()


class Store(DocumentStore):
    """The record of a folder that `build` writes: articles go in and out, the graph is that of what is left.

    ```python
    with kg.Store("exports") as store:
        store.add(["new.txt"])
        store.retract("old-article-id")
        graph = store.graph()
        store.write()
    ```

    Folder and store are made where they are missing; raises StoreError where a graph lies without its store.
    """

    def __init__(self, path: str | Path) -> None:
        make_store_folder(path)
        super().__init__(path)

    def add(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        date: str | None = None,
        publisher: str | None = None,
        columns: Mapping[str, str] | None = None,
        clean: bool = True,
        language: str | None = None,
        extractor: str | None = None,
        workers: int | None = 1,
        max_failure_rate: float = 0.5,
        article_timeout: float | None = None,
        worker_memory: float | None = None,
    ) -> Added:
        """Take in the articles of files, folders and globs, in place of those that have their ids.

        Options are those of `kg.build`; the least confidence, and extractor and language where they are not given, are
        those of the folder's last build. Articles that have
        not changed are not extracted again. What fails is logged and not stored. Raises InputError when no article is
        usable and FailureRateError, the others stored, when more than `max_failure_rate` of them failed.
        """
        options = given.extract_options(
            date=date,
            publisher=publisher,
            columns=columns,
            clean=clean,
            language=language,
            extractor=extractor,
            workers=workers,
            max_failure_rate=max_failure_rate,
            article_timeout=article_timeout,
            worker_memory=worker_memory,
            last=self.settings,
        )
        intake = add(self, given.listed(paths), options, given.stage_of(options), write=False)
        api.log_failures(intake.extraction.failures)
        intake.extraction.check_rate()
        return Added(intake.added, intake.replaced, intake.unchanged, tuple(intake.extraction.failures))

    def write(self, forms: Iterable[str] = ()) -> None:
        """Write the graph, the documents and the manifest to the folder, as a build does.

        `forms` are written beside Turtle, JSON, HTML and what the folder has already. Raises ExportError.
        """
        assert self.path is not None
        folder = self.path.parent
        wanted = [*forms_in(folder), *(exporter_name(form) for form in forms)]
        with self.writing():
            self.settle()
            write_outputs(self, folder, wanted, step=Watch().step)
