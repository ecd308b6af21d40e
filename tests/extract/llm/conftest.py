from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.extract.llm.settings import read_settings
from kg.extract.llm.stage import LlmExtractor
from tests.extract.llm.endpoint import Endpoint, serving

Write = Callable[..., Path]
Make = Callable[..., LlmExtractor]


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """A server that speaks the protocol, reached without a proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as running:
        yield running


@pytest.fixture
def write(endpoint: Endpoint, tmp_path: Path) -> Write:
    """Write a settings file for the server; keywords go over the usual settings, None takes one out."""

    def make(**given: Any) -> Path:
        usual: dict[str, Any] = {
            "endpoint": endpoint.address,
            "model": "test/model-1",
            "cache": "cache",
            "prompt_language": "ko",
        }
        usual |= {"budget": {"tokens": 10_000_000}, "retries": 0, "timeout": 10}
        settings = {name: value for name, value in {**usual, **given}.items() if value is not None}
        path = tmp_path / "settings.yaml"
        path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
        return path

    return make


@pytest.fixture
def make(write: Write) -> Make:
    """Make an extractor with settings; `waits`, where given, gets what it would have slept."""

    def stage(kind: type[LlmExtractor] = LlmExtractor, language: str = "ko", **given: Any) -> LlmExtractor:
        waits = given.pop("waits", [])
        made = kind(read_settings(str(write(**given))), language)
        made.asker.wait = waits.append
        return made

    return stage
