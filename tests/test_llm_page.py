"""docs/llm.md: its settings are settings, its code runs, and it says everything there is to say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from kg.cli.app import app
from kg.extract.llm.checks import REASONS
from kg.extract.llm.settings import Settings, read_settings
from tests.extract.llm.endpoint import serving

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "llm.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", PAGE)


@pytest.mark.parametrize("text", blocks("yaml"))
def test_settings_are_settings(text: str, tmp_path: Path) -> None:
    path = tmp_path / "llm.yaml"
    path.write_text(text, encoding="utf-8")
    read_settings(str(path))


def test_every_setting_is_shown_with_its_default_and_told_of() -> None:
    shown = yaml.safe_load(blocks("yaml")[1])
    assert list(shown) == list(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        assert f"`{name}`" in PAGE
        if not field.is_required() and field.default is not None:
            assert shown[name] == field.default


def test_every_reason_is_told() -> None:
    table = PAGE.partition("| reason | rejected is |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", table)) == set(REASONS)


def test_commands_and_code_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds" / "articles").mkdir(parents=True)
    article = "오픈AI, 카카오와 제휴\n오픈AI는 카카오와 제휴를 맺었다. 구글이 유니티를 인수할지는 알려지지 않았다."
    (tmp_path / "seeds" / "articles" / "a.txt").write_text(article, encoding="utf-8")
    commands = [line.removeprefix("$ kg ") for block in blocks("console") for line in block.splitlines()]
    assert len(commands) == 5
    with serving() as endpoint:
        settings = {**yaml.safe_load(blocks("yaml")[0]), "endpoint": endpoint.address}
        (tmp_path / "llm.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
        for command in commands:
            done = CliRunner().invoke(app, command.split())
            assert done.exit_code == 0, done.output
        for code in blocks("python"):
            exec(compile(code, "llm.md", "exec"), {})
