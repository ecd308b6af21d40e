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
        ("직원 300명과 3일을 보냈다.", []),
    ],
)
def test_sums_and_shares_are_found_as_written(text: str, amounts: list[str]) -> None:
    found = find_amounts(text)
    assert [amount.text for amount in found] == amounts
    assert all(text[a.start : a.end] == a.text for a in found)
