"""What resolution knows of an entity of one document, and the keys under which it meets those of other documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.lang.ko.aliases import AliasTable, alias_table
from kg.lang.ko.names import normalise
from kg.lang.ko.titles import is_title_form
from kg.lang.ko.wordlist import words
from kg.model import Document

GENERIC = frozenset(
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


@dataclass(frozen=True, slots=True)
class Appearance:
    """An entity of one document, with all that resolution needs of it; built of JSON's types alone."""

    document: str
    entity: str
    type: str
    name: str
    aliases: tuple[str, ...]
    subtype: str | None
    mentions: int

    @property
    def member(self) -> tuple[str, str]:
        """The document id and the document entity id."""
        return self.document, self.entity


def appearances(document: Document) -> Iterator[Appearance]:
    """Yield the appearance of each entity of a document, in the document's order."""
    counts = Counter(mention.entity for mention in document.mentions)
    for entity in document.entities:
        yield Appearance(
            document=document.id,
            entity=entity.id,
            type=entity.type,
            name=entity.name,
            aliases=entity.aliases,
            subtype=entity.subtype,
            mentions=counts[entity.id],
        )


def key_of(appearance: Appearance, table: AliasTable) -> Key:
    """Return the key of a name, replaced by the canonical one where the table has just one.

    A person known by surname and title only (권 CSO) stays within the document.
    """
    if appearance.type == "Person" and is_title_form(appearance.name):
        return Key(appearance.type, normalise(appearance.name), appearance.document)
    canonical = table.canonical(appearance.name, appearance.type)
    return Key(appearance.type, normalise(canonical[0] if len(canonical) == 1 else appearance.name))


def blocking_keys(appearance: Appearance, table: AliasTable | None = None) -> frozenset[Key]:
    """Return every key of an appearance; only appearances that share one, or are linked by others, can be one entity.

    The set is never empty and does not depend on other documents.
    """
    table = table or alias_table()
    own = key_of(appearance, table)
    if own.document:
        return frozenset({own})
    names = (appearance.name, *appearance.aliases, *table.aliases(own.name, own.type))
    forms = {normalise(name) for name in names}
    return frozenset({own} | {Key(own.type, form) for form in forms if form not in GENERIC and len(form) > 1})
