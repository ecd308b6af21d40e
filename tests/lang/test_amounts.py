import pytest

from kg.lang.ko.amounts import find_amounts


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
        ("직원 300명과 3일을 보냈다.", []),
    ],
)
def test_sums_and_shares_are_found_as_written(text: str, amounts: list[str]) -> None:
    found = find_amounts(text)
    assert [amount.text for amount in found] == amounts
    assert all(text[a.start : a.end] == a.text for a in found)


def test_tables_of_numbers_take_no_time() -> None:
    assert find_amounts("12 34 56 78 90 " * 400 + "1" * 5000 + "1만 " * 3000) == []
