import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lang.ko import amounts
from kg.lang.ko.amounts import find_amounts, money_value, round_name, share_percent


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("44억8000만달러에 사들였다.", ["44억8000만달러"]),
        ("1조 2천억원을 빌려줬다.", ["1조 2천억원"]),
        ("7,500만 달러와 300억 엔을 댔다.", ["7,500만 달러", "300억 엔"]),
        ("지분 9.8%를 500억원에 샀다.", ["9.8%", "500억원"]),
        ("지분율이 3%포인트 늘었다.", []),
        ("매출 500억원인 회사를 샀다.", []),
        ("과징금 1억원을 물렸다.", ["1억원"]),
        ("2018 동계올림픽에서 3원칙과 2024 프랑스를 3 원내대표가 말했다.", []),
        ("역삼1동의 1만5000원짜리와 10 억원 대출", ["1만5000원", "10 억원"]),
        ("점유율 30%인 회사의 지분을 팔았다.", []),
        ("쏘카(지분 13%)와 27.8%의 지분", ["13%", "27.8%"]),
        ("찬성이 30%였다.", []),
        ("카카오에 500억 투자, 75억 인구", ["500억"]),
        ("시리즈 B 투자와 프리IPO, 시드 단계", ["시리즈 B", "프리IPO", "시드"]),
        ("$1.2 billion을 넣고 10여억원과 300만불을 썼다.", ["$1.2 billion", "10여억원", "300만불"]),
        ("100만~200만달러와 지분 5~10%", ["100만~200만달러", "5~10%"]),
        ("직원 300명과 3일을 보냈다.", []),
    ],
)
def test_sums_and_shares_are_found_as_written(text: str, amounts: list[str]) -> None:
    found = find_amounts(text)
    assert [amount.text for amount in found] == amounts
    assert all(text[a.start : a.end] == a.text for a in found)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("44억8000만달러", (4_480_000_000, "USD")),
        ("1조 2천억원", (1_200_000_000_000, "KRW")),
        ("500억", (50_000_000_000, "KRW")),
        ("3.5억유로", (350_000_000, "EUR")),
        ("7,500만 달러", (75_000_000, "USD")),
        ("1억5000만 홍콩달러", (150_000_000, "HKD")),
        ("$1.2 billion", (1_200_000_000, "USD")),
        ("300억 엔", (30_000_000_000, "JPY")),
        ("10억 페소", (1_000_000_000, None)),
        ("2조3천5백억원", (2_350_000_000_000, "KRW")),
        ("1천200억원", (120_000_000_000, "KRW")),
        ("50억여원", (5_000_000_000, "KRW")),
        ("$5M", (5_000_000, "USD")),
        ("30억~50억원", (None, "KRW")),
    ],
)
def test_sums_have_a_value_and_a_currency(written: str, value: tuple[int | None, str | None]) -> None:
    assert money_value(written) == value


def test_shares_and_rounds_have_one_form() -> None:
    assert (share_percent("9.8%"), share_percent("51 퍼센트")) == (9.8, 51.0)
    assert share_percent("5~10%") is None and share_percent("150%") is None
    assert (round_name("시리즈 B"), round_name("브릿지 투자")) == ("시리즈B", "브리지투자")


def test_tables_of_numbers_take_no_time() -> None:
    assert find_amounts("12 34 56 78 90 " * 400 + "1" * 5000 + "1만 " * 3000) == []


GUARD = re.compile(r"^\(\?=(?:\[[^]]+\]|\\d)\)")
UNGUARDED = [re.compile(GUARD.sub("", pattern.pattern, count=1)) for _, pattern in amounts._PATTERNS]
PIECES = sorted(
    {*(piece for pattern in UNGUARDED for piece in re.findall("[가-힣]+", pattern.pattern))}
    | {*"1 20 3,000 4.5 $ US $7 % A IPO billion".split(), " "}
)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_nothing_begins_otherwise_than_is_looked_for_first(text: str) -> None:
    for (_, pattern), unguarded in zip(amounts._PATTERNS, UNGUARDED, strict=True):
        assert pattern.pattern != unguarded.pattern
        found, expected = pattern.finditer(text), unguarded.finditer(text)
        assert [match.span() for match in found] == [match.span() for match in expected]
