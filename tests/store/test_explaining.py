from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import UnknownNameError
from kg.store import DocumentStore
from tests.samples import SAMPLES, Named, document

PERSON = Named("Person")
RESEARCHER = document(
    "김민정 연구원은 배터리 수명을 늘리는 소재를 내놓았다.",
    {"김민정": PERSON},
    id="a",
    title="배터리",
    date="2025-03-01",
)
AUTHOR = document("배터리를 다룬 책을 낸 김민정 씨는 강연에 나선다.", {"김민정": PERSON}, id="b", date="2025-03-02")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DocumentStore]:
    with DocumentStore(tmp_path) as opened:
        for one in (*SAMPLES, AUTHOR, RESEARCHER):
            opened.put(one)
        yield opened


def test_an_entity_is_explained_by_what_articles_call_it(store: DocumentStore) -> None:
    found = store.explain("OpenAI")
    assert found.entity == store.graph().entity("오픈AI")
    assert [(one.article, one.name, one.aliases) for one in found.seen] == [
        ("officers", "오픈AI", ()),
        ("alliance", "오픈AI", ("OpenAI",)),
        ("rumour", "오픈AI", ()),
    ]
    assert [(one.first.article, one.second.article) for one in found.links] == [
        ("officers", "alliance"),
        ("alliance", "rumour"),
    ]
    assert all("same name" in " ".join(one.reasons) for one in found.links)
    person = store.explain(store.graph().entities("Person", name="김민정")[0].id)
    assert [(one.headline, one.titles) for one in person.seen] == [("배터리", ("연구원",))]
    with pytest.raises(UnknownNameError):
        store.explain("없는이름")


def test_unsure_pairs_are_listed_until_a_correction_settles_them(store: DocumentStore, tmp_path: Path) -> None:
    (pair,) = store.review()
    assert {pair.first.article, pair.second.article} == {"a", "b"}
    assert (pair.left.name, pair.right.name, pair.verdict) == ("김민정", "김민정", "unsure")
    assert any("배터" in reason for reason in pair.reasons)
    assert pair in store.explain(pair.left.id).judged
    corrections = tmp_path / "corrections.yaml"
    for kind in ("distinct", "merge"):
        corrections.write_text(f"- {kind}: [{pair.left.id}, {pair.right.id}]\n", encoding="utf-8")
        assert store.review() == []
    assert len(store.explain("김민정").seen) == 2


def test_an_id_merged_by_hand_finds_what_it_was_merged_into_beside_namesakes(
    store: DocumentStore, tmp_path: Path
) -> None:
    store.put(document("가수 김민정이 새 앨범으로 무대에 섰다.", {"김민정": PERSON}, id="c", date="2025-03-03"))
    apart = sorted(store.graph().entities("Person", name="김민정"), key=lambda one: one.article_ids)
    first, second = apart[0].id, apart[1].id
    assert len(apart) == 3
    (tmp_path / "corrections.yaml").write_text(f"- merge: [{second}, {first}]\n", encoding="utf-8")
    assert store.graph().entity(first).id == second
    assert store.explain(first).entity.id == second


def test_what_was_merged_by_hand_is_not_said_to_be_alike(store: DocumentStore, tmp_path: Path) -> None:
    graph = store.graph()
    company, other = graph.entity("오픈AI").id, graph.entity("카카오").id
    alike = [*store.explain("오픈AI").links, *store.explain("카카오").links]
    (tmp_path / "corrections.yaml").write_text(
        f"- merge: [{company}, {other}]\n  note: 같은 회사\n- rename: {{entity: {other}, name: 오픈카카오}}\n"
        f"- split: {{entity: {company}, articles: [rumour]}}\n",
        encoding="utf-8",
    )
    found = store.explain(other)
    assert found.by_hand == ("entry 1 (merge): 같은 회사", "entry 2 (rename)", "entry 3 (split)")
    pairs = {(one.first.article, one.second.article) for one in alike}
    assert {(one.first.article, one.second.article) for one in found.links} <= pairs
    assert all(one.first.name == one.second.name for one in found.links)
    part = next(one for one in store.graph().entities("Organization") if one.article_ids == ("rumour",))
    assert store.explain(part.id).by_hand == ("entry 3 (split)",)
