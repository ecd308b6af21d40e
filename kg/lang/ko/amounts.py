"""Korean expressions of sums of money, shares and funding rounds: 44억8000만달러, 1조 2천억원, 지분 9.8%, 시리즈B."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["money", "share", "round"]
"""What an expression gives: a sum of money, a share in percent, a funding round."""

_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,4})?"
_SCALE = r"(?:[십백천]?(?:조|억|만)|[백천])"
_LEAD = rf"(?<![\d.,])(?:{_NUMBER} ?{_SCALE} ?){{0,4}}{_NUMBER}"
_ORIGIN = r"(?:미국|홍콩|대만|캐나다|호주|싱가포르) ?"
_EDGE = (
    r"(?![가-힣])|(?=(?:을|를|의|에|으로|로|은|는|이|가|과|와|도|까지|부터|보다|만|밖에|대|권|어치|규모|짜리|가량|정도|씩|이상|이하"
    r"|이나|상당|선|안팎|쯤|여|투자|출자|대출|지원)(?![가-힣]{3}))"
)
"""What may follow a currency: 3원칙 and 2024 프랑스 name none."""
_DEAL = r" ?(?:투자|출자|대출|융자|지원|수혈|베팅|인수|유치|조달|수주|공급|계약|매각|규모|과징금|벌금|배상|증자|펀딩)"
"""What follows a sum that a headline gives without its currency: 500억 투자; 75억 명 is no sum."""
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "money",
        re.compile(
            rf"(?=[\d$U])(?:{_LEAD}(?: ?여? ?{_SCALE})? ?여? ?"
            rf"(?:(?:{_ORIGIN})?달러|불|원|위안화?|유로화?|파운드|루피아?|루블|페소)(?:{_EDGE})"
            rf"|{_LEAD} ?{_SCALE} ?여? ?(?:엔화?|프랑|바트|동|크로나)(?:{_EDGE})"
            rf"|(?:US)?\$ ?{_NUMBER}(?: ?(?:billion|million|bn|m|B|M|{_SCALE})(?![A-Za-z]))?"
            rf"|{_LEAD} ?[십백천]?(?:조|억)(?={_DEAL}))"
        ),
    ),
    ("share", re.compile(rf"(?=\d)(?<![\d.,]){_NUMBER} ?(?:%|퍼센트)(?! ?(?:포인트|p))")),
    (
        "round",
        re.compile(
            r"(?=[브상시프])(?:(?:프리 ?)?시리즈 ?[A-H]\d?(?![A-Za-z])|프리 ?A(?= ?(?:투자|라운드|단계))"
            r"|시드(?= ?(?:투자|라운드|단계|자금|펀딩))|프리 ?IPO|상장 전 (?:지분 ?)?투자|브[리릿]지 ?(?:투자|라운드))"
        ),
    ),
)
_OTHER = re.compile(
    r"(?:매출|매출액|영업이익|순이익|영업손실|순손실|시가총액|시총|기업가치|몸값|주가|자산|연봉|부채|주당|1주당|가격|종가|수수료"
    r"|점유율|이자율|금리|수익률|할인율|지지율|찬성률)[은는이가을를의도]? ?(?:약 |총 |연 |연간 )?$"
)
"""Words before a sum or share that is no part of a deal."""
_STAKE_BEFORE, _STAKE_AFTER = re.compile(r"지분|지분율|주식"), re.compile(r"지분|주식|최대 ?주주|주주")
_REACH = 14
"""Characters before (and after) in which such words are looked for."""

_CURRENCIES = (
    *(("홍콩달러", "HKD"), ("대만달러", "TWD"), ("캐나다달러", "CAD"), ("호주달러", "AUD"), ("싱가포르달러", "SGD")),
    *(("달러", "USD"), ("불", "USD"), ("$", "USD"), ("위안", "CNY"), ("유로", "EUR"), ("파운드", "GBP")),
    *(("루피아", "IDR"), ("루피", "INR"), ("루블", "RUB"), ("엔", "JPY"), ("프랑", "CHF"), ("바트", "THB")),
    *(("동", "VND"), ("크로나", "SEK")),
)
"""Currency words, the longer first, and their ISO 4217 codes; a bare sum is in won, 페소 has no one code."""
_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
_ENGLISH = {"billion": 10**9, "bn": 10**9, "b": 10**9, "million": 10**6, "m": 10**6}
_PART = re.compile(rf"({_NUMBER})|([십백천])|([만억조])")
_LOWER = re.compile(rf"(?<![\d.,]){_NUMBER} ?(?:{_SCALE})? ?(?:%|퍼센트)? ?[~∼–-] ?$")
"""The lower end of a range, before its upper one."""


@dataclass(frozen=True, slots=True)
class AmountMention:
    """A sum, share or round as written; `text[start:end]` is its surface."""

    start: int
    end: int
    text: str
    kind: Kind


def find_amounts(text: str) -> list[AmountMention]:
    """Return the sums, shares and rounds of a text in order, without sales, profits, prices and market values.

    A percentage is a share beside 지분, 주식 or 주주. A range (30억~50억원) is one expression.
    """
    found = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            lower = _LOWER.search(text, max(0, start - _REACH), start) if kind != "round" else None
            start = lower.start() if lower is not None else start
            if _OTHER.search(text[max(0, start - _REACH) : start]):
                continue
            if kind != "share" or _beside_stake(text, start, end):
                found.append(AmountMention(start, end, text[start:end], kind))
    return sorted(found, key=lambda amount: amount.start)


def _beside_stake(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return _STAKE_BEFORE.search(before) is not None or _STAKE_AFTER.search(after) is not None


def money_value(written: str) -> tuple[int | None, str | None]:
    """Return a sum in whole units (fractions rounded) and its ISO 4217 currency.

    `written` is the surface of a money AmountMention: "44억8000만달러" is (4480000000, "USD"). The value of a range is
    None, and the currency where the word has no one code.
    """
    plain = written.replace(" ", "")
    currency = next((code for word, code in _CURRENCIES if word in plain), None if "페소" in plain else "KRW")
    if re.search(r"[~∼–-]", plain):
        return None, currency
    total = section = Decimal(0)
    number: Decimal | None = None
    for digits, small, large in _PART.findall(plain):
        if digits:
            number = _number(digits)
        elif small:
            section, number = section + (Decimal(1) if number is None else number) * _SMALL[small], None
        else:
            section += number or 0
            total, section, number = total + (section or 1) * _LARGE[large], Decimal(0), None
    total += section + (number or 0)
    english = re.search(r"(billion|million|bn|m|b)$", plain.lower())
    if english is not None:
        total *= _ENGLISH[english[1]]
    return int(total.to_integral_value()), currency


def share_percent(written: str) -> float | None:
    """Return the percentage of a share as written: "9.8%" is 9.8; None for a range and for more than the whole."""
    plain = re.sub(r"[%퍼센트 ]", "", written)
    if re.search(r"[~∼–-]", plain):
        return None
    percent = float(_number(plain))
    return percent if percent <= 100 else None


def round_name(written: str) -> str:
    """Return a funding round under one spelling: "시리즈 B" and "시리즈B" are "시리즈B"."""
    return written.replace(" ", "").replace("브릿지", "브리지")


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))
