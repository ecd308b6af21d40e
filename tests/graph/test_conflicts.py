from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Deal, Document, Status
from tests.samples import Named, Stated, document

TYPES = {
    **dict.fromkeys(("가온전자", "나래은행", "라온상사", "한솔부품"), Named("Organization")),
    **dict.fromkeys(("정하늘", "민들레", "박바다"), Named("Person")),
}
PAPERS = ("한빛일보", "새벽신문", "가람통신", "누리뉴스")


def article(
    day: str, publisher: str, kind: str, subject: str, obj: str, text: str = "{}, {} 소식.", **stated: object
) -> Document:
    """Return an article of one sentence that states one relation."""
    sentence = text.format(subject, obj)
    names = {subject: TYPES[subject], obj: TYPES[obj]}
    relation = Stated(kind, subject, obj, sentence, **stated)  # type: ignore[arg-type]
    return document(sentence, names, [relation], id=f"{day}-{publisher}-{subject}", date=day, publisher=publisher)


def found(documents: Sequence[Document]) -> list[str]:
    return [conflict.kind for conflict in KnowledgeGraph.from_documents(documents).conflicts()]


def paid(
    day: str, publisher: str, value: int, *, kind: str = "acquires", date: str | None = None, **deal: object
) -> Document:
    parts = Deal(f"{value}억원", value * 10**8, "KRW", **deal)  # type: ignore[arg-type]
    return article(day, publisher, kind, "가온전자", "나래은행", deal=parts, date=date)


def test_two_sums_for_one_takeover() -> None:
    documents = [paid("2025-03-02", "한빛일보", 3000), paid("2025-03-04", "새벽신문", 4000)]
    (conflict,) = KnowledgeGraph.from_documents(documents).conflicts()
    assert (conflict.kind, len(conflict.relations), len(conflict.evidence)) == ("amount", 1, 2)
    assert conflict.ko == (
        "가온전자 acquires 나래은행: 금액이 다르다: 3000억원 (한빛일보 2025-03-02); 4000억원 (새벽신문 2025-03-04)."
        " 서로 다른 거래이거나 일부 금액일 수 있다."
    )
    assert repr(conflict).startswith(
        "<Conflict: amount: 가온전자 acquires 나래은행: different sums: 3000억원 (한빛일보 2025-03-02);"
    )


@pytest.mark.parametrize(
    "documents",
    [
        [paid("2025-03-02", "한빛일보", 3900), paid("2025-03-04", "새벽신문", 4000)],
        [paid("2024-03-02", "한빛일보", 3000), paid("2025-03-04", "새벽신문", 4000)],
        [paid("2025-03-02", "한빛일보", 3000, item="신주"), paid("2025-03-04", "새벽신문", 4000, item="구주")],
        [paid("2025-03-02", "한빛일보", 300, kind="finances"), paid("2025-03-04", "새벽신문", 400, kind="finances")],
    ],
    ids=["rounded", "a year apart", "other things", "loans may be many"],
)
def test_sums_that_may_both_be_true(documents: list[Document]) -> None:
    assert found(documents) == []


def test_loans_of_one_day_are_one_and_those_of_one_year_are_many() -> None:
    for date, kinds in (("2025-02-27", ["amount"]), ("2025", [])):
        loans = [("한빛일보", 300), ("새벽신문", 400)]
        documents = [paid("2025-03-02", publisher, value, kind="finances", date=date) for publisher, value in loans]
        assert found(documents) == kinds


def test_two_sums_of_one_funding_round() -> None:
    documents = [
        paid("2024-03-02", "한빛일보", 300, kind="investsIn", round="시리즈B"),
        paid("2025-03-04", "새벽신문", 400, kind="investsIn", round="시리즈B"),
    ]
    assert found(documents) == ["amount"]


def merger(day: str, publisher: str, status: Status, kind: str = "acquires", date: str | None = None) -> Document:
    return article(day, publisher, kind, "가온전자", "나래은행", status=status, date=date)


@pytest.mark.parametrize(
    ("documents", "kinds"),
    [
        ([merger("2025-03-02", "한빛일보", "actual"), merger("2025-03-02", "새벽신문", "denied")], ["denial"]),
        ([merger("2025-03-02", "한빛일보", "actual"), merger("2025-03-05", "한빛일보", "denied")], ["denial"]),
        ([merger("2025-03-05", "한빛일보", "actual"), merger("2025-03-02", "새벽신문", "denied")], []),
        ([merger("2025-03-02", "한빛일보", "possible"), merger("2025-03-05", "새벽신문", "denied")], []),
        (
            [
                merger("2025-03-02", "한빛일보", "actual", "meetsWith"),
                merger("2025-03-05", "새벽신문", "denied", "meetsWith"),
            ],
            [],
        ),
        (
            [
                merger("2025-03-02", "한빛일보", "actual", date="2020"),
                merger("2025-03-05", "새벽신문", "denied", date="2025-03"),
            ],
            [],
        ),
    ],
    ids=["same day", "later", "denied first", "a rumour denied", "one of many meetings", "of other dates"],
)
def test_facts_denied(documents: list[Document], kinds: list[str]) -> None:
    assert found(documents) == kinds


