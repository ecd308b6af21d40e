from __future__ import annotations

import pytest

from kg.errors import InputError, UnknownNameError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.mcp.answers import Answers
from kg.mcp.records import RelationsAnswer
from kg.mcp.wording import MEANING
from kg.model import UNREALISED

ANY = (None, None, None)


@pytest.fixture(scope="module")
def answers(graph: KnowledgeGraph) -> Answers:
    return Answers(graph)


def relations(answers: Answers, **given: object) -> RelationsAnswer:
    asked = {
        "ends": ANY,
        "type": None,
        "status": None,
        "period": (None, None),
        "publisher": None,
        "least": (0, 0.0),
        "as_of": None,
        "page": (10, 0, 1),
        **given,
    }
    return answers.relations(**asked)  # type: ignore[arg-type]


def said(answer: RelationsAnswer) -> list[str]:
    return [relation.statement for relation in answer.relations]


def test_entities_by_name_type_and_page(answers: Answers) -> None:
    found = answers.find("openai", None, 10, 0)
    assert (found.total, found.more, [(one.name, one.matched) for one in found.entities]) == (
        1,
        0,
        [("오픈AI", "openai")],
    )
    assert [one.name for one in answers.find(None, "기업", 10, 0).entities] == ["오픈AI", "카카오"]
    page = answers.find(None, None, 2, 1)
    assert (page.total, page.more, len(page.entities)) == (6, 3, 2)
    assert answers.find("ㅋㅋㅇ", "Person", 10, 0).total == 0


def test_a_query_that_meets_nothing_offers_near_names(answers: Answers) -> None:
    found = answers.find("카카온", None, 10, 0)
    assert (found.total, found.did_you_mean) == (0, ["카카오"])


def test_an_entity_with_its_relations(answers: Answers) -> None:
    found = answers.entity("카카오", None, 1, 0, 2)
    assert (found.entity.name, found.total, found.more) == ("카카오", 2, 1)
    assert [(one.type, one.status, one.relations) for one in found.tally] == [
        ("acquires", "possible", 1),
        ("partnersWith", "actual", 1),
    ]
    assert found.relations[0].statement == "카카오 ← 제휴 (partners with) → 오픈AI [reported as a fact]"
    assert [one.publisher for one in found.relations[0].evidence] == ["새벽신문", "한빛일보"]


def test_relations_say_what_they_are(answers: Answers) -> None:
    (found,) = relations(answers, ends=("카카오", "멜론", None)).relations
    assert (found.status, found.is_fact, found.status_means) == ("possible", False, MEANING["possible"])
    assert found.deal is not None
    assert (found.deal.stake_percent, found.deal.round, found.deal.item) == (9.8, "시리즈B", "신주")
    (evidence,) = found.evidence
    assert evidence.quotation == "<quotation>카카오가 멜론을 인수할 수 있다는 관측도 나온다.</quotation>"
    assert evidence.title == "<quotation>카카오, 오픈AI와 협력 확대</quotation>"
    assert (evidence.article, evidence.publisher, evidence.published) == ("rumour", "새벽신문", "2025-06-02")


def test_is_fact_goes_by_status(answers: Answers) -> None:
    for found in relations(answers, page=(30, 0, 0)).relations:
        assert found.is_fact == (found.status == "actual")
        assert found.is_fact is not (found.status in UNREALISED)


@pytest.mark.parametrize(
    ("given", "types"),
    [
        ({}, ["acquires", "finances", "holdsPosition", "partnersWith", "produces"]),
        ({"ends": ("오픈AI", None, None)}, ["partnersWith", "produces"]),
        ({"ends": (None, "OpenAI", None)}, ["finances", "holdsPosition", "partnersWith"]),
        ({"type": ["제휴", "acquires"]}, ["acquires", "partnersWith"]),
        ({"status": ["possible", "planned"]}, ["acquires"]),
        ({"period": ("2025-06", None)}, ["acquires"]),
        ({"publisher": "한빛일보"}, ["finances", "partnersWith"]),
        ({"least": (2, 0.0)}, ["partnersWith"]),
        ({"least": (0, 0.95)}, ["partnersWith"]),
        ({"as_of": "2025-05-26"}, ["holdsPosition", "produces"]),
        ({"page": (2, 3, 0)}, ["partnersWith", "produces"]),
        ({"page": (2, 9, 0)}, []),
    ],
)
def test_relations_by_conditions(answers: Answers, given: dict[str, object], types: list[str]) -> None:
    assert [relation.type for relation in relations(answers, **given).relations] == types


def test_lists_say_how_many_there_are(answers: Answers) -> None:
    found = relations(answers, page=(2, 1, 0))
    assert (found.total, found.more, len(found.relations)) == (5, 2, 2)
    assert [relation.evidence_more for relation in relations(answers, page=(30, 0, 0)).relations] == [1, 1, 1, 2, 1]


