from __future__ import annotations

import pytest

from kg.mcp.search import Search, initials
from kg.model import Entity

ENTITIES = [
    Entity("e1", "카카오", "Organization", ("Kakao",), "Company", ids=("krx:035720", "domain:kakaocorp.com")),
    Entity("e2", "카카오뱅크", "Organization", ("카뱅",)),
    Entity("e3", "다음카카오", "Organization"),
    Entity("e4", "크래프톤", "Organization", ("KRAFTON",)),
    Entity("e5", "S-Oil", "Organization", ("에쓰오일",)),
]


def test_initials() -> None:
    assert initials("카카오 M 힣") == "ㅋㅋㅇ M ㅎ"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("카카오", [("e1", "카카오"), ("e2", "카카오뱅크"), ("e3", "다음카카오")]),
        ("㈜카카오", [("e1", "카카오"), ("e2", "카카오뱅크"), ("e3", "다음카카오")]),
        ("ㅋㅋㅇ", [("e1", "카카오"), ("e2", "카카오뱅크"), ("e3", "다음카카오")]),
        ("ㅋㅂ", [("e2", "카뱅")]),
        ("ㅋ ㄹ ㅍ ㅌ", [("e4", "크래프톤")]),
        ("kakao", [("e1", "Kakao")]),
        ("krafton", [("e4", "KRAFTON")]),
        ("035720", [("e1", "035720")]),
        ("krx:035720", [("e1", "krx:035720")]),
        ("soil", [("e5", "S-Oil")]),
        ("네이버", []),
    ],
)
def test_search(query: str, found: list[tuple[str, str]]) -> None:
    assert [(entity.id, name) for entity, name in Search(ENTITIES)(query)] == found
