from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.extract import coreference  # noqa: F401  (registers the factory)
from kg.extract.clustering.discourse import anaphors, plural_anaphors
from kg.lang.ko.morphemes import blank
from kg.model import Mention

ORG, PER, LOC = "Organization", "Person", "Place"


def read(text: str, *names: tuple[str, str]) -> Doc:
    nlp = blank()
    nlp.add_pipe("kg_coreference")
    doc = nlp.make_doc(text)
    doc._.mentions = [Mention(text.index(name), text.index(name) + len(name), name, kind) for name, kind in names]
    return nlp.get_pipe("kg_coreference")(doc)


def meant(doc: Doc) -> list[tuple[str, str]]:
    names = {e.id: e.name for e in doc._.entities}
    return [(m.text, names[m.entity]) for m in anaphors(doc) if m.entity is not None]


def both(doc: Doc) -> list[tuple[str, list[str]]]:
    names = {e.id: e.name for e in doc._.entities}
    return [(a.text, [names[e] for e in a.entities]) for a in plural_anaphors(doc)]


@pytest.mark.parametrize("expression", ["이 회사", "이 기업", "해당 회사", "동사", "이 업체"])
def test_the_company_is_the_subject_of_the_sentence_before(expression: str) -> None:
    text = f"한빛전자는 26일 새길화학과 협약을 맺었다. {expression}는 내년 공장을 짓는다."
    assert meant(read(text, ("한빛전자", ORG), ("새길화학", ORG))) == [(expression, "한빛전자")]


def test_the_bank_is_a_bank() -> None:
    text = "한빛전자는 26일 두리은행과 협약을 맺었다. 이 은행은 대출을 늘린다."
    assert meant(read(text, ("한빛전자", ORG), ("두리은행", ORG))) == [("이 은행", "두리은행")]


def test_the_company_is_no_ministry() -> None:
    text = "한빛전자가 신고했다. 기획재정부는 조사에 나섰다. 이 회사는 부인했다."
    assert meant(read(text, ("한빛전자", ORG), ("기획재정부", ORG))) == [("이 회사", "한빛전자")]


def test_he_is_the_last_person_who_acted() -> None:
    text = "김하늘 한빛전자 대표는 이바다 의원을 만났다. 그는 “협력하겠다”고 말했다."
    assert meant(read(text, ("김하늘", PER), ("이바다", PER))) == [("그", "김하늘")]


def test_his_is_of_the_person_just_named() -> None:
    text = "이바다 의원은 말을 아꼈다. 행사에는 김하늘 전 장관과 그의 보좌관이 왔다."
    assert meant(read(text, ("김하늘", PER), ("이바다", PER))) == [("그", "김하늘")]


def test_without_an_antecedent_nothing_is_meant() -> None:
    assert meant(read("이 회사는 공장을 짓는다. 그는 떠났다.")) == []


@pytest.mark.parametrize("expression", ["양사", "두 회사", "양측"])
def test_both_companies_are_the_two_of_the_sentence_before(expression: str) -> None:
    text = f"한빛전자는 새길화학과 협약을 맺었다. {expression}는 펀드를 만든다."
    assert both(read(text, ("한빛전자", ORG), ("새길화학", ORG))) == [(expression, ["한빛전자", "새길화학"])]


def test_both_are_the_subject_and_its_partner_where_more_are_named() -> None:
    text = "한빛전자는 두리은행에서 열린 행사에서 새길화학과 협약을 맺었다. 양사는 펀드를 만든다."
    doc = read(text, ("한빛전자", ORG), ("두리은행", ORG), ("새길화학", ORG))
    assert both(doc) == [("양사", ["한빛전자", "새길화학"])]


def test_both_stay_open_where_four_are_named_alike() -> None:
    text = "한빛전자, 두리은행, 새길화학, 별내건설이 모였다. 양사는 펀드를 만든다."
    doc = read(text, ("한빛전자", ORG), ("두리은행", ORG), ("새길화학", ORG), ("별내건설", ORG))
    assert both(doc) == []


def test_both_countries_are_places() -> None:
    text = "한국은 하노이에서 베트남과 정상회담을 했다. 양국은 교역을 늘린다."
    doc = read(text, ("한국", LOC), ("하노이", LOC), ("베트남", LOC))
    assert both(doc) == [("양국", ["한국", "베트남"])]
