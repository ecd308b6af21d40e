"""Korean expressions of sums of money and shares: 44억8000만달러, 1조 2천억원, 지분 9.8%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["money", "share"]
"""What a relation type of the schema may bear: a sum of money or a share in percent."""

_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,4})?"
_SCALE = r"(?:[십백천]?(?:조|억|만)|[백천])"
_LEAD = rf"(?<![\d.,])(?:{_NUMBER} ?{_SCALE} ?){{0,4}}{_NUMBER}"
_ORIGIN = r"(?:미국|홍콩|대만|캐나다|호주|싱가포르) ?"
_EDGE = (
    r"(?![가-힣])|(?=(?:을|를|의|에|으로|로|은|는|이|가|과|와|도|까지|부터|보다|만|밖에|대|권|어치|규모|짜리|가량|정도|씩|이상|이하"
    r"|이나|상당|선|안팎|쯤|여|투자|출자|대출|지원)(?![가-힣]{3}))"
)
"""What may follow a currency: 3원칙 and 2024 프랑스 name none."""
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "money",
        re.compile(
            rf"{_LEAD}(?: ?{_SCALE})? ?(?:(?:{_ORIGIN})?달러|원|위안|유로|파운드|루피|루블|페소)(?:{_EDGE})"
            rf"|{_LEAD} ?{_SCALE} ?(?:엔|프랑|바트|동|크로나)(?:{_EDGE})"
            rf"|(?:US)?\$ ?{_NUMBER}(?: ?(?:billion|million|bn|m|B|M))?"
        ),
    ),
    ("share", re.compile(rf"(?<![\d.,]){_NUMBER} ?(?:%|퍼센트)(?! ?(?:포인트|p))")),
)
_OTHER = re.compile(
    r"(?:매출|매출액|영업이익|순이익|영업손실|순손실|시가총액|시총|기업가치|몸값|주가|자산|연봉|부채|주당|1주당|가격|종가|수수료"
    r"|점유율|이자율|금리|수익률|할인율|지지율|찬성률)[은는이가을를의도]? ?(?:약 |총 |연 |연간 )?$"
)
"""Words before a sum or share that is no part of a deal."""
_STAKE_BEFORE, _STAKE_AFTER = re.compile(r"지분|지분율|주식"), re.compile(r"지분|주식|최대 ?주주|주주")
_REACH = 14
"""Characters before (and after) in which such words are looked for."""


@dataclass(frozen=True, slots=True)
class AmountMention:
    """A sum or share as written; `text[start:end]` is its surface."""

    start: int
    end: int
    text: str
    kind: Kind


def find_amounts(text: str) -> list[AmountMention]:
    """Return the sums and shares of a text in order, without sales, profits, prices and market values.

    A percentage is a share beside 지분, 주식 or 주주.
    """
    found = [
        AmountMention(match.start(), match.end(), match[0], kind)
        for kind, pattern in _PATTERNS
        for match in pattern.finditer(text)
        if not _OTHER.search(text[max(0, match.start() - _REACH) : match.start()])
        if kind == "money" or _beside_stake(text, match.start(), match.end())
    ]
    return sorted(found, key=lambda amount: amount.start)


def _beside_stake(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return _STAKE_BEFORE.search(before) is not None or _STAKE_AFTER.search(after) is not None
