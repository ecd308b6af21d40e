from __future__ import annotations

import pytest

from kg.model import Deal
from tests.extract.parsing import Names, relations_of, triples_of

ORG, PLACE, PERSON, PRODUCT = "Organization", "Place", "Person", "Product"


def test_a_dropped_subject_is_the_topic_of_the_article() -> None:
    text = "쏘카는 부산에 지사를 열었다. 지난 3월에는 카카오와 업무협약을 맺었다. 우버, 볼트와도 협력하고 있다."
    names = {"쏘카": ORG, "부산": PLACE, "카카오": ORG, "우버": ORG, "볼트": ORG}
    assert triples_of(text, names) == [
        ("locatedIn", "쏘카", "부산", "actual"),
        ("partnersWith", "볼트", "쏘카", "actual"),
        ("partnersWith", "쏘카", "우버", "actual"),
        ("partnersWith", "쏘카", "카카오", "actual"),
    ]


def test_an_overt_subject_that_names_nothing_is_not_replaced() -> None:
    text = "쏘카는 부산에 지사를 열었다. 업계 관계자는 카카오와 제휴했다."
    assert triples_of(text, {"쏘카": ORG, "부산": PLACE, "카카오": ORG}) == [("locatedIn", "쏘카", "부산", "actual")]


def test_partners_of_a_third_are_not_partners_of_one_another() -> None:
    names = {"쏘카": ORG, "카카오": ORG, "우버": ORG}
    assert triples_of("쏘카는 카카오, 우버와 각각 업무협약을 맺었다.", names) == [
        ("partnersWith", "쏘카", "우버", "actual"),
        ("partnersWith", "쏘카", "카카오", "actual"),
    ]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (
            "배달 앱 쿠팡이츠 운영사 쿠팡",
            {"쿠팡이츠": PRODUCT, "쿠팡": ORG},
            ("produces", "쿠팡", "쿠팡이츠", "actual"),
        ),
        (
            "김슬아 컬리 대표",
            {"김슬아": PERSON, "컬리": ORG},
            ("holdsPosition", "김슬아", "컬리", "actual"),
        ),
        (
            "김슬아 전 컬리 대표",
            {"김슬아": PERSON, "컬리": ORG},
            ("holdsPosition", "김슬아", "컬리", "ended"),
        ),
        (
            "금융위원회(위원장 김병환)",
            {"금융위원회": ORG, "김병환": PERSON},
            ("holdsPosition", "김병환", "금융위원회", "actual"),
        ),
        (
            "정의당 심상정 의원",
            {"정의당": "PoliticalParty", "심상정": PERSON},
            ("memberOf", "심상정", "정의당", "actual"),
        ),
        (
            "쏘카의 자회사 모두컴퍼니",
            {"쏘카": ORG, "모두컴퍼니": ORG},
            ("subsidiaryOf", "모두컴퍼니", "쏘카", "actual"),
        ),
        (
            "쏘카, 우버 인수",
            {"쏘카": ORG, "우버": ORG},
            ("acquires", "쏘카", "우버", "actual"),
        ),
        (
            "쏘카·우버, 업무협약 체결",
            {"쏘카": ORG, "우버": ORG},
            ("partnersWith", "쏘카", "우버", "actual"),
        ),
        (
            "우버는 쏘카에 인수됐다.",
            {"우버": ORG, "쏘카": ORG},
            ("acquires", "쏘카", "우버", "actual"),
        ),
        (
            "쏘카 부산 공장은 멈췄다.",
            {"쏘카": ORG, "부산": PLACE},
            ("locatedIn", "쏘카", "부산", "actual"),
        ),
        (
            "쏘카는 우버 지분 10%를 보유하고 있다.",
            {"쏘카": ORG, "우버": ORG},
            ("ownsStakeIn", "쏘카", "우버", "actual"),
        ),
        (
            "쏘카는 우버로부터 투자를 받았다.",
            {"쏘카": ORG, "우버": ORG},
            ("investsIn", "우버", "쏘카", "actual"),
        ),
    ],
)
def test_constructions(text: str, names: Names, expected: tuple[str, str, str, str]) -> None:
    assert expected in triples_of(text, names)


def test_the_role_is_the_title_with_its_department() -> None:
    (relation,) = relations_of("이지훈 쏘카 서비스기획팀 부장은 말했다.", {"이지훈": PERSON, "쏘카": ORG})
    assert (relation.type, relation.role) == ("holdsPosition", "서비스기획팀 부장")


