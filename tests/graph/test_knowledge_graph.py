from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.errors import FormatError, InputError, UnknownNameError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Relation
from kg.resolve.ids import entity_id
from tests.samples import ORGANIZATION, SAMPLES, Named, Stated, document


def told(relations: Sequence[Relation]) -> list[tuple[str, str, str]]:
    return [(r.subject.name, r.type, r.object.name) for r in relations]


@pytest.mark.parametrize("name", ["오픈AI", "OpenAI", "openai", "오픈 AI", "ＯｐｅｎＡＩ", "㈜오픈AI", "OpenAI, Inc."])
def test_any_writing_of_any_name_finds_an_entity(graph: KnowledgeGraph, name: str) -> None:
    assert graph.entity(name).name == "오픈AI"


def test_an_id_finds_an_entity(graph: KnowledgeGraph) -> None:
    kdb = graph.entity("KDB")
    assert graph.entity(kdb.id) == kdb


def test_an_identifier_elsewhere_finds_an_entity(graph: KnowledgeGraph) -> None:
    assert [graph.entity(one).name for one in ("krx:035720", "KRX:035720", "domain:kakaocorp.com")] == ["카카오"] * 3
    with pytest.raises(UnknownNameError):
        graph.entity("krx:999999")


def test_an_id_of_before_finds_the_entity_that_took_the_name(graph: KnowledgeGraph) -> None:
    assert graph.entity(entity_id("Organization", "오픈ai", "alliance")).name == "오픈AI"
    assert graph.entity(entity_id("Organization", "카카오", "rumour")).name == "카카오"
    with pytest.raises(UnknownNameError, match="no entity named 'e0000000000000000'"):
        graph.entity("e0000000000000000")


def test_an_id_of_before_that_two_answer_to_offers_both() -> None:
    named = Named("Organization", ("가람",))
    texts = (("a", "새길재단"), ("b", "서울재단"))
    shared = KnowledgeGraph.from_documents(
        [document(f"{name}(가람)은 컸다.", {name: named}, id=at) for at, name in texts]
    )
    with pytest.raises(UnknownNameError, match="no single entity") as caught:
        shared.entity(entity_id("Organization", "가람"))
    assert sorted(offer.split()[0] for offer in caught.value.nearest) == sorted(e.id for e in shared.entities())


def test_an_unknown_name_offers_the_nearest(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownNameError) as caught:
        graph.entity("카카우")
    assert caught.value.nearest[0] == "카카오"


def test_a_name_that_two_share_offers_their_ids() -> None:
    names = {"김가람": Named("Person")}
    company = document("김가람은 회사다.", {"김가람": ORGANIZATION}, id="a")
    shared = KnowledgeGraph.from_documents([company, document("김가람은 사람이다.", names, id="b")])
    ids = sorted(entity.id for entity in shared.entities(name="김가람"))
    with pytest.raises(UnknownNameError, match="no single entity") as caught:
        shared.entity("김가람")
    assert sorted(offer.split()[0] for offer in caught.value.nearest) == ids
    assert [shared.entity(entity_id).id for entity_id in ids] == ids


def test_entities_by_type_take_in_the_types_below(graph: KnowledgeGraph) -> None:
    def names(kind: str) -> list[str]:
        return [entity.name for entity in graph.entities(type=kind)]

    assert names("Person") == ["제이슨 권"]
    assert names("Company") == names("기업") == ["오픈AI", "카카오"]
    assert set(names("Organization")) == {"오픈AI", "카카오", "한국산업은행", "멜론"}


def test_the_most_mentioned_entity_comes_first(graph: KnowledgeGraph) -> None:
    assert graph.entities()[0].name == "오픈AI"


def test_a_symmetric_relation_is_found_from_either_end(graph: KnowledgeGraph) -> None:
    assert told(graph.relations(subject="OpenAI", type="partnersWith")) == [("오픈AI", "partnersWith", "카카오")]
    assert told(graph.relations(subject="카카오", type="제휴")) == [("카카오", "partnersWith", "오픈AI")]
    assert told(graph.relations(object="카카오", type="partners with")) == [("오픈AI", "partnersWith", "카카오")]
    assert len(graph.relations(type="partnersWith")) == 1


def test_a_directed_relation_is_found_from_its_own_end_only(graph: KnowledgeGraph) -> None:
    assert told(graph.relations(subject="KDB")) == [("한국산업은행", "finances", "오픈AI")]
    assert graph.relations(object="KDB") == []
    assert told(graph.relations(about="카카오", type="제휴")) == [("카카오", "partnersWith", "오픈AI")]
    assert told(graph.relations(about="KDB")) == [("한국산업은행", "finances", "오픈AI")]


def test_conditions_meet(graph: KnowledgeGraph) -> None:
    assert told(graph.relations(status="possible")) == [("카카오", "acquires", "멜론")]
    assert told(graph.relations("카카오", "오픈AI")) == [("카카오", "partnersWith", "오픈AI")]
    assert told(graph.relations(about="카카오", min_confidence=0.9)) == told(graph.relations("카카오", "오픈AI"))
    assert graph.relations("카카오", "한국산업은행") == []


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2025-02", "2025-02", 1),
        ("2025-02-04", None, 1),
        ("2025-02-05", None, 1),
        ("2025-03", None, 0),
        (None, "2025-01", 0),
        (None, "2025", 1),
        ("2025", None, 1),
        ("2026", None, 0),
    ],
)
def test_the_date_of_the_event_counts(
    graph: KnowledgeGraph, since: str | None, until: str | None, expected: int
) -> None:
    assert len(graph.relations(type="partnersWith", since=since, until=until)) == expected


