"""Korean surnames, in Hangul and in the Hanja that headlines use."""

from __future__ import annotations

from kg.lang.ko.wordlist import words

DOUBLE = frozenset(words("남궁 황보 제갈 사공 선우 서문 독고 동방 망절 어금 소봉 장곡 강전"))
"""Surnames of two syllables (Statistics Korea, census of surnames 2015)."""

HANJA = dict(
    zip(
        "金李朴崔鄭姜趙尹張林韓吳徐申權黃安宋柳洪全高文孫梁裵白許南沈盧河郭成車朱禹具羅閔潘陳嚴元千方孔玄咸康太秋魯",
        "김이박최정강조윤장임한오서신권황안송유홍전고문손양배백허남심노하곽성차주우구나민반진엄원천방공현함강태추노",
        strict=True,
    )
)
"""Surnames in Hanja with their Hangul reading, word-initial sound rule applied."""

VARIANTS = {"이": "리", "유": "류", "노": "로", "임": "림", "나": "라", "양": "량", "여": "려", "염": "렴"}
"""Readings that some families and North Korea keep."""


def surname(name: str) -> str:
    """Return the surname of a name written without blanks: its first syllable, or two where it is one of DOUBLE."""
    return name[:2] if name[:2] in DOUBLE and len(name) > 2 else name[:1]


def same_surname(a: str, b: str) -> bool:
    """Say whether two surnames are one, 유/류 and Hanja included."""
    first, second = HANJA.get(a, a), HANJA.get(b, b)
    return first == second or VARIANTS.get(first) == second or VARIANTS.get(second) == first
