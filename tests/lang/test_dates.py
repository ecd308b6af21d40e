from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lang.ko import dates
from kg.lang.ko.dates import DateMention, find_dates

PUBLISHED = "2025-05-26"


def values(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None]]:
    return [(found.text, found.value) for found in find_dates(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("두 회사는 26일 협약을 맺었다", [("26일", "2025-05-26")]),
        ("카카오는 3일 협약을 맺었다", [("3일", "2025-05-03")]),
        ("공장은 지난 26일 멈췄다", [("지난 26일", "2025-04-26")]),
        ("공장은 지난 20일 멈췄다", [("지난 20일", "2025-05-20")]),
        ("전시는 오는 12일 열린다", [("오는 12일", "2025-06-12")]),
        ("전시는 오는 30일 열린다", [("오는 30일", "2025-05-30")]),
        ("지난 2월에는 제휴를 맺었다", [("지난 2월", "2025-02")]),
        ("지난 12월 문을 열었다", [("지난 12월", "2024-12")]),
        ("오는 9월 출시한다", [("오는 9월", "2025-09")]),
        ("오는 3월 출시한다", [("오는 3월", "2026-03")]),
        ("12월에 가동한다", [("12월", "2025-12")]),
        ("5월 20일 공시했다", [("5월 20일", "2025-05-20")]),
        ("5월26일 공시했다", [("5월26일", "2025-05-26")]),
        ("올 2월 인수했다", [("올 2월", "2025-02")]),
        ("올해 12월 31일까지", [("올해 12월 31일", "2025-12-31")]),
        ("내년 3월 착공한다", [("내년 3월", "2026-03")]),
        ("지난해 10월 5일 제재를 받았다", [("지난해 10월 5일", "2024-10-05")]),
        ("재작년 흑자를 냈다", [("재작년", "2023")]),
        ("2016년 3월 설립됐다", [("2016년 3월", "2016-03")]),
        ("지난 2014년 설립됐다", [("지난 2014년", "2014")]),
        ("오는 2030년 완공된다", [("오는 2030년", "2030")]),
        ("’24년 3월 결산", [("’24년 3월", "2024-03")]),
        ("2년 전 세운 회사", [("2년 전", "2023")]),
        ("3개월 뒤 돌아온다", [("3개월 뒤", "2025-08")]),
        ("사흘 전 만났다", [("사흘 전", "2025-05-23")]),
        ("한 달 전 만났다", [("한 달 전", "2025-04")]),
        ("일주일 전 만났다", [("일주일 전", "2025-05-19")]),
        ("어제 만났고 내일 또 만난다", [("어제", "2025-05-25"), ("내일", "2025-05-27")]),
        ("전날 발표했다", [("전날", "2025-05-25")]),
        ("이달 말 결정한다", [("이달 말", "2025-05")]),
        ("이번 달 5일 결정했다", [("이번 달 5일", "2025-05-05")]),
        ("지난달 30일 결정했다", [("지난달 30일", "2025-04-30")]),
        ("다음 달 3일 결정한다", [("다음 달 3일", "2025-06-03")]),
        ("내달 결정한다", [("내달", "2025-06")]),
        ("5월 초 결정했다", [("5월 초", "2025-05")]),
        ("지난주 결정했다", [("지난주", "2025-05")]),
        ("지난주 금요일 결정했다", [("지난주 금요일", "2025-05-23")]),
        ("이사회는 지난 월요일 열렸다", [("지난 월요일", "2025-05-19")]),
        ("이사회는 오는 토요일 열린다", [("오는 토요일", "2025-05-31")]),
        ("1일(현지시간) 밝혔다", [("1일", "2025-05-01")]),
        ("30일 개막한다", [("30일", "2025-05-30")]),
        ("17일 전남 고흥을 찾았다", [("17일", "2025-05-17")]),
        ("20일 이상민 장관을 만났다", [("20일", "2025-05-20")]),
        ("2년 전부터 준비했다", [("2년 전", "2023")]),
        ("사흘 뒤인 목요일", [("사흘 뒤", "2025-05-29")]),
        ("18일(한국시간) 이겼다", [("18일", "2025-05-18")]),
    ],
)
def test_dates_are_resolved_against_the_day_of_publication(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("작년 3분기 실적", "2024"),
        ("올해 상반기 목표", "2025"),
        ("올 상반기 목표", "2025"),
        ("내년 초 착공", "2026"),
        ("지난해 말 매각", "2024"),
        ("2025년 하반기 출시", "2025"),
        ("2분기 매출", "2025"),
    ],
)
def test_quarters_halves_and_ends_of_a_year_give_the_year(text: str, year: str) -> None:
    found = find_dates(text, PUBLISHED)
    assert [(d.value, d.precision) for d in found] == [(year, "year")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30일 만났다. 이날 오후 서명했다", [("30일", "2025-05-30"), ("이날", "2025-05-30")]),
        ("이날 서명했다", [("이날", "2025-05-26")]),
        (
            "25일 간담회를 열었다. 지난 2월 제휴를 맺었다. 이날 의원들도 만났다",
            [("25일", "2025-05-25"), ("지난 2월", "2025-02"), ("이날", "2025-05-25")],
        ),
        ("2012년 인수했고 이듬해 팔았다", [("2012년", "2012"), ("이듬해", "2013")]),
        (
            "2020년 3월 5일 계약했고 같은 달 20일 공시했다",
            [("2020년 3월 5일", "2020-03-05"), ("같은 달 20일", "2020-03-20")],
        ),
        ("2019년 8월 14일 공시하고 이튿날 철회했다", [("2019년 8월 14일", "2019-08-14"), ("이튿날", "2019-08-15")]),
        ("이듬해 팔았다", [("이듬해", None)]),
    ],
)
def test_dates_that_point_back_follow_the_last_date_named(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26~28일 열린다", [("26~28일", "2025-05-26")]),
        ("26일부터 28일까지 열린다", [("26일부터 28일까지", "2025-05-26")]),
        ("3월 1일~5일 열렸다", [("3월 1일~5일", "2025-03-01")]),
        ("1980∼2000년 의원을 지냈다", [("1980∼2000년", "1980")]),
    ],
)
def test_a_range_has_the_value_of_its_start(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025년 5월 26일", "2025-05-26"),
        ("2025.5.26", "2025-05-26"),
        ("2025. 5. 26.", "2025-05-26"),
        ("2025-05-26", "2025-05-26"),
        ("2025/05", "2025-05"),
        ("2016년", "2016"),
    ],
)
def test_absolute_dates_need_no_publication_date(text: str, expected: str) -> None:
    assert [found.value for found in find_dates(text, None)] == [expected]


