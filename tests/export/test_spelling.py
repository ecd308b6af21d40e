from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.export import terms
from kg.export.jsonld import JsonLd
from kg.export.spelling import Block, NQuads, NTriples, Turtle
from kg.export.vocabulary import DATA_KINDS, DEFAULT_BASE, names
from kg.schema import load_schema

SCHEMA = load_schema()
NAMES = names(SCHEMA)
PLAIN, TURTLE, JSON = NTriples(NAMES), Turtle(NAMES), JsonLd(NAMES, SCHEMA)


@pytest.mark.parametrize(
    ("term", "turtle", "value"),
    [
        ("<https://schema.org/url>", "schema:url", "schema:url"),
        ("<https://schema.org/a.b>", "<https://schema.org/a.b>", "https://schema.org/a.b"),
        ("<https://한빛.example/>", "<https://한빛.example/>", "https://한빛.example/"),
        ('"제휴 \\"확대\\""@ko', '"제휴 \\"확대\\""@ko', {"@value": '제휴 "확대"', "@language": "ko"}),
        ('"a>"', '"a>"', "a>"),
        (terms.date("2025-02"), '"2025-02"^^xsd:gYearMonth', {"@value": "2025-02", "@type": "xsd:gYearMonth"}),
        (terms.url("news"), '"news"^^xsd:anyURI', {"@value": "news", "@type": "xsd:anyURI"}),
    ],
)
def test_a_term_of_n_triples_in_other_forms(term: str, turtle: str, value: Any) -> None:
    assert (PLAIN.term(term), TURTLE.term(term), json.loads(JSON.term(term))) == (term, turtle, value)


@given(st.sampled_from(DATA_KINDS), st.text())
@example("ent", "")
@example("doc", "001-0008371019")
@example("ent", "-a")
def test_things_are_spelled_as_their_terms_are(kind: str, identifier: str) -> None:
    segment = terms.path_segment(identifier)
    term = NAMES.data(kind, segment)
    for spelling in (PLAIN, TURTLE, JSON):
        assert spelling.data(kind, segment) == spelling.term(term)


@given(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
@example(0, 1.0)
@example(10**30, 1e-7)
def test_numbers_are_spelled_as_their_terms_are(whole: int, share: float) -> None:
    assert PLAIN.integer(whole) == terms.integer(whole)
    assert PLAIN.decimal(share) == terms.decimal(share)
    assert TURTLE.integer(whole) == TURTLE.term(terms.integer(whole))
    assert TURTLE.decimal(share) == TURTLE.term(terms.decimal(share))


@pytest.mark.parametrize(
    ("number", "expected"),
    [(2**53 - 1, "9007199254740991"), (2**53, '{"@value":"9007199254740992","@type":"xsd:integer"}')],
)
def test_json_numbers_that_a_reader_may_round_are_text(number: int, expected: str) -> None:
    assert (JSON.integer(number), JSON.decimal(0.5)) == (expected, '"0.5"')


def test_of_two_prefixes_of_one_namespace_the_first_is_used_for_things_too() -> None:
    twice = replace(NAMES, prefixes={**NAMES.prefixes, "alias": f"{DEFAULT_BASE}ent/"})
    assert Turtle(twice).data("ent", "e1") == Turtle(twice).term(NAMES.data("ent", "e1")) == "alias:e1"


def test_values_of_one_predicate() -> None:
    pairs = [(NAMES.term("rdf:type"), NAMES.term(curie)) for curie in ("kg:Person", "kg:Entity")]
    pairs.append((NAMES.term("schema:identifier"), '"e1"'))
    assert TURTLE.lines_of(pairs) == ["a kg:Person, kg:Entity", 'schema:identifier "e1"']
    assert JSON.lines_of(pairs) == ['"type":["kg:Person","kg:Entity"]', '"identifier":"e1"']
    assert PLAIN.lines_of(pairs) == [f"{predicate} {value}" for predicate, value in pairs]
    assert [spelling.lines("verb ", []) for spelling in (PLAIN, TURTLE, JSON)] == [[], [], []]


def test_a_block_in_each_form() -> None:
    block = Block("<g>", "<s>", ["<p> <o>", "<q> 1"])
    assert PLAIN.block(block) == "<s> <p> <o> .\n<s> <q> 1 .\n"
    assert NQuads(NAMES).block(block) == "<s> <p> <o> <g> .\n<s> <q> 1 <g> .\n"
    assert TURTLE.block(block) == "<s> <p> <o> ;\n    <q> 1 .\n\n"
    assert JSON.block(Block("", '"s"', ['"p":1', '"q":"o"'])) == '{"id":"s","p":1,"q":"o"}'
