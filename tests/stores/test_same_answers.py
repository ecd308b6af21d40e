"""The queries of the pack have equal answers in every store that is here."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.export.terms import XSD
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.triplestore.answers import Answer, Term
from kg.triplestore.engines import ask
from kg.triplestore.pack import queries
from tests.stores.equal import alike
from tests.stores.known import STORES
from tests.stores.protocol import Store

ENDINGS = (".nt", ".ttl", ".nq")
SECONDS = 60.0


@pytest.fixture(scope="module")
def files(wide: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("rdf")
    return {ending: wide.export(folder / f"graph{ending}") for ending in ENDINGS}


@pytest.fixture(scope="module")
def expected(files: dict[str, Path]) -> dict[str, Answer]:
    """What pyoxigraph answers, which tests/triplestore/test_pack.py looks at."""
    return {name: ask(files[".nt"], query.text, engine="oxigraph") for name, query in queries().items()}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("store", STORES, ids=lambda store: store.NAME)
def test_every_query_answers_alike(
    store: Store, ending: str, files: dict[str, Path], expected: dict[str, Answer]
) -> None:
    if how := store.missing():
        pytest.skip(f"{store.NAME} is not installed: {how}")
    with store.opened(files[ending]) as asked:
        found = {name: alike(asked(query.text, SECONDS), store.CODE_POINTS) for name, query in queries().items()}
    assert found == {name: alike(answer, store.CODE_POINTS) for name, answer in expected.items()}


def number(text: str, kind: str = "decimal") -> Answer:
    return alike(Answer(("x",), ((Term("literal", text, "", f"{XSD}{kind}"),),)))


def test_only_the_written_form_of_a_number_is_hidden() -> None:
    assert number("1.50") == number("1.5") == number("+01.5")
    assert number("1", "boolean") == number("true", "boolean")
    assert number("100", "integer") == number("0100", "integer")
    assert number("1.5E1", "double") == number("15.0", "double")
    assert number("1.5") != number("1.51")
    assert number("1", "integer") != number("1")
    assert number("007", "string") != number("7", "string")


def test_the_order_and_number_of_rows_are_not_hidden() -> None:
    one, other = ((Term("literal", text, "", f"{XSD}string"),) for text in "가나")
    assert alike(Answer(("x",), (one, other))) != alike(Answer(("x",), (other, one)))
    assert alike(Answer(("x",), (one, one))) != alike(Answer(("x",), (one,)))
    assert alike(Answer(("x",), ((None,),))) != alike(Answer(("x",), ()))
