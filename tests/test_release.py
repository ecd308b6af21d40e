"""What goes along with a release agrees with the package."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.cli.app import app
from tests import check

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CITATION_KEYS = {
    *("cff-version", "message", "title", "authors"),  # required, Citation File Format 1.2.0
    *(
        "abstract",
        "type",
        "version",
        "license",
        "keywords",
        "date-released",
        "doi",
        "identifiers",
        "repository-code",
        "url",
    ),
}


def read_yaml(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_citation_is_of_this_version_and_these_licences() -> None:
    citation = read_yaml("CITATION.cff")
    assert {"cff-version", "message", "title", "authors"} <= citation.keys() <= CITATION_KEYS
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "software")
    assert citation["title"] == PROJECT["project"]["name"]
    assert citation["version"] == PROJECT["project"]["version"]
    assert citation["license"] == PROJECT["project"]["license"].split(" AND ")
    assert [author.keys() for author in citation["authors"]] == [{"name"}]


def test_the_changelog_has_this_version() -> None:
    headings = re.findall(r"(?m)^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert headings[0] == PROJECT["project"]["version"]


def test_pre_commit_runs_what_the_check_runs() -> None:
    hooks = [hook for repo in read_yaml(".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]]
    assert {repo["repo"] for repo in read_yaml(".pre-commit-config.yaml")["repos"]} == {"local"}
    entries = [hook["entry"].removeprefix(".venv/bin/").removeprefix("python -m ").split()[0] for hook in hooks]
    checks = [
        Path(command[2] if command[1] == "-m" else command[0]).name for command in map(padded, check.commands([]))
    ]
    assert entries == [name for name in checks if name != "pytest"]
    assert all(hook["language"] == "system" for hook in hooks)


def padded(command: list[str]) -> list[str]:
    return command if len(command) > 1 else [*command, ""]


def test_the_tools_of_the_check_are_pinned() -> None:
    wanted = PROJECT["project"]["optional-dependencies"]["dev"]
    for tool in ("import-linter", "mypy", "ruff"):
        [line] = [line for line in wanted if line.startswith(tool)]
        assert re.fullmatch(rf"{tool}==[\d.]+", line), line


def test_every_python_that_is_promised_is_named() -> None:
    named = [c.rpartition(" ")[2] for c in PROJECT["project"]["classifiers"] if re.search(r":: 3\.\d+$", c)]
    assert named == ["3.11", "3.12", "3.13"]
    assert PROJECT["project"]["requires-python"] == f">={named[0]}"


@pytest.mark.parametrize("name", ["fault", "wish", "wrong-relation"])
def test_issue_forms_have_what_a_form_needs(name: str) -> None:
    form = read_yaml(f".github/ISSUE_TEMPLATE/{name}.yml")
    assert form.keys() == {"name", "description", "labels", "body"}
    kinds = {"textarea", "input", "dropdown", "checkboxes", "markdown"}
    ids = [part["id"] for part in form["body"]]
    assert {part["type"] for part in form["body"]} <= kinds
    assert len({*ids}) == len(ids)
    assert all(part["attributes"]["label"] for part in form["body"])


def test_files_that_the_forms_and_pages_name_are_there() -> None:
    named = re.findall(r"`((?:tests|docs|schemas|kg)/[\w./-]+\.\w+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_command_is_where_the_package_says() -> None:
    assert PROJECT["project"]["scripts"] == {"kg": "kg.cli:main"}
    assert app.info.epilog
