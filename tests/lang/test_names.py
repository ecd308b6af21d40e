from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lang.ko.names import acronym, normalise, same_name, strip_corporate_form
from kg.lang.ko.sounds import same_sound, spelled_letters, with_letters


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("국민의 힘", "국민의힘"),
        ("㈜한빛전자", "한빛전자"),
        ("주식회사 한빛전자", "한빛전자(주)"),
        ("ＳＫ텔레콤", "sk텔레콤"),
        ("제천·단양상의", "제천 단양상의"),
        ("NICE 평가정보", "NICE평가정보"),
        ("Hanbit Electronics Co., Ltd.", "hanbit electronics"),
    ],
)
def test_two_writings_of_a_name_have_one_key(a: str, b: str) -> None:
    assert normalise(a) == normalise(b)


@pytest.mark.parametrize(
    ("a", "b"), [("삼성", "삼성전자"), ("LG전자", "LG화학"), ("오픈AI", "오픈AI코리아"), ("KT", "KT&G")]
)
def test_different_names_have_different_keys(a: str, b: str) -> None:
    assert normalise(a) != normalise(b)


@given(st.text(min_size=1, max_size=20))
def test_every_name_has_a_key_that_is_its_own_key(name: str) -> None:
    assert normalise(name)
    assert strip_corporate_form(name)


def test_corporate_forms_come_off() -> None:
    assert strip_corporate_form("사단법인 한국들꽃협회") == "한국들꽃협회"
    assert strip_corporate_form("한빛전자㈜") == "한빛전자"
    assert strip_corporate_form("㈜") == "㈜"


def test_initials_of_latin_names() -> None:
    assert acronym("International Monetary Fund") == "IMF"
    assert acronym("Bank of the West") == "BW"
    assert acronym("한국은행") == ""


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("국민의 힘", "국민의힘", "same"),
        ("한국산업은행", "산업은행", "qualified"),
        ("20대 국회", "국회", "qualified"),
        ("롯데그룹", "롯데", "shortened"),
        ("서울대학교", "서울대", "shortened"),
        ("재단설립준비위원회", "재단설립준비위", "shortened"),
        ("금융감독원", "금감원", "contraction"),
        ("중앙선거관리위원회", "선관위", "contraction"),
        ("농림축산식품부", "농식품부", "contraction"),
        ("한국산업은행", "산은", "contraction"),
        ("한국금융연구원", "금융硏", "contraction"),
        ("현대증권", "현대證", "contraction"),
        ("민주평화국민연대", "민평련", "contraction"),
        ("에이치에스티", "HST", "letters"),
        ("International Monetary Fund", "IMF", "initials"),
        ("오픈AI", "OpenAI", "sound"),
        ("네이버", "NAVER", "sound"),
        ("크래프톤", "KRAFTON", "sound"),
    ],
)
def test_writings_of_one_organization(a: str, b: str, reason: str) -> None:
    assert same_name(a, b, "Organization") == (True, reason)
    assert same_name(b, a, "Organization") == (True, reason)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("삼성", "삼성전자"),
        ("삼성SDI", "삼성SDS"),
        ("오픈AI", "오픈AI코리아"),
        ("한국은행", "한국산업은행"),
        ("명지대", "명지전문대"),
        ("롯데", "롯데홀딩스"),
        ("현대", "현대자동차그룹"),
        ("테슬라", "Meta"),
        ("애플", "Google"),
    ],
)
def test_different_organizations_stay_apart(a: str, b: str) -> None:
    assert same_name(a, b, "Organization") == (False, "")


def test_people_meet_by_a_word_of_a_foreign_name_only() -> None:
    assert same_name("도널드 트럼프", "트럼프", "Person") == (True, "part")
    assert same_name("김하늘", "하늘", "Person") == (False, "")
    assert same_name("마크 저커버그", "Mark Zuckerberg", "Person") == (True, "sound")


def test_letters_spelled_in_hangul() -> None:
    assert spelled_letters("에스케이") == "sk"
    assert spelled_letters("더블유에이치오") == "who"
    assert spelled_letters("카카오") == ""


def test_sounds_are_compared_across_scripts_only() -> None:
    assert same_sound("톰톰", "TomTom")
    assert not same_sound("TomTom", "Tomtom")
    assert not same_sound("카카오", "네이버")


def test_spelled_letters_become_latin_where_they_are_several() -> None:
    names = ("에스케이텔레콤", "엘지전자", "삼성에스디아이", "비씨카드", "유엔", "이마트", "카카오", "에이스침대")
    assert [with_letters(name) for name in names] == [
        *("sk텔레콤", "lg전자", "삼성sdi", "bc카드", "un", "이마트", "카카오", "에이스침대")
    ]
