"""Mentions put right before clustering: what is no name goes, joined places come apart, known names get their type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.recogniser.known import name_parts
from kg.lang.ko.aliases import AliasTable
from kg.lang.ko.gazetteer import gazetteer, is_country, is_organization, is_region
from kg.lang.ko.names import normalise
from kg.lang.ko.titles import titles
from kg.lang.ko.wordlist import words
from kg.model import Mention, by_position

_REGION = re.compile(r"[가-힣]+(?:특별시|광역시|특별자치시|특별자치도|[시도군구주성현])")
_NO_NAME = re.compile(
    r"[A-Z](?:씨|사|국회(?:의원)?|업체|병원)|[가-힣]모\s?씨?|양사|동사|당사|양측|(?:이|해당|두|양)\s(?:회사|기업|업체|은행|기관|단체)|[한미중일북러남영독불]{2,3}|\W+|\d+|MOU|TF|CEO|CFO|CSO|CTO"
)
_WORD_FOR_NAME = re.compile(
    r"(?:[가-힣]+ )?(?:법인|회사|기업|기관|단체|브랜드|서비스|제품|지사|프로젝트|팀|상호|상품)명"
)
"""Phrases that announce a name and are none: 한국 법인명은 …."""
_ACRONYM = re.compile(r"[A-Z]{2,4}")
_BESIDE = ("측", "산하", "소속", "계열", "출신", "등", "내", "간")
"""Words after an organization that are no part of its name."""
_KINDS = words(
    """
    기업 업체 회사 스타트업 운영사 개발사 제조사 계열사 자회사 협력사 경쟁사 매체 게임사 제약사
    통신사 항공사 보험사 증권사 운용사 건설사 출판사 방송사 메이커 플랫폼 전문지 일간지 사모펀드 로펌
    """
)
"""Endings of words before an organization that say what it is."""
_KIND_BEFORE = re.compile(rf".*(?:{'|'.join(_KINDS)}) (?=\S)")
_PUBLIC = ("협회", "연합회", "협의회", "조합", "위원회", "재단")
"""Endings of bodies whose names may hold a word for what others are: 한국여성벤처기업 협회."""
_PARTICLES = "이가은는을를과와의도"
_TYPES = ("Organization", "Person", "Place", "Product")
_SURE = 3
"""Syllables from which a name that the gazetteers list under one type alone has that type; aliases need none."""


def cleared(mentions: Iterable[Mention], table: AliasTable) -> list[Mention]:
    """Return mentions in reading order, disjoint, without titles and descriptions, places one by one."""
    kept: list[Mention] = []
    for mention in by_position(mentions):
        apart = not kept or mention.start >= kept[-1].end
        phrase = _NO_NAME.fullmatch(mention.text) or _WORD_FOR_NAME.fullmatch(mention.text)
        described = phrase is not None or _is_jargon(mention, table)
        if kept and _korean_branch(kept[-1], mention):
            kept[-1] = Mention(kept[-1].start, mention.end, kept[-1].text + mention.text, mention.type)
        elif apart and not described and mention.text not in titles():
            kept += _parted(_typed(_trimmed(mention), table), table)
    return split_places(kept, table)


def _is_jargon(mention: Mention, table: AliasTable) -> bool:
    """Say whether an organization is an unknown acronym of two to four letters: in most articles a term (SMR, ESS)."""
    acronym = mention.type == "Organization" and _ACRONYM.fullmatch(mention.text) is not None
    return acronym and not is_organization(mention.text) and not table.canonical(mention.text, "Organization")


def _korean_branch(before: Mention, mention: Mention) -> bool:
    """Say whether 한국 and an organization written together name its Korean branch: 한국GM."""
    return before.text == "한국" and before.end == mention.start and mention.type == "Organization"


def _trimmed(mention: Mention) -> Mention:
    """Return a mention without what follows the name: a title or country after a person (아베 일본 총리), 측."""
    name, _, last = mention.text.rpartition(" ")
    person = mention.type == "Person" and len(name) > 1 and (is_country(last) or last in titles())
    if person or (mention.type == "Organization" and name and last in _BESIDE):
        return _trimmed(Mention(mention.start, mention.start + len(name), name, mention.type))
    return _cut(mention) if mention.type == "Organization" and name else mention


def _cut(mention: Mention) -> Mention:
    """Return an organization of several words cut to the one the gazetteers list, where the others are no name.

    "네이버파이낸셜이 가상자산" goes on past a particle, "방산기업 WB그룹" begins with what it is.
    """
    first = mention.text.partition(" ")[0]
    if first[-1] in _PARTICLES and is_organization(first[:-1]) and not is_organization(mention.text):
        return Mention(mention.start, mention.start + len(first) - 1, first[:-1], mention.type)
    public = mention.text.endswith(_PUBLIC) or is_organization(mention.text)
    kind = None if public else _KIND_BEFORE.match(mention.text)
    return replace(mention, start=mention.start + kind.end(), text=mention.text[kind.end() :]) if kind else mention


def _parted(mention: Mention, table: AliasTable) -> list[Mention]:
    """Return a person and the organization that a mention runs together: 샘 올트먼 | 오픈AI.

    The gazetteers list foreign surnames as companies too (해리스), so only the alias table is asked.
    """
    for match in re.finditer(r" ", mention.text):
        rest = mention.text[match.end() :]
        known = bool(table.canonical(rest, "Organization"))
        if mention.type == "Person" and match.start() > 1 and known:
            person = Mention(mention.start, mention.start + match.start(), mention.text[: match.start()], "Person")
            return [person, Mention(mention.start + match.end(), mention.end, rest, "Organization")]
    return [mention]


def _typed(mention: Mention, table: AliasTable) -> Mention:
    """Return the mention with the type that a country, a foreign given name, or a name listed under one type has."""
    if is_country(mention.text):
        return replace(mention, type="Place")
    given, _, rest = mention.text.partition(" ")
    if mention.type == "Organization" and rest and given in name_parts(0) and not is_organization(mention.text):
        return replace(mention, type="Person")
    listed = set(gazetteer().get(normalise(mention.text), {})) if len(mention.text) >= _SURE else set()
    listed |= {kind for kind in _TYPES if table.canonical(mention.text, kind)}
    if len(listed) == 1 and mention.type not in listed and mention.type != "Product":
        return replace(mention, type=min(listed))
    return mention


def split_places(mentions: Sequence[Mention], table: AliasTable) -> list[Mention]:
    """Return the mentions with each place that follows a country or region in one span as a mention of its own.

    A first word counts as country or region when the gazetteer or the alias table has it, when it ends in 시, 도,
    군, 구, 주, 성 or 현, or when it is a place elsewhere in the article.
    """
    alone = {m.text for m in mentions if m.type == "Place" and " " not in m.text}
    result: list[Mention] = []
    for mention in mentions:
        rest = mention
        while rest.type == "Place" and " " in rest.text:
            first, _, after = rest.text.partition(" ")
            known = first in alone or is_region(first) or table.canonical(first, "Place") or _REGION.fullmatch(first)
            if not known or len(after.strip()) < 2 or after.endswith("정부") or normalise(rest.text) in gazetteer():
                break
            result.append(Mention(rest.start, rest.start + len(first), first, "Place"))
            gap = len(rest.text) - len(after.lstrip())
            rest = Mention(rest.start + gap, rest.end, rest.text[gap:], "Place")
        result.append(rest)
    return result
