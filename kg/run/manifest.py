"""manifest.json: what a build was made of and came to, the same for the same input."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.model import Failure
from kg.resolve.corrections import Corrections
from kg.store import DocumentStore

FORMAT = 1
MANIFEST, DOCUMENTS = "manifest.json", "documents.jsonl"
"""Files of an output folder beside its graph."""
COMPONENTS = (
    *("datasketch", "igraph", "kiwipiepy", "kiwipiepy_model", "networkx", "numpy"),
    *("pyvis", "rdflib", "scipy", "spacy"),
)
"""Distributions whose version can change what a build writes."""


def manifest(
    store: DocumentStore, counts: Mapping[str, Any], schema: str, failures: Iterable[Failure], paths: Sequence[str]
) -> dict[str, Any]:
    """Return the manifest without its files: versions, options, counts and failures; no time, no absolute path.

    The options are those of the store (those of its last build), the failures those of `paths` just read.
    """
    listed = sorted(failures, key=lambda f: (f.source, f.stage, f.message))
    stages = (extractor.rpartition("/") for extractor in store.extractors())
    return {
        "format": FORMAT,
        **built_with(schema),
        "stages": [{"name": name, "version": number} for name, _, number in stages],
        "options": portable_settings(store.settings),
        "counts": {**counts, "failures": len(listed)},
        "failures": [
            {"source": portable(one.source, paths), "stage": one.stage, "message": portable(one.message, paths)}
            for one in listed
        ],
    }


def built_with(schema: str) -> dict[str, Any]:
    """Return what a manifest says of the package, of what it builds on and, by its hash, of the schema."""
    return {
        "package": {"name": "korean-news-kg", "version": version("korean-news-kg")},
        "components": {name: version(name) for name in COMPONENTS},
        "schema": schema,
    }


def corrected(corrections: Corrections, notes: Sequence[str]) -> dict[str, Any]:
    """Return what the manifest says of corrections: how many entries, and which found nothing to correct."""
    return {"corrections": {"entries": len(corrections.entries), "notes": list(notes)}} if corrections else {}


def write_manifest(found: dict[str, Any], folder: Path) -> None:
    """Write the manifest into a folder, with the SHA-256 of the files that were built there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = {path.relative_to(folder).as_posix(): _sha256(path) for path in files}
    text = json.dumps({**found, "files": sums}, ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_bytes(text.encode("utf-8", "backslashreplace") + b"\n")


def portable(text: str, paths: Sequence[str]) -> str:
    """Return a message or the name of a source with files named from the paths given, not from this machine's root."""
    for path in paths:
        if Path(path).is_absolute():
            text = text.replace(f"{Path(path).parent}/", "")
    return text


def portable_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings as they are told to others: of an extractor in a folder of this machine its name alone."""
    name, colon, argument = settings.get("extractor", "").partition(":")
    if not Path(argument).is_absolute():
        return dict(settings)
    return {**settings, "extractor": f"{name}{colon}{Path(argument).name}"}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
