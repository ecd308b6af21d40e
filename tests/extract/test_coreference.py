from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import coreference  # noqa: F401  (registers the factory)
from kg.extract.clustering.cleared import cleared
from kg.extract.coreference import resolve_article
from kg.lang.ko.aliases import alias_table
from kg.lang.ko.morphemes import analyse, blank
from kg.model import Document, DocumentEntity, Mention


def article(text: str, *names: tuple[str, str]) -> Document:
    """Return the document that coreference makes of a text when the first occurrence of each name was found."""
    found = [Mention(text.index(name), text.index(name) + len(name), name, kind) for name, kind in names]
    mentions, entities = resolve_article(text, found, analyse(text), alias_table())
    document = Document("a", text, mentions=tuple(mentions), entities=tuple(entities))
    document.check()
    return document


def entity(document: Document, name: str) -> DocumentEntity:
    (found,) = [e for e in document.entities if e.name == name]
    return found


def surfaces(document: Document, name: str) -> list[str]:
    return [m.text for m in document.mentions if m.entity == entity(document, name).id]


ORG, PER, LOC, PROD = "Organization", "Person", "Place", "Product"


def test_later_bare_occurrences_are_mentions_too() -> None:
    text = "별내게임즈가 신작을 냈다. 업계는 별내게임즈와 새벽소프트를 주목한다. 별내게임즈아카데미도 문을 연다."
    document = article(text, ("별내게임즈", ORG), ("새벽소프트", ORG))
    assert surfaces(document, "별내게임즈") == ["별내게임즈", "별내게임즈"]


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        ("한국산업은행(KDB)은 대출을 늘린다. KDB는 지점도 연다.", "한국산업은행", "KDB"),
        ("KDB(한국산업은행)는 대출을 늘린다.", "한국산업은행", "KDB"),
        ("새길로봇연구소(SRI)는 시제품을 냈다.", "새길로봇연구소", "SRI"),
        ("하늘들판제약(이하 하늘들판)은 신약을 냈다. 하늘들판은 상장도 준비한다.", "하늘들판제약", "하늘들판"),
    ],
)
def test_an_alias_in_parentheses_joins_its_name(text: str, name: str, alias: str) -> None:
    first = name if text.startswith(name) else alias
    document = article(text, (first, ORG), *([(name, ORG)] if first == alias else []))
    assert entity(document, name).aliases == (alias,)
    assert len(document.entities) == 1


def test_two_aliases_in_one_parenthesis() -> None:
    document = article("세계보건기구(WHO·더블유에이치오)가 권고했다.", ("세계보건기구", ORG))
    assert entity(document, "세계보건기구").aliases == ("WHO", "더블유에이치오")


@pytest.mark.parametrize("note", ["종합", "26", "005930", "CEO", "대표이사", "서울", "현지시간"])
def test_notes_in_parentheses_are_no_aliases(note: str) -> None:
    document = article(f"한빛전자({note})는 공장을 짓는다.", ("한빛전자", ORG))
    assert entity(document, "한빛전자").aliases == ()


def test_a_party_after_a_person_is_no_alias() -> None:
    document = article("홍길동(국민의힘) 의원이 질의했다. 국민의힘은 반발했다.", ("홍길동", PER), ("국민의힘", ORG))
    assert entity(document, "홍길동").aliases == ()
    assert surfaces(document, "국민의힘") == ["국민의힘", "국민의힘"]


def test_surname_and_title_mean_the_person() -> None:
    text = "마리아 권 한빛전자 최고전략책임자(CSO)가 방한했다. 권 CSO는 “투자를 늘린다”고 말했다."
    document = article(text, ("마리아 권", PER), ("한빛전자", ORG))
    assert entity(document, "마리아 권").aliases == ("권 CSO",)
    assert surfaces(document, "마리아 권") == ["마리아 권", "권 CSO"]


def test_a_bare_surname_found_as_a_name_takes_its_title() -> None:
    text = "김하늘 한빛전자 대표가 나섰다. 김 대표는 사과했다."
    found = [Mention(0, 3, "김하늘", PER), Mention(18, 19, "김", PER)]
    mentions, entities = resolve_article(text, found, analyse(text), alias_table())
    assert [(m.text, m.entity) for m in mentions] == [("김하늘", "e0"), ("김 대표", "e0")]
    assert [e.name for e in entities] == ["김하늘"]


