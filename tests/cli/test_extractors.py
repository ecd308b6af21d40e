from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import kg as package
from kg.cli.app import app
from tests.extract.installing import PLUGIN, install
from tests.extract.spacy_folders import ENGLISH, listing

ARTICLE = """Apple buys Beats Electronics

Apple Inc. acquired Beats Electronics in 2014. Tim Cook told reporters so in Seattle.
Cook praised the iPhone.
Copyright 2025 Example News. All rights reserved.
"""


def run(*arguments: str | Path) -> Result:
    """Run a command with the extractors that it names."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test package, installed into a folder on the path."""
    target = tmp_path / "installed"
    install(PLUGIN, target)
    monkeypatch.syspath_prepend(str(target))
    return target


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "english"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


def test_extractors_lists_what_ships_and_plug_ins(plugin: Path) -> None:
    rows = json.loads(run("extractors", "--json").stdout)
    assert rows == [
        {
            "name": one.name,
            "factory": one.factory,
            "usage": one.usage,
            "description": one.description,
            "needs": one.needs,
            "distribution": one.distribution,
        }
        for one in package.extractors()
    ]
    assert [row["distribution"] for row in rows if row["name"] == "capitals"] == ["capitals-extractor 1.2"]
    shown = run("extractors").stdout
    assert "spacy:MODEL" in shown
    assert "python -m spacy download MODEL" in shown


def test_an_unknown_extractor_is_an_error_and_nothing_is_written(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    commands: list[list[str | Path]] = [["build", articles, "-o", out], ["extract", articles], ["add", out, articles]]
    for command in commands:
        done = run(*command, "--extractor", "capitols")
        assert done.exit_code == 1
        assert "error: no extractor named 'capitols'" in done.stderr
        assert not out.exists()


@pytest.mark.parametrize("language", ["english", "EN", "e", "en_US"])
def test_a_language_is_a_tag(articles: Path, language: str) -> None:
    done = run("extract", articles, "--lang", language)
    assert done.exit_code == 1
    assert done.stderr == f"error: language {language!r} is no language tag; write it like ko, en or zh-Hant\n"


def test_english_articles_need_their_language_and_an_extractor_for_it(articles: Path, tmp_path: Path) -> None:
    done = run("extract", articles)
    assert (done.exit_code, "give its language and an extractor that reads it (--lang en" in done.stderr) == (1, True)
    done = run("extract", articles, "--lang", "en")
    assert (done.exit_code, "reads Korean, not 'en'; give another" in done.stderr) == (1, True)


def test_a_build_in_english_is_whole(articles: Path, tmp_path: Path) -> None:
    model, out = listing(tmp_path / "model", "en", ENGLISH), tmp_path / "out"
    given = ["--lang", "en", "--extractor", f"spacy:{model}", "--date", "2025-05-27"]
    done = run("build", articles, "-o", out, *given, "--format", "jsonld", "--format", "graphml")
    assert done.exit_code == 0, done.output
    graph = package.load(out)
    assert sorted(entity.name for entity in graph.entities()) == [
        *("Apple Inc.", "Beats Electronics", "Seattle", "Tim Cook", "iPhone"),
    ]
    document = json.loads((out / "documents.jsonl").read_text(encoding="utf-8"))
    assert document["language"] == "en"
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["options"]["language"] == "en"
    assert manifest["options"]["extractor"] == "spacy:model"  # no path of this machine
    assert [stage["name"] for stage in manifest["stages"]] == ["spacy"]
    assert package.validate(out / "graph.ttl").conforms
    read = package.load(out / "graph.ttl")
    assert [one.name for one in read.entities()] == [one.name for one in graph.entities()]
    assert run("verify", out).exit_code == 0
    assert run("verify", out, "--articles", articles).exit_code == 0


def test_add_and_retry_go_on_with_extractor_and_language_of_the_build(
    plugin: Path, articles: Path, tmp_path: Path
) -> None:
    out, later, more = tmp_path / "out", tmp_path / "later.txt", tmp_path / "more.txt"
    (articles / "b.txt").touch()
    assert run("build", articles, "-o", out, "--lang", "en", "--extractor", "capitals:4").exit_code == 0
    later.write_text("Globex acquired Acme yesterday.", encoding="utf-8")
    done = run("add", out, later)
    assert (done.exit_code, "1 articles added" in done.stdout) == (0, True)
    more.write_text("Initech acquired Hooli.", encoding="utf-8")
    with package.Store(out) as store:
        assert store.settings["extractor"] == "capitals:4"
        assert store.add(more).new == 1
        store.write()
    assert run("build", articles, "-o", out, "--lang", "en", "--extractor", "capitals:4").exit_code == 0
    (articles / "b.txt").write_text("Umbrella acquired Vandelay.", encoding="utf-8")
    assert run("build", articles, "-o", out, "--retry-failed").exit_code == 0
    graph = package.load(out)
    assert [one.evidence[0].text for one in graph.relations()] == ["Umbrella acquired Vandelay"]
    with package.Store(out) as store:
        assert {one.language for one in store.documents()} == {"en"}


def test_another_version_is_extracted_again(plugin: Path, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    given: list[str | Path] = ["build", articles, "-o", out, "--lang", "en", "--extractor"]
    assert run(*given, "capitals:4").exit_code == 0
    names = {entity.name for entity in package.load(out).entities()}
    assert run(*given, "capitals:9").exit_code == 0
    assert {entity.name for entity in package.load(out).entities()} < names


def test_several_processes_take_a_plug_in(plugin: Path, tmp_path: Path) -> None:
    rows = "".join(json.dumps({"id": str(at), "text": f"Globex acquired Acme on day {at}."}) + "\n" for at in range(40))
    (tmp_path / "many.jsonl").write_text(rows, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(plugin), *filter(None, sys.path)])}
    command = [sys.executable, "-m", "kg", "extract", "many.jsonl", "--lang", "en", "--extractor", "capitals"]
    outs = [
        subprocess.run(
            [*command, "--workers", workers], cwd=tmp_path, env=environment, capture_output=True, check=True
        ).stdout
        for workers in ("1", "2")
    ]
    assert outs[0] == outs[1]
    assert outs[0].count(b'"acquires"') == 40


def test_conformance_shows_every_check_and_exits_with_1_when_one_is_broken(plugin: Path) -> None:
    done = run("conformance", "capitals", "--lang", "en", "--json")
    rows = json.loads(done.stdout)
    assert (done.exit_code, [row["message"] for row in rows if not row["kept"]]) == (0, [])
    done = run("conformance", "capitals:60", "--lang", "en")
    assert done.exit_code == 1
    assert "15 of 16 checks kept" in done.stdout
    assert "broken" in done.stdout
    assert run("conformance", "nothing").exit_code == 1


def test_conformance_takes_articles_that_an_extractor_finds_names_in(plugin: Path, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(f"{'Long' * 15} acquired {'Longer' * 10}.", encoding="utf-8")
    assert run("conformance", "capitals:60", "--lang", "en", "--article", article).exit_code == 0
    done = run("conformance", "capitals", "--article", tmp_path / "none.txt")
    assert (done.exit_code, "an article cannot be read" in done.stderr) == (1, True)