def test_the_date_of_publication_counts_where_no_event_is_dated(graph: KnowledgeGraph) -> None:
    assert told(graph.relations(about="멜론", since="2025-06")) == [("카카오", "acquires", "멜론")]
    assert graph.relations(about="멜론", until="2025-05") == []


def test_wrong_conditions_are_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownNameError, match="did you mean partnersWith"):
        graph.relations(type="partnerWith")
    with pytest.raises(UnknownNameError, match="no status named 'rumoured'"):
        graph.relations(status="rumoured")
    with pytest.raises(UnknownNameError, match="did you mean Person"):
        graph.entities(type="Persom")
    with pytest.raises(InputError, match="'last week' is no date"):
        graph.relations(since="last week")


def test_a_relation_carries_its_evidence_and_its_source(graph: KnowledgeGraph) -> None:
    (relation,) = graph.relations(type="partnersWith")
    quoted = {(e.publisher, e.published, e.text) for e in relation.evidence}
    assert quoted == {
        ("한빛일보", "2025-05-27", "오픈AI(OpenAI)는 지난 2월 카카오와 전략적 제휴를 맺었다."),
        ("새벽신문", "2025-06-02", "카카오와 오픈AI가 손잡은 것은 지난 2월 4일이다."),
    }
    texts = {sample.id: sample.text for sample in SAMPLES}
    assert [texts[e.article][e.start : e.end] for e in relation.evidence] == [e.text for e in relation.evidence]


def test_evidence_of_an_entity_is_in_order_of_publication(graph: KnowledgeGraph) -> None:
    assert [e.published for e in graph.evidence("카카오")] == ["2025-05-27", "2025-06-02", "2025-06-02"]


def test_neighbors(graph: KnowledgeGraph) -> None:
    assert [entity.name for entity in graph.neighbors("카카오")] == ["멜론", "오픈AI"]


def test_paths_read_relations_in_either_direction_and_put_the_shortest_first(graph: KnowledgeGraph) -> None:
    (path,) = graph.paths("멜론", "한국산업은행")
    assert [relation.type for relation in path] == ["acquires", "partnersWith", "finances"]
    assert graph.paths("멜론", "한국산업은행", max_length=2) == []
    assert graph.paths("카카오", "카카오") == []


def test_parallel_relations_and_detours_are_paths_of_their_own() -> None:
    names = dict.fromkeys(("가온", "나래", "다솜"), ORGANIZATION)
    text = "가온은 나래와 제휴했다.\n가온은 나래에 투자했다.\n가온은 다솜에 투자했다.\n다솜은 나래에 투자했다."
    graph = KnowledgeGraph.from_documents(
        [
            document(
                text,
                names,
                [
                    Stated("partnersWith", "가온", "나래", "나래와 제휴"),
                    Stated("investsIn", "가온", "나래", "가온은 나래에 투자"),
                    Stated("investsIn", "가온", "다솜", "가온은 다솜에 투자"),
                    Stated("investsIn", "다솜", "나래", "다솜은 나래에 투자"),
                ],
            )
        ]
    )
    assert [len(path) for path in graph.paths("가온", "나래")] == [1, 1, 2]
    assert sorted(path[0].type for path in graph.paths("가온", "나래")[:2]) == ["investsIn", "partnersWith"]
    assert len(graph.paths("가온", "나래", limit=2)) == 2


def test_to_networkx_gives_a_copy(graph: KnowledgeGraph) -> None:
    copy = graph.to_networkx()
    copy.clear()
    assert len(graph) == 5
    assert len(copy) == 0


def test_a_graph_survives_being_written_and_loaded(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.to_json(tmp_path / "graph.json")
    for path in (tmp_path, tmp_path / "graph.json"):
        loaded = KnowledgeGraph.load(path)
        assert loaded.relations() == graph.relations()
        assert loaded.entities() == graph.entities()
        assert repr(loaded) == repr(graph)


def test_what_is_no_graph_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"graph\.json: no such graph; `kg build"):
        KnowledgeGraph.load(tmp_path)
    odd = tmp_path / "odd.json"
    odd.write_text(json.dumps({"nodes": []}), encoding="utf-8")
    with pytest.raises(FormatError, match=r"odd\.json"):
        KnowledgeGraph.load(odd)


def test_len_iteration_summary_and_repr(graph: KnowledgeGraph) -> None:
    assert len(graph) == 5
    assert sorted(relation.id for relation in graph) == sorted(r.id for r in graph.relations())
    assert repr(graph) == "<KnowledgeGraph: 6 entities, 5 relations from 3 articles>"
    assert graph.summary() == {
        "articles": 3,
        "entities": {"Organization": 4, "Person": 1, "Product": 1},
        "relations": {
            "acquires": {"possible": 1},
            "finances": {"actual": 1},
            "holdsPosition": {"actual": 1},
            "partnersWith": {"actual": 1},
            "produces": {"actual": 1},
        },
        "evidence": 6,
    }


def test_a_notebook_shows_relations_with_all_text_escaped() -> None:
    names = {"<b>가온</b>": ORGANIZATION, "나래": ORGANIZATION}
    odd = document("<b>가온</b>은 나래와 제휴했다.", names, [Stated("partnersWith", "<b>가온</b>", "나래", "제휴")])
    shown = KnowledgeGraph.from_documents([odd])._repr_html_()
    assert "&lt;b&gt;가온&lt;/b&gt;" in shown
    assert "<b>" not in shown


def test_to_html_writes_the_page(graph: KnowledgeGraph, tmp_path: Path) -> None:
    page = graph.to_html(tmp_path / "page.html")
    assert "카카오" in page.read_text(encoding="utf-8")
