"""Korean expressions of sums of money and shares: 44억8000만달러, 1조 2천억원, 지분 9.8%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["money", "share"]
"""What a relation type of the schema may bear: a sum of money or a share in percent."""

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"[십백천]?(?:조|억|만)|[백천]"
_CURRENCY = (
    r"원|달러|엔|위안|유로|파운드|루피|홍콩달러|대만달러|캐나다달러|호주달러|싱가포르달러|프랑|바트|동|루블|페소|크로나"
)
_TERM = rf"(?:{_NUMBER}) ?(?:{_SCALE})?"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "money",
        re.compile(
            rf"(?<![\d.,]){_TERM}(?: ?{_TERM})* ?(?:미국 ?)?(?:{_CURRENCY})"
            rf"|(?:US)?\$ ?(?:{_NUMBER})(?: ?(?:billion|million|bn|m|B|M))?"
        ),
    ),
    ("share", re.compile(rf"(?<![\d.,])(?:{_NUMBER}) ?(?:%|퍼센트)(?! ?(?:포인트|p))")),
)
_OTHER = re.compile(
    r"(?:매출|매출액|영업이익|순이익|영업손실|순손실|시가총액|시총|기업가치|몸값|주가|자산|연봉|부채|주당|1주당|가격|종가|수수료)"
    r"[은는이가을를의도]? ?(?:[은는이가]? )?(?:약 |총 |연 |연간 )?$"
)
"""Words before a sum that is no part of a deal."""
_REACH = 14
"""Characters before a sum in which such a word is looked for."""


@dataclass(frozen=True, slots=True)
class AmountMention:
    """A sum or share as written; `text[start:end]` is its surface."""

    start: int
    end: int
    text: str
    kind: Kind


def find_amounts(text: str) -> list[AmountMention]:
    """Return the sums and shares of a text in order, without sales, profits, prices and market values."""
    found = [
        AmountMention(match.start(), match.end(), match[0], kind)
        for kind, pattern in _PATTERNS
        for match in pattern.finditer(text)
        if not _OTHER.search(text[max(0, match.start() - _REACH) : match.start()])
    ]
    return sorted(found, key=lambda amount: amount.start)
