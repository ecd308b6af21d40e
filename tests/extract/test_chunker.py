from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.frames.chunker import sentences
from kg.extract.frames.phrases import Phrase
from kg.lang.ko.morphemes import analyse
from tests.extract.parsing import clauses_of

ORG = "Organization"


def shape(phrase: Phrase) -> tuple[str, str]:
    if phrase.kind == "verb":
        return phrase.lemma, phrase.ending
    return " ".join(unit.joiner + unit.text for unit in phrase.units), phrase.case


def shapes(text: str, *organizations: str) -> list[tuple[str, str]]:
    return [shape(p) for p in clauses_of(text, dict.fromkeys(organizations, ORG)).phrases]


def test_particles_give_the_case_and_stay_outside_the_name() -> None:
    expected = [
        ("네이버", "topic"),
        ("쏘카", "comitative"),
        ("업무협약", "accusative"),
        ("맺", "final"),
    ]
    assert shapes("네이버는 쏘카와 업무협약을 맺었다.", "네이버", "쏘카") == expected


def test_a_name_in_parentheses_does_not_hide_the_particle() -> None:
    assert ("국민연금", "nominative") in shapes("국민연금(NPS)이 지분을 늘렸다.", "국민연금")


def test_relative_clauses_end_adnominal_and_modal_constructions_do_not() -> None:
    assert ("인수하", "adnominal") in shapes("야놀자가 인수한 회사는 세 곳이다.", "야놀자")
    assert ("인수하", "final") in shapes("야놀자가 회사를 인수할 수 있다.", "야놀자")
    assert ("인수하", "final") in shapes("야놀자가 회사를 인수하기로 했다.", "야놀자")
    assert ("인수하", "final") in shapes("야놀자가 회사를 인수할 것으로 전망된다.", "야놀자")


def test_an_event_noun_with_aspect_is_a_predicate() -> None:
    assert ("검토하", "final") in shapes("야놀자가 매각을 검토 중이다.", "야놀자")


def test_quotations_are_numbered() -> None:
    phrases = clauses_of("쏘카는 “부산에 지사를 연다”고 밝혔다.", {"쏘카": ORG}).phrases
    assert [(p.lemma, p.ending, p.quote) for p in phrases if p.kind == "verb"] == [
        ("열", "quote", 1),
        ("밝히", "final", 0),
    ]


@pytest.mark.parametrize(
    ("text", "case"),
    [("쏘카와의 제휴", "comitative_genitive"), ("쏘카의 제휴", "genitive"), ("쏘카로부터 받다", "ablative")],
)
def test_compound_particles(text: str, case: str) -> None:
    assert clauses_of(text, {"쏘카": ORG}).phrases[0].case == case


@given(st.text(alphabet="가나다은는이를 “”\"'(),.·-했다고A1\n", max_size=60))
@settings(max_examples=150)
def test_any_text_gives_phrases_within_it(text: str) -> None:
    for sentence in sentences(text, analyse(text), []):
        assert 0 <= sentence.start <= sentence.end <= len(text)
        for phrase in sentence.phrases:
            assert sentence.start <= phrase.start <= phrase.end <= len(text)
            assert all(text[u.start : u.end] == u.text for u in phrase.units)
