from __future__ import annotations

from collections.abc import Mapping

from kg.model import Entity
from kg.resolve import Resolution
from kg.resolve.identifiers import identify

TABLE: Mapping[tuple[str, str], Mapping[str, frozenset[str]]] = {
    ("Organization", "다온바이오"): {"krx": frozenset({"123450"}), "domain": frozenset({"daon.example"})},
    ("Organization", "다온제약"): {"krx": frozenset({"123460"})},
    ("Organization", "다온"): {"wikidata": frozenset({"Q1"})},
    ("Person", "김민준"): {"wikidata": frozenset({"Q2"})},
}


def ids(*entities: Entity) -> list[tuple[str, ...]]:
    found = identify(Resolution({}, {entity.id: entity for entity in entities}), TABLE)
    return [found.entities[entity.id].ids for entity in entities]


def test_an_entity_gets_the_ids_of_its_name_and_of_its_aliases() -> None:
    assert ids(Entity("e1", "다온 바이오", "Organization", ("다온",), ids=("kg:e9",))) == [
        ("domain:daon.example", "kg:e9", "krx:123450", "wikidata:Q1")
    ]


def test_a_name_that_two_bear_says_nothing() -> None:
    assert ids(
        Entity("e1", "다온바이오", "Organization", ("다온",)), Entity("e2", "다온그룹", "Organization", ("다온",))
    ) == [("domain:daon.example", "krx:123450"), ()]


def test_the_main_name_goes_before_others() -> None:
    assert ids(Entity("e1", "다온제약", "Organization", ("다온바이오",))) == [("domain:daon.example", "krx:123460")]
    assert ids(Entity("e1", "다온홀딩스", "Organization", ("다온바이오", "다온제약"))) == [("domain:daon.example",)]


def test_types_count_and_people_are_never_named_by_a_table() -> None:
    assert ids(Entity("e1", "다온바이오", "Place"), Entity("e2", "김민준", "Person")) == [(), ()]


def test_a_group_is_not_the_company_of_its_short_name() -> None:
    assert ids(Entity("e1", "다온바이오그룹", "Organization", ("다온바이오",))) == [()]


def test_the_shipped_tables_know_listed_companies() -> None:
    resolution = Resolution({}, {"e1": Entity("e1", "카카오", "Organization")})
    assert identify(resolution).entities["e1"].ids == ("domain:kakaocorp.com", "krx:035720", "wikidata:Q17684312")
