"""The harness of the comparison: its counts are those of `kg evaluate relations`, and the page shows its tables."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kg.codec import write_documents
from kg.extract.evaluate_relations import evaluate_relations
from kg.model import Document
from kg.schema import load_schema
from kg.stage import run_stage
from tests.benchmarks.compare.__main__ import compared
from tests.benchmarks.compare.cooccurrence import related
from tests.benchmarks.compare.scores import Tallied, counts, f1, figures, interval, missed
from tests.benchmarks.compare.sets import HELD_OUT, PLACES, article_set
from tests.benchmarks.compare.systems import ON_REQUEST, SYSTEMS, made
from tests.benchmarks.compare.tables import FOUND, KNOWN, MISSED, MISSING, TAKES, TYPES, report
from tests.samples import Named, Stated, document

PAGE = Path(__file__).resolve().parents[1] / "docs" / "comparison.md"
TEXT = "가온전자는 3일 한빛은행과 제휴했다. 이새벽 가온전자 대표는 한빛은행을 비판했다."
NAMES = {"가온전자": Named("Organization"), "한빛은행": Named("Organization"), "이새벽": Named("Person")}
LABELS: dict[str, Any] = {
    "id": "d1",
    "entities": [
        {"name": "가온전자", "type": "ORG", "aliases": []},
        {"name": "한빛은행", "type": "ORG", "aliases": []},
        {"name": "이새벽", "type": "PER", "aliases": []},
    ],
    "relations": [
        {
            "type": "partnersWith",
            "subject": "가온전자",
            "object": "한빛은행",
            "status": "actual",
            "evidence": TEXT[:20],
        },
        {
            "type": "holdsPosition",
            "subject": "이새벽",
            "object": "가온전자",
            "status": "actual",
            "evidence": TEXT[21:33],
        },
        {"type": "criticizes", "subject": "이새벽", "object": "한빛은행", "status": "planned", "evidence": TEXT[21:]},
    ],
}
STATED = (
    Stated("partnersWith", "한빛은행", "가온전자", "제휴했다"),
    Stated("criticizes", "한빛은행", "이새벽", "비판했다"),
    Stated("supports", "가온전자", "이새벽", "비판했다", "denied"),
)


def tallied(document_: Document) -> Tallied:
    return counts(LABELS, document_)


def three(found: Tallied, kind: str) -> tuple[int, int, int]:
    return found[f"{kind} right"], found[f"{kind} found"], found[f"{kind} labelled"]


def test_direction_and_type_are_ignored_one_after_the_other() -> None:
    found = tallied(document(TEXT, NAMES, STATED))
    assert three(found, "relations") == (1, 3, 3)
    assert three(found, "undirected") == (2, 3, 3)
    assert three(found, "pairs") == (3, 3, 3)


def test_names_count_by_type_and_together() -> None:
    named = {"가온전자": Named("Organization"), "이새벽": Named("Organization")}
    found = tallied(document(TEXT, named))
    assert (three(found, "organizations"), three(found, "people")) == ((1, 2, 2), (0, 0, 1))
    assert three(found, "names") == (1, 2, 3)


def test_what_is_unsure_is_left_out() -> None:
    unsure = Stated("partnersWith", "가온전자", "한빛은행", "제휴했다", confidence=0.3)
    assert three(tallied(document(TEXT, NAMES, [unsure])), "pairs") == (0, 0, 2 + 1)


def test_a_plan_shown_as_a_fact_is_counted() -> None:
    found = tallied(document(TEXT, NAMES, [Stated("criticizes", "이새벽", "한빛은행", "비판했다")]))
    assert (found["status right"], found["status of"], found["facts"], found["facts of"]) == (0, 1, 1, 1)


def test_a_quotation_that_the_text_has_not_is_counted() -> None:
    whole = document(TEXT, NAMES, STATED)
    first, *others = whole.relations
    untrue = replace(first, evidence=replace(first.evidence, text="가온전자는 한빛은행과 손잡았다."))
    found = tallied(replace(whole, relations=(untrue, *others)))
    assert (found["quoted"], found["quoted of"]) == (2, 3)
    assert (found["placed"], found["placed of"]) == (1, 1)


def test_what_is_missed_has_a_reason() -> None:
    named = {"가온전자": Named("Organization"), "한빛은행": Named("Organization")}
    assert missed(LABELS, document(TEXT, named)) == {"in one sentence": 1, "an end not found": 2}
    apart = "가온전자가 나섰다. 한빛은행도 나섰다. 이새벽은 말했다."
    assert missed(LABELS, document(apart, NAMES)) == {"in no one sentence": 3}
    unsure = Stated("partnersWith", "가온전자", "한빛은행", "제휴했다", confidence=0.3)
    assert missed(LABELS, document(TEXT, NAMES, [unsure])) == {"too unsure": 1, "in one sentence": 2}


def test_each_two_names_of_a_sentence_are_related_once() -> None:
    found = related(document(TEXT, NAMES)).relations
    names = {f"e{at}": name for at, name in enumerate(NAMES)}
    assert [(one.type, names[one.subject], names[one.object], one.evidence.text) for one in found] == [
        ("partnersWith", "가온전자", "한빛은행", TEXT[:20]),
        ("holdsPosition", "이새벽", "가온전자", TEXT[21:]),
        ("holdsPosition", "이새벽", "한빛은행", TEXT[21:]),
    ]


def test_an_interval_holds_the_figure_and_is_the_same_again() -> None:
    articles = [Counter({"names right": at, "names found": 8, "names labelled": 10}) for at in (2, 5, 8)]
    inside = interval(articles, partial(f1, kind="names"))
    assert inside == interval(articles, partial(f1, kind="names"))
    assert inside is not None
    assert inside[0] < (f1(sum(articles, Counter()), "names") or 0) < inside[1]
    assert interval([Counter()], partial(f1, kind="names")) is None


@pytest.mark.parametrize("name", list(SYSTEMS))
def test_every_system_reads_two_articles(name: str, tmp_path: Path) -> None:
    given = article_set(HELD_OUT, 2)
    schema = load_schema()
    results = run_stage(made(name), given.documents)
    for one in results:
        types = {entity.id: entity.type for entity in one.entities}
        assert [r for r in one.relations if not schema.allows(r.type, types[r.subject], types[r.object])] == []
    found = figures(given, {one.id: one for one in results})
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(row | {"id": key}) + "\n" for key, row in given.labels.items()), "utf-8")
    write_documents(results, tmp_path / "documents.jsonl")
    measured = evaluate_relations(gold, tmp_path / "documents.jsonl")
    assert round(found["relations"]["f1"], 4) == measured["relations"]["f1"]
    assert round(found["names"]["recall"], 4) == measured["entities"]["all"]["recall"]
    assert sum(found["missed"].values()) == found["relations"]["labelled"] - found["relations"]["right"]
    assert found["quoted"]["count"] == found["quoted"]["of"] > 0


def test_a_run_of_its_own_is_measured_twice(tmp_path: Path) -> None:
    name = "labelled names, co-occurrence"
    found = compared(name, tmp_path / "run", 2)
    assert (found["same"], found["cost"], sorted(found["sets"])) == (True, None, sorted(PLACES))
    assert found["sets"][HELD_OUT]["articles"] == 2
    shown = report({name: found, "llm": {"error": ON_REQUEST["llm"]}})
    assert "### Held out: 2 articles" in shown
    assert f"| llm | {ON_REQUEST['llm']} |" in shown


def test_a_system_that_cannot_run_says_why(tmp_path: Path) -> None:
    found = compared("nonsense:1", tmp_path / "run", 1)
    assert list(found) == ["error"]
    assert "no extractor named 'nonsense'" in found["error"]


def tables(page: str) -> list[list[list[str]]]:
    """Return the cells of each table of a page, row by row."""
    blocks = re.findall(r"(?:^\|.*\|\n)+", page, re.MULTILINE)
    return [[[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()] for block in blocks]


def test_the_page_shows_the_systems_and_columns_of_the_harness() -> None:
    page = PAGE.read_text(encoding="utf-8")
    shown = {tuple(rows[0]): [row[0] for row in rows[2:]] for rows in tables(page)}
    for columns in (FOUND, KNOWN, MISSED, TAKES):
        assert shown[columns] == list(SYSTEMS)
    assert {*shown[*TYPES, *SYSTEMS]} <= {*load_schema().relations}
    assert set(shown[MISSING]) == set(ON_REQUEST)
    heads = [f"### {name.capitalize()}: {len(article_set(name).documents)} articles" for name in PLACES]
    assert [head for head in heads if head not in page] == []
