from __future__ import annotations

import itertools
from dataclasses import asdict, replace

import pytest

from kg.contract import check_graph
from kg.graph.assemble import Assembler, assemble
from kg.model import Deal, Document, Entity
from kg.resolve import Resolution
from kg.schema import load_schema
from tests.samples import ORGANIZATION, SAMPLES, Named, Stated, document

SCHEMA = load_schema()


def by_name(*documents: Document, same: dict[str, str] | None = None) -> Resolution:
    """Resolve entities by name alone; `same` maps a name to the one it is another word for."""
    canonical: dict[tuple[str, str], str] = {}
    entities: dict[str, Entity] = {}
    for found in documents:
        for entity in found.entities:
            name = (same or {}).get(entity.name, entity.name)
            canonical[found.id, entity.id] = f"id-{name}"
            entities.setdefault(f"id-{name}", Entity(f"id-{name}", name, entity.type))
    return Resolution(canonical=canonical, entities=entities)


def test_relation_mentions_of_one_type_ends_and_status_are_one_edge() -> None:
    graph = assemble(SAMPLES, by_name(*SAMPLES), SCHEMA)
    check_graph(graph, SCHEMA)
    found = [(data["type"], s, o, data["status"], data["articles"]) for s, o, data in graph.edges(data=True)]
    assert sorted(found) == [
        ("acquires", "id-카카오", "id-멜론", "possible", 1),
        ("finances", "id-한국산업은행", "id-오픈AI", "actual", 1),
        ("holdsPosition", "id-제이슨 권", "id-오픈AI", "actual", 1),
        ("partnersWith", "id-오픈AI", "id-카카오", "actual", 2),
        ("produces", "id-오픈AI", "id-챗GPT", "actual", 1),
    ]


def test_an_edge_has_first_and_last_date_best_confidence_and_evidence_by_article() -> None:
    graph = assemble(SAMPLES, by_name(*SAMPLES), SCHEMA)
    (edge,) = graph.get_edge_data("id-오픈AI", "id-카카오").values()
    assert (edge["date"], edge["last_date"], edge["confidence"]) == ("2025-02", "2025-02-04", 0.95)
    assert [e["article"] for e in edge["evidence"]] == ["alliance", "rumour"]


def test_an_edge_has_the_deal_that_most_of_its_evidence_gives() -> None:
    names = {"한빛전자": ORGANIZATION, "새솔반도체": ORGANIZATION}
    deals = [Deal("30억원", 3_000_000_000, "KRW", stake=5.0), Deal("3억달러", 300_000_000, "USD"), None]
    deals += [Deal("3억 달러", 300_000_000, "USD", item="신주"), Deal("3억원", 300_000_000, "KRW"), Deal("3억원")]
    told = [
        document(
            "한빛전자가 새솔반도체에 투자했다.",
            names,
            [Stated("investsIn", "한빛전자", "새솔반도체", "투자했다", deal=deal)],
            id=f"d{number}",
        )
        for number, deal in enumerate(deals)
    ]
    ((_, _, edge),) = assemble(told, by_name(*told), SCHEMA).edges(data=True)
    assert edge["deal"] == asdict(Deal("3억 달러", 300_000_000, "USD", stake=5.0, item="신주"))


@pytest.mark.parametrize(
    ("publishers", "originals", "sources"),
    [
        (("한빛일보", "새벽신문", "누리통신"), {}, 3),
        (("한빛일보", "새벽신문", "누리통신"), {"d1": "d0"}, 2),
        (("한빛일보", "새벽신문", "새벽신문"), {"d1": "d0"}, 1),
        (("한빛일보", "새벽신문", "누리통신"), {"d1": "d0", "d2": "d0"}, 1),
        (("한빛일보", "새벽신문", "누리통신"), {"d1": "elsewhere", "d2": "elsewhere"}, 2),
        ((None, None, None), {}, 3),
    ],
)
def test_copies_and_articles_of_one_publisher_are_one_source(
    publishers: tuple[str | None, ...], originals: dict[str, str], sources: int
) -> None:
    names = {"한빛전자": ORGANIZATION, "새솔": ORGANIZATION}
    told = [
        document(
            "한빛전자는 새솔과 제휴했다.",
            names,
            [Stated("partnersWith", "한빛전자", "새솔", "제휴했다")],
            id=f"d{number}",
            publisher=publisher,
        )
        for number, publisher in enumerate(publishers)
    ]
    graph = assemble(told, by_name(*told), SCHEMA, originals)
    ((_, _, edge),) = graph.edges(data=True)
    assert (edge["articles"], edge["sources"]) == (3, sources)
    found = {article: attributes["original"] for article, attributes in graph.graph["articles"].items()}
    assert found == {f"d{number}": originals.get(f"d{number}", f"d{number}") for number in range(3)}


