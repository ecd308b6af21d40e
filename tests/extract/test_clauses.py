from __future__ import annotations

from tests.extract.parsing import Names, clauses_of

ORG, PLACE, PERSON = "Organization", "Place", "Person"


def arguments(text: str, names: Names, lemma: str) -> dict[str, tuple[str, ...]]:
    """Names that fill each role of the predicate with that lemma."""
    clauses = clauses_of(text, names)
    ids = {f"e{i}": name for i, name in enumerate(names)}
    at = next(i for i, p in enumerate(clauses.phrases) if p.lemma == lemma)
    roles = clauses.arguments(at).roles
    return {role: tuple(ids[e] for e in filler.entities) for role, filler in roles.items() if filler.entities}


def test_coordination_with_commas_and_particles() -> None:
    names = {"쏘카": ORG, "카카오": ORG, "우버": ORG}
    found = arguments("쏘카는 카카오, 우버와 손잡았다.", names, "손잡")
    assert found == {"subject": ("쏘카",), "comitative": ("카카오", "우버")}


def test_a_relative_clause_keeps_its_own_subject() -> None:
    names = {"쏘카": ORG, "카카오": ORG, "우버": ORG}
    text = "쏘카는 카카오가 투자한 우버를 인수했다."
    assert arguments(text, names, "투자하") == {"subject": ("카카오",), "modified": ("우버",)}
    assert arguments(text, names, "인수하") == {"subject": ("쏘카",), "accusative": ("우버",)}


def test_what_a_relative_clause_modifies_is_its_subject_when_it_has_an_object() -> None:
    names = {"쏘카": ORG, "우버": ORG}
    assert arguments("우버를 인수한 쏘카는 웃었다.", names, "인수하") == {"accusative": ("우버",), "subject": ("쏘카",)}


def test_coordinate_clauses_share_the_subject() -> None:
    names = {"쏘카": ORG, "우버": ORG, "카카오": ORG}
    found = arguments("쏘카는 우버를 인수하고 카카오에 투자했다.", names, "투자하")
    assert found == {"subject": ("쏘카",), "dative": ("카카오",)}


def test_a_topic_before_a_nominative_is_the_object() -> None:
    names = {"쏘카": ORG, "우버": ORG}
    assert arguments("우버는 쏘카가 인수했다.", names, "인수하") == {"subject": ("쏘카",), "accusative": ("우버",)}


def test_inclusive_lists_lend_their_names() -> None:
    names = {"쏘카": ORG, "부산": PLACE, "대구": PLACE}
    found = arguments("쏘카는 부산과 대구를 포함한 네 도시에 지점을 두고 있다.", names, "두")
    assert found["dative"] == ("부산", "대구")


def test_the_staff_of_an_organization_stand_for_it_only_where_they_act() -> None:
    names = {"쏘카": ORG, "검찰": ORG}
    assert arguments("쏘카 관계자는 검찰을 비판했다.", names, "비판하")["subject"] == ("쏘카",)
    assert "accusative" not in arguments("검찰은 쏘카 관계자를 구속했다.", names, "구속하")


def test_targets_and_reported_subjects() -> None:
    names = {"쏘카": ORG, "우버": ORG}
    assert arguments("쏘카는 우버를 상대로 소송을 냈다.", names, "내")["about"] == ("우버",)
    assert arguments("쏘카는 우버가 약속을 어겼다고 비판했다.", names, "비판하")["quoted"] == ("우버",)
