from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.extract import names  # noqa: F401
from kg.lang.ko.morphemes import blank
from kg.model import Mention

HANGUL = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
MARKS = st.sampled_from(
    [*" \n\t.,·‘’“”'\"()[]<>=&+-%@\u3000尹李中美ＡＢ１２㈜㎏ㅋㅠ🤣👍🏽ᄒ\u200bᆫ", "(KDB)", "씨", " 대표", "은", "의 "]
)


@lru_cache(maxsize=1)
def pipeline() -> Language:
    nlp = blank()
    nlp.add_pipe("kg_names")
    return nlp


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.text, mention.type) for mention in pipeline()(text)._.mentions]


def check(text: str) -> None:
    doc = pipeline()(text)
    end = 0
    for mention in doc._.mentions:
        assert isinstance(mention, Mention)
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() == mention.text != ""
        assert mention.start >= end
        end = mention.end
    assert doc.text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "한국산업은행(KDB)은 15일 네이버와 업무협약을 맺었다.",
            [("한국산업은행", "Organization"), ("KDB", "Organization"), ("네이버", "Organization")],
        ),
        (
            "제이슨 권 오픈AI 최고전략책임자(CSO)는 부산에서 열린 행사에 참석했다.",
            [("제이슨 권", "Person"), ("오픈AI", "Organization"), ("부산", "Place")],
        ),
        (
            "크래프톤과 SK텔레콤은 서울에서 공동 연구를 시작했다.",
            [("크래프톤", "Organization"), ("SK텔레콤", "Organization"), ("서울", "Place")],
        ),
        (
            "더불어민주당과 국민의 힘은 예산안을 두고 맞섰다.",
            [("더불어민주당", "Organization"), ("국민의 힘", "Organization")],
        ),
        ("새 법인의 이름은 ‘오픈AI코리아’로 정해졌다.", [("오픈AI코리아", "Organization")]),
        ("도쿄와 싱가포르에 사무소가 있다.", [("도쿄", "Place"), ("싱가포르", "Place")]),
        ("챗GPT를 쓰는 사람이 늘었다.", [("챗GPT", "Product")]),
    ],
)
def test_names_stand_without_particles_titles_and_quotes(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_products_are_known_numbered_or_quoted_beside_a_product_noun() -> None:
    assert ("갤럭시 S25", "Product") in found("삼성전자가 갤럭시 S25를 공개했다.")
    assert ("GPT-4o", "Product") in found("새 모델 GPT-4o는 그림도 읽는다.")
    assert ("하늘정원 이야기", "Product") in found("그는 드라마 ‘하늘정원 이야기’에 출연한다.")
    assert ("바로배움", "Product") in found("회사는 ‘바로배움’ 앱을 내놨다.")
    assert "Product" not in {kind for _, kind in found("그는 ‘이제 시작이다’ 하고 말했다.")}


def test_a_name_has_one_type_in_an_article() -> None:
    text = "카카오가 실적을 발표했다.\n카카오는 판교에 본사를 두고 있다.\n투자자들은 카카오에 주목한다."
    assert [kind for surface, kind in found(text) if surface == "카카오"] == ["Organization"] * 3


def test_entities_of_spacy_are_the_mentions_that_cover_whole_tokens() -> None:
    doc = pipeline()("카카오와 네이버는 판교에 있다.")
    assert [(span.text, span.label_) for span in doc.ents] == [(m.text, m.type) for m in doc._.mentions]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "삼성전자가네이버와협력해서울에연구소를세운다고발표했다" * 40,
        "가" * 10_000,
        "尹·李 회동… 美·中 갈등에 韓 ‘긴장’ 🤣🇰🇷",
        "ＫＴ와 ＳＫ텔레콤, ㈜한화（서울）",
        "삼성전자",
        "삼성전자, LG전자, 네이버, 카카오, 현대차, 이재용, 구광모, 서울, 부산",
        "&quot;서울=가나통신&quot; 홍길동 기자 = <사진> [속보] ★☆",
    ],
)
def test_odd_input_keeps_offsets_true(text: str) -> None:
    check(text)


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_any_text_keeps_offsets_true(text: str) -> None:
    check(text)


@settings(max_examples=60)
@given(st.lists(st.one_of(st.text(HANGUL, max_size=5), MARKS), max_size=30).map("".join))
def test_korean_noise_keeps_offsets_true(text: str) -> None:
    check(text)


def test_a_social_network_people_write_on_is_a_service_not_a_company() -> None:
    text = "홍길동 의원이 부산을 찾았다.\n그는 페이스북에 글을 올렸다.\n시민들이 반겼다."
    assert ("페이스북", "Product") in found(text)
