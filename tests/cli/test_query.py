from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from kg.graph.knowledge_graph import KnowledgeGraph
from tests.cli.conftest import Kg
from tests.samples import ORGANIZATION, Stated, document


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_query_prints_a_table(kg: Kg, graph_folder: Path) -> None:
    done = kg("query", graph_folder, "--about", "KDB")
    cells = [cell.strip() for cell in done.stdout.splitlines()[4].split("│")[1:-1]]
    assert cells == ["한국산업은행", "finances", "오픈AI", "actual", "", "", "0.9", "1", "1"]
    assert done.stdout.startswith("1 relations")


def test_query_with_evidence_shows_the_sentences(kg: Kg, graph_folder: Path) -> None:
    shown = kg("query", graph_folder, "--type", "제휴", "--evidence").stdout
    assert "카카오와 오픈AI가 손잡은 것은 지난 2월 4일이다." in shown
    assert "새벽신문" in shown


def test_query_prints_complete_json(kg: Kg, graph_folder: Path) -> None:
    (relation,) = json.loads(kg("query", graph_folder, "--type", "partnersWith", "--json").stdout)
    assert {relation[end]["name"] for end in ("subject", "object")} == {"오픈AI", "카카오"}
    assert [quoted["published"] for quoted in relation["evidence"]] == ["2025-05-27", "2025-06-02"]


def test_the_parts_of_a_deal_are_columns(kg: Kg, graph_folder: Path) -> None:
    for more in ((), ("--evidence",)):
        (row,) = rows(kg("query", graph_folder, "--type", "finances", "--csv", *more).stdout)
        assert [row[part] for part in ("amount", "value", "currency", "stake")] == ["2억달러", "200000000", "USD", ""]


def test_query_prints_csv(kg: Kg, graph_folder: Path) -> None:
    (row,) = rows(kg("query", graph_folder, "--subject", "카카오", "--object", "멜론", "--csv").stdout)
    assert (row["subject"], row["type"], row["object"], row["status"]) == ("카카오", "acquires", "멜론", "possible")
    quoted = rows(kg("query", graph_folder, "--about", "카카오", "--csv", "--evidence").stdout)
    assert [row["article"] for row in quoted] == ["rumour", "alliance", "rumour"]


