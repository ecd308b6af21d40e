from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.codec import dump_line
from kg.errors import UnknownNameError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Document, Entity
from kg.resolve import Appearance, Resolution, appearances, resolve, resolve_block
from kg.store import DocumentStore, StoredArticle, articles, bands, prepare, settling
from kg.store.folding import resolution
from kg.store.records import record_from_json, record_to_json
from tests.samples import ALLIANCE, OFFICERS, RUMOUR
from tests.store.pool import CHAIN, COPY, END, LAB, POOL, by_id, shown


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DocumentStore]:
    with DocumentStore(tmp_path) as opened:
        yield opened


def put_all(store: DocumentStore, *documents: Document) -> None:
    with store.writing():
        for one in documents:
            store.put(one)


def test_documents_come_back_as_they_were_by_id(store: DocumentStore) -> None:
    put_all(store, *POOL)
    assert list(store.documents()) == by_id(POOL)
    assert list(store.lines()) == [dump_line(one) for one in by_id(POOL)]
    assert len(store) == len(POOL)


def test_what_another_process_prepared_is_the_same(store: DocumentStore) -> None:
    for one in POOL:
        store.put(pickle.loads(pickle.dumps(prepare(one))))
    assert list(store.documents()) == by_id(POOL)
    assert shown(store.graph()) == shown(KnowledgeGraph.from_documents(POOL))


def test_articles_are_listed_by_id(store: DocumentStore) -> None:
    put_all(store, RUMOUR, LAB)
    assert store.articles() == [
        StoredArticle("lab", "2025-03-04", "한빛일보", None, None),
        StoredArticle("rumour", "2025-06-02", "새벽신문", "카카오, 오픈AI와 협력 확대", None),
    ]


def test_the_graph_is_the_one_made_in_memory(store: DocumentStore) -> None:
    put_all(store, *POOL)
    assert shown(store.graph()) == shown(KnowledgeGraph.from_documents(POOL))


def test_copies_have_their_original_and_lose_it_with_the_article(store: DocumentStore) -> None:
    put_all(store, ALLIANCE, COPY)
    assert store.graph().to_networkx().graph["articles"]["copy"]["original"] == "alliance"
    store.retract("alliance")
    assert store.graph().to_networkx().graph["articles"]["copy"]["original"] == "copy"


def one_entity(block: Sequence[Appearance]) -> Resolution:
    """Resolve a block to one entity, whose id is the first of its names in order."""
    name = min(one.name for one in block)
    return Resolution({one.member: name for one in block}, {name: Entity(name, name, "Organization")})


def test_a_change_reaches_the_far_end_of_a_chain_of_aliases(
    store: DocumentStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "resolve_block", one_entity)
    put_all(store, *CHAIN[1:])
    store.settle()
    assert set(resolution(store._connection).canonical.values()) == {"바다재단"}
    store.put(CHAIN[0])
    store.put(END)
    store.settle()
    settled = resolution(store._connection)
    assert (set(settled.canonical.values()), set(settled.entities)) == ({"가람재단"}, {"가람재단"})


def test_a_block_that_falls_apart_keeps_the_entities_of_its_parts(
    store: DocumentStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "resolve_block", one_entity)
    put_all(store, *CHAIN, END)
    store.settle()
    store.retract("하늘재단")
    store.settle()
    settled = resolution(store._connection)
    assert settled.canonical == {
        ("end", "e0"): "가람재단",
        ("바다재단", "e0"): "바다재단",
        ("산들재단", "e0"): "바다재단",
    }
    assert set(settled.entities) == {"가람재단", "바다재단"}


def test_a_document_takes_the_place_of_the_one_of_its_id(store: DocumentStore) -> None:
    put_all(store, ALLIANCE, OFFICERS)
    changed = replace(LAB, id="alliance")
    store.put(changed)
    assert list(store.documents()) == [changed, OFFICERS]
    assert shown(store.graph()) == shown(KnowledgeGraph.from_documents([changed, OFFICERS]))


def test_the_last_article_leaves_an_empty_graph(store: DocumentStore) -> None:
    put_all(store, *POOL)
    store.graph()
    store.retract(*(one.id for one in POOL))
    graph = store.graph()
    assert (graph.articles, len(graph), len(graph.entities())) == (0, 0, 0)


def test_only_what_a_change_reaches_is_resolved_again(store: DocumentStore, monkeypatch: pytest.MonkeyPatch) -> None:
    put_all(store, *POOL)
    store.settle()
    resolved: list[str] = []

    def noting(block: list[Appearance]) -> Resolution:
        resolved.extend(one.name for one in block)
        return resolve_block(block)

    monkeypatch.setattr(settling, "resolve_block", noting)
    store.retract("officers")
    store.settle()
    assert set(resolved) == {"오픈AI"}


def test_an_unknown_article_is_named_and_none_is_taken_out(store: DocumentStore) -> None:
    put_all(store, ALLIANCE, RUMOUR)
    with pytest.raises(UnknownNameError, match="no article named 'rumuor'; did you mean rumour"):
        store.retract("alliance", "rumuor")
    assert [one.id for one in store.articles()] == ["alliance", "rumour"]


def test_an_unknown_article_takes_none_out_of_a_transaction_either(store: DocumentStore) -> None:
    with store.writing():
        store.put(ALLIANCE)
        with pytest.raises(UnknownNameError):
            store.retract("alliance", "nope")
    assert list(store.documents()) == [ALLIANCE]


