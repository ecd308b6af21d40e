"""The keys under which document entities of different articles meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.lang.ko.aliases import AliasTable
from kg.lang.ko.names import is_qualified, normalise
from kg.lang.ko.titles import is_title_form
from kg.lang.ko.wordlist import words
from kg.model import DocumentEntity

_GENERIC = frozenset(
    words(
        """
        정부 한국정부 당국 경찰 검찰 법원 의회 국회 군 육군 해군 공군 당 여당 야당 회사 은행 중앙은행 기업 그룹
        학교 대학 병원 재단 협회 조합 노조 위원회 본사 구단 시 도 시청 도청 구청 연구원 연구소
        상의 선대위 인수위 비대위 추진위 준비위 대책위 특검 특검팀
        """
    )
)
"""Names of a kind of body: as an alias they mean another body in every article."""


class Key(NamedTuple):
    """Top type and normalised name; `document` keeps apart what must not meet across articles ("" otherwise)."""

    type: str
    name: str
    document: str = ""


def key_of(entity: DocumentEntity, document_id: str, table: AliasTable) -> Key:
    """Return the key of a document entity, its name replaced by the canonical one where the table has just one.

    A person known by surname and title only (권 CSO) stays within the document.
    """
    if entity.type == "Person" and is_title_form(entity.name):
        return Key(entity.type, normalise(entity.name), document_id)
    canonical = table.canonical(entity.name, entity.type)
    return Key(entity.type, normalise(canonical[0] if len(canonical) == 1 else entity.name))


def _foreign(full: str, short: str) -> bool:
    """Say whether a short form only drops the country of another country's body: 중국 외교부 / 외교부."""
    return is_qualified(full, short) and not full.startswith(("한국", "대한"))


def merged_keys(surfaces: Mapping[Key, Iterable[str]]) -> dict[Key, Key]:
    """Return for each key the key of the entity it belongs to, given the surface forms seen under each.

    A key joins another of its type when its name is an alias of that one alone. The key of a group is its
    longest, ties to the first in order.
    """
    owners: dict[Key, list[Key]] = defaultdict(list)
    for key in sorted(surfaces):
        if key.type == "Person":
            continue
        for form in sorted({normalise(surface) for surface in surfaces[key]}):
            if form != key.name and form not in _GENERIC and len(form) > 1 and not _foreign(key.name, form):
                owners[Key(key.type, form)].append(key)
    parent = {key: key for key in surfaces}

    def root(key: Key) -> Key:
        while parent[key] != key:
            key = parent[key]
        return key

    for alias, bearers in sorted(owners.items()):
        if alias in parent and len(bearers) == 1:
            first, second = sorted((root(alias), root(bearers[0])), key=lambda k: (-len(k.name), k))
            parent[second] = first
    return {key: root(key) for key in sorted(surfaces)}
