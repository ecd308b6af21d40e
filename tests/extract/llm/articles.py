"""Articles with what a truthful answer says of them; every sentence is written for these tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.model import Document

Item = dict[str, Any]
OPTIONAL = ("date", "role", "amount", "stake", "round", "item", "speaker")


def relation(kind: str, subject: str, obj: str, evidence: str, cue: str, **parts: Any) -> Item:
    """Return a relation as an answer has it."""
    status = parts.pop("status", "actual")
    ends = {"type": kind, "subject": subject, "object": obj, "evidence": evidence, "cue": cue, "status": status}
    return {**ends, **dict.fromkeys(OPTIONAL), **parts}


@dataclass(frozen=True)
class Told:
    """An article and the truthful answer; the first relation has a deal, the second a title."""

    document: Document
    names: dict[str, str]
    relations: tuple[Item, ...]
    stranger: str
    """A name of the article that no sentence with a relation has."""

    @property
    def answer(self) -> dict[str, list[Item]]:
        return {
            "names": [{"name": name, "type": kind} for name, kind in self.names.items()],
            "relations": list(self.relations),
        }


def _told(id: str, title: str, sentences: list[str], names: dict[str, str], relations: list[Item], other: str) -> Told:
    text = f"{title}\n{' '.join(sentences)}"
    return Told(Document(id, text, title, date="2025-03-07"), names, tuple(relations), other)


INVESTS = "가온전자는 지난 4일 나래바이오에 300억원을 투자해 지분 12.5%를 확보했다."
HEADS = "윤서준 가온전자 부사장은 “나래바이오와 손잡겠다”고 말했다."
BUYS = "다솜자동차는 2월 20일 라온부품을 1조2000억원에 인수했다고 AT&T가 전했다."
CHAIRS = "최하람 다솜자동차 회장은 기자들과 만났다."
LENDS = "마루은행은 오는 10일 바다해운에 50억달러를 대출할 예정이다."
LEADS = "한도윤 마루은행 행장이 계획을 밝혔다."
SUPPLIES = "사나정밀은 아라항공에 엔진 부품을 800억원어치 공급하기로 했다."
MANAGES = "정다온 사나정밀 대표이사는 “아라항공과 오래 협의했다”고 말했다."

ARTICLES = (
    _told(
        "a1",
        "가온전자, 바이오 기업에 투자",
        [INVESTS, HEADS, "앞서 하늘제약도 관심을 보였다."],
        {"가온전자": "Company", "나래바이오": "Company", "윤서준": "Person", "하늘제약": "Company"},
        [
            relation(
                "investsIn",
                "가온전자",
                "나래바이오",
                INVESTS,
                "투자",
                date="2025-03-04",
                amount="300억원",
                stake="12.5%",
            ),
            relation("holdsPosition", "윤서준", "가온전자", HEADS, "부사장", role="부사장"),
        ],
        "하늘제약",
    ),
    _told(
        "a2",
        "다솜자동차의 인수",
        [BUYS, CHAIRS, "누리모터스는 말을 아꼈다."],
        {
            "다솜자동차": "Company",
            "라온부품": "Company",
            "최하람": "Person",
            "누리모터스": "Company",
            "AT&T": "Company",
        },
        [
            relation(
                "acquires",
                "다솜자동차",
                "라온부품",
                BUYS,
                "인수",
                date="2025-02-20",
                amount="1조2000억원",
                speaker="AT&T",
            ),
            relation("holdsPosition", "최하람", "다솜자동차", CHAIRS, "회장", role="회장"),
        ],
        "누리모터스",
    ),
    _told(
        "a3",
        "마루은행이 대출에 나서",
        [LENDS, LEADS, "미리내증권은 참여하지 않는다."],
        {"마루은행": "FinancialInstitution", "바다해운": "Company", "한도윤": "Person", "미리내증권": "Company"},
        [
            relation(
                "finances",
                "마루은행",
                "바다해운",
                LENDS,
                "대출",
                status="planned",
                date="2025-03-10",
                amount="50억달러",
            ),
            relation("holdsPosition", "한도윤", "마루은행", LEADS, "행장", role="행장"),
        ],
        "미리내증권",
    ),
    _told(
        "a4",
        "엔진 부품 계약",
        [SUPPLIES, MANAGES, "보람중공업이 경쟁했다."],
        {"사나정밀": "Company", "아라항공": "Company", "정다온": "Person", "보람중공업": "Company"},
        [
            relation(
                "supplies",
                "사나정밀",
                "아라항공",
                SUPPLIES,
                "공급",
                status="planned",
                amount="800억원",
                item="엔진 부품",
            ),
            relation("holdsPosition", "정다온", "사나정밀", MANAGES, "대표이사", role="대표이사"),
        ],
        "보람중공업",
    ),
)
