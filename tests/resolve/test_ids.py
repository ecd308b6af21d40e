from __future__ import annotations

from kg.model import Entity
from kg.resolve.ids import ID, answering, entity_id

BANK = Entity("e1", "한빛산업은행", "Organization", ("HDB",), article_ids=("a", "b"), ids=("kg:e7", "krx:123456"))


def test_an_entity_answers_to_its_names_and_to_its_names_in_its_articles() -> None:
    named = {entity_id("Organization", name, at) for name in ("한빛산업은행", "hdb") for at in ("", "a", "b")}
    own = {"e1", "e7", *named}
    others = {entity_id("Organization", "hdb", "c"), entity_id("Place", "hdb"), "e8"}
    assert answering([BANK], own | others) == {one: ["e1"] for one in sorted(own)}


def test_an_id_depends_on_type_name_and_article() -> None:
    ids = {entity_id("Person", "김민준"), entity_id("Person", "김민준", "a"), entity_id("Place", "김민준")}
    assert len(ids) == 3
    assert all(ID.fullmatch(one) for one in ids)


def test_those_that_answer_are_listed_in_order() -> None:
    other = Entity("e0", "두레은행", "Organization", ("HDB",))
    hdb, in_b = entity_id("Organization", "hdb"), entity_id("Organization", "hdb", "b")
    assert answering([BANK, other], ["e1", "e7", hdb, in_b, "e9"]) == {
        "e1": ["e1"],
        "e7": ["e1"],
        hdb: ["e0", "e1"],
        in_b: ["e1"],
    }
