"""The files of an output folder, written from its store and renamed into place together."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import ExportError, StoreError, UnknownNameError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.graph.lookup import nearest
from kg.model import Failure
from kg.run.manifest import DOCUMENTS, MANIFEST, corrected, manifest, write_manifest
from kg.store import STORE, DocumentStore, store_file

Step = Callable[[str], None]
"""Told the name of a step of the work as it begins."""

FORMS = ("json", "turtle", "html")
"""What every build writes beside documents.jsonl and manifest.json."""
STAGING = ".build-"
"""How the name of a folder begins that holds files not yet complete."""


def exporter_name(form: str) -> str:
    """Return the name of an export form; raises UnknownNameError with the nearest ones."""
    from kg.export import EXPORTERS

    if form not in EXPORTERS:
        raise UnknownNameError("export form", form, nearest(form, EXPORTERS) or sorted(EXPORTERS))
    return form


def forms_in(folder: Path) -> list[str]:
    """Return FORMS, and the further forms that a folder has already."""
    from kg.export import EXPORTERS

    return [*FORMS, *(form for form in EXPORTERS if (folder / graph_file(form)).exists() and form not in FORMS)]


def make_folder(out: Path) -> None:
    """Make an output folder; raises ExportError naming it when that cannot be."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{out}: cannot be written ({error.strerror}); choose another folder with -o") from error


def make_store_folder(path: str | Path) -> None:
    """Make the folder of a store, itself a file or a folder, that articles are to be added to.

    Raises ExportError when that cannot be, and StoreError where a graph lies without its store: an addition would
    write a graph of its own articles in place of that.
    """
    store = store_file(path)
    make_folder(store.parent)
    if not store.exists() and (store.parent / "documents.jsonl").exists():
        raise StoreError(
            f"{store.parent}: has a graph but not its {STORE}; `kg build ARTICLES -o {store.parent}` of all its"
            " articles makes both, or choose another folder"
        )


def write_outputs(
    store: DocumentStore,
    out: Path | None,
    forms: Iterable[str],
    *,
    failures: Iterable[Failure] = (),
    paths: Sequence[str] = (),
    step: Step,
) -> tuple[KnowledgeGraph, dict[str, Any]]:
    """Return the graph of a store and its manifest, and write both with the documents to `out`, None for nowhere.

    The files take their names once all are complete. The caller holds the store for writing, so that no other process
    publishes an older state later.
    """
    step("assemble")
    corrections = store.corrections()
    made = store.fold(corrections)
    graph = made.graph
    found = manifest(store, made.counts, graph.schema.hash, failures, paths) | corrected(corrections, made.notes)
    if out is not None:
        with staging(out) as folder:
            write_lines(store.lines(), folder / DOCUMENTS)
            for form in dict.fromkeys(forms):
                step(f"write {form}")
                graph.export(folder / graph_file(form), form, text=store.settings.get("text", True))
            write_manifest(found, list(folder.iterdir()), folder / MANIFEST)
            publish(folder, out)
    return graph, found


def graph_file(form: str) -> str:
    """Return the name of the graph in a form."""
    from kg.export import EXPORTERS

    return f"graph{EXPORTERS[form].suffix}"


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """Yield a folder that is gone afterwards, inside `out` so that its files can be renamed into place.

    Raises ExportError where that folder cannot be written to.
    """
    try:
        for left in out.glob(f"{STAGING}*"):  # by a process that was killed, for no other writes here now
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=STAGING, dir=out) as folder:
            yield Path(folder)
    except OSError as error:
        raise ExportError(
            f"{out}: cannot be written ({error.strerror}); free space, or choose another folder"
        ) from error


def write_lines(lines: Iterable[str], path: Path) -> None:
    """Write lines of the documents format to a file."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{line}\n" for line in lines)


def publish(folder: Path, out: Path) -> None:
    """Rename the files into the output folder, the manifest that names them last."""
    files = sorted(folder.iterdir(), key=lambda path: (path.name == MANIFEST, path.name))
    for path in files:
        path.replace(out / path.name)
