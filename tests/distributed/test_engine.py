from __future__ import annotations

import sys
from pathlib import Path

import pytest

import kg.distributed
from kg.errors import InputError, MissingExtraError


@pytest.fixture
def no_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)


@pytest.mark.usefixtures("no_ray")
def test_without_the_extra_nothing_is_begun(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(MissingExtraError, match=r"pip install 'korean-news-kg\[ray\]'"):
        kg.distributed.build(tmp_path / "in", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_extractor_with_a_budget_stays_on_one_machine(tmp_path: Path) -> None:
    (tmp_path / "llm.yaml").write_text(
        "{endpoint: 'http://127.0.0.1:9/v1', model: m, cache: c, budget: {tokens: 9}}", encoding="utf-8"
    )
    with pytest.raises(InputError, match="llm keeps its budget in a file of one machine; build with the local engine"):
        kg.distributed.build(tmp_path, tmp_path.parent / "out", extractor=f"llm:{tmp_path / 'llm.yaml'}")


def test_the_output_may_not_lie_among_the_articles(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="would be read as articles next time"):
        kg.distributed.build(tmp_path, tmp_path / "out")
