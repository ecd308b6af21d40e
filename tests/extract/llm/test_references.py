from __future__ import annotations

import pytest

from kg.extract.llm.references import only_refers


@pytest.mark.parametrize("words", ["회사", "이 회사", "양사", "그", "두 사람", "당사"])
def test_korean_references(words: str) -> None:
    assert only_refers(words, "Organization", korean=True)


@pytest.mark.parametrize("words", ["윤서준 부사장", "대표", "정 대표", "김 CEO"])
def test_titles_of_people(words: str) -> None:
    assert only_refers(words, "Person", korean=True)


@pytest.mark.parametrize(
    ("name", "top"),
    [("국회", "Organization"), ("한국연구원", "Organization"), ("우리은행", "Organization"), ("윤서준", "Person")],
)
def test_names(name: str, top: str) -> None:
    assert not only_refers(name, top, korean=True)


def test_english() -> None:
    assert [
        words
        for words in ("the company", "She", "They", "The Bank", "Gaon", "The Body Shop", "It Cosmetics")
        if only_refers(words, "Organization", korean=False)
    ] == ["the company", "She", "They", "The Bank"]