@pytest.mark.parametrize("form", ["윤 전 대통령", "尹 대통령", "尹대통령"])
def test_hanja_surnames_and_former_offices(form: str) -> None:
    document = article(f"윤나무 대통령이 순방에 나섰다. {form}은 귀국했다.", ("윤나무", PER))
    assert entity(document, "윤나무").aliases == (form,)


def test_people_of_one_surname_stay_apart_by_title() -> None:
    text = "김하늘 한빛전자 대표와 김바다 의원이 만났다. 김 대표는 웃었고 김 의원은 답했다."
    document = article(text, ("김하늘", PER), ("김바다", PER), ("한빛전자", ORG))
    assert entity(document, "김하늘").aliases == ("김 대표",)
    assert entity(document, "김바다").aliases == ("김 의원",)


def test_a_surname_that_could_be_either_means_neither() -> None:
    text = "이산하 씨와 이강물 씨가 왔다. 이 교수는 강연했다."
    document = article(text, ("이산하", PER), ("이강물", PER))
    assert [e.name for e in document.entities] == ["이산하", "이강물"]
    assert [e.aliases for e in document.entities] == [(), ()]


def test_a_person_of_other_office_is_not_the_president() -> None:
    document = article("박하늘 의원이 비판했다. 박 대통령은 침묵했다.", ("박하늘", PER))
    assert entity(document, "박하늘").aliases == ()


def test_anonymous_people_do_not_join_named_ones() -> None:
    text = "김하늘 씨는 목격자다. 경찰은 김모 씨(45)를 체포했다. 김 씨는 혐의를 인정했다."
    document = article(text, ("김하늘", PER))
    assert entity(document, "김하늘").aliases == ()


def test_foreign_people_are_named_by_a_part() -> None:
    text = "라파엘 그라시 사무총장이 방한했다. 그라시는 원전을 찾는다. 그라시 사무총장은 14일 떠난다."
    document = article(text, ("라파엘 그라시", PER))
    assert len(document.entities) == 1
    assert surfaces(document, "라파엘 그라시") == ["라파엘 그라시", "그라시", "그라시"]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("더불어민주당", "민주당"),
        ("한국산업은행", "산은"),
        ("국민의힘", "국민의 힘"),
        ("오픈AI", "OpenAI"),
        ("별빛그룹", "별빛"),
        ("하늘감독원", "하감원"),
        ("샛별대학교", "샛별대"),
        ("㈜한빛전자", "한빛전자"),
    ],
)
def test_short_and_other_forms_of_an_organization_join(full: str, short: str) -> None:
    document = article(f"{full}은 회의를 열었다. 이에 대해 {short}는 설명했다.", (full, ORG), (f"{short}는"[:-1], ORG))
    assert len(document.entities) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [("삼성", "삼성전자"), ("삼성전자", "삼성SDI"), ("오픈AI", "오픈AI코리아"), ("한국은행", "한국산업은행")],
)
def test_organizations_of_one_stem_stay_apart(a: str, b: str) -> None:
    text = f"회의에는 {a} 관계자와 {b} 관계자가 왔다."
    start = text.index(f" {a} ") + 1
    found = [Mention(start, start + len(a), a, ORG), Mention(text.index(b), text.index(b) + len(b), b, ORG)]
    _, entities = resolve_article(text, found, analyse(text), alias_table())
    assert sorted(e.name for e in entities) == sorted([a, b])


def test_a_name_has_one_type_in_an_article() -> None:
    text = "새길은 서울에 있다. 새길은 커졌다. 새길은 상장했다."
    found = [Mention(0, 2, "새길", ORG), Mention(12, 14, "새길", LOC), Mention(21, 23, "새길", ORG)]
    mentions, entities = resolve_article(text, found, analyse(text), alias_table())
    assert [(e.name, e.type) for e in entities] == [("새길", ORG)]
    assert {m.type for m in mentions} == {ORG}


def test_places_written_together_come_apart() -> None:
    document = article("공장은 일본 도쿄에 있다.", ("일본 도쿄", LOC))
    assert [(m.start, m.text) for m in document.mentions] == [(4, "일본"), (7, "도쿄")]