def test_careers() -> None:
    names = {"이지훈": PERSON, "쏘카": ORG}
    assert triples_of("쏘카는 이지훈을 대표로 선임했다.", names) == [("holdsPosition", "이지훈", "쏘카", "actual")]
    assert triples_of("이지훈은 쏘카 부사장을 지냈다.", names) == [("holdsPosition", "이지훈", "쏘카", "ended")]


def test_evidence_quotes_the_sentence_and_the_cue_lies_inside() -> None:
    text = "쏘카는 올랐다. 쏘카는 지난 3월 5일 우버를 인수했다. 우버는 내렸다."
    (relation,) = relations_of(text, {"쏘카": ORG, "우버": ORG})
    found = relation.evidence
    assert found.text == text[found.start : found.end] == "쏘카는 지난 3월 5일 우버를 인수했다."
    assert text[found.cue[0] : found.cue[1]] == "인수"
    assert relation.date == "2025-03-05"


def test_the_date_of_the_announcement_is_not_that_of_the_event() -> None:
    names = {"쏘카": ORG, "우버": ORG}
    (told,) = relations_of("쏘카는 16일 우버를 인수했다고 밝혔다.", names)
    (dated,) = relations_of("쏘카는 16일 우버를 인수했다.", names)
    assert (told.date, dated.date) == (None, "2025-05-16")


def test_the_speaker_of_a_quotation() -> None:
    text = "이지훈 쏘카 대표는 “부산에 지사를 열겠다”고 말했다."
    names = {"이지훈": PERSON, "쏘카": ORG, "부산": PLACE}
    found = {r.type: (r.subject, r.object, r.status, r.speaker) for r in relations_of(text, names)}
    assert found["locatedIn"] == ("e1", "e2", "planned", "이지훈 쏘카 대표")
    assert found["holdsPosition"] == ("e0", "e1", "actual", None)


def test_what_a_clause_takes_for_granted_is_no_fact_where_the_article_says_it_is_planned() -> None:
    text = "쏘카는 부산에 지사를 세울 예정이다. 쏘카가 부산에 지사를 설립한 이유는 수요다."
    statuses = {r.status for r in relations_of(text, {"쏘카": ORG, "부산": PLACE}) if r.type == "locatedIn"}
    assert statuses == {"planned"}


def test_respective_lists_pair_in_order() -> None:
    names = {"쏘카": ORG, "카카오": ORG, "우버": ORG, "볼트": ORG}
    assert triples_of("쏘카와 카카오는 각각 우버, 볼트와 협력하고 있다.", names) == [
        ("partnersWith", "볼트", "카카오", "actual"),
        ("partnersWith", "쏘카", "우버", "actual"),
    ]


def test_a_person_of_a_country_holds_a_post_there_only_by_an_office() -> None:
    names = {"이지훈": PERSON, "미국": PLACE}
    assert triples_of("이지훈 미국 변호사는 말했다.", names) == []
    assert triples_of("이지훈 미국 대사는 말했다.", names) == [("holdsPosition", "이지훈", "미국", "actual")]


def test_with_together_is_a_partner_and_no_list() -> None:
    names = {"쏘카": ORG, "우버": ORG, "카카오": ORG}
    assert triples_of("쏘카는 우버와 함께 카카오를 인수했다.", names) == [("acquires", "쏘카", "카카오", "actual")]


def test_a_headline_joins_who_acts_with_whom() -> None:
    names = {"쏘카": ORG, "우버": ORG, "카카오": ORG}
    assert triples_of("쏘카, 우버·카카오와 배송 동맹", names) == [
        ("partnersWith", "쏘카", "우버", "actual"),
        ("partnersWith", "쏘카", "카카오", "actual"),
    ]


def test_a_bare_company_is_the_one_the_article_is_about() -> None:
    names = {"쏘카": ORG, "우버": ORG, "카카오": ORG}
    text = "쏘카는 올랐다. 쏘카는 카카오와 다르다. 카카오는 내렸다. 회사는 우버와 업무협약을 맺었다."
    assert triples_of(text, names) == [("partnersWith", "쏘카", "우버", "actual")]


def test_a_subsidiary_belongs_to_the_company_before_it_not_to_a_regulator() -> None:
    names = {"쏘카": ORG, "모두컴퍼니": ORG, "고용노동부": "GovernmentOrganization"}
    assert ("subsidiaryOf", "모두컴퍼니", "쏘카", "actual") in triples_of(
        "쏘카는 주차 자회사 모두컴퍼니를 키웠다.", names
    )
    text = "고용노동부는 주차 자회사 모두컴퍼니를 살폈다."
    assert [t for t in triples_of(text, names) if t[0] == "subsidiaryOf"] == []


