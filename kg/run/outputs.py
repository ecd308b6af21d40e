"""The files of an output folder, written from its store and renamed into place together."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import ExportError, GraphSizeError, StoreError, UnknownNameError
from kg.graph.lookup import nearest
from kg.model import Failure
from kg.run.manifest import DOCUMENTS, MANIFEST, corrected, manifest, write_manifest
from kg.store import STORE, DocumentStore, Fold, store_file

_log = logging.getLogger("kg")
Step = Callable[[str], None]
"""Told the name of a step of the work as it begins."""

FORMS = ("json", "turtle", "html")
"""What every build writes beside documents.jsonl and manifest.json."""
PAGE = 400_000
"""Entities and relations of the largest graph that a build shows whole on its page: 35 MB, seconds to open."""
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
) -> tuple[Fold, dict[str, Any]]:
    """Return the graph of a store and its manifest, and write both with the documents to `out`, None for nowhere.

    The files take their names once all are complete. The caller holds the store for writing, so that no other process
    publishes an older state later.
    """
    step("assemble")
    corrections = store.corrections()
    made = store.fold(corrections)
    found = manifest(store, made.counts, made.schema, failures, paths) | corrected(corrections, made.notes)
    if out is not None:
        with staging(out) as folder:
            left_out = write_files(store, made, folder, forms, step)
            found |= {"left_out": left_out} if left_out else {}
            write_manifest(found, folder)
            publish(folder, out, left_out)
    return made, found


def write_files(store: DocumentStore, made: Fold, folder: Path, forms: Iterable[str], step: Step) -> dict[str, str]:
    """Write the documents of a store and its graph in some forms; return which part was too large, and why.

    Of a graph of more than PAGE entities and relations the page shows the most connected ones, and says so.
    """
    from kg.export import export

    with (folder / DOCUMENTS).open("w", encoding="utf-8", newline="\n") as lines:
        lines.writelines(f"{line}\n" for line in store.lines())
    text = store.settings.get("text", True)
    left_out: dict[str, str] = {}
    for form in dict.fromkeys(forms):
        step(f"write {form}")
        path = folder / graph_file(form)
        try:
            if form == "html" and sum(made.size) > PAGE:
                left_out[path.name] = _part_page(made, path, text)
            else:
                export(made, store.schema, path, form, text=text)
        except GraphSizeError as error:
            left_out[path.name] = str(error)
    for name, why in left_out.items():
        _log.warning("%s: %s", name, why)
    return left_out


def _part_page(made: Fold, path: Path, text: bool) -> str:
    """Write the page of the most connected entities, and return what it leaves out."""
    from kg.export import export

    part = made.most_connected(PAGE)
    shown, relations = part.number_of_nodes(), part.number_of_edges()
    entities, all_relations = made.size
    title = f"한국 뉴스 지식 그래프: 관계가 가장 많은 {shown:,}개 개체 (전체 {entities:,}개)"
    export(part, made.types, path, "html", text=text, title=title)
    return (
        f"shows the {shown:,} entities of most relations and {relations:,} relations among them, of {entities:,} and"
        f" {all_relations:,}; the other files have all"
    )


def graph_file(form: str) -> str:
    """Return the name of the graph in a form."""
    from kg.export import EXPORTERS

    return f"graph{EXPORTERS[form].suffix}"


def is_own_file(path: Path) -> bool:
    """Say whether a path is the graph of a build's folder in some form, which its next build writes again."""
    from kg.export import EXPORTERS

    return (path.parent / MANIFEST).exists() and path.name in map(graph_file, EXPORTERS)


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


def publish(folder: Path, out: Path, left_out: Collection[str] = ()) -> None:
    """Rename the files into the output folder, the manifest that names them last.

    Those that were left out are taken away, that none of an earlier graph stays.
    """
    from kg.export.files import remove

    files = sorted(folder.iterdir(), key=lambda path: (path.name == MANIFEST, path.name))
    for name in left_out:
        if not (folder / name).exists():
            remove(out / name)
    for path in files:
        if path.is_dir():
            remove(out / path.name)
        path.replace(out / path.name)
