"""Corrections of a built folder: what is written, what is left alone, what a build makes of it afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import FormatError, InputError, KgError, UnknownNameError
from kg.run.correct import correct
from kg.run.extraction import ExtractOptions
from kg.run.local import add, build, retract
from kg.run.verify import verify
from kg.store import STORE, DocumentStore
from tests.run.stub_stage import StubStage

TEXTS = {
    "a": "가온전자는 나래은행과 제휴를 맺었다고 3일 밝혔다. 두 회사는 지난달부터 협의했다.",
    "b": "다솜자동차가 라온게임즈를 인수했다고 공시했다.",
    "c": "나래은행은 가온전자와의 제휴를 넓힌다.",
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    rows = [{"id": key, "title": None, "text": text} for key, text in TEXTS.items()]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def out(articles: Path, tmp_path: Path) -> Path:
    build([str(articles)], tmp_path / "out", ExtractOptions(), StubStage(), forms=["ntriples"])
    return tmp_path / "out"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != STORE}


def test_a_correction_gives_what_a_build_with_it_gives(articles: Path, out: Path) -> None:
    correct(out, {"merge": ["가온전자", "나래은행"], "note": "같은 회사", "date": "2025-05-27"})
    correct(out, {"split": {"entity": "가온전자", "articles": ["c"]}})
    corrected = contents(out)
    assert sorted(corrected) == [
        *("corrections.yaml", "documents.jsonl", "graph.html", "graph.json", "graph.nt", "graph.ttl", "manifest.json"),
    ]
    build([str(articles)], out, ExtractOptions(), StubStage(), forms=["ntriples"])
    assert contents(out) == corrected
    assert json.loads(corrected["manifest.json"])["corrections"] == {"entries": 2, "notes": []}


def test_the_file_keeps_what_people_wrote(out: Path) -> None:
    path = out / "corrections.yaml"
    bank = kg.load(out).entity("나래은행").id
    written = f"# 검토 회의 3월\r\n- rename: {{entity: {bank}, name: 나래}}   # 줄인 이름"
    path.write_bytes(written.encode())
    result = correct(out, {"retype": {"entity": "나래은행", "subtype": "FinancialInstitution"}, "by": "편집부"})
    added = f"# 나래\n- retype: {{entity: {bank}, subtype: FinancialInstitution}}\n  by: 편집부\n"
    assert path.read_bytes().decode() == f"{written}\n{added}"
    assert result.entry == added
    entity = kg.load(out).entity(bank)
    assert (entity.name, entity.aliases, entity.subtype) == ("나래", ("나래은행",), "FinancialInstitution")


def test_old_ids_are_understood_after_a_merge(out: Path) -> None:
    before = kg.load(out)
    bank, maker = before.entity("나래은행").id, before.entity("가온전자").id
    graph = kg.correct(out, merge=["나래은행", "가온전자"], into=maker)
    for name in ("나래은행", bank, maker, f"kg:{bank}"):
        assert graph.entity(name).id == maker
    assert kg.load(out).entity(bank).ids == (f"kg:{bank}",)


def test_a_relation_is_taken_out_and_nothing_else(out: Path) -> None:
    graph = kg.correct(out, retract={"type": "제휴", "subject": "나래은행", "object": "가온전자", "article": "c"})
    (left,) = graph.relations(type="partnersWith")
    assert [e.article for e in left.evidence] == ["a"]
    graph = kg.correct(out, retract={"type": "인수", "subject": "다솜자동차", "object": "라온게임즈"})
    assert [relation.type for relation in graph] == ["partnersWith"]


REFUSED: dict[str, tuple[Mapping[str, Any], str]] = {
    "unknown name": ({"merge": ["가온전자", "가온전지"]}, "no entity named '가온전지'; did you mean 가온전자"),
    "unknown id": ({"rename": {"entity": "e0123456789abcdef", "name": "가"}}, "no entity named 'e0123456789abcdef'"),
    "itself": ({"merge": ["가온전자", "가온 전자"]}, "가온전자 and 가온 전자 are one entity already"),
    "no such article": ({"split": {"entity": "가온전자", "articles": ["b"]}}, "is not in article b; it is in a, c"),
    "every article": ({"split": {"entity": "가온전자", "articles": ["a", "c"]}}, "nothing would stay of it"),
    "no such relation": (
        {"retract": {"type": "제휴", "subject": "가온전자", "object": "다솜자동차"}},
        "no such relation: 가온전자 partnersWith 다솜자동차; `kg query`",
    ),
    "other status": (
        {"retract": {"type": "제휴", "subject": "가온전자", "object": "나래은행", "status": "denied"}},
        "no such relation: 가온전자 partnersWith 나래은행 denied",
    ),
    "other article": (
        {"retract": {"type": "제휴", "subject": "가온전자", "object": "나래은행", "article": "b"}},
        "article b does not state 가온전자 partnersWith 나래은행; a, c does",
    ),
    "unknown type": ({"retype": {"entity": "가온전자", "type": "Firm"}}, "no entity type named 'Firm'"),
    "contradiction": (
        {"distinct": ["다솜자동차", "라온게임즈"]},
        "다솜자동차 and 라온게임즈 are one entity already, 다솜자동차 (",
    ),
    "one name": ({"merge": "가온전자"}, "merge: '가온전자' is one name; give a list of two or more"),
    "no kind": ({"note": "왜"}, "give exactly one of"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_and_nothing_changes(case: str, out: Path) -> None:
    entry, message = REFUSED[case]
    if case == "contradiction":
        graph = kg.load(out)
        ends = {graph.entity("다솜자동차").id: 0, graph.entity("라온게임즈").id: 0}
        (out / "corrections.yaml").write_text(f"- merge: [{', '.join(ends)}]\n", encoding="utf-8")
    before = contents(out)
    with pytest.raises(KgError) as error:
        correct(out, entry)
    assert message in str(error.value)
    assert contents(out) == before


def test_types_that_differ_do_not_merge(out: Path) -> None:
    correct(out, {"retype": {"entity": "라온게임즈", "type": "Product"}})
    before = contents(out)
    with pytest.raises(InputError, match="is of type Organization"):
        correct(out, {"merge": ["다솜자동차", "라온게임즈"]})
    assert contents(out) == before


def test_a_file_in_another_style_is_not_added_to(out: Path) -> None:
    (out / "corrections.yaml").write_text("[]\n", encoding="utf-8")
    with pytest.raises(FormatError):
        correct(out, {"distinct": ["다솜자동차", "라온게임즈"]})
    assert (out / "corrections.yaml").read_text(encoding="utf-8") == "[]\n"


def test_a_folder_that_no_build_wrote_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"documents\.jsonl: no such file"):
        correct(tmp_path, {"distinct": ["가", "나"]})


def test_an_id_whose_articles_are_gone_breaks_no_build(articles: Path, out: Path) -> None:
    correct(out, {"merge": ["다솜자동차", "라온게임즈"]})
    kept = [line for line in articles.read_text(encoding="utf-8").splitlines() if '"b"' not in line]
    articles.write_text("\n".join(kept), encoding="utf-8")
    result = build([str(articles)], out, ExtractOptions(), StubStage())
    notes = result.manifest["corrections"]["notes"]
    assert [note.partition(": ")[0] for note in notes] == ["entry 1 (merge)"] * 2
    correct(out, {"distinct": ["가온전자", "나래은행"]})
    with pytest.raises(UnknownNameError):
        kg.load(out).entity("다솜자동차")


def test_wrong_corrections_stop_a_build_before_it_begins(articles: Path, out: Path) -> None:
    (out / "corrections.yaml").write_text("- marge: []\n", encoding="utf-8")
    before = contents(out)
    with pytest.raises(FormatError, match=r"corrections\.yaml: entry 1: marge"):
        build([str(articles)], out, ExtractOptions(), StubStage())
    assert contents(out) == before


def test_a_correction_writes_what_the_store_is_ahead_with(out: Path) -> None:
    with DocumentStore(out) as store:
        store.retract("b")
    correct(out, {"rename": {"entity": "나래은행", "name": "나래"}})
    assert kg.load(out).articles == 2
    found = verify(out)
    assert (found.articles, found.problems) == (2, [])


def test_corrections_of_two_processes_at_once_are_both_kept(out: Path) -> None:
    code = "import sys, kg; kg.correct(sys.argv[1], rename={'entity': sys.argv[2], 'name': sys.argv[3]})"
    renamed = [("가온전자", "가온테크"), ("나래은행", "나래금융"), ("다솜자동차", "다솜모빌리티")]
    started = [subprocess.Popen([sys.executable, "-c", code, str(out), *names]) for names in renamed]
    assert [process.wait() for process in started] == [0, 0, 0]
    names = {entity.name for entity in kg.load(out).entities()}
    assert {new for _, new in renamed} <= names
    assert (out / "corrections.yaml").read_text(encoding="utf-8").count("- rename:") == 3


def test_a_name_that_only_the_store_has_is_known(articles: Path, out: Path) -> None:
    with DocumentStore(out) as store:
        retract(store, ["b"], write=True)
        add(store, [str(articles)], ExtractOptions(), StubStage(), write=False)
    assert "다솜자동차" not in kg.load(out)
    correct(out, {"rename": {"entity": "다솜자동차", "name": "다솜모빌리티"}})
    assert kg.load(out).entity("다솜모빌리티").aliases == ("다솜자동차",)
