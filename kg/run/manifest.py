"""manifest.json: what a build was made of and came to, the same for the same input."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.model import Failure
from kg.run.extraction import Extraction, ExtractOptions

FORMAT = 1
COMPONENTS = ("datasketch", "kiwipiepy", "kiwipiepy_model", "networkx", "python-crfsuite", "pyvis", "rdflib", "spacy")
"""Distributions whose version can change what a build writes."""


def manifest(
    extraction: Extraction, options: ExtractOptions, counts: Mapping[str, Any], schema: str, paths: Sequence[str]
) -> dict[str, Any]:
    """Return the manifest without its files: versions, options, counts and failures; no time, no absolute path."""
    failures = sorted(extraction.failures, key=lambda f: (f.source, f.stage, f.message))
    return {
        "format": FORMAT,
        "package": {"name": "korean-news-kg", "version": version("korean-news-kg")},
        "components": {name: version(name) for name in COMPONENTS},
        "schema": schema,
        "stages": [{"name": extraction.stage.name, "version": extraction.stage.version}],
        "options": {
            "date": options.read.date,
            "publisher": options.read.publisher,
            "clean": options.read.clean,
            "min_confidence": options.min_confidence,
        },
        "counts": {**counts, "failures": len(failures)},
        "failures": [_portable(failure, paths) for failure in failures],
    }


def write_manifest(found: dict[str, Any], files: Sequence[Path], path: Path) -> None:
    """Write the manifest with the SHA-256 of the files that were built beside it."""
    sums = {file.name: _sha256(file) for file in sorted(files, key=lambda file: file.name)}
    text = json.dumps({**found, "files": sums}, ensure_ascii=False, indent=2)
    path.write_bytes(text.encode("utf-8", "backslashreplace") + b"\n")


def _portable(failure: Failure, paths: Sequence[str]) -> dict[str, str]:
    """Return a failure whose file is named from the path given, not from the root of this machine."""
    source, message = failure.source, failure.message
    for path in paths:
        if Path(path).is_absolute():
            parent = f"{Path(path).parent}/"
            source, message = source.replace(parent, ""), message.replace(parent, "")
    return {"source": source, "stage": failure.stage, "message": message}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
