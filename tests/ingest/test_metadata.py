import datetime

import pytest

from kg import resources
from kg.ingest.dates import parse_date
from kg.ingest.metadata import Removed, find_date, find_publisher, is_credit, is_information, publisher_of_domain


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2025.05.26 10:15", "2025-05-26"),
        ("2025. 5. 6.", "2025-05-06"),
        ("2025년 5월 26일", "2025-05-26"),
        ("2025/5/26", "2025-05-26"),
        ("20250526", "2025-05-26"),
        ("20250526101530", "2025-05-26"),
        ("2025-05-26T10:15:00", "2025-05-26"),
        ("2025-05-25T23:30:00Z", "2025-05-26"),
        ("2025-05-26T00:30:00+09:00", "2025-05-26"),
        ("Mon, 26 May 2025 10:15:00 +0900", "2025-05-26"),
        ("2025-05", "2025-05"),
        ("2025년 5월", "2025-05"),
        ("2025", "2025"),
        (datetime.date(2025, 5, 26), "2025-05-26"),
        (datetime.datetime(2025, 5, 25, 23, 30, tzinfo=datetime.UTC), "2025-05-26"),
        ("2025-02-30", None),
        ("2025-13", None),
        ("어제", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_become_iso(given: object, expected: str | None) -> None:
    assert parse_date(given) == expected


@pytest.mark.parametrize(
    "line",
    [
        "입력 2025.05.26 10:15",
        "기사입력 2025-05-26 오후 3:10 최종수정 2025-05-26 오후 4:00",
        "2025년 5월 26일",
        "2025.05.26 (월) 10:15 | 조회 120",
    ],
)
def test_a_line_of_stamps_is_information(line: str) -> None:
    assert is_information(line)


def test_a_sentence_with_a_date_is_not_information() -> None:
    assert not is_information("2025년 5월 26일 서울에서 열렸다")


def test_the_first_stamp_goes_before_that_of_a_change_and_before_listings() -> None:
    removed = [
        Removed("listing", "12 새 소식 지기 2025.06.01"),
        Removed("information", "최종수정 2025.05.28 10:00"),
        Removed("information", "입력 2025.05.26 10:15"),
    ]
    assert find_date(removed) == "2025-05-26"
    assert find_date(removed[:2]) == "2025-05-28"
    assert find_date(removed[:1]) == "2025-06-01"
    assert find_date([]) is None


@pytest.mark.parametrize(
    ("removed", "expected"),
    [
        ([Removed("byline", "(서울=뉴스1) 홍가람 기자 = ")], "뉴스1"),
        ([Removed("byline", "홍가람 기자 garam@mt.co.kr")], "머니투데이"),
        ([Removed("notice", "ⓒ 새벽을 여는 신문, 세계일보")], "세계일보"),
        ([Removed("notice", "ⓒ 동아일보 & donga.com"), Removed("byline", "(서울=뉴스1) =")], "동아일보"),
        ([Removed("notice", "ⓒ 우리신문. 무단 전재 및 재배포 금지")], "우리신문"),
        ([Removed("byline", "(서울=우리통신) 홍가람 기자 =")], "우리통신"),
        ([Removed("caption", "악수하는 두 사람 [연합뉴스]")], None),
        ([], None),
    ],
)
def test_publishers_are_found_in_what_was_removed(removed: list[Removed], expected: str | None) -> None:
    assert find_publisher(removed, None) == expected


def test_an_address_gives_the_publisher() -> None:
    assert find_publisher([], "https://news.mt.co.kr/view?no=1") == "머니투데이"
    assert publisher_of_domain("biz.chosun.com") == "조선비즈"
    assert publisher_of_domain("www.chosun.com") == "조선일보"
    assert publisher_of_domain("example.org") is None


def test_a_line_that_names_a_publisher_is_its_credit() -> None:
    assert is_credit("중앙일보")
    assert is_credit("출처: 한겨레")
    assert not is_credit("중앙일보가 보도했다")


def test_the_table_of_publishers_is_consistent() -> None:
    rows = resources.table("ko", "publishers.tsv")
    names = [name for row in rows for name in (row["name"], *filter(None, row["aliases"].split("|")))]
    domains = [domain for row in rows for domain in row["domains"].split("|")]
    assert len(rows) >= 80
    assert len(set(names)) == len(names)
    assert len(set(domains)) == len(domains)
    assert all(row["source"].startswith("https://") for row in rows)
