"""`kg extract --dry-run`, and what commands say of an extractor that costs money."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from kg.cli.app import app
from kg.codec import read_documents
from kg.errors import InputError
from kg.run.forecast import forecast
from tests.extract.llm.articles import ARTICLES
from tests.extract.llm.endpoint import Endpoint, serving


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as running:
        running.recorded = {told.relations[0]["evidence"]: told.answer for told in ARTICLES}
        yield running


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for told in ARTICLES:
        (folder / f"{told.document.id}.txt").write_text(told.document.text, encoding="utf-8")
    return folder


@pytest.fixture
def extractor(endpoint: Endpoint, tmp_path: Path) -> str:
    settings = {"endpoint": endpoint.address, "model": "m-1", "cache": "cache", "budget": {"tokens": 10**6}}
    (tmp_path / "llm.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return f"llm:{tmp_path / 'llm.yaml'}"


def kg(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def test_a_dry_run_tells_the_cost_and_sends_nothing(
    endpoint: Endpoint, articles: Path, extractor: str, tmp_path: Path
) -> None:
    out = tmp_path / "documents.jsonl"
    given = ("extract", articles, "--date", "2025-03-07", "--extractor", extractor)
    dry = kg(*given, "--dry-run", "-o", out)
    assert (dry.exit_code, endpoint.requests, out.exists()) == (0, [], False)
    found = forecast(articles, extractor=extractor, date="2025-03-07")
    assert dry.stdout.splitlines() == [
        f"4 articles: 4 calls to {endpoint.address} (m-1), 0 answers kept",
        f"at most {found.tokens_in + found.tokens_out:,} tokens: {found.tokens_in:,} in, 16,000 out",
        "budget: 1,000,000 of 1,000,000 tokens left; enough",
        "nothing was sent",
    ]
    real = kg(*given, "-o", out)
    assert real.exit_code == 0
    assert "llm, all runs: 4 calls, 4,000 of 1,000,000 tokens" in real.stderr
    assert sum(len(document.relations) for document in read_documents(out)) == 8
    assert len(endpoint.requests) == 4
    assert "4 articles: 0 calls" in kg(*given, "--dry-run").stdout


def test_a_build_keeps_what_it_has_and_names_what_the_budget_left_out(
    endpoint: Endpoint, articles: Path, extractor: str, tmp_path: Path
) -> None:
    settings = Path(extractor.removeprefix("llm:"))
    given = yaml.safe_load(settings.read_text(encoding="utf-8"))
    whole = forecast(articles, extractor=extractor, date="2025-03-07")
    each = (whole.tokens_in + whole.tokens_out) // 4  # of which a call takes 1,000, so that two are sent
    tight = {**given, "budget": {"tokens": each + 1_500}}
    (tmp_path / "tight.yaml").write_text(yaml.safe_dump(tight), encoding="utf-8")
    (tmp_path / "wide.yaml").write_text(yaml.safe_dump(given), encoding="utf-8")
    build = ("build", articles, "--date", "2025-03-07", "-o", tmp_path / "out", "--workers", "1", "--extractor")
    first = kg(*build, f"llm:{tmp_path / 'tight.yaml'}", "--max-failure-rate", "1")
    assert (first.exit_code, len(endpoint.requests)) == (0, 2)
    assert "2 failed:" in first.stderr
    assert "not sent; raise budget.tokens and run again; answers in cache are kept and cost nothing" in first.stderr
    second = kg(*build, f"llm:{tmp_path / 'wide.yaml'}")
    assert (second.exit_code, len(endpoint.requests)) == (0, 4)
    assert "8 relations" in second.stdout


def test_what_costs_nothing_has_no_dry_run(articles: Path) -> None:
    done = kg("extract", articles, "--dry-run")
    assert done.exit_code == 1
    assert "extractor korean sends nothing and costs nothing; leave --dry-run out" in done.stderr
    with pytest.raises(InputError, match="costs nothing"):
        forecast(articles, extractor="korean")


def test_wrong_settings_are_one_line(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("endpoint: http://x/v1\nmodle: m\n", encoding="utf-8")
    done = kg("extract", articles, "--extractor", f"llm:{tmp_path / 's.yaml'}")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