def test_the_status_keeps_edges_apart() -> None:
    names = {"한빛전자": ORGANIZATION, "새솔반도체": ORGANIZATION}
    text = "한빛전자가 새솔반도체를 인수할 계획이다.\n한빛전자는 새솔반도체 인수설을 부인했다."
    told = document(
        text,
        names,
        [
            Stated("acquires", "한빛전자", "새솔반도체", "인수할 계획", status="planned"),
            Stated("acquires", "한빛전자", "새솔반도체", "인수설을 부인", status="denied"),
        ],
    )
    graph = assemble([told], by_name(told), SCHEMA)
    assert [data["status"] for *_, data in graph.edges(data=True)] == ["planned", "denied"]


def test_the_role_most_often_given_wins_and_the_first_in_order_among_equals() -> None:
    text = "김가람 한빛전자 대표.\n김가람 한빛전자 사장.\n한빛전자 김가람 사장이 말했다."
    names = {"김가람": Named("Person"), "한빛전자": ORGANIZATION}
    roles = [("한빛전자 대표", "대표"), ("한빛전자 사장", "사장"), ("김가람 사장", "사장")]
    stated = [Stated("holdsPosition", "김가람", "한빛전자", cue, role=role) for cue, role in roles]
    told = document(text, names, stated)
    (edge,) = [data for *_, data in assemble([told], by_name(told), SCHEMA).edges(data=True)]
    assert edge["role"] == "사장"
    tied = document(text, names, stated[:2])
    (edge,) = [data for *_, data in assemble([tied], by_name(tied), SCHEMA).edges(data=True)]
    assert edge["role"] == "대표"


def test_what_joins_an_entity_to_itself_or_breaks_the_schema_is_dropped_and_counted() -> None:
    names = {"한빛전자": ORGANIZATION, "한빛": ORGANIZATION, "서울": Named("Place")}
    told = document(
        "한빛전자는 한빛과 제휴했다.\n한빛전자는 서울과 제휴했다.\n한빛전자는 서울에 있다.",
        names,
        [
            Stated("partnersWith", "한빛전자", "한빛", "한빛과 제휴"),
            Stated("partnersWith", "한빛전자", "서울", "서울과 제휴"),
            Stated("locatedIn", "한빛전자", "서울", "서울에 있다"),
        ],
    )
    assembler = Assembler(by_name(told, same={"한빛": "한빛전자"}), SCHEMA)
    assembler.add(told)
    assert [data["type"] for *_, data in assembler.graph().edges(data=True)] == ["locatedIn"]
    assert assembler.dropped == {"joins an entity to itself": 1, "not allowed by the schema": 1}


def test_two_names_of_one_entity_in_one_sentence_are_one_piece_of_evidence() -> None:
    names = {"한빛전자": ORGANIZATION, "한빛": ORGANIZATION, "새솔": ORGANIZATION}
    stated = [Stated("supplies", name, "새솔", "부품을 댄다") for name in ("한빛전자", "한빛")]
    told = document("한빛전자(한빛)는 새솔에 부품을 댄다.", names, stated)
    graph = assemble([told], by_name(told, same={"한빛": "한빛전자"}), SCHEMA)
    assert [len(data["evidence"]) for *_, data in graph.edges(data=True)] == [1]


def test_the_order_of_documents_does_not_matter() -> None:
    resolution = by_name(*SAMPLES)
    graphs = [assemble(order, resolution, SCHEMA) for order in itertools.permutations(SAMPLES)]
    shown = [(g.graph, [*g.nodes(data=True)], [*g.edges(keys=True, data=True)]) for g in graphs]
    assert shown == [shown[0]] * 6


def test_a_type_that_the_schema_lacks_is_named() -> None:
    told = document("한빛전자가 새솔을 부른다.", {"한빛전자": ORGANIZATION, "새솔": ORGANIZATION})
    odd = document(
        "한빛전자가 새솔을 부른다.",
        {"한빛전자": ORGANIZATION, "새솔": ORGANIZATION},
        [Stated("partnersWth", "한빛전자", "새솔", "부른다")],
    )
    with pytest.raises(LookupError, match="no relation type named 'partnersWth'; did you mean partnersWith"):
        assemble([odd], by_name(told), SCHEMA)


def test_articles_keep_what_is_known_of_them() -> None:
    odd = replace(SAMPLES[0], url="https://example.org/1")
    graph = assemble([odd], by_name(odd), SCHEMA)
    article = graph.graph["articles"]["alliance"]
    assert (article["title"], article["date"], article["publisher"], article["url"]) == (
        "오픈AI, 카카오와 제휴",
        "2025-05-27",
        "한빛일보",
        "https://example.org/1",
    )
