from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kg.lang.ko.aliases import AliasTable
from kg.model import Document, DocumentEntity, Mention
from kg.resolve import Resolution, resolve
from kg.resolve.ids import answering, entity_id
from kg.resolve.judgements import LABELS
from kg.resolve.scoring import scorer
from tests.samples import Named
from tests.samples import document as written

TABLE = AliasTable(
    [
        {"canonical": "한빛산업은행", "alias": "한산은", "type": "Organization"},
        {"canonical": "한빛산업은행", "alias": "HDB", "type": "Organization"},
        {"canonical": "두리당", "alias": "두당", "type": "Organization"},
        {"canonical": "두레당", "alias": "두당", "type": "Organization"},
    ]
)
ORG, PERSON, PLACE = Named("Organization"), Named("Person"), Named("Place")


def document(name: str, *entities: tuple[str, str, tuple[str, ...]], date: str | None = None) -> Document:
    """Return a document that names entities and says nothing else."""
    text = " ".join(surface for surface, _, _ in entities)
    found, mentions, at = [], [], 0
    for index, (surface, kind, aliases) in enumerate(entities):
        found.append(DocumentEntity(f"e{index}", surface, kind, aliases))
        mentions.append(Mention(at, at + len(surface), surface, kind, f"e{index}"))
        at += len(surface) + 1
    return Document(name, text, date=date, mentions=tuple(mentions), entities=tuple(found))


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


def test_a_known_name_is_an_alias_even_where_no_article_gives_it() -> None:
    resolution = resolve([document("b", ("한산은", "Organization", ()))], TABLE)
    (entity,) = resolution.entities.values()
    assert (entity.name, entity.aliases) == ("한산은", ("HDB", "한빛산업은행"))


def test_an_alias_stated_in_articles_resolves_another() -> None:
    told = "새길연구재단(SRF)은 다솜로봇과 청소 로봇의 규격을 만들기로 했다고 밝혔다."
    names = {"새길연구재단": Named("Organization", ("SRF",)), "다솜로봇": ORG}
    again = "SRF는 다솜로봇과 만든 청소 로봇의 규격을 내놓았다고 밝혔다."
    resolution = resolve(
        [
            written(told, names, id="a"),
            written(told, names, id="b"),
            written(again, {"SRF": ORG, "다솜로봇": ORG}, id="c"),
        ]
    )
    assert same(resolution, ("a", "e0"), ("b", "e0"), ("c", "e0"))
    (joined,) = [one for one in resolution.judgements if one.verdict == "positive"]
    assert {joined.left, joined.right} == {"새길연구재단", "SRF"}
    assert any("articles give both names to one thing" in reason for reason in joined.reasons)


def test_an_alias_of_two_entities_resolves_nothing() -> None:
    resolution = resolve(
        [
            document("a", ("새길연구재단", "Organization", ("SRF",))),
            document("b", ("서울로봇재단", "Organization", ("SRF",))),
            document("d", ("두당", "Organization", ())),
            document("e", ("두리당", "Organization", ())),
            document("f", ("두레당", "Organization", ())),
        ],
        TABLE,
    )
    assert len(resolution.entities) == 5


def test_general_words_as_aliases_join_nothing() -> None:
    resolution = resolve(
        [document("a", ("미국 정부", "Organization", ("정부",))), document("b", ("정부", "Organization", ()))], TABLE
    )
    assert not same(resolution, ("a", "e0"), ("b", "e0"))


def test_writings_of_one_body_are_one() -> None:
    for one, other in (
        ("미 하원", "미국 하원"),
        ("美 국방부", "미국 국방부"),
        ("들꽃대학교", "들꽃대"),
        ("국토개발위원회", "국토개발위"),
        ("㈜다솜로봇", "다솜로봇"),
        ("한국 정부", "정부"),
        ("에스케이텔레콤", "SK텔레콤"),
        ("삼성에스디아이", "삼성SDI"),
    ):
        found = resolve([document("a", (one, "Organization", ())), document("b", (other, "Organization", ()))])
        assert same(found, ("a", "e0"), ("b", "e0")), (one, other)


