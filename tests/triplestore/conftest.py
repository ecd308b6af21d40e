from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Deal
from tests.samples import ALLIANCE, OFFICERS, ORGANIZATION, RUMOUR, Named, Stated, document

COMPANY = Named("Organization", (), "Company")
PERSON = Named("Person")

MERGER = document(
    "네이버, 두나무 품는다\n"
    "네이버는 두나무를 인수할 계획이다.\n"
    "일라이릴리는 에이비엘바이오에 220억원을 투자했다.\n"
    "이해진은 네이버 의장이다.\n"
    "이해진은 두나무 이사도 맡았다.\n"
    "오라클은 오픈AI와 손잡았다.",
    {
        **dict.fromkeys(("네이버", "두나무", "일라이릴리", "에이비엘바이오", "오라클", "오픈AI"), COMPANY),
        "이해진": PERSON,
    },
    [
        Stated("acquires", "네이버", "두나무", "인수할 계획", "planned", date="2025-06-30"),
        Stated("investsIn", "일라이릴리", "에이비엘바이오", "투자했다", deal=Deal("220억원", 22_000_000_000, "KRW")),
        Stated("holdsPosition", "이해진", "네이버", "의장", role="의장"),
        Stated("holdsPosition", "이해진", "두나무", "이사", role="이사"),
        Stated("partnersWith", "오라클", "오픈AI", "손잡았다"),
    ],
    id="merger",
    title="네이버, 두나무 품는다",
    date="2025-06-10",
    publisher="한빛일보",
)
FOLLOWING = document(
    "두나무, 네이버 자회사로\n"
    "네이버가 두나무를 인수했다.\n"
    "두나무는 네이버 자회사다.\n"
    "두나무의 자회사 람다는 검찰의 수사를 받는다.\n"
    "일라이릴리는 에이비엘바이오에 250억원을 투자했다.\n"
    "이해진은 두나무 이사에서 물러났다.\n"
    "람다는 송치형이 세웠다.\n"
    "이해진은 송치형을 만났다.\n"
    "네이버는 카카오와 손잡지 않았다고 했다.\n"
    "네이버가 카카오와 손잡았다.",
    {
        **dict.fromkeys(("네이버", "두나무", "람다", "일라이릴리", "에이비엘바이오", "카카오"), COMPANY),
        "검찰": ORGANIZATION,
        "이해진": PERSON,
        "송치형": PERSON,
    },
    [
        Stated("acquires", "네이버", "두나무", "인수했다", date="2025-07-01"),
        Stated("subsidiaryOf", "두나무", "네이버", "네이버 자회사다"),
        Stated("subsidiaryOf", "람다", "두나무", "두나무의 자회사"),
        Stated("investigates", "검찰", "람다", "수사"),
        Stated("investsIn", "일라이릴리", "에이비엘바이오", "투자했다", deal=Deal("250억원", 25_000_000_000, "KRW")),
        Stated("holdsPosition", "이해진", "두나무", "물러났다", "ended", role="이사"),
        Stated("foundedBy", "람다", "송치형", "세웠다"),
        Stated("meetsWith", "이해진", "송치형", "만났다", date="2025-07-02"),
        Stated("partnersWith", "네이버", "카카오", "손잡지 않았다", "denied"),
        Stated("partnersWith", "네이버", "카카오", "손잡았다"),
        Stated("subsidiaryOf", "람다", "네이버", "네이버 자회사다", "planned"),
    ],
    id="following",
    title="두나무, 네이버 자회사로",
    date="2025-07-02",
    publisher="새벽신문",
)
REPORT = document(
    "강나루 서해시장, 반도체 공장 유치 협약\n"
    "강나루 서해시장은 3일 시청에서 가람소재와 협약을 맺었다. 가람소재는 서해시 바닷가에 공장을 지어 내년 봄부터 "
    "반도체 소재를 만들고 지역 청년 이백 명을 뽑기로 했다. 시는 진입 도로와 용수를 댄다. 주민들은 일자리가 늘 것으로 "
    "기대하면서도 바닷물이 더러워질까 걱정한다. 가람소재 관계자는 폐수를 모두 걸러 내보내겠다고 말했다.",
    {"가람소재": COMPANY, "강나루": PERSON},
    [Stated("meetsWith", "강나루", "가람소재", "협약을 맺었다")],
    id="report",
    title="강나루 서해시장, 반도체 공장 유치 협약",
    date="2025-07-03",
    publisher="한빛일보",
)
COPY = document(
    REPORT.text, {"가람소재": COMPANY, "강나루": PERSON}, [], id="reprint", date="2025-07-04", publisher="새벽신문"
)
NAMESAKE = document("람다는 접시를 나르는 로봇이다.", {"람다": Named("Product")}, id="robot", date="2024-05-02")
SAID = replace(OFFICERS, relations=tuple(replace(one, speaker="샘 올트먼") for one in OFFICERS.relations))


@pytest.fixture(scope="session")
def wide() -> KnowledgeGraph:
    """A graph that has something for every query of the pack."""
    return KnowledgeGraph.from_documents((ALLIANCE, RUMOUR, SAID, MERGER, FOLLOWING, REPORT, COPY, NAMESAKE))


@pytest.fixture(scope="session")
def wide_folder(wide: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with that graph."""
    folder = tmp_path_factory.mktemp("wide")
    wide.to_json(folder / "graph.json")
    return folder


@pytest.fixture(scope="session")
def graph_folder(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graph.json of the shared sample documents."""
    folder = tmp_path_factory.mktemp("graph")
    graph.to_json(folder / "graph.json")
    return folder