def test_what_an_error_leaves_unfinished_is_given_up(store: DocumentStore) -> None:
    put_all(store, ALLIANCE)
    with pytest.raises(KeyError), store.writing():
        store.put(RUMOUR)
        store.retract("alliance")
        raise KeyError
    assert list(store.documents()) == [ALLIANCE]
    assert shown(store.graph()) == shown(KnowledgeGraph.from_documents([ALLIANCE]))


def test_what_is_committed_on_the_way_stays(store: DocumentStore) -> None:
    with pytest.raises(KeyError), store.writing():
        store.put(ALLIANCE)
        store.commit()
        store.put(RUMOUR)
        raise KeyError
    assert shown(store.graph()) == shown(KnowledgeGraph.from_documents([ALLIANCE]))


def test_a_store_is_what_it_was_when_opened_again(tmp_path: Path) -> None:
    with DocumentStore(tmp_path) as store:
        put_all(store, *POOL)
        store.note({"min_confidence": 0.4})
        store.put(LAB, key="k", extractor="stub/1")
    with DocumentStore(tmp_path, create=False) as again:
        assert shown(again.graph()) == shown(KnowledgeGraph.from_documents(POOL))
        assert (again.settings, again.keys()["lab"], again.extractors()) == (
            {"min_confidence": 0.4},
            "k",
            ["", "stub/1"],
        )


def test_other_code_or_data_derives_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with DocumentStore(tmp_path) as store, monkeypatch.context() as older:
        older.setattr(articles, "appearances", lambda document: list(appearances(document))[:1])
        put_all(store, *POOL)
        store.settle()
        store._connection.execute("UPDATE article SET fingerprint = x'00'")
        store._connection.execute("DROP TABLE banded")
        older_table = "CREATE TABLE banded (band TEXT, article INTEGER, PRIMARY KEY (band, article)) WITHOUT ROWID"
        store._connection.execute(older_table)
    monkeypatch.setattr(settling, "derivation", lambda: "another")
    with DocumentStore(tmp_path) as store:
        store.retract("officers")
        left = [one for one in POOL if one.id != "officers"]
        assert shown(store.graph()) == shown(KnowledgeGraph.from_documents(left))
        assert shown(store.graph()) == shown(KnowledgeGraph.from_documents(left))
        kinds = store._connection.execute("SELECT DISTINCT typeof(band) FROM banded").fetchall()
        assert kinds == [("integer",)]


def test_records_come_back_with_their_tuples() -> None:
    entity = Entity("e1", "가온", "Organization", ("GAON",), article_ids=("a", "b"), articles=2)
    assert record_from_json(Entity, record_to_json(entity)) == entity
    for one in appearances(ALLIANCE):
        assert record_from_json(Appearance, record_to_json(one)) == one


def test_what_is_settled_is_the_resolution_of_the_documents(store: DocumentStore) -> None:
    put_all(store, *POOL)
    store.settle()
    store.retract("lab")
    store.settle()
    put_all(store, LAB)
    store.settle()
    assert resolution(store._connection) == resolve(by_id(POOL))
    assert resolve(POOL).judgements != ()


def test_what_another_process_writes_before_the_graph_is_read_is_settled_too(
    store: DocumentStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_all(store, ALLIANCE)
    settle, late = store.settle, [RUMOUR]

    def settle_and_be_overtaken() -> None:
        settle()
        if late:
            with DocumentStore(tmp_path) as other:
                other.put(late.pop())

    monkeypatch.setattr(store, "settle", settle_and_be_overtaken)
    assert shown(store.graph()) == shown(KnowledgeGraph.from_documents([ALLIANCE, RUMOUR]))


def test_corrections_beside_the_store_are_laid_over_its_graph(store: DocumentStore, tmp_path: Path) -> None:
    put_all(store, *POOL)
    entity = store.graph().entity("카카오").id
    (tmp_path / "corrections.yaml").write_text(
        f"- rename: {{entity: {entity}, name: 다음카카오}}\n- split: {{entity: {entity}, articles: [rumour]}}\n",
        encoding="utf-8",
    )
    corrected = store.graph()
    assert corrected.entity("다음카카오").id == entity
    assert [one.article_ids for one in corrected.entities(name="카카오") if one.name == "카카오"] == [("rumour",)]


changes = st.lists(
    st.tuples(st.sampled_from(["put", "put", "retract", "settle", "commit"]), st.integers(0, len(POOL) - 1)),
    max_size=14,
)


@settings(max_examples=25)
@given(changes)
def test_any_changes_end_in_the_graph_of_what_is_left(sequence: list[tuple[str, int]]) -> None:
    left: dict[str, Document] = {}
    with DocumentStore(None) as store, store.writing():
        for kind, index in sequence:
            one = POOL[index]
            if kind == "put":
                store.put(one)
                left[one.id] = one
            elif kind == "retract" and one.id in left:
                store.retract(one.id)
                del left[one.id]
            elif kind == "settle":
                store.settle()
            elif kind == "commit":
                store.commit()
        assert shown(store.graph()) == shown(KnowledgeGraph.from_documents([*left.values()]))


@settings(max_examples=25)
@given(st.randoms(use_true_random=False), st.integers(1, 4), st.sampled_from([1, 2, 3, bands.TOGETHER]))
def test_the_order_and_the_number_of_batches_do_not_matter(random: Random, batches: int, together: int) -> None:
    order = list(POOL)
    random.shuffle(order)
    with pytest.MonkeyPatch.context() as patched, DocumentStore(None) as store:
        patched.setattr(bands, "TOGETHER", together)
        for start in range(batches):
            put_all(store, *order[start::batches])
            store.settle()
        assert shown(store.graph()) == shown(KnowledgeGraph.from_documents(POOL))
