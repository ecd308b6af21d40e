from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Entity
from kg.resolve.ids import ID, answering, entity_id, former_ids

BANK = Entity("e1", "한빛산업은행", "Organization", ("HDB",), article_ids=("a", "b"), ids=("kg:e7", "krx:123456"))


def test_an_entity_answers_to_its_names_and_to_its_names_in_its_articles() -> None:
    wanted = {entity_id("Organization", name, at) for name in ("한빛산업은행", "hdb") for at in ("", "a", "b")}
    assert former_ids(BANK) == wanted | {"e7"}


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


@given(st.lists(st.sampled_from(["가람", "나래", "다솜"]), min_size=1, unique=True), st.sets(st.sampled_from("abc")))
def test_an_entity_answers_to_each_of_its_former_ids(names: list[str], articles: set[str]) -> None:
    entity = Entity("e1", names[0], "Person", tuple(names[1:]), article_ids=tuple(sorted(articles)))
    assert answering([entity], former_ids(entity)) == {one: ["e1"] for one in sorted(former_ids(entity))}