def post(day: str, publisher: str, person: str, role: str = "대표이사", text: str = "{}, {} 소식.") -> Document:
    return article(day, publisher, "holdsPosition", person, "가온전자", text, role=role)


def chiefs(role: str = "대표이사", text: str = "{}, {} 소식.", days: Sequence[int] = (2, 20, 9, 28)) -> list[Document]:
    """Return four articles of March: two say on the first days that one person is chief, two on the others another."""
    people = ("정하늘", "정하늘", "민들레", "민들레")
    return [
        post(f"2025-03-{day:02}", publisher, person, role, text)
        for day, publisher, person in zip(days, PAPERS, people, strict=True)
    ]


def test_two_hold_a_sole_post_at_one_time() -> None:
    (conflict,) = KnowledgeGraph.from_documents(chiefs()).conflicts()
    assert conflict.kind == "post"
    assert conflict.en == (
        "가온전자 대표이사: two people at one time: 민들레 (가람통신 2025-03-09, 누리뉴스 2025-03-28),"
        " 정하늘 (한빛일보 2025-03-02, 새벽신문 2025-03-20). They may hold it jointly, or two posts share a name."
    )


def test_what_is_no_contradiction_of_posts() -> None:
    assert found(chiefs(days=(2, 9, 20, 28))) == [], "one after the other"
    assert found(chiefs("부사장")) == [], "a rank of many"
    assert found(chiefs("공동대표이사")) == [], "held jointly"
    assert found(chiefs(text="당시 {}, {} 소식.")) == [], "of the past"
    assert found(chiefs(text="2010년 {}, {} 소식.")) == [], "of an earlier year"
    assert found(chiefs()[:3]) == [], "one of the two by one source alone"
    left = article("2025-03-10", "누리뉴스", "holdsPosition", "정하늘", "가온전자", status="ended", role="대표이사")
    assert found([*chiefs(), left]) == [], "one of them left"


def test_an_article_that_names_both_takes_them_for_joint_holders() -> None:
    names = {name: TYPES[name] for name in ("정하늘", "민들레", "가온전자")}
    posts = [Stated("holdsPosition", name, "가온전자", "이끈다", role="대표이사") for name in ("정하늘", "민들레")]
    both = document("정하늘과 민들레가 가온전자를 이끈다.", names, posts, id="both", date="2025-03-12")
    assert found([*chiefs(), both]) == []


def test_what_was_over_holds_again() -> None:
    gone = [
        article(day, publisher, "memberOf", "정하늘", "가온전자", status="ended")
        for day, publisher in (("2025-01-02", "한빛일보"), ("2025-01-03", "새벽신문"))
    ]
    still = [
        article(day, publisher, "memberOf", "정하늘", "가온전자")
        for day, publisher in (("2025-03-02", "한빛일보"), ("2025-03-03", "가람통신"))
    ]
    assert found([*gone, *still]) == ["end"]
    assert found([*gone, *still[:1]]) == [], "one source alone"
    again = article("2025-02-20", "누리뉴스", "memberOf", "정하늘", "가온전자", date="2025-02-19")
    assert found([*gone, *still, again]) == [], "it began again"


def test_two_spouses_and_two_parents_at_one_time() -> None:
    days = ("2025-03-02", "2025-03-20", "2025-03-09", "2025-03-28")
    wed = [
        article(day, publisher, "spouse", other, "정하늘")
        for day, publisher, other in zip(days, PAPERS, ("민들레", "민들레", "박바다", "박바다"), strict=True)
    ]
    assert found(wed) == ["spouse"]
    owners = ("나래은행", "나래은행", "라온상사", "라온상사")

    def owned(share: float) -> list[Document]:
        return [
            article(day, publisher, "ownsStakeIn", owner, "한솔부품", deal=Deal(stake=share))
            for day, publisher, owner in zip(days, PAPERS, owners, strict=True)
        ]

    assert found(owned(51.0)) == ["parent"]
    assert found(owned(50.0)) == []
    chain = article("2025-03-05", "한빛일보", "subsidiaryOf", "나래은행", "라온상사")
    assert found([*owned(51.0), chain]) == [], "a parent's parent"


MANY = [*chiefs(), paid("2025-03-02", "한빛일보", 3000), paid("2025-03-04", "새벽신문", 4000)]


@settings(max_examples=10)
@given(st.permutations(MANY))
def test_conflicts_do_not_depend_on_the_order_of_articles(documents: list[Document]) -> None:
    conflicts = KnowledgeGraph.from_documents(documents).conflicts()
    assert conflicts == KnowledgeGraph.from_documents(MANY).conflicts()
    assert [conflict.kind for conflict in conflicts] == ["amount", "post"]
