"""Names compared: matching keys, corporate forms, abbreviations, Hangul against Latin."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.lang.ko.sounds import same_sound, spelled_letters
from kg.lang.ko.wordlist import words

_CORPORATE = re.compile(
    r"㈜|㈔|㈶|\((?:주|유|재|사|합|학)\)|주식회사|유한회사|유한책임회사|합자회사|사단법인|재단법인|학교법인|의료법인|사회복지법인"
    r"|[,\s]+(?:inc|corp|corporation|co|company|ltd|limited|llc|plc|gmbh|s\.a|n\.v|ag)\b\.?(?=[\s,.]|$)",
    re.IGNORECASE,
)
_DROPPED = re.compile(r"[\s·ㆍ・‧\-‐–—_.,'\"‘’“”`´<>《》「」『』\[\]()]+")
_GLOSS = re.compile(r"(?<=[가-힣])[(（][一-鿿]+[)）](?=[가-힣])")
"""Hanja given in the middle of a name: 아사히(朝日)신문."""
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "de", "in", "on", "at", "to"})
_WHOLE_TAILS = "대군시도"
"""Last syllables of names that are whole as they are: 명지대 is no short form of 명지전문대."""
_ORDINAL = re.compile(r"제?\d{1,2}대")
_QUALIFIERS = words(
    """
    대한민국 한국 대한 국립 전국 미국 일본 중국 영국 독일 프랑스 러시아 유럽 북한 이란 인도 호주 캐나다 대만
    베트남 중앙 재단법인 사단법인 주식회사 미 美 日 中 英 獨 佛
    """
)
_GENERIC_ENDINGS = words(
    """
    그룹 주식회사 당 신문 신문사 일보 방송 통신 통신사 교 원회 모터스 보험 지주 금융지주 해양 공업 컴퍼니
    코퍼레이션 인코퍼레이티드 테크놀로지스 테크놀로지 시스템즈 마이크로시스템즈 솔루션즈 솔루션 엔터테인먼트
    인터내셔널 인더스트리즈 일렉트릭 컨덕터 제약 파마 재단 은행 청 대학교 학교 구단 법인 사 연대 협회 제철 자동차
    """
)
_WHOLE_ENDINGS = words(
    """
    은행 증권 보험 생명 화재 카드 캐피탈 대학 대학교 전자 전기 그룹 신문 방송 통신 건설 화학 중공업 자동차 제철
    물산 텔레콤 바이오 제약 식품 해운 항공 경찰서 시청 도청 구청 법원 검찰 병원 연구원 연구소 협회 노조 재단
    """
)
_TAILS = {
    "위": ("위원회",),
    "은": ("은행",),
    "련": ("연대", "연합", "연맹", "연합회"),
    "연": ("연구원", "연구소"),
    "硏": ("연구원", "연구소"),
    "證": ("증권",),
    "重": ("중공업",),
    "電": ("전자",),
    "車": ("자동차",),
    "銀": ("은행",),
}
"""Last syllables of contractions that stand for a longer ending."""
AFFILIATE_WORDS = words(
    """
    코리아 재팬 차이나 아시아 아메리카 유럽 글로벌 벤처스 인베스트먼트 캐피탈 파이낸셜 홀딩스 클라우드 헬스케어
    모빌리티 페이 뱅크 엔터프라이즈 노조 노동조합 지부 지회 재단 연구소 파운드리 웹서비스 딥마인드 스튜디오 게임즈
    랩스 랩
    """
)
"""Words that turn a company's name into the name of an affiliate or a part of it: 오픈AI / 오픈AI코리아."""


def strip_corporate_form(name: str) -> str:
    """Return a name without its legal form: ㈜, (주), 주식회사, 재단법인, Inc., Co., Ltd."""
    before, after = "", name
    while before != after:
        before, after = after, _CORPORATE.sub(" ", after).strip(" ,")
    return " ".join(after.split()) or name


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """Return the key under which two writings of a name meet.

    Full-width forms, case, spaces, quotes, hyphens, middle dots, Hanja glosses and legal forms do not count; a
    name made of nothing else keeps its own text.
    """
    folded = unicodedata.normalize("NFKC", strip_corporate_form(_GLOSS.sub("", name))).casefold()
    folded = unicodedata.normalize("NFC", folded)
    return _DROPPED.sub("", folded) or folded.strip() or name


