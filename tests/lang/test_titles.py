from __future__ import annotations

import pytest

from kg.lang.ko.titles import is_title_form, match_title, title_core, title_kind, titles


@pytest.mark.parametrize(
    ("text", "start", "title"),
    [
        ("권 CSO는 말했다", 2, "CSO"),
        ("이 대표는 말했다", 2, "대표"),
        ("박 전 대통령이 왔다", 2, "전 대통령"),
        ("김 前 장관", 2, "前 장관"),
        ("정 금융정책과장은", 2, "금융정책과장"),
        ("김 원내 수석 부대표가", 2, "원내 수석 부대표"),
        ("조 수석부회장", 2, "수석부회장"),
        ("최 신임 사장에게", 2, "신임 사장"),
        ("홍 최고전략책임자(CSO)가", 2, "최고전략책임자"),
        ("장씨는 부인했다", 1, "씨"),
        ("안 상임공동대표의", 2, "상임공동대표"),
    ],
)
def test_the_longest_title_is_matched(text: str, start: int, title: str) -> None:
    end = match_title(text, start)
    assert end is not None
    assert text[start:end] == title


@pytest.mark.parametrize(
    ("text", "start"), [("이 대표적인 사례", 2), ("이 회사는", 2), ("이 사건은", 2), ("이 씨앗을", 2), ("", 0)]
)
def test_words_that_only_begin_like_a_title_are_none(text: str, start: int) -> None:
    assert match_title(text, start) is None


def test_kinds_of_titles() -> None:
    assert title_kind("최고경영자") == "executive"
    assert title_kind("전 대통령") == "politician"
    assert title_kind("금융정책과장") == "official"
    assert title_kind("부장판사") == "legal"
    assert title_kind("협력") is None


def test_the_core_of_a_title_leaves_out_when_it_was_held() -> None:
    assert title_core("전 대표") == "대표"
    assert title_core("신임 사장") == "사장"
    assert title_core("원내 수석 부대표") == "원내수석부대표"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("권 CSO", True), ("박 전 대통령", True), ("김대표", True), ("尹", True), ("이황", False), ("제이슨 권", False)],
)
def test_forms_of_surname_and_title_are_told_from_full_names(name: str, expected: bool) -> None:
    assert is_title_form(name) is expected


def test_the_table_knows_ten_kinds() -> None:
    assert sorted(set(titles().values())) == [
        "academic",
        "executive",
        "honorific",
        "legal",
        "media",
        "military",
        "official",
        "politician",
        "sports",
        "staff",
    ]
