from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.spans import Span, disjoint, encodable, sentences, with_names
from kg.model import Document
from kg.schema import load_schema


def names(text: str, *found: tuple[str, str]) -> list[Span]:
    """Return the spans of every occurrence of words, each with its type."""
    spans = []
    for word, kind in found:
        at = text.find(word)
        while at >= 0:
            spans.append(Span(at, at + len(word), kind))
            at = text.find(word, at + 1)
    return spans


@pytest.mark.parametrize(
    ("text", "found", "kept"),
    [
        ("Apple's chief", "Apple's", "Apple"),
        ("“Apple,” he said", "“Apple,”", "Apple"),
        ("of Apple Inc. today", "Apple Inc.", "Apple Inc."),
        ("met J. Doe Jr. here", "J. Doe Jr.", "J. Doe Jr."),
        ("in Seattle. It", "Seattle.", "Seattle"),
        ("The Guardian said", "The Guardian", "Guardian"),
        ("the FTC sued", "the FTC", "FTC"),
        ("(주)카카오는", "(주)카카오", "(주)카카오"),
        ("[Reuters]", "[Reuters]", "Reuters"),
    ],
)
def test_a_name_is_without_what_stands_around_it(text: str, found: str, kept: str) -> None:
    (span,) = disjoint(text, names(text, (found, "Organization")))
    assert text[span.start : span.end] == kept


@pytest.mark.parametrize("found", ["...", " ", "--", "one\nother"])
def test_what_has_no_name_in_it_is_left_out(found: str) -> None:
    text = f"x {found} y"
    assert disjoint(text, [Span(2, 2 + len(found), "Person")]) == []


def test_of_names_that_overlap_the_longest_stays() -> None:
    text = "Bank of America Corp said"
    spans = names(text, ("America", "Place"), ("Bank of America Corp", "Organization"), ("Corp said", "Product"))
    assert disjoint(text, spans) == [Span(0, 20, "Organization")]


def test_names_of_one_form_are_one_thing_named_by_its_longest_form() -> None:
    text = (
        "Apple Inc. hired Tim Cook. Cook told APPLE that the Federal Trade Commission (FTC) and Apple met Ann Cook-Lee."
    )
    spans = names(
        text,
        *(("Apple Inc.", "Company"), ("APPLE", "Organization"), ("Apple met", "Person")),
        *(("Tim Cook", "Person"), ("Cook told", "Person"), ("Federal Trade Commission", "Organization")),
        ("FTC", "Organization"),
    )
    spans = [s if text[s.start : s.end] != "Cook told" else Span(s.start, s.start + 4, s.type) for s in spans]
    spans = [s if text[s.start : s.end] != "Apple met" else Span(s.start, s.start + 5, s.type) for s in spans]
    found = with_names(Document("d", text), spans, load_schema())
    found.check()
    assert [(e.name, e.type, e.aliases, e.subtype) for e in found.entities] == [
        ("Apple Inc.", "Organization", ("APPLE", "Apple"), "Company"),
        ("Tim Cook", "Person", ("Cook",), None),
        ("Federal Trade Commission", "Organization", ("FTC",), "GovernmentOrganization"),
    ]
    assert {m.text: m.entity for m in found.mentions} == {
        **dict.fromkeys(("Apple Inc.", "APPLE", "Apple"), "e0"),
        **dict.fromkeys(("Tim Cook", "Cook"), "e1"),
        **dict.fromkeys(("Federal Trade Commission", "FTC"), "e2"),
    }


def test_a_last_name_of_two_people_is_a_person_of_its_own() -> None:
    text = "Tim Cook and Ann Cook met. Cook left."
    spans = names(text, ("Tim Cook", "Person"), ("Ann Cook", "Person"), ("Cook", "Person"))
    found = with_names(Document("d", text), spans, load_schema())
    assert [e.name for e in found.entities] == ["Tim Cook", "Ann Cook", "Cook"]


def test_the_order_of_what_a_model_gives_decides_nothing() -> None:
    text = "Apple Inc. and Apple and Bank of America and America"
    spans = names(
        text,
        *(("Apple Inc.", "Company"), ("Apple", "Person"), ("Apple", "Place")),
        *(("Bank of America", "Organization"), ("America", "Place")),
    )
    expected = with_names(Document("d", text), spans, load_schema())
    for seed in range(5):
        shuffled = random.Random(seed).sample(spans, len(spans))
        assert with_names(Document("d", text), shuffled, load_schema()) == expected


def test_sentences_are_those_of_each_line() -> None:
    text = "Title without end\nApple paid $3.5 bn. “Good!” he said.\n\n 한국이다。일본이다."
    assert [text[a:b] for a, b in sentences(text, 100)] == [
        *("Title without end", "Apple paid $3.5 bn.", "“Good!”", "he said.", "한국이다。", "일본이다."),
    ]


@given(st.text(alphabet=" .!?。\n\"'가aé\ud800\U0001f600", max_size=200), st.integers(1, 30))
def test_sentences_cover_every_character_once(text: str, longest: int) -> None:
    found = sentences(text, longest)
    assert all(0 < end - start <= longest for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    covered = {at for start, end in found for at in range(start, end)}
    assert all(at in covered for at, char in enumerate(text) if not char.isspace())


@given(
    st.text(alphabet="Aa .'’(é\n\ud800\U0001f600가", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12),
)
def test_whatever_spans_a_model_gives_the_document_is_right(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [Span(min(a, b), min(max(a, b), len(text)), "Person") for a, b in pairs if min(a, b) < len(text)]
    found = with_names(Document("d", text), spans, load_schema())
    found.check()
    assert all(m.text == m.text.strip() for m in found.mentions)


@pytest.mark.parametrize("part", [".", ".'", "가。", "\n", "a", ". "])
def test_no_text_takes_for_ever(part: str) -> None:
    assert all(end > start for start, end in sentences(part * 50_000, 400))


def test_a_text_keeps_its_length_when_it_is_made_encodable() -> None:
    assert encodable("a\ud83dé😀") == "a\ufffdé😀"
