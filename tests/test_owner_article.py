"""The owner's own article, which lies beside the checkout and in no commit: what it states, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg

ARTICLES = Path(__file__).resolve().parents[2] / "shared" / "articles"

pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"the owner's article is not at {ARTICLES}")

STATED = [
    ("partnersWith", "오픈AI", "카카오", "actual"),
    ("partnersWith", "오픈AI", "크래프톤", "actual"),
    ("partnersWith", "오픈AI", "SK텔레콤", "actual"),
    ("finances", "KDB", "오픈AI", "actual"),
    ("subsidiaryOf", "오픈AI코리아", "오픈AI", "planned"),
    ("holdsPosition", "제이슨 권", "오픈AI", "actual"),
    ("produces", "오픈AI", "챗GPT", "actual"),
    ("locatedIn", "오픈AI", "도쿄", "actual"),
    ("locatedIn", "오픈AI", "싱가포르", "actual"),
    ("locatedIn", "오픈AI", "서울", "planned"),
    ("meetsWith", "오픈AI", "더불어민주당", "actual"),
    ("meetsWith", "오픈AI", "국민의힘", "actual"),
]
ALSO_TRUE = {
    ("locatedIn", "오픈AI", "한국", "planned"),
    ("locatedIn", "오픈AI", "일본", "actual"),
    ("operatesIn", "오픈AI", "한국", "planned"),
    ("produces", "오픈AI", "오픈AI 포 컨트리즈", "planned"),
}


@pytest.fixture(scope="module")
def graph() -> kg.KnowledgeGraph:
    return kg.build([ARTICLES])


@pytest.mark.parametrize(("kind", "subject", "object_", "status"), STATED)
def test_it_states(graph: kg.KnowledgeGraph, kind: str, subject: str, object_: str, status: str) -> None:
    assert [r.status for r in graph.relations(subject=subject, type=kind, object=object_)] == [status]


def test_it_states_nothing_else(graph: kg.KnowledgeGraph) -> None:
    names = [(graph.entity(subject).name, graph.entity(object_).name) for _, subject, object_, _ in STATED]
    stated = {(kind, *ends, status) for (kind, _, _, status), ends in zip(STATED, names, strict=True)}
    found = {(r.type, r.subject.name, r.object.name, r.status) for r in graph}
    turned = {(kind, obj, subject, status) for kind, subject, obj, status in stated}
    assert found - stated - turned - ALSO_TRUE == set()


def test_dates_role_and_evidence(graph: kg.KnowledgeGraph) -> None:
    (alliance,) = graph.relations(subject="오픈AI", object="카카오")
    assert alliance.date == "2025-02"
    assert alliance.evidence[0].text.startswith("지난 2월에는 카카오와 전략적 제휴를")
    assert graph.relations(subject="제이슨 권")[0].role == "최고전략책임자"
    assert {r.date for r in graph.relations(type="meetsWith")} == {"2025-05-26"}
