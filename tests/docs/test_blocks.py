"""The code of the pages is true: it runs on the samples, or at least parses."""

from __future__ import annotations

import ast
import csv
import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.testing import CliRunner

from kg.cli.app import app
from kg.run import workers
from tests.docs.conftest import ROOT

PAGES = [
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")),
    *("README.md", "CONTRIBUTING.md", "SECURITY.md", "schemas/README.md", "seeds/README.md"),
    *("kg/extract/models/README.md", "kg/extract/models/RELATIONS.md", "kg/resolve/models/README.md"),
]
RUN = ["docs/tour.md", "docs/tour.ko.md", "docs/recipes.md", "docs/formats.md", "docs/index.md", "docs/index.ko.md"]
RUN += ["docs/sparql.md", "docs/stores.md", "README.md"]
"""Pages whose Python runs, and whose commands run but for those below; of the others both are parsed."""
ELSEWHERE = ("--endpoint", "--engine", "serve", "shared.ttl.gz --articles news", "question.rq", "--retry-failed")
"""What marks a command that needs a server, a cluster or files that nobody has here."""
SHOWN = ("docs/tour.md", "docs/tour.ko.md")
"""Pages whose every line below a command is part of what it prints."""


def blocks(page: str) -> list[tuple[str, str]]:
    """Return the fenced blocks of a page: language and text."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(r"^```(\w*)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


BLOCKS = [
    pytest.param(page, language, text, id=f"{page}-{number}-{language or 'plain'}")
    for page in PAGES
    for number, (language, text) in enumerate(blocks(page))
]


def commands(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the `kg` calls of a block of commands, each with the lines shown below it."""
    lines = text.replace("\\\n", " ").splitlines()
    for number, line in enumerate(lines):
        for part in (
            re.split(r" && | \| ", line.removeprefix("$ ")) if line.startswith(("$ ", "kg ", "python3 -m venv")) else []
        ):
            if re.match(r"(\S*/)?kg ", part):
                shown = []
                for below in lines[number + 1 :]:
                    if below.startswith("$ "):
                        break
                    shown.append(below)
                yield shlex.split(part)[1:], shown


def parse(arguments: list[str]) -> None:
    """Parse a call as the command line would, without running it; typer's errors escape."""
    command: Any = typer.main.get_command(app)
    words = list(arguments)
    while getattr(command, "commands", None):
        if words[0] not in command.commands:
            assert words == ["--version"], f"no command {words[0]}"
            return
        command = command.commands[words.pop(0)]
    command.make_context("kg", words)


@pytest.mark.parametrize(("page", "language", "text"), BLOCKS)
def test_every_block_parses(page: str, language: str, text: str) -> None:
    if language == "python" and ">>>" not in text:
        ast.parse(text)
    elif language in ("yaml", "json"):
        assert yaml.safe_load(text) if language == "yaml" else json.loads(text)
    elif language == "toml":
        assert tomllib.loads(text)
    elif language == "sparql":
        import pyoxigraph

        pyoxigraph.Store().query(text)
    elif language in ("console", "sh"):
        for arguments, _ in commands(text):
            parse(arguments)
    else:
        assert language in ("python", "text", "turtle", "sql", "cypher", ""), f"{page}: what language is {language}?"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


EXTRA = [
    ("news-7", "다음카카오는 7일 한빛은행과 제휴를 맺었다고 밝혔다. 한빛은행도 이를 확인했다."),
    ("news-8", "다음카카오는 8일 한빛산업은행과 제휴를 맺었다고 밝혔다. 페이스북은 뒤를 이었다."),
]
"""Articles beside the samples, so that names and ids that pages speak of are there."""


def kg(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, f"kg {shlex.join(map(str, arguments))}: {result.output}"
    return str(result.output)


@pytest.fixture(scope="module", autouse=True)
def in_this_process() -> Iterator[None]:
    """Extract here: a process for each command would load the models again each time."""
    mapped = workers._mapped
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "_mapped", lambda work, batches, *_: mapped(work, batches, 1, None))
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples, the made-up files that pages name, and the graph of samples and EXTRA."""
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(ROOT / "seeds" / "articles", folder / "seeds" / "articles")
    shutil.copytree(ROOT / "schemas" / "queries", folder / "schemas" / "queries")
    shutil.copy(ROOT / "schemas" / "queries" / "partners.rq", folder)
    article = (
        "한빛은행, 가온전자와 제휴\n한빛은행은 {}일 가온전자와 제휴를 맺었다고 밝혔다. 두 회사는 앱을 함께 만든다.\n"
    )
    for day in (26, 27, 28):
        write(folder / "news" / f"2025-05-{day}" / "a.txt", article.format(day))
    for number, place in enumerate(("news/2025-05/a.txt", "morning/a.txt", "morning.txt"), 3):
        write(folder / place, article.format(number))
    row = {"id": "1", "title": "제휴", "text": article.format(6), "date": "2025-05-06"}
    write(folder / "dump" / "a.jsonl", json.dumps(row, ensure_ascii=False) + "\n")
    write(folder / "news.csv", "id,본문\n9,한빛은행은 가온전자와 제휴를 맺었다고 9일 밝혔다.\n")
    write(folder / "more.csv", "id,title,text\n7,제휴,한빛은행은 가온전자와 제휴를 맺었다고 7일 밝혔다.\n")
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out)
        sheet.writerow(["번호", "제목", "본문", "일자", "매체"])
        sheet.writerow(["8", "제휴", article.format(8), "2025-05-08", "가온뉴스"])
    rows = [json.dumps({"id": id, "text": text, "date": "2025-05-07"}, ensure_ascii=False) for id, text in EXTRA]
    write(folder / "seeds" / "articles" / "extra.jsonl", "\n".join(rows) + "\n")
    kg("build", folder / "seeds" / "articles", "-o", folder / "exports")
    kg("export", folder / "exports", "-o", folder / "graph.nt")
    return folder


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder to work in."""
    shutil.copytree(made, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("COLUMNS", "400")
    return tmp_path / "here"


@pytest.mark.parametrize("page", RUN)
def test_its_python_runs(page: str, here: Path) -> None:
    found = [text for language, text in blocks(page) if language == "python" and ">>>" not in text]
    if not found:
        pytest.skip("no Python on it")
    names: dict[str, Any] = {"__name__": "__page__"}
    for text in found:
        exec(compile(text, page, "exec"), names)


@pytest.mark.parametrize("page", RUN)
def test_its_commands_run_and_print_what_it_shows(page: str, made: Path, here: Path) -> None:
    missing = []
    if page in SHOWN:
        shutil.rmtree(here / "exports")
        (here / "seeds" / "articles" / "extra.jsonl").unlink()
    for language, text in blocks(page):
        calls = [call for call in commands(text) if not any(mark in shlex.join(call[0]) for mark in ELSEWHERE)]
        if language not in ("console", "sh") or not calls:
            continue
        if page not in SHOWN:  # there each block goes on from the one before
            shutil.rmtree(here / "exports")
            shutil.copytree(made / "exports", here / "exports")
        for arguments, shown in calls:
            printed = " ".join(re.sub("[│┃]", " ", kg(*arguments)).split())
            missing += [line for line in shown if page in SHOWN and " ".join(line.split()) not in printed]
    assert missing == []
