"""Finds the data the package ships: schemas, seeds and trained models, installed or in a checkout."""

from __future__ import annotations

from pathlib import Path

from kg.errors import ResourceError

PACKAGE = Path(__file__).resolve().parent


def _root(kind: str) -> Path:
    """Return `kg/_data/<kind>` of an installed wheel, else `<kind>` beside the package in a checkout."""
    for candidate in (PACKAGE / "_data" / kind, PACKAGE.parent / kind):
        if candidate.is_dir():
            return candidate
    raise ResourceError(f"the folder {kind!r} that ships with the package is missing; reinstall it")


def schemas(*parts: str) -> Path:
    """Return a path under `schemas/`; raises ResourceError when it is not there."""
    return _existing(_root("schemas").joinpath(*parts))


def seeds(*parts: str) -> Path:
    """Return a path under `seeds/`; raises ResourceError when it is not there."""
    return _existing(_root("seeds").joinpath(*parts))


def models(*parts: str, package: str = "extract") -> Path:
    """Return a path under the `models` folder of a package of kg; raises ResourceError when it is not there."""
    return _existing(PACKAGE.joinpath(package, "models", *parts))


def table(*parts: str) -> list[dict[str, str]]:
    """Return the rows of a tab-separated seed file with a header line, as dicts.

    Empty lines and lines that start with "#" are skipped. Raises ResourceError when a row has more
    cells than the header.
    """
    path = seeds(*parts)
    lines = [ln for ln in path.read_text(encoding="utf-8").splitlines() if ln.strip() and not ln.startswith("#")]
    header = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) > len(header):
            raise ResourceError(f"{path}: {line!r} has more cells than the header; fix the row")
        rows.append(dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True)))
    return rows


def _existing(path: Path) -> Path:
    if not path.exists():
        raise ResourceError(f"{path} ships with the package but is missing; reinstall it")
    return path
