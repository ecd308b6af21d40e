"""Names of organizations and places compared: what a name is without what may go unsaid."""

from __future__ import annotations

from functools import lru_cache

from kg.lang.ko.gazetteer import gazetteer, is_country
from kg.lang.ko.names import normalise
from kg.lang.ko.wordlist import words

COUNTRIES = {
    **dict.fromkeys(("미", "美"), "미국"),
    **dict.fromkeys(("일", "日"), "일본"),
    **dict.fromkeys(("중", "中"), "중국"),
    **dict.fromkeys(("영", "英"), "영국"),
    **dict.fromkeys(("불", "佛"), "프랑스"),
    **dict.fromkeys(("독", "獨"), "독일"),
    **dict.fromkeys(("러", "露"), "러시아"),
    **dict.fromkeys(("북", "北"), "북한"),
    "韓": "한국",
}
"""What headlines call countries."""
OWN = ("한국", "대한민국", "우리나라")
_ENDINGS = (
    ("위원회", "위"),
    ("대학교", "대"),
    ("대학", "대"),
    ("지방법원", "지법"),
    ("고등법원", "고법"),
    ("지방검찰청", "지검"),
    ("고등검찰청", "고검"),
    ("지방경찰청", "경찰청"),
    ("신문사", "신문"),
    ("통신사", "통신"),
    ("방송사", "방송"),
    ("자동차", "차"),
)
"""Endings and what news writes for them."""
KINDS_OF_BODY = frozenset(
    words(
        """
        의회 당 여당 야당 회사 은행 중앙은행 기업 그룹 학교 대학 병원 재단 협회 조합 노조 위원회 본사 구단
        시 도 시청 도청 구청 연구원 연구소 상의 중앙정부 연방정부 지방정부 주정부 정보당국 하원 상원 양원
        도의회 시의회 구의회 군의회 시당 도당 선대위 인수위 비대위 추진위 준비위 대책위 조사위 운영위 집행위
        최고위 윤리위 혁신위 상임위 특위 선관위 비상대책위 선거대책위 대통령직인수위 공천관리위 최고위원회의
        협의회 연합회 총학생회 특검 특검팀 수사본부 소방본부 재판부 반군 정부군
        """
    )
)
"""Names of a kind of body: they mean another body from country to country, party to party or year to year."""
AT_HOME = frozenset(words("정부 한국정부 당국 경찰 검찰 법원 국회 군 육군 해군 공군"))
"""Kinds of body of which the news means the Korean one, unless the article itself says otherwise."""

SHARED_PLACES = frozenset(words("중구 동구 서구 남구 북구 강서구 고성 고성군"))
"""Korean districts, counties and towns of which there are several (Ministry of the Interior, administrative codes)."""


@lru_cache(maxsize=65536)
def is_kind_of_body(key: str) -> bool:
    """Say whether a name key only says what kind of body or district it is: 하원, 비상대책위원회, 서구."""
    return key in KINDS_OF_BODY or _shortened(key) in KINDS_OF_BODY or key in SHARED_PLACES


def says_little(key: str) -> bool:
    """Say whether a name key is no use as another name of something: 경찰, 위원회."""
    return key in AT_HOME or is_kind_of_body(key)


@lru_cache(maxsize=65536)
def stem(name: str) -> str:
    """Return the key of a name with its country spelled out and its ending as news shortens it.

    미 하원 → 미국하원, 조선대학교 → 조선대, 한국 특허청 → 특허청.
    """
    head, _, rest = name.partition(" ")
    if rest and head in COUNTRIES:
        name = COUNTRIES[head] + rest
    elif rest and head in OWN:
        name = rest
    elif len(name) > 2 and name[0] in COUNTRIES and not "가" <= name[0] <= "힣":
        name = COUNTRIES[name[0]] + name[1:]
    return _shortened(normalise(name))


def reduced_forms(name: str, kind: str) -> frozenset[str]:
    """Return the stem of a name, and that without the listed country, region or city that it begins with.

    None for people, whose names have no such parts.
    """
    if kind == "Person":
        return frozenset()
    found = {stem(name)}
    head, _, rest = name.partition(" ")
    if rest and is_listed_place(normalise(head)):
        found.add(stem(rest))
    rests = (whole[size:] for whole in found for size in range(2, len(whole) - 2) if is_listed_place(whole[:size]))
    return frozenset(found.union(rests))


def without_place(name: str) -> str | None:
    """Return the stem of a name without the Korean place before its first blank (광주 조선대), None without one."""
    head, _, rest = name.partition(" ")
    key = normalise(head)
    return stem(rest) if rest and is_listed_place(key) and not is_country(key) else None


def is_listed_place(key: str) -> bool:
    """Say whether a name key is that of a listed place."""
    return "Place" in gazetteer().get(key, {})


def starts_abroad(key: str) -> bool:
    """Say whether a name key begins with the name of another country."""
    return any(is_country(key[:size]) and key[:size] not in OWN for size in range(2, min(len(key), 7)))


def _shortened(key: str) -> str:
    for ending, short in _ENDINGS:
        if key.endswith(ending) and len(key) > len(ending) + 1:
            return key[: -len(ending)] + short
    return key