def test_what_is_being_built_and_who_comes_next_are_plans() -> None:
    names = {"쏘카": ORG, "부산": PLACE, "이지훈": PERSON}
    assert triples_of("쏘카는 부산에 공장을 짓고 있다.", names) == [("locatedIn", "쏘카", "부산", "planned")]
    assert triples_of("이지훈 쏘카 차기 대표는 말했다.", names) == [("holdsPosition", "이지훈", "쏘카", "planned")]


def test_people_in_a_list_keep_their_titles_and_meet_together() -> None:
    names = {"이지훈": PERSON, "쏘카": ORG, "김슬아": PERSON, "컬리": ORG, "심상정": PERSON}
    found = triples_of("심상정은 이지훈 쏘카 대표와 김슬아 컬리 대표를 만났다.", names)
    assert [t[1:3] for t in found if t[0] == "meetsWith"] == [("김슬아", "심상정"), ("심상정", "이지훈")]


@pytest.mark.parametrize(
    ("text", "deals"),
    [
        ("쏘카는 카카오에 1조 2천억원을 투자했다.", [Deal("1조 2천억원", 1_200_000_000_000, "KRW")]),
        ("쏘카는 카카오 지분 9.8%를 보유하고 있다.", [Deal(stake=9.8)]),
        ("쏘카가 카카오에 시리즈 B로 3억달러를 투자했다.", [Deal("3억달러", 300_000_000, "USD", round="시리즈B")]),
        ("쏘카는 카카오를 인수했다. 인수 금액은 500억원이다.", [Deal("500억원", 50_000_000_000, "KRW")]),
        ("쏘카는 카카오를 인수했다. 대출 금액은 500억원이다.", [None]),
        ("쏘카는 수십억원을 카카오에 투자했다.", [None]),
        ("쏘카는 100억원에 달하는 돈을 카카오에 투자했다.", [Deal("100억원", 10_000_000_000, "KRW", item="돈")]),
        ("쏘카는 카카오에 LNG선 2척을 공급한다.", [Deal(item="LNG선 2척")]),
        ("쏘카는 카카오와 배터리 공급 계약을 맺었다.", [Deal(item="배터리")]),
        ("매출 500억원인 쏘카는 카카오에 투자했다.", [None]),
        ("쏘카는 30억원을 벌었고 카카오에 투자했다.", [None]),
        ("쏘카는 카카오와 300억원 규모의 업무협약을 맺었다.", [None]),
    ],
)
def test_deals_bear_what_their_own_clause_or_the_next_sentence_gives(text: str, deals: list[Deal | None]) -> None:
    found = relations_of(text, {"쏘카": ORG, "카카오": ORG})
    assert [relation.deal for relation in found] == deals


def test_a_share_that_a_relative_clause_keeps_is_not_that_of_the_main_clause() -> None:
    names = {"쏘카": ORG, "카카오": ORG, "네이버": ORG}
    found = relations_of("쏘카는 카카오 지분 30%를 보유한 네이버에 100억원을 투자했다.", names)
    deals = {(r.type, r.subject, r.object): r.deal for r in found}
    assert deals["investsIn", "e0", "e2"] == Deal("100억원", 10_000_000_000, "KRW")


def test_sums_given_one_by_one_go_each_to_its_object() -> None:
    names = {"산업은행": ORG, "쏘카": ORG, "카카오": ORG}
    found = relations_of("산업은행은 쏘카에 60억원, 카카오에 200억원을 대출했다.", names, finders="both")
    assert {r.object: r.deal.amount for r in found if r.deal} == {"e1": "60억원", "e2": "200억원"}


def test_a_copula_swallowed_by_its_noun_is_no_cue() -> None:
    names = {"구태회": PERSON, "구인회": PERSON, "LG그룹": ORG}
    found = relations_of("구태회 명예회장은 구인회 LG그룹 창업주의 동생으로 6형제 중 넷째다.", names, finders="both")
    assert "siblingOf" in {relation.type for relation in found}
    assert all(relation.evidence.cue[0] < relation.evidence.cue[1] for relation in found)


def test_a_caption_gives_the_post_of_its_speaker() -> None:
    found = relations_of("[나루터/한들연구소 소장 : 조사가 더 필요합니다.]", {"나루터": PERSON, "한들연구소": ORG})
    assert [(r.type, r.subject, r.object, r.role) for r in found] == [("holdsPosition", "e0", "e1", "소장")]
