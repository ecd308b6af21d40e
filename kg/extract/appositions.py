"""What stands beside a name without a verb: "미국 반도체업체 마이크론", "삼성전자 평택 공장", "넥슨의 게임 ‘메이플스토리’"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.arguments import Context
from kg.extract.clauses import Clauses
from kg.extract.phrases import Phrase, Unit
from kg.extract.stated import Stated

KINDS = (
    "기업", "업체", "회사", "사", "매체", "전문지", "일간지", "주간지", "신문", "방송", "은행", "대학", "대학교", "구단", "기관",
    "단체", "그룹", "연구소", "병원", "스타트업", "제조사", "개발사", "언론", "통신", "공장", "업계", "프로농구", "프로야구", "프로축구",
    "공룡", "명가", "벤처", "제약사", "게임사", "통신사", "항공사", "일간", "주간", "경제지",
)  # fmt: skip
"""Endings of common nouns that say what kind of organization the name after them is."""
FACILITIES = ("공장", "사옥", "본사", "지사", "사업장", "캠퍼스", "연구소", "데이터센터", "물류센터", "제철소", "조선소", "사무소")
"""Endings of what an organization has in a place."""
WORKS = (
    "영화", "게임", "드라마", "앱", "서비스", "소설", "장편소설", "앨범", "플랫폼", "스마트폰", "신차", "모델", "예능", "프로그램",
    "신곡", "만화", "웹툰", "전기차", "시리즈", "신약", "치료제", "백신", "챗봇", "솔루션", "브랜드", "다큐멘터리", "뮤지컬", "제품", "애플리케이션",
)  # fmt: skip
"""Endings of common nouns that say what kind of product the name after them is."""
NATIONAL = frozenset(("GovernmentOrganization", "PoliticalParty", "InternationalOrganization"))
"""Subtypes that belong to a country rather than stand in it: 일본 방위성, 미국 공화당."""
COUNTRIES = frozenset(
    "미국 일본 중국 영국 독일 프랑스 러시아 이탈리아 스페인 캐나다 호주 인도 베트남 태국 대만 홍콩 싱가포르 네덜란드 스위스 "
    "스웨덴 덴마크 핀란드 노르웨이 벨기에 이스라엘 사우디아라비아 브라질 멕시코 인도네시아 말레이시아 필리핀 아일랜드 체코 폴란드".split()
)
"""Countries whose name right before a foreign organization says where it is (일본 후지TV)."""
MAX_BETWEEN = 3


def appositions(clauses: Clauses, context: Context) -> Iterator[Stated]:
    """Yield locatedIn and produces for names that stand together in one noun phrase or joined by 의."""
    for index, phrase in enumerate(clauses.phrases):
        if phrase.kind != "noun":
            continue
        for at, unit in enumerate(phrase.units):
            if unit.entity is None or (unit.joiner and at):
                continue
            before, between, linked = _before(clauses.phrases, index, at)
            if before is None or before.entity is None or before.entity == unit.entity:
                continue
            found = _relation(before, between, unit, phrase.units[at + 1 :], context, linked)
            if found is not None:
                relation, subject, obj, score = found
                cue = (between[0].start, between[-1].end) if between else (unit.start, unit.end)
                yield Stated(relation, subject, obj, "actual", cue, score)


def _before(phrases: list[Phrase], index: int, at: int) -> tuple[Unit | None, list[Unit], bool]:
    """Return the name before a name, the plain words between them, and whether 의 joins them."""
    units = phrases[index].units
    between: list[Unit] = []
    for k in range(at - 1, max(-1, at - 2 - MAX_BETWEEN), -1):
        if units[k + 1].joiner:
            return None, [], False
        if units[k].entity is not None:
            return units[k], between[::-1], False
        between.append(units[k])
    left = phrases[index - 1] if index else None
    if left is not None and left.kind == "noun" and left.case == "genitive" and len(between) == at and len(left.units) <= 3:
        name = left.units[-1] if left.units[-1].entity is not None else left.units[0]
        if name.entity is not None:
            return name, between[::-1], True
    return None, [], False


def _relation(
    before: Unit, between: list[Unit], unit: Unit, after: list[Unit], context: Context, linked: bool
) -> tuple[str, str, str, float] | None:
    left, right = before.entity or "", unit.entity or ""
    last = between[-1].text if between else ""
    if before.type == "Place" and unit.type == "Organization":
        direct = not linked and before.text in COUNTRIES and not context.kinds(right) & NATIONAL
        fits = last.endswith(KINDS) if between else direct
        return ("locatedIn", right, left, 0.75 if between else 0.65) if fits else None
    if before.type == "Organization" and unit.type == "Place" and not between:
        facility = after and not after[0].joiner and after[0].text.endswith(FACILITIES)
        return ("locatedIn", left, right, 0.75) if facility else None
    if before.type in ("Organization", "Person") and unit.type == "Product":
        if last.endswith(WORKS) or (linked and not between):
            return "produces", left, right, 0.75
        if not between and before.type == "Organization":
            return "produces", left, right, 0.6
    return None