@pytest.mark.parametrize(
    ("conditions", "types"),
    [
        (["--status", "possible"], ["acquires"]),
        (["--since", "2025-06"], ["acquires"]),
        (["--until", "2025-02", "--about", "카카오"], ["partnersWith"]),
        (["--min-confidence", "0.92"], ["partnersWith"]),
        (["--subject", "제이슨 권"], ["holdsPosition"]),
        (["--type", "produces", "--type", "금융 지원"], ["finances", "produces"]),
        (["--status", "possible", "--status", "planned"], ["acquires"]),
        (["--min-sources", "2"], ["partnersWith"]),
        (["--publisher", "새벽 신문", "--type", "acquires", "--type", "finances"], ["acquires"]),
    ],
)
def test_conditions(kg: Kg, graph_folder: Path, conditions: list[str], types: list[str]) -> None:
    found = json.loads(kg("query", graph_folder, *conditions, "--json").stdout)
    assert [relation["type"] for relation in found] == types


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--about", "카카우"], "error: no entity named '카카우'; did you mean 카카오"),
        (["--type", "partnerWith"], "error: no relation type named 'partnerWith'; did you mean partnersWith"),
        (["--status", "maybe"], "error: no status named 'maybe'"),
        (["--since", "어제"], "error: '어제' is no date: write 2025, 2025-02 or 2025-02-14"),
    ],
)
def test_a_wrong_condition_is_named(kg: Kg, graph_folder: Path, arguments: list[str], message: str) -> None:
    done = kg("query", graph_folder, *arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert message in done.stderr


def test_json_and_csv_exclude_each_other(kg: Kg, graph_folder: Path) -> None:
    assert kg("query", graph_folder, "--json", "--csv").exit_code == 2


def test_csv_cells_cannot_be_formulas_and_tables_cannot_steer_the_terminal(kg: Kg, tmp_path: Path) -> None:
    evil = "=cmd|' /C calc'!A0"
    names = {evil: ORGANIZATION, "\x1b[31m나래": ORGANIZATION}
    odd = document(f"{evil}는 \x1b[31m나래와 제휴했다.", names, [Stated("partnersWith", evil, "\x1b[31m나래", "제휴")])
    KnowledgeGraph.from_documents([odd]).to_json(tmp_path / "graph.json")
    cells = [cell for row in rows(kg("query", tmp_path, "--csv", "--evidence").stdout) for cell in row.values()]
    assert f"'{evil}" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert "\x1b" not in kg("query", tmp_path).stdout


def test_entities(kg: Kg, graph_folder: Path) -> None:
    found = rows(kg("entities", graph_folder, "--type", "Company", "--csv").stdout)
    assert [(row["name"], row["type"], row["articles"]) for row in found] == [
        ("오픈AI", "Company", "3"),
        ("카카오", "Company", "2"),
    ]
    assert found[1]["ids"] == "domain:kakaocorp.com krx:035720 wikidata:Q17684312"
    (kdb,) = json.loads(kg("entities", graph_folder, "--name", "KDB", "--json").stdout)
    assert kdb["name"] == "한국산업은행"
    assert "1 entities" in kg("entities", graph_folder, "--type", "인물").stdout


def test_export_writes_the_form_of_the_ending_or_the_one_named(kg: Kg, graph_folder: Path) -> None:
    assert kg("export", graph_folder, "-o", graph_folder / "a.nt").exit_code == 0
    assert kg("export", graph_folder, "-o", graph_folder / "b.rdf", "--format", "ntriples").exit_code == 0
    assert (graph_folder / "a.nt").read_bytes() == (graph_folder / "b.rdf").read_bytes()


def test_export_packs_and_leaves_text_out(kg: Kg, graph_folder: Path) -> None:
    packed = graph_folder / "a.ttl.gz"
    assert kg("export", graph_folder, "-o", packed, "--no-text").exit_code == 0
    text = gzip.decompress(packed.read_bytes()).decode("utf-8")
    assert ("전략적 제휴를 맺었다" in text, "oa:start" in text) == (False, True)
    assert kg("query", packed, "--csv").stdout == kg("query", graph_folder, "--csv").stdout


def test_export_takes_base_and_reifiers(kg: Kg, graph_folder: Path) -> None:
    out = graph_folder / "a.nt"
    assert kg("export", graph_folder, "-o", out, "--rdf12", "--base", "https://example.org/kg/").exit_code == 0
    assert "#reifies> <<( <https://example.org/kg/ent/" in out.read_text(encoding="utf-8")
    refused = kg("export", graph_folder, "-o", graph_folder / "a.html", "--rdf12")
    assert (refused.exit_code, "form html has no option rdf12" in refused.stderr) == (1, True)


def test_export_as_it_was_on_a_day_and_what_is_new_since(kg: Kg, graph_folder: Path) -> None:
    for option, types in (
        (("--as-of", "2025-05-26"), ["holdsPosition", "produces"]),
        (("--new-since", "2025-06"), ["acquires"]),
    ):
        part = graph_folder / "part.json"
        assert kg("export", graph_folder, "-o", part, *option).exit_code == 0
        assert [relation.type for relation in KnowledgeGraph.load(part).relations()] == types
    refused = kg("export", graph_folder, "-o", graph_folder / "none.json", "--as-of", "어제")
    assert (refused.exit_code, "'어제' is no date" in refused.stderr) == (1, True)
    assert not (graph_folder / "none.json").exists()
    (graph_folder / "manifest.json").write_text("{}")  # of a build, whose next one writes graph.*
    whole = (graph_folder / "graph.json").read_bytes()
    refused = kg("export", graph_folder, "-o", graph_folder / "graph.json", "--new-since", "2025-06")
    assert (refused.exit_code, "which a part of it must not replace" in refused.stderr) == (1, True)
    assert (graph_folder / "graph.json").read_bytes() == whole


def test_export_to_an_unknown_form_is_refused(kg: Kg, graph_folder: Path) -> None:
    done = kg("export", graph_folder, "-o", graph_folder / "a.nt", "--format", "ntripels")
    assert done.exit_code == 1
    assert "ntriples" in done.stderr


def test_schema_lists_the_types_with_their_labels(kg: Kg) -> None:
    shown = kg("schema").stdout
    assert [word in shown for word in ("partnersWith", "제휴", "partners with", "Company", "기업")] == [True] * 5
    found = json.loads(kg("schema", "--json").stdout)
    assert found["relations"]["partnersWith"]["labels"] == {"ko": "제휴", "en": "partners with"}
    assert found["entities"]["Company"]["parent"] == "Organization"
