"""Hangul and Latin writings compared by sound, on jamo arithmetic (Unicode chapter 3.12)."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.lang.ko.wordlist import words

CACHED = 65_536
"""Names whose sounds are kept."""
_ONSETS = words("k k n t t r m p p s s _ j j j k t p h")
_CODAS = words("_ k k ks n nj n t r rk rm rp rs rt rp r m p ps t t n j j k t p t")
_LETTER_NAMES = words(
    """
    에이치=h 더블유=w 더블류=w 에이=a 제이=j 케이=k 아이=i 브이=v 와이=y 제트=z 에스=s 에프=f 엑스=x 알=r 아르=r
    엘=l 엠=m 엔=n 비=b 씨=c 시=c 디=d 이=e 지=g 오=o 피=p 큐=q 티=t 유=u
    """
)
_LETTERS = dict(pair.split("=") for pair in _LETTER_NAMES)
_SPELLED = re.compile("|".join(sorted(_LETTERS, key=lambda name: (-len(name), name))))
_AT_START, _AT_END = 2, 3
_CLUSTERS = words("sch=s tch=j ch=j sh=s ph=p th=t ck=k gh= qu=k ng=n x=ks wh=w dg=j")
_SINGLE = dict(zip("bvfpdtgkqzjsmnlh", "ppppttkkkjjsmnrh", strict=True))


@lru_cache(maxsize=CACHED)
def spelled_letters(name: str) -> str:
    """Return the Latin letters that a Hangul name spells, lower case (에이치에스티 → "hst"), "" when it spells none."""
    letters, at = [], 0
    while at < len(name):
        found = _SPELLED.match(name, at)
        if not found:
            return ""
        letters.append(_LETTERS[found.group()])
        at = found.end()
    return "".join(letters) if len(letters) > 1 else ""


def with_letters(name: str) -> str:
    """Return a name whose spelled-out letters are Latin ones: 에스케이텔레콤 → sk텔레콤, 삼성에스디아이 → 삼성sdi.

    Two letters count at the start of a name, three at its end; fewer may be syllables of a word. Lower case.
    """
    at, letters = 0, []
    while found := _SPELLED.match(name, at):
        letters.append(_LETTERS[found.group()])
        at = found.end()
    if len(letters) >= _AT_START:
        return "".join(letters) + name[at:]
    for at in range(1, len(name) - _AT_END + 1):
        tail = spelled_letters(name[at:])
        if len(tail) >= _AT_END:
            return name[:at] + tail
    return name


def same_sound(a: str, b: str) -> bool:
    """Say whether a name in Hangul and one in Latin letters sound alike: 톰톰 / TomTom, 오픈AI / OpenAI.

    Consonants are compared after folding those that Korean does not tell apart (p/b/f/v, l/r, k/g, t/d, j/z/ch); a
    part in Latin letters must be the same in both. False for two names in one script.
    """
    hangul, latin = (a, b) if re.search("[가-힣]", a) else (b, a)
    if not re.search("[가-힣]", hangul) or not re.fullmatch(r"[A-Za-z0-9&.\-' ]+", latin):
        return False
    latin = re.sub(r"[^A-Za-z0-9]", "", latin).casefold()
    head = re.match(r"[A-Za-z0-9]*", hangul.replace(" ", ""))
    tail = re.search(r"[A-Za-z0-9]*$", hangul)
    first, last = (
        (head.group().casefold() if head else ""),
        (tail.group().casefold() if tail else ""),
    )
    if not (latin.startswith(first) and latin.endswith(last)) or len(latin) <= len(first) + len(last):
        return False
    latin = latin[len(first) : len(latin) - len(last)]
    middle = re.sub(r"[^가-힣]", "", hangul)
    left, right = hangul_sound(middle), latin_sound(latin)
    return len(left.strip("_")) >= 2 and left == right and _syllables_fit(middle, latin)


def _syllables_fit(hangul: str, latin: str) -> bool:
    nuclei = len(re.findall("[aeiouy]+", latin))
    full = sum((ord(char) - 0xAC00) // 28 % 21 != 18 for char in hangul)
    return abs(nuclei - full) <= 1


@lru_cache(maxsize=CACHED)
def hangul_sound(name: str) -> str:
    """Return the folded consonants of a Hangul name, "_" first when it starts with a vowel."""
    sounds = []
    for index, char in enumerate(name):
        code = ord(char) - 0xAC00
        if not 0 <= code < 11172:
            continue
        onset, coda = _ONSETS[code // 588], _CODAS[code % 28]
        sounds.append(onset if onset != "_" or index == 0 else "")
        sounds.append(coda.replace("_", ""))
    return _squeeze("".join(sounds))


@lru_cache(maxsize=CACHED)
def latin_sound(name: str) -> str:
    """Return the folded consonants of a Latin name, "_" first for a vowel; an r before no vowel is silent."""
    word = name.casefold()
    for cluster in _CLUSTERS:
        letters, _, sound = cluster.partition("=")
        word = word.replace(letters, sound)
    sounds = ["_"] if word[:1] in "aeiouwy" and word else []
    for index, char in enumerate(word):
        after = word[index + 1] if index + 1 < len(word) else ""
        if char == "c":
            sounds.append("s" if after in ("e", "i", "y") else "k")
        elif char == "r":
            sounds.append("r" if after in tuple("aeiouy") else "")
        else:
            sounds.append(_SINGLE.get(char, ""))
    return _squeeze("".join(sounds))


def _squeeze(sounds: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sounds)