@pytest.mark.parametrize(
    "text", ["26일", "지난 2월", "지난해", "이날", "어제", "지난주", "2년 전", "다음 달 3일", "2분기"]
)
def test_relative_dates_are_unknown_without_a_publication_date(text: str) -> None:
    assert [(d.text, d.value, d.precision) for d in find_dates(text, None)] == [(text, None, "none")]


@pytest.mark.parametrize(
    "text",
    [
        "3년 만에 흑자를 냈다",
        "10일간 열린다",
        "3개월 동안 쉰다",
        "100일 만에",
        "8일째 이어졌다",
        "2일 연속 올랐다",
        "1990년대 가요",
        "매일 아침",
        "휴일과 생일",
        "올림픽이 열린다",
        "지난 주말",
        "버전 3.14",
        "지분 1.26일",
        "200일",
        "32일",
        "13월",
    ],
)
def test_lengths_of_time_and_other_numbers_are_no_dates(text: str) -> None:
    assert values(text) == []


def test_a_day_that_the_calendar_lacks_has_no_value() -> None:
    assert values("2월 30일 열린다") == [("2월 30일", None)]


def test_a_day_near_the_turn_of_the_year_lies_in_the_neighbouring_year() -> None:
    assert values("12월 31일 마감했다", "2025-01-02") == [("12월 31일", "2024-12-31")]
    assert values("1월 3일 시작한다", "2025-12-29") == [("1월 3일", "2026-01-03")]
    assert values("31일 마감했다", "2025-01-02") == [("31일", "2024-12-31")]
    assert values("31일 마감했다", "2025-05-02") == [("31일", "2025-03-31")]


def test_a_publication_date_of_a_month_resolves_months_but_not_days() -> None:
    assert values("지난 2월과 26일", "2025-05") == [("지난 2월", "2025-02"), ("26일", None)]


@given(st.text(alphabet="지난오는올해달주년월일전뒤이0123456789 .~-부터까지", max_size=60))
def test_any_text_gives_exact_offsets_and_valid_values(text: str) -> None:
    found = find_dates(text, PUBLISHED)
    assert [d.text for d in found] == [text[d.start : d.end] for d in found]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert {len(d.value) for d in found if d.value} <= {4, 7, 10}


def test_a_mention_records_where_it_stands() -> None:
    assert find_dates("그는 2020년 5월 떠났다", None) == [DateMention(3, 11, "2020년 5월", "2020-05", "month")]


UNGUARDED = re.compile(dates._PATTERN.pattern.replace(dates._BEGINS, ""), re.VERBOSE)
PIECES = sorted({*re.findall("[가-힣]+|[’']", UNGUARDED.pattern), *". - ~ 3 9 12 31 16 2016 1999".split(), " "})


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_nothing_begins_otherwise_than_is_looked_for_first(text: str) -> None:
    found, expected = dates._PATTERN.finditer(text), UNGUARDED.finditer(text)
    assert [match.span() for match in found] == [match.span() for match in expected]