def plain(form: str) -> str:
    """Return a surface form as labels are matched to it: spaces and case dropped, nothing else."""
    return "".join(form.split()).lower()


def acronym(name: str) -> str:
    """Return the initials of a name of several Latin words ("International Monetary Fund" → "IMF"), else ""."""
    words = [word for word in re.findall(r"[A-Za-z]+", name) if word.casefold() not in _SMALL_WORDS]
    return "".join(word[0].upper() for word in words) if len(words) > 1 else ""


def is_qualified(full: str, short: str) -> bool:
    """Say whether `full` is `short` with a country or a term before it: 한국산업은행 / 산업은행, 20대 국회 / 국회."""
    a, b = normalise(full), normalise(short)
    if len(b) < 2 or a == b or not a.endswith(b):
        return False
    return a[: -len(b)] in _QUALIFIERS or _ORDINAL.fullmatch(a[: -len(b)]) is not None


def is_shortened(full: str, short: str) -> bool:
    """Say whether `short` is `full` without a generic ending: 롯데그룹 / 롯데, 서울대학교 / 서울대."""
    a, b = normalise(full), normalise(short)
    if len(b) < 2 or a == b or not a.startswith(b):
        return False
    return a[len(b) :] in _GENERIC_ENDINGS


def is_contraction(full: str, short: str) -> bool:
    """Say whether `short` picks syllables of `full`: 금융감독원 / 금감원, 중앙선거관리위원회 / 선관위.

    The syllables come in order, the first one starts the name (a leading qualifier aside), the last one ends
    it or is the usual tail for its ending; a Latin head must be the same in both.
    """
    a, b = normalise(full), normalise(short)
    head = re.match(r"[a-z&]+", b)
    if head and a.startswith(head.group()) and len(head.group()) >= 2:
        a, b = a[head.end() :], b[head.end() :]
        return 2 <= len(b) < len(a) and len(b) <= 3 and b[0] == a[0] and _in_order(a, b)
    if not 2 <= len(b) <= 5 or len(a) <= len(b) or any(b.endswith(ending) for ending in _WHOLE_ENDINGS):
        return False
    return any(_picks(a[start:], b) for start in head_starts(a))


def _picks(full: str, short: str) -> bool:
    if full[0] != short[0]:
        return False
    tails = _TAILS.get(short[-1], ())
    if any(full.endswith(tail) and _in_order(full[: -len(tail)], short[:-1]) for tail in tails):
        return True
    if short[-1] in _WHOLE_TAILS:
        return False
    return len(full) >= len(short) + 2 and full[-1] == short[-1] and _in_order(full, short)


def head_starts(name: str) -> list[int]:
    """Return where a normalised name may start once a leading qualifier is left out: 0, and 2 for 한국산업은행."""
    return [0] + [len(q) for q in _QUALIFIERS if name.startswith(q) and len(name) > len(q) + 2]


def _in_order(long: str, short: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


def same_name(a: str, b: str, type_: str) -> tuple[bool, str]:
    """Say whether two names of one type are writings of one name, and why.

    Reasons: "same", "qualified" (한국산업은행/산업은행), "shortened" (롯데그룹/롯데), "contraction"
    (금융감독원/금감원), "letters" (에이치에스티/HST), "initials", "sound" (오픈AI/OpenAI), "part" of a person's
    name (도널드 트럼프/트럼프); "" when they are not. Abbreviations are likely, not certain: within an
    article they should be unique.
    """
    if normalise(a) == normalise(b):
        return True, "same"
    full, short = (a, b) if len(normalise(a)) >= len(normalise(b)) else (b, a)
    if type_ == "Person":
        if normalise(short) in [normalise(word) for word in full.split()[:1] + full.split()[-1:]] and len(short) > 1:
            return (True, "part") if len(full.split()) > 1 else (False, "")
        return (True, "sound") if same_sound(a, b) else (False, "")
    if spelled_letters(a) == normalise(b) or spelled_letters(b) == normalise(a):
        return True, "letters"
    if normalise(acronym(full)) == normalise(short) and len(short) > 1:
        return True, "initials"
    if same_sound(a, b):
        return True, "sound"
    if type_ == "Organization":
        for reason, test in (
            ("qualified", is_qualified),
            ("shortened", is_shortened),
            ("contraction", is_contraction),
        ):
            if test(full, short):
                return True, reason
    return False, ""