def test_titles_and_descriptions_are_no_names() -> None:
    text = "한빛전자 CEO와 A씨, 양사 관계자가 왔다."
    document = article(text, ("한빛전자", ORG), ("CEO", ORG), ("A씨", PER), ("양사", ORG))
    assert [e.name for e in document.entities] == ["한빛전자"]


def test_subtypes_follow_gazetteers_and_endings() -> None:
    text = "더불어민주당과 새길은행, 별내대학교, 하늘지검이 자료를 냈다."
    document = article(text, ("더불어민주당", ORG), ("새길은행", ORG), ("별내대학교", ORG), ("하늘지검", ORG))
    assert [e.subtype for e in document.entities] == [
        "PoliticalParty",
        "FinancialInstitution",
        "EducationalOrganization",
        "GovernmentOrganization",
    ]


def test_ids_follow_the_order_of_first_mention() -> None:
    document = article("한빛전자는 서울에서 김하늘 대표를 뽑았다.", ("김하늘", PER), ("한빛전자", ORG), ("서울", LOC))
    assert [(e.id, e.name) for e in document.entities] == [("e0", "한빛전자"), ("e1", "서울"), ("e2", "김하늘")]


def test_the_component_works_in_a_pipeline() -> None:
    nlp = blank()
    nlp.add_pipe("kg_coreference")
    doc = nlp.make_doc("한빛전자㈜는 커졌다. 한빛전자는 상장한다.")
    doc._.mentions = [Mention(0, 5, "한빛전자㈜", ORG)]
    doc = nlp.get_pipe("kg_coreference")(doc)
    assert [(e.name, e.aliases) for e in doc._.entities] == [("한빛전자㈜", ())]


pieces = st.sampled_from(
    [
        "김하늘",
        "김 대표",
        "한빛전자",
        "(KDB)",
        "한국산업은행",
        "尹",
        "이",
        " ",
        ".",
        "(",
        ")",
        "는 ",
        "😀",
        "ＫＤＢ",
        "A씨",
        "\n",
        "대통령",
    ]
)
kinds = st.sampled_from([ORG, PER, LOC, PROD])


@settings(max_examples=60)
@given(st.lists(pieces, min_size=1, max_size=14), st.data())
def test_any_text_gives_exact_mentions_of_one_type_and_entity_a_name(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    found, at = [], 0
    for part in parts:
        if part.strip() and data.draw(st.booleans()):
            found.append(Mention(at, at + len(part.strip()), text[at : at + len(part.strip())], data.draw(kinds)))
        at += len(part)
    found = [m for m in found if m.text.strip() == m.text and m.text]
    mentions, entities = resolve_article(text, found, analyse(text), alias_table())
    Document("a", text, mentions=tuple(mentions), entities=tuple(entities)).check()
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
    assert len({(m.text, m.type, m.entity) for m in mentions}) == len({m.text for m in mentions})
    assert [e.id for e in entities] == [f"e{i}" for i in range(len(entities))]


def test_an_unknown_acronym_is_a_term_and_a_listed_one_a_name() -> None:
    text = "두산은 SMR 사업을 KT와 키운다."
    spans = [("두산", "Organization"), ("SMR", "Organization"), ("KT", "Organization")]
    mentions = [Mention(text.index(name), text.index(name) + len(name), name, kind) for name, kind in spans]
    assert [m.text for m in cleared(mentions, alias_table())] == ["두산", "KT"]


def test_a_person_and_the_organization_after_it_come_apart() -> None:
    text = "샘 올트먼 오픈AI"
    found = cleared([Mention(0, len(text), text, "Organization")], alias_table())
    assert [(m.text, m.type) for m in found] == [("샘 올트먼", "Person"), ("오픈AI", "Organization")]


def test_an_affiliate_stays_apart_from_the_company_it_is_named_after() -> None:
    text = "셀트리온은 셀트리온제약과 다른 회사다."
    names = [(0, "셀트리온"), (text.index("셀트리온제약"), "셀트리온제약")]
    mentions = [Mention(at, at + len(name), name, "Organization") for at, name in names]
    _, entities = resolve_article(text, mentions, analyse(text), alias_table())
    assert [e.name for e in entities] == ["셀트리온", "셀트리온제약"]
