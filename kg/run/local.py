"""Runs on this machine: articles into a store, its graph and exports out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import LARGEST, Failure
from kg.resolve.corrections import read_corrections
from kg.run.extraction import Extraction, ExtractOptions, check_outside
from kg.run.intake import Intake
from kg.run.outputs import FORMS, exporter_name, forms_in, make_folder, write_outputs
from kg.run.retry import Retry
from kg.run.workers import InProcesses
from kg.schema import load_schema
from kg.stage import Stage
from kg.store import CORRECTIONS, DocumentStore, Fold, store_file


class Watch:
    """Told how a run goes; the command line draws a progress bar of it."""

    def step(self, name: str) -> None:
        """Note that a step of the run begins."""

    def result(self, failure: Failure | None) -> None:
        """Note that an article is done, or has failed."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build came to: the records of its graph, its manifest (without files) and the pass over the articles."""

    fold: Fold
    manifest: dict[str, Any]
    extraction: Extraction

    def graph(self, largest: int = LARGEST) -> KnowledgeGraph:
        """Return the graph in memory; raises GraphSizeError when it has more than `largest` entities and relations."""
        return self.fold.graph(largest)


def build(
    paths: Sequence[str],
    out: Path | None,
    options: ExtractOptions,
    stage: Stage,
    *,
    forms: Sequence[str] = (),
    text: bool = True,
    stdin: BinaryIO | None = None,
    watch: Watch | None = None,
) -> BuildResult:
    """Make the store of a folder hold the articles of `paths` and no others, and write its outputs.

    Only articles that are new or changed are extracted, and what is extracted lasts, so that a build that was
    interrupted goes on where it stopped. `corrections.yaml` in `out` is replayed over what is automatic
    (`kg.resolve.corrections`). `out` None writes nothing; `forms` are written beside FORMS, without `text` all of them
    without quotations and titles, also when the folder is written again later. The outputs take their
    names once all are complete, so a failed build leaves those of an earlier one as they were. Raises InputError when
    no article is usable, `out` lies among the articles or the corrections are wrong, and ExportError or StoreError when
    it cannot be written; whether too many articles failed is for the caller to ask (`result.extraction.check_rate()`).
    """
    watch = watch or Watch()
    check_outside(out, paths)
    forms = [exporter_name(form) for form in [*FORMS, *forms]]
    if out is not None:
        make_folder(out)
        read_corrections(out / CORRECTIONS, load_schema())  # wrong ones are no surprise after the work
    with no_empty_store(out), DocumentStore(out) as store, store.writing():
        watch.step("extract")
        store.note(options.settings | ({} if text else {"text": False}))
        intake = Intake(store, paths, options, stage, stdin=stdin, watch=watch.result)
        intake.run(commit=True)
        intake.extraction.check_some()
        store.retract(*sorted(store.keys().keys() - intake.ids))
        watch.step("resolve")
        store.settle(InProcesses(options.workers))
        store.commit()
        failures = intake.extraction.failures
        made, found = write_outputs(store, out, forms, failures=failures, paths=paths, step=watch.step)
    return BuildResult(made, found, intake.extraction)


@contextmanager
def no_empty_store(out: Path | None) -> Iterator[None]:
    """Take the store of a folder, if made in the block, away when that ends with an error and no article is in it."""
    made = out is not None and not store_file(out).exists()
    try:
        yield
    except BaseException:
        if out is not None and made and store_file(out).exists():
            with DocumentStore(out, create=False) as store:
                empty = not len(store)
            if empty:
                store_file(out).unlink()
        raise


def retry(
    paths: Sequence[str],
    out: Path,
    options: ExtractOptions,
    stage: Stage,
    *,
    forms: Sequence[str] = (),
    stdin: BinaryIO | None = None,
    watch: Watch | None = None,
) -> BuildResult:
    """Take those articles of `paths` into the store of a folder that its last run failed on, and write its outputs.

    Only they are read and extracted, each on its own; everything else stays. The manifest lists afterwards what failed
    again, what could not be found and what is listed for an id taken before. The least confidence is that of the last
    build. Raises InputError, FormatError or StoreError where there is no run to go by.
    """
    watch = watch or Watch()
    check_outside(out, paths)
    forms = [exporter_name(form) for form in forms]
    wanted = Retry(out, paths)
    with DocumentStore(out, create=False) as store, store.writing():
        watch.step("extract")
        options = replace(options, min_confidence=store.settings.get("min_confidence", options.min_confidence))
        intake = Intake(store, paths, options, stage, stdin=stdin, watch=watch.result, wanted=wanted)
        intake.run(commit=True)
        extraction = intake.extraction
        for failure in wanted.left():
            extraction.fail(failure)
        extraction.documents = len(store)  # of which the failures are a share, as after a build of everything
        watch.step("resolve")
        store.settle(InProcesses(options.workers))
        store.commit()
        wanted_forms = [*forms_in(out), *forms]
        made, found = write_outputs(
            store, out, wanted_forms, failures=extraction.failures, paths=paths, step=watch.step
        )
    return BuildResult(made, found, extraction)


def add(
    store: DocumentStore,
    paths: Sequence[str],
    options: ExtractOptions,
    stage: Stage,
    *,
    write: bool,
    stdin: BinaryIO | None = None,
    watch: Watch | None = None,
) -> Intake:
    """Take the articles of `paths` into a store, in place of those of the same id, and `write` the outputs beside it.

    The least confidence is that of the store's last build. Inside a transaction of the caller's all articles are part
    of that; else they last a few hundred at a time. Raises InputError when no article is usable.
    """
    watch = watch or Watch()
    check_outside(store.path, paths)
    alone = not store.is_writing
    with store.writing():
        watch.step("extract")
        store.note(store.settings or options.settings)
        options = replace(options, min_confidence=store.settings["min_confidence"])
        intake = Intake(store, paths, options, stage, stdin=stdin, watch=watch.result)
        intake.run(commit=alone)
        intake.extraction.check_some()
        _finish(store, write, intake.extraction.failures, paths, watch)
    return intake


def retract(store: DocumentStore, ids: Sequence[str], *, write: bool, watch: Watch | None = None) -> None:
    """Take articles out of a store, and `write` the outputs beside it; raises UnknownNameError for an unknown id."""
    watch = watch or Watch()
    with store.writing():
        store.retract(*ids)
        _finish(store, write, (), (), watch)


def _finish(store: DocumentStore, write: bool, failures: Sequence[Failure], paths: Sequence[str], watch: Watch) -> None:
    watch.step("resolve")
    store.settle()
    if write and store.path is not None:
        store.commit()
        folder = store.path.parent
        write_outputs(store, folder, forms_in(folder), failures=failures, paths=paths, step=watch.step)