def test_one_relation_with_its_evidence_a_page_at_a_time(answers: Answers) -> None:
    id = relations(answers, type=["partnersWith"]).relations[0].id
    first, second, third = (answers.relation(id, 1, offset) for offset in (0, 1, 9))
    assert (first.evidence_total, first.relation.evidence_more, second.relation.evidence_more) == (2, 1, 0)
    assert [one.article for one in (*first.relation.evidence, *second.relation.evidence)] == ["rumour", "alliance"]
    assert (third.relation.evidence, third.relation.evidence_more) == ([], 0)


def test_an_article(answers: Answers) -> None:
    found = answers.article("rumour", 1, 1, 0)
    assert (found.publisher, found.published, found.copy_of) == ("새벽신문", "2025-06-02", None)
    assert sorted(entity.name for entity in found.entities) == ["멜론", "오픈AI", "카카오"]
    assert (found.total, found.more, found.relations[0].type) == (2, 0, "partnersWith")


def test_paths_say_whether_all_of_them_is_fact(answers: Answers) -> None:
    found = answers.paths("멜론", "챗GPT", 4, 5, facts_only=False)
    (path,) = found.paths
    assert [entity.name for entity in path.entities] == ["멜론", "카카오", "오픈AI", "챗GPT"]
    assert ([relation.is_fact for relation in path.relations], path.all_facts) == ([False, True, True], False)
    facts = answers.paths("멜론", "챗GPT", 4, 5, facts_only=True)
    assert (facts.paths, facts.note) == ([], "no chain of at most 4 relations reported as facts joins them")
    assert answers.paths("카카오", "Kakao" if "Kakao" in answers.graph else "카카오", 4, 5, False).note is not None


def test_neighbours(answers: Answers) -> None:
    found = answers.neighbours("오픈AI", None, 2, 0)
    assert (found.total, found.more) == (4, 2)
    assert found.neighbours[0].entity.name == "카카오"
    assert found.neighbours[0].relations == ["오픈AI ← 제휴 (partners with) → 카카오 [reported as a fact]"]
    assert [one.entity.name for one in answers.neighbours("오픈AI", "인물", 9, 0).neighbours] == ["제이슨 권"]


def test_what_is_new(answers: Answers) -> None:
    assert said(answers.news("2025-06", None, None, (9, 0, 0))) == [
        "카카오 — 인수 (acquires) → 멜론 [only POSSIBLE, not a fact]"
    ]
    assert answers.news("2025-06", "챗GPT", None, (9, 0, 0)).total == 0
    assert answers.news("2025-06", "멜론", ["인수"], (9, 0, 0)).total == 1


def test_conflicts(answers: Answers) -> None:
    assert answers.conflicts("카카오", 5, 0, 1).total == len(answers.graph.conflicts())


def test_schema_and_summary(answers: Answers) -> None:
    schema = answers.schema()
    partners = next(kind for kind in schema.relation_types if kind.name == "partnersWith")
    assert (partners.label, partners.symmetric) == ("제휴 (partners with)", True)
    assert set(schema.statuses) == {"actual", "planned", "possible", "denied", "ended"}
    summary = answers.summary()
    assert (summary.articles, summary.first_published, summary.last_published) == (3, "2025-05-26", "2025-06-02")
    assert summary.publishers == {"unknown": 1, "새벽신문": 1, "한빛일보": 1}
    assert summary.relations["acquires"] == {"possible": 1}


def test_the_same_question_has_the_same_answer(graph: KnowledgeGraph, answers: Answers) -> None:
    again = Answers(graph)
    for one in (answers, again):
        one.at("2025-05-26")
    assert again.entity("카카오", None, 9, 0, 3) == answers.entity("카카오", None, 9, 0, 3)
    assert relations(again, as_of="2025-05-26") == relations(answers, as_of="2025-05-26")


def test_only_a_few_days_are_kept(graph: KnowledgeGraph) -> None:
    answers = Answers(graph)
    assert [answers.at(f"2025-05-{day}").articles for day in range(20, 30)] == [0] * 6 + [1, 2, 2, 2]
    assert answers.at("2025-05-29") is answers.at("2025-05-29")


def test_an_entity_of_the_whole_graph_that_a_day_does_not_know(answers: Answers) -> None:
    with pytest.raises(InputError, match="no article published by the day of as_of names 멜론; leave as_of out"):
        relations(answers, ends=("멜론", None, None), as_of="2025-05-26")


def test_errors(answers: Answers) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 카카오"):
        answers.entity("카카온", None, 1, 0, 0)
    with pytest.raises(UnknownNameError, match="no relation named 'r1'"):
        answers.relation("r1", 1, 0)
    with pytest.raises(UnknownNameError, match="no article named 'rumor'; did you mean rumour"):
        answers.article("rumor", 1, 0, 0)
    with pytest.raises(InputError, match="'2025-13' is no date"):
        relations(answers, as_of="2025-13")
