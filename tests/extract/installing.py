"""Distributions put into a folder as an installer does, without one: files and metadata."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

PLUGIN = Path(__file__).resolve().parents[1] / "plugin_package"


def install(source: Path, target: Path) -> None:
    """Copy the packages of a source distribution to a folder, with the metadata of its pyproject.toml."""
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for package in source.iterdir():
        if (package / "__init__.py").is_file():
            shutil.copytree(package, target / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    entries = {group: dict(points) for group, points in project["entry-points"].items()}
    describe(target, project["name"], project["version"], entries, project["description"])


def describe(target: Path, name: str, version: str, entries: dict[str, dict[str, str]], summary: str = "-") -> None:
    """Write the metadata of a distribution into a folder, entry points by group."""
    info = target / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: {summary}\n"
    (info / "METADATA").write_text(head, encoding="utf-8")
    groups = "".join(
        f"[{group}]\n" + "".join(f"{point} = {value}\n" for point, value in points.items())
        for group, points in entries.items()
    )
    (info / "entry_points.txt").write_text(groups, encoding="utf-8")
