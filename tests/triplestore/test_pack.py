from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, UnknownNameError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.graph.sparql import prepared
from kg.triplestore.engines import Engine, ask, known_prefixes
from kg.triplestore.pack import literal, named, queries, table

ROOT = Path(__file__).resolve().parents[2]
QUERIES = queries()


@pytest.fixture(scope="module")
def turtle(wide: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wide.export(tmp_path_factory.mktemp("rdf") / "graph.ttl")


@pytest.fixture(scope="module")
def quads(wide: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wide.export(tmp_path_factory.mktemp("rdf") / "graph.nq")


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_answers_alike_everywhere(turtle: Path, quads: Path, name: str) -> None:
    found = ask(turtle, QUERIES[name].text, engine="oxigraph")
    assert ask(turtle, QUERIES[name].text, engine="rdflib") == found
    assert ask(quads, QUERIES[name].text, engine="oxigraph") == found
    assert found.rows


@pytest.mark.parametrize("name", QUERIES)
def test_the_order_of_rows_is_certain(name: str) -> None:
    text = QUERIES[name].text
    if "CONSTRUCT {" in text:
        return
    head, _, order = text.rpartition("ORDER BY")
    projected = re.findall(
        r"\?(\w+)(?=\)? )", head[head.index("SELECT") : head.index("WHERE")].replace(" AS ", "=")[6:]
    )
    names = {found.split("=")[-1] for found in projected}
    keys = set(re.findall(r"\?(\w+)", order))
    # What is grouped by one thing and labelled uniquely needs no more keys than it has.
    assert names - keys <= {"articles", "relations", "organizations"}, (names, keys)


def test_there_are_enough_and_each_says_what_it_asks() -> None:
    assert len(QUERIES) >= 30
    for query in QUERIES.values():
        assert query.title
        assert query.asks
        assert len(re.findall(r"VALUES \?", query.text)) >= len(query.parameters)


def test_the_page_lists_them() -> None:
    page = (ROOT / "docs" / "sparql.md").read_text(encoding="utf-8")
    assert page.partition("<!-- queries -->\n")[2].partition("\n<!-- /queries -->")[0] == table(QUERIES)


HOSTILE = (
    *('" } #', "' }", "} UNION { ?s ?p ?o", "\\", '\\"', "\\u0022 }", '\\\\u0022 } ; DROP ALL #"', "\n# x", "$(x)"),
    *("카카오\r\n", "\\U00000022", "?name", "{카카오}", '"@ko "카카오"', "\\1\\g<0>"),
)


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_stays_a_value(turtle: Path, engine: Engine, value: str) -> None:
    text = f"SELECT ?x WHERE {{ VALUES ?x {{ {literal(value)} }} }}"
    assert [term.value for row in ask(turtle, text, engine=engine).rows for term in row if term] == [value]
    assert ask(turtle, named("partners").fill({"name": value}), engine=engine).rows == ()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_reads_back_from_its_literal(value: str) -> None:
    (row,) = prepared(f"SELECT ?x WHERE {{ VALUES ?x {{ {literal(value)} }} }}", known_prefixes()).algebra.p.p.p.res
    assert [str(found) for found in row.values()] == [value]


def test_parameters_take_one_value_or_several(turtle: Path) -> None:
    def names(**values: str | list[str]) -> list[str | int]:
        return [row[0] for row in ask(turtle, named("entities-of-type").fill(values)).cells()]

    people, software = names(type="Person"), names(type="kg:Software")
    assert software == ["챗GPT"]
    assert sorted(map(str, names(type=["Person", "Software"]))) == sorted(map(str, [*people, *software]))
    assert names(type="http://xmlns.com/foaf/0.1/Person") == people


@pytest.mark.parametrize(
    ("name", "values", "error", "message"),
    [
        ("partners", {"nme": "x"}, UnknownNameError, "no parameter of partners named 'nme'; did you mean name"),
        ("confident", {"least": "0.5 } #"}, InputError, "a number is wanted"),
        ("entities-of-type", {"type": "Persn"}, UnknownNameError, "did you mean Person"),
        ("entities-of-type", {"type": "http://x/> } #"}, InputError, "no IRI"),
        ("partners", {"name": "\ud800"}, InputError, "not text"),
    ],
)
def test_a_wrong_value_is_refused(name: str, values: dict[str, str], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=re.escape(message)):
        named(name).fill(values)


def test_an_unknown_query_offers_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean partners"):
        named("partner")


def test_some_answers(turtle: Path) -> None:
    def cells(name: str, **values: str) -> list[list[str | int]]:
        return ask(turtle, named(name).fill(values)).cells()

    assert cells("subsidiaries") == [["두나무", "네이버"], ["람다", "두나무"]]
    assert cells("two-amounts") == [
        ["investsIn", "일라이릴리", "에이비엘바이오", "KRW", 22_000_000_000, 25_000_000_000]
    ]
    assert ["acquires", "네이버", "두나무", "planned", "2025-06-10", "actual", "2025-07-02"] in cells("status-changes")
    assert ["이해진", "이사", "두나무"] in cells("posts-at", date="2025-06-15")
    assert ["이해진", "이사", "두나무"] not in cells("posts-at", date="2025-07-02")
    assert [row[0] for row in cells("copies")] == ["reprint"]
