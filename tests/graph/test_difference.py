from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Document
from tests.samples import ALLIANCE, OFFICERS, ORGANIZATION, RUMOUR, SAMPLES, Named, Stated, document


def graph_of(*documents: Document) -> KnowledgeGraph:
    return KnowledgeGraph.from_documents(documents)


def test_equal_graphs_do_not_differ(graph: KnowledgeGraph) -> None:
    found = graph.diff(KnowledgeGraph.from_documents(reversed(SAMPLES)))
    assert not found
    assert str(found) == "no difference"
    assert repr(found) == "<Difference: no difference>"


def test_what_was_added_is_gone_or_changed() -> None:
    found = graph_of(ALLIANCE, OFFICERS).diff(graph_of(ALLIANCE, RUMOUR))
    assert [entity.name for entity in found.entities_added] == ["멜론"]
    assert [entity.name for entity in found.entities_gone] == ["제이슨 권", "챗GPT"]
    assert [relation.type for relation in found.relations_added] == ["acquires"]
    assert [relation.type for relation in found.relations_gone] == ["holdsPosition", "produces"]
    (alliance,) = found.relations_changed
    assert (alliance.before.articles, alliance.after.articles) == (1, 2)
    assert alliance.attributes == ("last_date", "confidence", "articles", "sources", "evidence")
    assert str(found).splitlines() == [
        "1 entities added, 2 entities gone, 2 entities changed,"
        " 1 relations added, 2 relations gone, 1 relations changed",
        "added 멜론 (Organization)",
        "gone 제이슨 권 (Person)",
        "gone 챗GPT (Software)",
        "changed 오픈AI (Company) article_ids",
        "changed 카카오 (Company) mentions 2 → 5, articles 1 → 2, article_ids",
        "added 카카오 acquires 멜론 (possible)",
        "gone 제이슨 권 holdsPosition 오픈AI (actual)",
        "gone 오픈AI produces 챗GPT (actual)",
        "changed 오픈AI partnersWith 카카오 (actual)"
        " last_date 2025-02 → 2025-02-04, confidence 0.8 → 0.95, articles 1 → 2, sources 1 → 2, evidence",
    ]


def test_a_status_is_part_of_a_relation() -> None:
    def deal(status: str) -> KnowledgeGraph:
        names = dict.fromkeys(("가온", "나래"), ORGANIZATION)
        stated = Stated("acquires", "가온", "나래", "인수", "planned" if status == "planned" else "actual")
        return graph_of(document("가온의 나래 인수.", names, [stated]))

    found = deal("planned").diff(deal("actual"))
    assert [r.status for r in (*found.relations_gone, *found.relations_added)] == ["planned", "actual"]


def test_an_entity_that_took_a_fuller_name_is_the_same_one() -> None:
    def bank(name: str, *aliases: str) -> KnowledgeGraph:
        names = {name: Named("Organization", aliases), "나래": ORGANIZATION}
        text = f"{name}{''.join(f'({alias})' for alias in aliases)}, 나래에 투자했다."
        return graph_of(document(text, names, [Stated("investsIn", name, "나래", "투자했다")]))

    found = bank("가온뱅크").diff(bank("가온인터넷은행", "가온뱅크"))
    assert (found.entities_added, found.entities_gone, found.relations_added, found.relations_gone) == ((), (), (), ())
    (renamed,) = found.entities_changed
    assert (renamed.before.name, renamed.after.name) == ("가온뱅크", "가온인터넷은행")
    assert renamed.attributes[:2] == ("id", "name")


@settings(max_examples=10)
@given(st.permutations(SAMPLES), st.permutations(SAMPLES[:2]))
def test_a_difference_does_not_depend_on_the_order_of_articles(after: list[Document], before: list[Document]) -> None:
    found = graph_of(*before).diff(graph_of(*after))
    assert found == graph_of(*SAMPLES[:2]).diff(graph_of(*SAMPLES))
    back = graph_of(*after).diff(graph_of(*before))
    assert (back.entities_gone, back.relations_gone) == (found.entities_added, found.relations_added)
