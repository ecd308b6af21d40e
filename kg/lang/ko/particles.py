"""Korean particles (josa) and copula endings that follow a name within its word."""

from __future__ import annotations

import re

from kg.lang.ko.wordlist import words

_CASE = words(
    """
    에게서부터 에서부터 으로부터 로부터 에게서 한테서 께서 에게 에서 한테 에다 으로서 으로써 로서 로써 으로 로
    이랑 랑 하고 과 와 에 이 가 을 를 의 은 는 도 만 까지 부터 마저 조차 밖에 처럼 보다 같이 이라도 라도 이나 나
    이든 든 만큼 대로 마다 뿐 커녕 께 야 여
    """
)
_COPULA = words(
    """
    이었지만 였지만 이었으며 였으며 이었는데 였는데 이었다 였다 이었던 였던 이라고 라고 이라는 라는 이라며 라며
    이라면 라면 이란 란 이라서 라서 이기도 이지만 지만 이거나 거나 이므로 이어서 여서 인데 인지 인가 이자 이며 며
    이고 고 이다 다 인 일 임 입니다 이라 라 이니
    """
)
_SUFFIX = ("측", "들", "씨", "님", "네")


def _any(forms: tuple[str, ...]) -> str:
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))


_AFTER = re.compile(
    rf"(?:{_any(_SUFFIX)})?(?:{_any(_CASE)}){{0,3}}(?:{_any(_COPULA)})?(?:은|는|도|만|의|까지)?(?![0-9A-Za-z가-힣ㄱ-ㅎㅏ-ㅣ一-鿿])"
)
_WORD = re.compile(r"[0-9A-Za-z가-힣ㄱ-ㅎㅏ-ㅣ]")


def particles_after(text: str, end: int) -> str | None:
    """Return the particles between an offset and the end of its word, "" where the word ends there.

    None when what follows is more than particles, so that the offset does not end a name. 측, 들, 씨,
    님 and 네 may stand before the particles.
    """
    found = _AFTER.match(text, end)
    return found.group() if found else None


def ends_word(text: str, end: int) -> bool:
    """Say whether a name may end at an offset: only particles follow within the word."""
    return _AFTER.match(text, end) is not None


def starts_word(text: str, start: int) -> bool:
    """Say whether a name may start at an offset: no letter, digit or syllable stands right before it."""
    return start == 0 or _WORD.match(text[start - 1]) is None
