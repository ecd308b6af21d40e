"""Finds entities by a part of any name, by initials (ㅋㅋㅇ) and by identifiers elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.lang.ko.names import normalise
from kg.model import Entity

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST, _LAST, _STEP = 0xAC00, 0xD7A3, 588
"""The precomposed Hangul syllables, and how many share an initial (Unicode 3.12)."""
_CONSONANTS = re.compile("[ㄱ-ㅎ]+")


def initials(text: str) -> str:
    """Return a text with each Hangul syllable as its initial consonant: 카카오 → ㅋㅋㅇ."""
    return "".join(_INITIALS[(ord(char) - _FIRST) // _STEP] if _FIRST <= ord(char) <= _LAST else char for char in text)


class Search:
    """The names of entities; whole names go before beginnings, and those before parts."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        """Take entities, the most important first."""
        self._entities = entities
        self._owners: list[int] = []
        self._names: list[str] = []
        self._keys: list[str] = []
        for rank, entity in enumerate(entities):
            elsewhere = [part for one in entity.ids for part in (one, one.partition(":")[2])]
            for name in (entity.name, *entity.aliases, *elsewhere):
                self._owners.append(rank)
                self._names.append(name)
                self._keys.append(normalise(name))
        self._initials = [initials(key) for key in self._keys]

    def __call__(self, query: str) -> list[tuple[Entity, str]]:
        """Return the entities that a query may mean with the name that it met, the best first."""
        consonants = "".join(query.split())
        whole = _CONSONANTS.fullmatch(consonants) is None
        wanted, keys = (normalise(query), self._keys) if whole else (consonants, self._initials)
        best: dict[int, tuple[int, str]] = {}
        for position, key in enumerate(keys):
            at = key.find(wanted)
            if at < 0:
                continue
            grade = 0 if key == wanted else 1 if at == 0 else 2
            owner = self._owners[position]
            if owner not in best or grade < best[owner][0]:
                best[owner] = grade, self._names[position]
        ordered = sorted(best, key=lambda owner: (best[owner][0], owner))
        return [(self._entities[owner], best[owner][1]) for owner in ordered]