def test_a_company_its_affiliates_and_another_countrys_body_stay_apart() -> None:
    for one, other in (
        ("삼성", "삼성SDI"),
        ("삼성전자", "삼성"),
        ("IBM", "한국IBM"),
        ("일본 통상부", "통상부"),
        ("서울경찰청", "부산경찰청"),
    ):
        found = resolve([document("a", (one, "Organization", ())), document("b", (other, "Organization", ()))])
        assert not same(found, ("a", "e0"), ("b", "e0")), (one, other)


MAYOR = "김하늘 다솜시장은 다솜시 예산안을 시의회에 냈다. 김하늘 시장은 버스 노선을 늘리겠다고 밝혔다."
PITCHER = "투수 김하늘은 선발 등판해 삼진 열 개를 잡았다. 김하늘의 시즌 7승째다. 타선도 홈런으로 도왔다."


def test_every_feature_that_may_be_a_reason_has_words() -> None:
    weighed = {name for kind in ("Person", "Organization") for name in scorer().of(kind)}
    assert weighed - {"bias"} - LABELS.keys() == set()


def test_people_of_one_name_are_told_apart_by_context() -> None:
    resolution = resolve(
        [
            written(MAYOR, {"김하늘": PERSON, "다솜시": PLACE}, id="a"),
            written(PITCHER, {"김하늘": PERSON}, id="b"),
            written("다솜시 예산안이 통과됐다. " + MAYOR, {"김하늘": PERSON, "다솜시": PLACE}, id="c"),
        ]
    )
    assert same(resolution, ("a", "e0"), ("c", "e0"))
    assert not same(resolution, ("a", "e0"), ("b", "e0"))


def test_a_surname_with_a_title_stays_in_its_article() -> None:
    resolution = resolve(
        [
            document("a", ("김하늘", "Person", ("김 대표",))),
            document("c", ("김 대표", "Person", ())),
            document("d", ("김 대표", "Person", ())),
        ]
    )
    assert len(resolution.entities) == 3


def test_two_writings_of_a_surname_with_a_title_are_one_within_an_article() -> None:
    resolution = resolve([document("a", ("김 대표", "Person", ()), ("김대표", "Person", ()))])
    assert same(resolution, ("a", "e0"), ("a", "e1"))


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


def test_an_id_stays_when_another_bearer_of_the_name_comes() -> None:
    first = written(MAYOR, {"김하늘": PERSON, "다솜시": PLACE}, id="m", date="2025-03-02")
    alone = resolve([first])
    joined = resolve([written(PITCHER, {"김하늘": PERSON}, id="a", date="2025-03-03"), first])
    assert alone.canonical["m", "e0"] == joined.canonical["m", "e0"] == entity_id("Person", "김하늘")
    assert joined.canonical["a", "e0"] == entity_id("Person", "김하늘", "a")
    in_its_article = entity_id("Person", "김하늘", "m")
    assert answering(joined.entities.values(), [in_its_article]) == {in_its_article: [alone.canonical["m", "e0"]]}


def test_an_unsure_pair_is_listed_and_kept_apart() -> None:
    one = "김민정 연구원은 배터리 수명을 늘리는 소재를 내놓았다."
    other = "배터리를 다룬 책을 낸 김민정 씨는 강연에 나선다."
    found = resolve([written(one, {"김민정": PERSON}, id="a"), written(other, {"김민정": PERSON}, id="b")])
    (judged,) = found.judgements
    assert not same(found, ("a", "e0"), ("b", "e0"))
    assert (judged.verdict, judged.first, judged.second) == ("unsure", ("a", "e0"), ("b", "e0"))
    assert any("words around both: " in reason for reason in judged.reasons)


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
    assert first == second
    assert list(first.entities) == list(second.entities)


@given(articles)
def test_every_document_entity_is_one_of_the_entities(contents: list[list[tuple[str, str, tuple[str, ...]]]]) -> None:
    documents = [document(f"d{index}", *content) for index, content in enumerate(contents)]
    resolution = resolve(documents, TABLE)
    members = {(d.id, e.id): e.type for d in documents for e in d.entities}
    assert {m: resolution.entities[e].type for m, e in resolution.canonical.items()} == members
    assert sum(e.mentions for e in resolution.entities.values()) == sum(len(d.mentions) for d in documents)
