from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kg.lang.ko.aliases import AliasTable
from kg.model import Document, DocumentEntity, Mention
from kg.resolve import Resolution, resolve

TABLE = AliasTable(
    [
        {"canonical": "한빛산업은행", "alias": "한산은", "type": "Organization"},
        {"canonical": "한빛산업은행", "alias": "HDB", "type": "Organization"},
        {"canonical": "두리당", "alias": "두당", "type": "Organization"},
        {"canonical": "두레당", "alias": "두당", "type": "Organization"},
    ]
)


def document(name: str, *entities: tuple[str, str, tuple[str, ...]]) -> Document:
    text = " ".join(surface for surface, _, _ in entities)
    found, mentions, at = [], [], 0
    for index, (surface, kind, aliases) in enumerate(entities):
        found.append(DocumentEntity(f"e{index}", surface, kind, aliases))
        mentions.append(Mention(at, at + len(surface), surface, kind, f"e{index}"))
        at += len(surface) + 1
    return Document(name, text, mentions=tuple(mentions), entities=tuple(found))


def same(resolution: Resolution, *members: tuple[str, str]) -> bool:
    return len({resolution.canonical[member] for member in members}) == 1


def test_an_alias_of_the_table_leads_to_one_entity() -> None:
    resolution = resolve(
        [
            document("a", ("한빛산업은행", "Organization", ())),
            document("b", ("한산은", "Organization", ())),
            document("c", ("HDB", "Organization", ())),
        ],
        TABLE,
    )
    assert same(resolution, ("a", "e0"), ("b", "e0"), ("c", "e0"))
    entity = resolution.entities[resolution.canonical["a", "e0"]]
    assert (entity.name, entity.aliases, entity.mentions, entity.articles) == ("한빛산업은행", ("HDB", "한산은"), 3, 3)


def test_an_alias_stated_in_one_article_resolves_another() -> None:
    resolution = resolve(
        [
            document("a", ("새길연구재단", "Organization", ("SRF",))),
            document("b", ("SRF", "Organization", ())),
        ],
        TABLE,
    )
    assert same(resolution, ("a", "e0"), ("b", "e0"))


def test_an_alias_of_two_entities_resolves_nothing() -> None:
    resolution = resolve(
        [
            document("a", ("새길연구재단", "Organization", ("SRF",))),
            document("b", ("서울로봇재단", "Organization", ("SRF",))),
            document("c", ("SRF", "Organization", ())),
            document("d", ("두당", "Organization", ())),
            document("e", ("두리당", "Organization", ())),
            document("f", ("두레당", "Organization", ())),
        ],
        TABLE,
    )
    assert len(resolution.entities) == 6


def test_general_words_as_aliases_join_nothing() -> None:
    resolution = resolve(
        [document("a", ("한국 정부", "Organization", ("정부",))), document("b", ("정부", "Organization", ()))], TABLE
    )
    assert not same(resolution, ("a", "e0"), ("b", "e0"))


def test_a_foreign_body_does_not_take_the_name_without_its_country() -> None:
    resolution = resolve(
        [
            document("a", ("일본 통상부", "Organization", ("통상부",))),
            document("b", ("통상부", "Organization", ())),
            document("c", ("한국들꽃원", "Organization", ("들꽃원",))),
            document("d", ("들꽃원", "Organization", ())),
        ],
        TABLE,
    )
    assert not same(resolution, ("a", "e0"), ("b", "e0"))
    assert same(resolution, ("c", "e0"), ("d", "e0"))


def test_people_meet_by_full_names_only() -> None:
    resolution = resolve(
        [
            document("a", ("김하늘", "Person", ("김 대표",))),
            document("b", ("김하늘", "Person", ())),
            document("c", ("김 대표", "Person", ())),
            document("d", ("김 대표", "Person", ())),
        ],
        TABLE,
    )
    assert same(resolution, ("a", "e0"), ("b", "e0"))
    assert len(resolution.entities) == 3


def test_types_are_never_mixed() -> None:
    resolution = resolve([document("a", ("한빛", "Organization", ())), document("b", ("한빛", "Place", ()))], TABLE)
    assert sorted(entity.type for entity in resolution.entities.values()) == ["Organization", "Place"]


def test_the_most_frequent_name_is_the_entitys() -> None:
    resolution = resolve(
        [
            document("a", ("국민의힘", "Organization", ())),
            document("b", ("국민의 힘", "Organization", ())),
            document("c", ("국민의힘", "Organization", ())),
        ],
        TABLE,
    )
    (entity,) = resolution.entities.values()
    assert (entity.name, entity.aliases) == ("국민의힘", ("국민의 힘",))


names = st.sampled_from(
    ["한빛산업은행", "한산은", "HDB", "새길연구재단", "SRF", "서울로봇재단", "두당", "김하늘", "김 대표", "정부"]
)
kinds = st.sampled_from(["Organization", "Person", "Place"])
entities = st.tuples(names, kinds, st.lists(names, max_size=2, unique=True).map(tuple))
articles = st.lists(st.lists(entities, max_size=3, unique_by=lambda e: e[:2]), max_size=6)


@given(articles, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(
    contents: list[list[tuple[str, str, tuple[str, ...]]]], random: Random
) -> None:
    documents = [document(f"d{index}", *content) for index, content in enumerate(contents)]
    shuffled = list(documents)
    random.shuffle(shuffled)
    first, second = resolve(documents, TABLE), resolve(shuffled, TABLE)
    assert (first.canonical, first.entities) == (second.canonical, second.entities)
    assert list(first.entities) == list(second.entities)


@given(articles)
def test_every_document_entity_is_one_of_the_entities(contents: list[list[tuple[str, str, tuple[str, ...]]]]) -> None:
    documents = [document(f"d{index}", *content) for index, content in enumerate(contents)]
    resolution = resolve(documents, TABLE)
    members = {(d.id, e.id): e.type for d in documents for e in d.entities}
    assert {m: resolution.entities[e].type for m, e in resolution.canonical.items()} == members
    assert sum(e.mentions for e in resolution.entities.values()) == sum(len(d.mentions) for d in documents)
