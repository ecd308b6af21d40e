"""A whole build on this machine: articles in, documents, graph and exports out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.codec import read_documents, write_documents
from kg.contract import check_graph
from kg.errors import ExportError, UnknownNameError
from kg.graph.assemble import Assembler
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.graph.lookup import nearest
from kg.model import Document, Failure
from kg.resolve.corrections import Corrections, apply, read_corrections
from kg.run.extraction import Extraction, ExtractOptions, check_outside
from kg.run.manifest import manifest, write_manifest
from kg.schema import Schema, load_schema
from kg.stage import Stage

if TYPE_CHECKING:
    import networkx as nx

Step = Callable[[str], None]
"""Told the name of a step of the build as it begins."""

CORRECTIONS = "corrections.yaml"
"""The file beside the graph that corrections are read from, at every build."""
FORMS = ("json", "turtle", "html")
"""What every build writes beside documents.jsonl and manifest.json."""


class Watch:
    """Told how a build goes; the command line draws a progress bar of it."""

    def step(self, name: str) -> None:
        """Note that a step of the build begins."""

    def result(self, result: Document | Failure) -> None:
        """Note that an article is done or has failed."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The graph of a build, its manifest (without files) and the pass over the articles, with what failed."""

    graph: KnowledgeGraph
    manifest: dict[str, Any]
    extraction: Extraction


class DocumentsFile:
    """The documents of a JSON lines file, read again at each iteration."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[Document]:
        return read_documents(self._path)


def build(
    paths: Sequence[str],
    out: Path | None,
    options: ExtractOptions,
    stage: Stage,
    *,
    forms: Sequence[str] = (),
    stdin: BinaryIO | None = None,
    watch: Watch | None = None,
) -> BuildResult:
    """Read articles, extract, resolve, assemble, and write the outputs to a folder.

    `out` None writes nothing; `forms` are written beside FORMS. The outputs take their names once all
    are complete, so a failed build leaves those of an earlier one as they were. `corrections.yaml` in `out` is
    replayed over what is automatic (`kg.resolve.corrections`). Raises InputError when no article is usable,
    `out` lies among the articles or the corrections are wrong, and ExportError when it cannot be written; whether
    too many articles failed is for the caller to ask (`result.extraction.check_rate()`).
    """
    watch = watch or Watch()
    check_outside(out, paths)
    forms = [exporter_name(form) for form in [*FORMS, *forms]]
    schema = load_schema()
    corrections = read_corrections(out / CORRECTIONS, schema) if out is not None else Corrections()
    extraction = Extraction(paths, options, stage, stdin=stdin, watch=watch.result)
    with staging(out) as folder:
        watch.step("extract")
        documents = folder / "documents.jsonl"
        write_documents(extraction, documents)
        extraction.check_some()
        graph, counts, notes = fold(DocumentsFile(documents), schema, corrections, watch.step)
        found = manifest(extraction, options, counts, schema.hash, paths) | corrected(corrections, notes)
        if out is not None:
            _write(graph, dict.fromkeys(forms), folder, found, watch.step)
            publish(folder, out)
    return BuildResult(graph, found, extraction)


def exporter_name(form: str) -> str:
    """Return the name of an export form; raises UnknownNameError with the nearest ones."""
    from kg.export import EXPORTERS

    if form not in EXPORTERS:
        raise UnknownNameError("export form", form, nearest(form, EXPORTERS) or sorted(EXPORTERS))
    return form


def fold(
    documents: DocumentsFile, schema: Schema, corrections: Corrections, step: Step
) -> tuple[KnowledgeGraph, dict[str, Any], Sequence[str]]:
    """Return the graph of documents as corrected, its counts, and the notes of corrections that found nothing."""
    from kg.resolve import appearances, resolve
    from kg.resolve.copies import fingerprint, originals
    from kg.resolve.identifiers import identify

    step("resolve")
    found = (one for document in documents for one in appearances(document))
    resolution = apply(resolve(documents), corrections, found, schema)
    assembler = Assembler(identify(resolution), schema, originals(map(fingerprint, documents)), resolution.retracted)
    step("assemble")
    for document in documents:
        assembler.add(document)
    assembled: nx.MultiDiGraph[Any] = assembler.graph()
    check_graph(assembled, schema)
    graph = KnowledgeGraph(assembled, schema)
    counts = {**graph.summary(), "dropped": dict(sorted(assembler.dropped.items()))}
    return graph, counts, resolution.notes


def corrected(corrections: Corrections, notes: Sequence[str]) -> dict[str, Any]:
    """Return what the manifest says of corrections: how many entries, and which found nothing to correct."""
    return {"corrections": {"entries": len(corrections.entries), "notes": list(notes)}} if corrections else {}


@contextmanager
def staging(out: Path | None) -> Iterator[Path]:
    """Yield a folder that is gone afterwards, inside `out` so that its files can be renamed into place."""
    try:
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
        holder = tempfile.TemporaryDirectory(prefix=".build-", dir=out)
    except OSError as error:
        raise ExportError(f"{out}: cannot be written ({error.strerror}); choose another folder with -o") from error
    with holder as folder:
        yield Path(folder)


def _write(graph: KnowledgeGraph, forms: Iterable[str], folder: Path, found: dict[str, Any], step: Step) -> None:
    from kg.export import EXPORTERS

    for form in forms:
        step(f"write {form}")
        graph.export(folder / f"graph{EXPORTERS[form].suffix}", form)
    write_manifest(found, list(folder.iterdir()), folder / "manifest.json")


def publish(folder: Path, out: Path) -> None:
    """Rename the files into the output folder, the manifest that names them last."""
    files = sorted(folder.iterdir(), key=lambda path: (path.name == "manifest.json", path.name))
    for path in files:
        path.replace(out / path.name)
