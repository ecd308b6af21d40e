from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from kg.errors import InputError, MissingExtraError
from kg.extract.extractors import load_extractor
from kg.extract.llm.settings import read_settings

LEAST: dict[str, Any] = {
    "endpoint": "http://127.0.0.1:8080/v1",
    "model": "m",
    "cache": "answers",
    "budget": {"tokens": 1000},
}


def written(folder: Path, **changed: Any) -> str:
    path = folder / "settings.yaml"
    path.write_text(yaml.safe_dump({**LEAST, **changed}), encoding="utf-8")
    return str(path)


def test_paths_prices_and_addresses(tmp_path: Path) -> None:
    given = {"endpoint": "https://llm.example/api/v1/chat/completions", "prices": {"input": 0.15, "output": 0.6}}
    settings = read_settings(written(tmp_path, **given))
    assert settings.cache == tmp_path / "answers"
    assert settings.endpoint == "https://llm.example/api/v1"
    assert settings.prices is not None
    assert settings.prices.input == Decimal("0.15")
    with pytest.raises(ValidationError):
        settings.model = "other"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"modell": "m"}, "modell: no such setting; did you mean model?"),
        ({"api_key": "sk-1"}, "api_key: no such setting; put a key into an environment variable, and its name"),
        ({"budget": {"tokens": 5, "mony": 1}}, "budget.mony: no such setting; did you mean money?"),
        ({"budget": {"tokens": 0}}, "budget.tokens: write a number above 0; fix the file"),
        ({"budget": {}}, "budget.tokens: missing; fix the file"),
        ({"budget": 5}, "budget: write settings with values below it"),
        ({"budgets": {"tokens": 5}, "budget": {}}, "budgets: no such setting; did you mean budget?"),
        ({"structure": "xml"}, "structure: write 'auto'"),
        ({"budget": {"tokens": 5, "money": 1}}, "budget.money needs prices"),
        ({"key_env": "sk-secret-4711"}, "key_env: not of the form that is expected"),
        ({"endpoint": "ftp://x/v1"}, "endpoint: is no http or https address"),
        ({"endpoint": "https://x/v1?key=sk-secret-4711"}, "endpoint: holds a user, a query"),
        ({"endpoint": "https://me:sk-secret-4711@x/v1"}, "endpoint: holds a user, a query"),
        ({"endpoint": "http:///v1"}, "endpoint: is no"),
        ({"retries": 99}, "retries: write 8 or less"),
    ],
)
def test_what_is_wrong_is_named_and_no_key_is_quoted(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    path = written(tmp_path, **changed)
    with pytest.raises(InputError) as error:
        read_settings(path)
    assert str(error.value).startswith(f"{path}: ")
    assert said in str(error.value)
    assert "sk-secret" not in str(error.value)


@pytest.mark.parametrize("text", ["- a\n- b", "a: [", "", "\0"])
def test_what_holds_no_settings(tmp_path: Path, text: str) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"see docs/llm\.md"):
        read_settings(str(path))


def test_a_line_that_is_no_yaml_is_named_and_not_quoted(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("model: m\nkey: [sk-secret-4711\nbudget: }", encoding="utf-8")
    with pytest.raises(InputError, match=r"not readable as YAML \(line 3: ") as error:
        read_settings(str(path))
    assert "sk-secret" not in str(error.value)
    assert error.value.__suppress_context__


@pytest.mark.parametrize("name", ["llm", "cascade"])
def test_extractors_name_what_is_missing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="no settings file"):
        load_extractor(name)
    with pytest.raises(InputError, match=r"nowhere\.yaml: no such file or directory; name a settings file"):
        load_extractor(f"{name}:{tmp_path}/nowhere.yaml")
    monkeypatch.setitem(__import__("sys").modules, "httpx2", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'korean-news-kg\[llm\]'"):
        load_extractor(f"{name}:{written(tmp_path)}")


def test_a_cache_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="choose another cache folder"):
        load_extractor(f"llm:{written(tmp_path)}")
