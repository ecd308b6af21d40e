"""Aliases that a text gives in parentheses: 한국산업은행(KDB), KDB(한국산업은행), 세계보건기구(WHO·더블유에이치오)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lang.ko.aliases import AliasTable
from kg.lang.ko.names import normalise, same_name
from kg.lang.ko.titles import title_kind
from kg.model import Mention

_INNER = re.compile(r"\s?[(（](?:이하\s*)?['‘“\"]?([^()（）]{1,40}?)['’”\"]?[)）]")
_PART = re.compile(r"[^·,/;=]+")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9&.+\-']*(?: [A-Za-z0-9&.+\-']+){0,6}")
_HANJA_NAME = re.compile(r"[一-鿿]{2,12}")
_HANGUL_NAME = re.compile(r"[가-힣A-Za-z0-9& ]{2,25}")
_NOT_NAMES = frozenset(
    {"종합", "상보", "속보", "사진", "가칭", "이하", "주", "유", "재", "사", "합", "단독", "현지시간", "한국시간"}
)
_ADDRESS = re.compile(r"www\.|[a-z0-9]\.[a-z]{2,}")
_NO_NAME = re.compile(r"(?:[A-Z]{0,2}\d+[A-Za-z%]*|[kmc]?m|kg|km|MW|GW|GB|TB|AM|PM|vs)")


def parenthesised_aliases(
    text: str, mentions: Sequence[Mention], table: AliasTable
) -> Iterator[tuple[Mention, Mention]]:
    """Yield each mention that has an alias in the parenthesis right after it, with a mention of the alias.

    Ages, tickers, places of birth, party affiliations, titles and notes such as (종합) are no aliases.
    """
    found = {(m.start, m.end): m for m in mentions}
    for mention in mentions:
        inner = _INNER.match(text, mention.end)
        if not inner:
            continue
        for part in _PART.finditer(inner.group(1)):
            start = inner.start(1) + part.start() + (len(part.group()) - len(part.group().lstrip()))
            surface = part.group().strip()
            known = found.get((start, start + len(surface)))
            if surface and _is_alias(mention, surface, known, table):
                yield mention, Mention(start, start + len(surface), surface, mention.type)


def _is_alias(mention: Mention, surface: str, known: Mention | None, table: AliasTable) -> bool:
    if surface in _NOT_NAMES or title_kind(surface) or normalise(surface) == normalise(mention.text):
        return False
    if _HANJA_NAME.fullmatch(surface):
        return mention.type in ("Person", "Organization", "Place")
    if _LATIN_NAME.fullmatch(surface) and not _NO_NAME.fullmatch(surface):
        return _latin_alias(mention, surface)
    if mention.type == "Person" or not _HANGUL_NAME.fullmatch(surface) or surface.isdigit():
        return False
    shared = set(table.canonical(mention.text, mention.type)) & set(table.canonical(surface, mention.type))
    if shared or same_name(mention.text, surface, mention.type)[0]:
        return True
    latin = re.fullmatch(r"[A-Z][A-Za-z&]{1,7}", mention.text) is not None
    return latin and known is not None and known.type == mention.type and " " not in surface.strip()


def _latin_alias(mention: Mention, surface: str) -> bool:
    if _ADDRESS.search(surface):
        return False
    if mention.type == "Person":
        return " " in surface or same_name(mention.text, surface, "Person")[0]
    if re.fullmatch(r"[A-Za-z&.+\- ]+", mention.text):
        return same_name(mention.text, surface, mention.type)[0]
    return len(surface) > 1
