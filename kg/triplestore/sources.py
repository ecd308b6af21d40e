"""What can be asked and loaded: an output folder, a graph file, an RDF file or an Oxigraph store."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, BinaryIO, cast

from kg.errors import InputError
from kg.export.files import form_suffix, open_bytes
from kg.export.vocabulary import DEFAULT_BASE
from kg.graph.knowledge_graph import KnowledgeGraph

FORMS = {".ttl": "turtle", ".nt": "ntriples", ".nq": "nquads", ".trig": "trig", ".jsonld": "jsonld"}
"""The RDF forms by file ending, as kg.export names them; `.gz` may follow."""
GRAPHS = (".json", ".sqlite")
"""Endings of the files that hold a KnowledgeGraph."""


@dataclass(frozen=True)
class Source:
    """A graph somewhere: exactly one of an RDF file (`form` says which), an Oxigraph store, a folder or graph file."""

    path: Path
    form: str | None = None
    store: bool = False
    base: str = DEFAULT_BASE

    @staticmethod
    def of(path: str | Path, base: str | None = None) -> Source:
        """Return what a path holds; `base` is that of the IRIs made for a folder or graph file.

        Raises InputError when it is none of the kinds, or missing, or has IRIs and so a base already.
        """
        found = Path(path)
        form = FORMS.get(form_suffix(found))
        if base is not None and (form is not None or is_store(found)):
            raise InputError(f"{found}: has its IRIs already; kg export --base writes others")
        if is_store(found):
            return Source(found, store=True)
        if form is None and not found.is_dir() and found.suffix.lower() not in GRAPHS:
            raise InputError(
                f"{found}: no graph; give a folder that kg build wrote, its graph.json, an RDF file "
                f"({', '.join(FORMS)}, also with .gz) or a store that kg load made"
            )
        if form is not None and not found.is_file():
            raise InputError(f"{found}: no such file")
        return Source(found, form, base=base or DEFAULT_BASE)

    @property
    def named(self) -> bool:
        """Whether it is a file that may have named graphs."""
        return self.form in ("nquads", "trig", "jsonld")

    @cached_property
    def graph(self) -> KnowledgeGraph:
        """The graph of a folder or graph file."""
        from kg.run.api import load

        return load(self.path)

    @contextmanager
    def rdf(self, form: str = "ntriples") -> Iterator[tuple[IO[bytes], str]]:
        """Yield the RDF as an open file and the name of its form: the file itself, or the graph written in `form`."""
        if self.form is not None:
            with open_bytes(self.path) as lines:
                yield lines, self.form
            return
        with TemporaryDirectory(prefix="kg-") as folder, self._written(Path(folder), form).open("rb") as lines:
            yield lines, form

    @contextmanager
    def file(self) -> Iterator[BinaryIO]:
        """Yield N-Triples or Turtle as an open file on disk, unpacked; N-Triples of a folder or graph file."""
        with self.rdf() as (lines, _), TemporaryFile() as unpacked:
            if isinstance(lines, io.BufferedReader):
                yield lines
            else:
                shutil.copyfileobj(lines, unpacked)
                yield cast(BinaryIO, unpacked)

    def _written(self, folder: Path, form: str) -> Path:
        return self.graph.export(folder / "graph", form, base=self.base)


def is_store(path: Path) -> bool:
    """Return whether a path is the folder of an Oxigraph store, which is one of RocksDB."""
    return (path / "CURRENT").is_file()
