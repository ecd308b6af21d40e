from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kg
from tests.triplestore.faulty import faulty
from tests.triplestore.test_server import free_port

QUERY = "SELECT ?name WHERE { ?one kg:finances/rdfs:label ?name }"


def test_a_query_as_text_file_and_standard_input(kg: Kg, graph_folder: Path) -> None:
    (graph_folder / "q.rq").write_text(QUERY, encoding="utf-8")
    for given in ((QUERY,), (graph_folder / "q.rq",), ("-",)):
        assert kg("sparql", graph_folder, *given, "--csv", stdin=QUERY).stdout == "name\n오픈AI\n"
    assert "1 rows" in kg("sparql", graph_folder, QUERY).stdout


def test_json_is_that_of_sparql_and_ask_and_construct_print(kg: Kg, graph_folder: Path) -> None:
    found = json.loads(kg("sparql", graph_folder, QUERY, "--json").stdout)
    assert found["results"]["bindings"] == [{"name": {"type": "literal", "value": "오픈AI", "xml:lang": "ko"}}]
    assert kg("sparql", graph_folder, "ASK { ?one kg:finances ?other }").stdout == "true\n"
    made = kg("sparql", graph_folder, "CONSTRUCT { ?one kg:pays ?other } WHERE { ?one kg:finances ?other }").stdout
    assert made.count("#pays>") == made.count("\n") == 1


def test_a_query_by_name_with_another_value(kg: Kg, graph_folder: Path) -> None:
    rows = kg("sparql", graph_folder, "partners", "--set", "name=OpenAI", "--csv").stdout.splitlines()
    assert rows == ["partner,status,date,sources", "카카오,actual,2025-02,2"]
    assert kg("sparql", graph_folder, "partners", "--set", 'name=" } #', "--csv").stdout == f"{rows[0]}\n"


def test_the_list(kg: Kg) -> None:
    shown = kg("sparql", "--list").stdout
    assert "Who partners with X" in shown
    assert len(json.loads(kg("sparql", "--list", "--json").stdout)) >= 30


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ((), 2, "give a graph and a query"),
        (("partnres",), 1, "no query named 'partnres'; did you mean partners"),
        (("no.rq",), 1, "no.rq: cannot be read"),
        (("ASK { ?s ?p ?o }", "--set", "name=x"), 2, "--set fills queries by name"),
        (("partners", "--set", "name"), 2, "write name=value"),
        (("ASK { ?s ?p ?o }", "--json", "--csv"), 2, "exclude each other"),
    ],
)
def test_a_wrong_call(kg: Kg, graph_folder: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    done = kg("sparql", graph_folder, *arguments)
    assert done.exit_code == code
    assert message in " ".join(done.stderr.replace("│", " ").split())


def test_load_into_a_folder_that_sparql_then_asks(kg: Kg, graph_folder: Path) -> None:
    assert kg("load", graph_folder, "--store", graph_folder / "db").stdout.endswith(
        f"triples in {graph_folder / 'db'}\n"
    )
    assert kg("sparql", graph_folder / "db", QUERY, "--csv").stdout == "name\n오픈AI\n"


def test_load_to_an_endpoint_with_a_token_of_the_environment(
    kg: Kg, graph_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_ENDPOINT_TOKEN", "abc")
    with faulty() as store:
        assert kg("load", graph_folder, "--endpoint", store.url).stdout.startswith("6 graphs sent, 0 unchanged")
        assert {login for *_, login in store.requests} == {"Bearer abc"}


def test_load_wants_one_place(kg: Kg, graph_folder: Path) -> None:
    assert kg("load", graph_folder).exit_code == 2
    assert kg("load", graph_folder, "--store", "a", "--endpoint", "http://x/").exit_code == 2


def test_serve_tells_where_and_ends_with_the_server(
    kg: Kg, graph_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.triplestore.server.Served.wait", lambda served: 0)
    port = free_port()
    done = kg("serve", graph_folder, "--port", str(port))
    assert done.stderr == f"loading {graph_folder}\nCtrl+C ends it\n"
    assert done.stdout == (
        f"queries:  http://127.0.0.1:{port}/\nexamples: http://127.0.0.1:{port + 1}/queries\n"
        f"graph:    http://127.0.0.1:{port + 1}/\n"
    )


def test_serve_warns_where_others_reach_it(kg: Kg, graph_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.triplestore.server.Served.wait", lambda served: 0)
    port = free_port()
    done = kg("serve", graph_folder, "--host", "0.0.0.0", "--write", "--port", str(port))
    assert done.stdout.startswith(f"queries:  http://127.0.0.1:{port}/\n")
    assert done.stderr.startswith(
        "warning: at 0.0.0.0 other machines reach this without a password\nwarning: and --write lets them change it\n"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        ("--store", "x", "--prune"),
        ("--store", "x", "--default-graph"),
        ("--endpoint", "http://x/", "--named-graphs"),
        ("--endpoint", "http://x/", "--default-graph", "--prune"),
        ("--update", "http://x/", "--prune"),
    ],
)
def test_load_refuses_choices_that_do_not_go_together(kg: Kg, graph_folder: Path, wrong: tuple[str, ...]) -> None:
    assert kg("load", graph_folder, *wrong).exit_code == 2


def test_load_under_another_base_and_no_secret_in_what_is_printed(
    kg: Kg, graph_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_ENDPOINT_USER", "me")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "hush")
    with faulty() as store:
        address = f"{store.url}?key=hush"
        done = kg("load", graph_folder, "--endpoint", address, "--base", "https://a.example/kg/")
        assert all(name.startswith("https://a.example/kg/graph/") for name in store.graphs)
        store.fault = lambda number, method: 401
        failed = kg("load", graph_folder, "--endpoint", address)
    assert done.exit_code == 0
    assert failed.exit_code == 1
    assert "hush" not in done.output + failed.output
