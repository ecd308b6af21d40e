"""Words that a text has for somebody without naming them: 이 회사, 그, 대표, the company, she."""

from __future__ import annotations

import re

_HEADS = (
    "회사|기업|업체|그룹|은행|증권사|보험사|정당|당|대학|학교|신문|매체|방송|통신"
    "|기관|단체|재단|협회|구단|병원|나라|사람|정상|측"
)
_KOREAN = re.compile(
    rf"(?:(?:이|그|저|해당|동|같은|두|양)\s?)?(?:{_HEADS})"
    r"|동사|당사|양사|양국|사측|본사|지사|관계자|그|그녀|그들|이들|저희|우리|자신|자사"
)
_ENGLISH = re.compile(
    r"(?:he|him|she|her|it|they|them|we|us|who|which|both|both companies)"
    r"|(?:the|this|that|its|their|our|both|two)\s(?:companies|company|firm|group|bank|agency|government|party|university"
    r"|school|team|club|organi[sz]ation|institution|man|woman|person|chief executive|ceo|president|chairman|spokesman"
    r"|spokeswoman|spokesperson)",
    re.IGNORECASE,
)


def only_refers(name: str, top: str, korean: bool) -> bool:
    """Say whether words are no name: a pronoun, a description, a title, or a person with one (`top` is the top type).

    The list is closed; what it lacks passes as a name.
    """
    if not korean:
        return _ENGLISH.fullmatch(name) is not None
    if _KOREAN.fullmatch(name):
        return True
    if top != "Person":
        return False
    from kg.lang.ko.titles import title_kind

    return title_kind(name.split(" ")[-1]) is not None
