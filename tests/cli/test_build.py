from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from kg.cli.build import FORMS
from kg.codec import read_documents
from kg.export import EXPORTERS
from tests.cli.conftest import Kg

OUTPUTS = ["documents.jsonl", "graph.html", "graph.json", "graph.ttl", "manifest.json", "store.sqlite"]


def failures(out: Path) -> list[tuple[str, str]]:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return [(failure["source"], failure["message"]) for failure in manifest["failures"]]


def test_build_writes_the_outputs_and_prints_what_it_found(kg: Kg, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = kg("build", articles, "-o", out, "--date", "2025-03-03", "--format", "ntriples")
    assert (done.exit_code, done.stderr) == (0, "")
    assert sorted(path.name for path in out.iterdir()) == sorted([*OUTPUTS, "graph.nt"])
    shown = " ".join(done.stdout.split())
    assert "3 articles, 4 entities, 2 relations" in shown
    assert "partnersWith │ actual │ 1" in shown
    assert {document.date for document in read_documents(out / "documents.jsonl")} == {"2025-03-03"}


def test_extract_writes_documents_to_a_file_or_to_standard_output(kg: Kg, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "documents.jsonl"
    assert kg("extract", articles, "-o", out, "--publisher", "한빛일보").exit_code == 0
    documents = list(read_documents(out))
    assert [len(document.relations) for document in documents] == [2, 1, 1]
    assert {document.publisher for document in documents} == {"한빛일보"}
    assert kg("extract", articles, "--publisher", "한빛일보").stdout == out.read_text(encoding="utf-8")


def test_a_graph_without_text_is_verified_against_the_articles(kg: Kg, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kg("build", articles, "-o", out, "--no-text", "--format", "nquads").exit_code == 0
    for name in ("graph.json", "graph.ttl", "graph.nq", "graph.html"):
        assert "밝혔다" not in (out / name).read_text(encoding="utf-8")
    for given in ([out], [out / "graph.ttl", "--articles", articles]):
        done = kg("verify", *given)
        assert (done.exit_code, "0 problems" in done.stdout) == (0, True)
    done = kg("verify", out / "graph.json", "--articles", articles / "a.txt")
    assert (done.exit_code, "no article given has its text" in done.stderr) == (1, True)


def test_help_names_every_form() -> None:
    assert sorted([*FORMS.split(", "), "json", "turtle", "html"]) == sorted(EXPORTERS)


def test_outputs_may_not_lie_among_the_articles(kg: Kg, articles: Path) -> None:
    for command in (["build", articles, "-o", articles / "out"], ["extract", articles, "-o", articles / "out.jsonl"]):
        done = kg(*command)
        assert done.exit_code == 1
        assert "would be read as articles next time" in done.stderr
    assert sorted(path.name for path in articles.iterdir()) == ["a.txt", "b.jsonl"]


def test_extract_reads_standard_input(kg: Kg) -> None:
    done = kg("extract", "-", "--date", "2025-03-03", stdin="가온전자가 나래은행을 인수했다고 밝혔다.\n")
    (row,) = map(json.loads, done.stdout.splitlines())
    assert ([r["type"] for r in row["relations"]], row["date"]) == (["acquires"], "2025-03-03")


def test_columns_are_named_by_options(kg: Kg, tmp_path: Path) -> None:
    table = tmp_path / "news.csv"
    table.write_text(
        "번호,제목,본문,날짜,매체,주소\n"
        "7,제휴,가온전자는 나래은행과 제휴를 맺었다고 밝혔다.,2025-03-03,한빛일보,https://example.org/7\n",
        encoding="utf-8",
    )
    names = {"id": "번호", "title": "제목", "text": "본문", "date": "날짜", "publisher": "매체", "url": "주소"}
    options = [part for field, column in names.items() for part in (f"--{field}-column", column)]
    (row,) = map(json.loads, kg("extract", table, *options).stdout.splitlines())
    assert [row[field] for field in ("id", "title", "date", "publisher", "url")] == [
        *("7", "제휴", "2025-03-03", "한빛일보", "https://example.org/7"),
    ]


def test_no_clean_keeps_the_text_as_it_is(kg: Kg) -> None:
    text = "가온전자는 나래은행과 제휴를 맺었다고 3일 밝혔다.\n무단 전재 및 재배포 금지"
    kept, cleaned = (
        json.loads(kg("extract", "-", *options, stdin=text).stdout)["text"] for options in (["--no-clean"], [])
    )
    assert ("무단 전재" in kept, "무단 전재" in cleaned) == (True, False)


def test_min_confidence_leaves_relations_out(kg: Kg, articles: Path) -> None:
    rows = [json.loads(line) for line in kg("extract", articles, "--min-confidence", "0.6").stdout.splitlines()]
    assert [row["relations"] for row in rows] == [[], [], []]


def bad_files(folder: Path) -> dict[str, str]:
    """Write inputs that cannot be used, and return what is said of each."""
    said = {
        "empty.txt": "empty",
        "binary.txt": "binary data",
        "broken.jsonl": "JSON",
        "columns.csv": "column",
        "english.txt": "not Korean",
        "long.txt": "too much for one article",
    }
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.jsonl").write_text('{"id": "x", "text": "끊긴 줄\n', encoding="utf-8")
    (folder / "columns.csv").write_text("번호,본문\n1,가온전자가 인수했다.\n", encoding="utf-8")
    (folder / "english.txt").write_text("The company said on Monday that it had bought a rival. " * 9, encoding="utf-8")
    with (folder / "long.txt").open("wb") as long:
        for _ in range(50):
            long.write("가".encode() * 349_525)
    return said


def test_each_bad_input_is_named_and_the_run_goes_on(kg: Kg, articles: Path, tmp_path: Path) -> None:
    said = bad_files(articles)
    out = tmp_path / "out"
    done = kg("build", articles, "-o", out, "--max-failure-rate", "0.9")
    assert done.exit_code == 0
    assert "3 articles" in done.stdout
    listed = failures(out)
    assert sorted(Path(source.split(":")[0]).name for source, _ in listed) == sorted(said)
    for name, words in said.items():
        (message,) = [message for source, message in listed if f"/{name}" in source]
        assert words in message
        assert f"/{name}" in done.stderr


def test_a_file_that_may_not_be_read_is_named(kg: Kg, articles: Path, tmp_path: Path) -> None:
    secret = articles / "secret.txt"
    secret.write_text("가온전자가 인수했다고 밝혔다.", encoding="utf-8")
    secret.chmod(0)
    if os.access(secret, os.R_OK):
        secret.unlink()
        secret.symlink_to(tmp_path / "nowhere")
    kg("build", articles, "-o", tmp_path / "out")
    ((source, message),) = failures(tmp_path / "out")
    assert source.endswith("secret.txt")
    assert "cannot be read" in message


def test_too_many_failures_exit_with_1_once_all_is_written(kg: Kg, articles: Path, tmp_path: Path) -> None:
    bad_files(articles)
    done = kg("build", articles, "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert "error: 6 of 9 articles failed, more than the 50% allowed" in done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == OUTPUTS
    extracted = kg("extract", articles, "-o", tmp_path / "documents.jsonl")
    assert extracted.exit_code == 1
    assert len(list(read_documents(tmp_path / "documents.jsonl"))) == 3


def test_no_usable_article_is_an_error_that_overwrites_nothing(kg: Kg, articles: Path, tmp_path: Path) -> None:
    kg("build", articles, "-o", tmp_path / "out")
    kg("extract", articles, "-o", tmp_path / "documents.jsonl")
    before = [path.read_bytes() for path in sorted((*(tmp_path / "out").iterdir(), tmp_path / "documents.jsonl"))]
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    for command in (["build", empty, "-o", tmp_path / "out"], ["extract", empty, "-o", tmp_path / "documents.jsonl"]):
        done = kg(*command)
        assert done.exit_code == 1
        assert f"error: no usable article in {empty}" in done.stderr
    after = [path.read_bytes() for path in sorted((*(tmp_path / "out").iterdir(), tmp_path / "documents.jsonl"))]
    assert after == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--date", "어제"), "is no date"),
        (("--format", "turtel"), "did you mean turtle"),
        (("--workers", "0"), "workers"),
        (("--min-confidence", "2"), "min-confidence"),
    ],
)
def test_a_wrong_option_is_named(
    kg: Kg, articles: Path, tmp_path: Path, arguments: tuple[str, str], message: str
) -> None:
    done = kg("build", articles, "-o", tmp_path / "out", *arguments)
    assert done.exit_code != 0
    assert message in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(kg: Kg, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = kg("build", articles, "-o", tmp_path / "file")
    assert (done.exit_code, done.stderr.startswith(f"error: {tmp_path}/file: cannot be written")) == (1, True)


def test_failures_cannot_steer_the_terminal(kg: Kg, articles: Path, tmp_path: Path) -> None:
    (articles / "\x1b[31mred.txt").write_text("", encoding="utf-8")
    done = kg("build", articles, "-o", tmp_path / "out")
    assert "\x1b" not in done.output
    assert "[31mred.txt" in done.stderr


def test_what_failed_is_retried_with_other_limits(kg: Kg, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (articles / "late.txt").write_text("가온전자와 나래은행의 계약은 끝없이 돈다.\n", encoding="utf-8")
    assert kg("build", articles, "-o", out, "--article-timeout", "0.2").exit_code == 0
    ((source, message),) = failures(out)
    assert (source, message.startswith("took longer than the 0.2 s that its 23 characters may")) == (
        "articles/late.txt",
        True,
    )
    (articles / "late.txt").write_text("가온전자가 나래은행을 인수했다고 밝혔다.\n", encoding="utf-8")
    done = kg("build", articles, "-o", out, "--retry-failed")
    assert (done.exit_code, failures(out)) == (0, [])
    assert "4 articles" in done.stdout


def test_a_worker_of_too_little_memory_is_explained(kg: Kg, articles: Path, tmp_path: Path) -> None:
    done = kg("build", articles, "-o", tmp_path / "out", "--worker-memory", "0.02")
    assert (done.exit_code, "raise --worker-memory" in done.stderr) == (1, True)


def test_the_engine_is_chosen(kg: Kg, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    done = kg("build", articles, "-o", tmp_path / "out", "--engine", "ray", "--address", "auto")
    assert (done.exit_code, "pip install 'korean-news-kg[ray]'" in done.stderr) == (1, True)
    done = kg("build", articles, "-o", "s3://news/out")
    assert (done.exit_code, "only --engine ray writes to other" in done.stderr) == (2, True)
