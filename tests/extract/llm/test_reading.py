from __future__ import annotations

import pytest

from kg.extract.llm.dates import is_date, written_dates
from kg.extract.llm.reading import passages, read
from kg.extract.pipeline import KoreanExtractor
from kg.model import Document

TEXT = "가온전자, 제휴\n가온전자는 나래바이오와 손잡았다. “함께하겠다. 오래.” 윤서준 대표가 말했다.\n\n끝."


def sentences(document: Document, language: str = "ko") -> list[str]:
    return [document.text[start:end] for start, end in read(document, language).sentences]


def test_korean_sentences_are_those_of_the_korean_extractor() -> None:
    found = sentences(Document("a", TEXT))
    assert found[:2] == ["가온전자, 제휴", "가온전자는 나래바이오와 손잡았다."]
    text = "오픈AI는 카카오와 전략적 제휴를 체결했다. 다솜자동차는 라온부품을 인수했다."
    stated = {relation.evidence.text for relation in KoreanExtractor()([Document("a", text)])[0].relations}
    assert stated == set(sentences(Document("a", text)))


def test_other_languages_end_sentences_at_marks_and_lines() -> None:
    document = Document("a", "A title\nGaon Inc. bought Narae.  It paid $5 million. \n\n Yes!", language="en")
    assert sentences(document, "en") == ["A title", "Gaon Inc. bought Narae.", "It paid $5 million.", "Yes!"]


@pytest.mark.parametrize(
    ("text", "language", "name", "places"),
    [
        ("가온은 가온전자의 모회사다. 가온전자서비스는 가온이다.", "ko", "가온", [0, 25]),
        ("박지은이 박지은과 만났다.", "ko", "박지은", [0, 5]),
        ("가온전자는 커졌다.", "ko", "가온전자는", []),
        ("Gaon and Gaonix met Gaon's heir, Pregaon and Gaon.", "en", "Gaon", [0, 20, 45]),
        ("東京の東芝と東芝機械", "ja", "東芝", [3, 6]),
        ("가온전자는 커졌다.", "ko-KR", "가온전자", [0]),
    ],
)
def test_names_stand_as_words_of_their_own(text: str, language: str, name: str, places: list[int]) -> None:
    reading = read(Document("a", text, language=language), language)
    assert [start for start, _ in reading.occurrences(name, (0, len(text)))] == places


def test_passages_are_whole_sentences() -> None:
    spans = [(0, 40), (41, 90), (91, 300), (301, 310)]
    assert [part.sentences for part in passages(spans, 100)] == [((0, 40), (41, 90)), ((91, 300),), ((301, 310),)]
    assert passages([], 100) == []


def test_dates_of_english() -> None:
    text = "On May 26, 2025 and 3rd June, in Sept. 2024, on 2025-02-04, in 1999; 12 May 2020 and Mayor 2, page 2031x."
    found = [(text[a:b], value) for a, b, value in written_dates(text, "2025-07-01")]
    assert found == [
        ("May 26, 2025", "2025-05-26"),
        ("3rd June", "2025-06-03"),
        ("Sept. 2024", "2024-09"),
        ("2025-02-04", "2025-02-04"),
        ("1999", "1999"),
        ("12 May 2020", "2020-05-12"),
    ]
    assert [value for *_, value in written_dates("on 3 June", None)] == []
    assert [value for *_, value in written_dates("30 February 2025", None)] == []


def test_dates_are_of_iso_8601() -> None:
    good = ["2025", "2025-02", "2024-02-29"]
    bad = ["2025-2", "2025-13", "2025-02-29", "20250204", "2025-02-04T10:00", "0000", "25", "2025-", "２０２５"]
    assert [value for value in [*good, *bad] if is_date(value)] == good
