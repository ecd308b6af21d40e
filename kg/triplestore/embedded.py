"""The graph in an embedded Oxigraph store: a folder, made whole beside and renamed into place."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kg.errors import ExportError, MissingExtraError
from kg.triplestore.engines import EXTRA, fill, fill_named
from kg.triplestore.sources import Source, is_store

MARK = "made-by-kg-load"
"""A file in the stores that `kg load` makes; it replaces no other folder."""


def load_store(graph: str | Path, store: str | Path, *, base: str | None = None, named_graphs: bool = False) -> int:
    """Load a graph into an Oxigraph store on disk, in place of what an earlier load put there; return its triples.

    Everything goes into the default graph, which plain queries ask; `named_graphs` puts the graph of each article
    beside it. `base` is that of the IRIs made for a folder or graph.json. Raises ExportError, with everything as it
    was, for a folder that holds something else, and InputError for a file with a fault.
    """
    try:
        import pyoxigraph
    except ImportError as error:
        raise MissingExtraError("Oxigraph", EXTRA) from error
    source, target = Source.of(graph, base), Path(store)
    if target.exists() and not (is_store(target) and (target / MARK).is_file()) and not _empty(target):
        raise ExportError(f"{target}: holds what kg load did not put there; choose another folder")
    staged = target.with_name(f".{target.name}.{os.getpid()}.part")
    old = staged.with_suffix(".old")
    try:
        staged.parent.mkdir(parents=True, exist_ok=True)
        made = pyoxigraph.Store(str(staged))
        if named_graphs:
            fill_named(made, source)
        named = len(made)
        fill(made, source)
        triples = len(made) - named
        del made  # closes it
        (staged / MARK).touch()
        if target.exists():
            target.rename(old)
        staged.rename(target)
    except OSError as error:
        raise ExportError(f"{target}: cannot be written ({error}); choose another folder") from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return triples


def _empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())
