"""What resolution knows of an entity of one document, and the keys under which it meets those of other documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.lang.ko.aliases import AliasTable, alias_table
from kg.lang.ko.names import normalise, same_name
from kg.lang.ko.sounds import with_letters
from kg.lang.ko.titles import is_title_form
from kg.model import Document
from kg.resolve.context import Contexts
from kg.resolve.naming import reduced_forms, says_little, stem


class Key(NamedTuple):
    """Top type and normalised name; `document` keeps apart what must not meet across articles ("" otherwise)."""

    type: str
    name: str
    document: str = ""


Member = tuple[str, str]
"""Document id and document entity id."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """An entity of one document, with all that resolution needs of it; built of JSON's types alone.

    `key` is that of `canonical_key`. The rest is context (`kg.resolve.context`): `company` are the keys of what the
    article names beside it, each with the initial of its type (P, O, L or T); `words` the beginnings of the words
    around its first mentions; `titles` and `employers` those of a person; `scope` the places and parties nearest to
    what is none, for a kind of body (`kg.resolve.naming`) the one whose it may be.
    """

    document: str
    entity: str
    type: str
    name: str
    key: str
    aliases: tuple[str, ...]
    subtype: str | None
    mentions: int
    date: str | None
    company: tuple[str, ...]
    words: tuple[str, ...]
    titles: tuple[str, ...]
    employers: tuple[str, ...]
    scope: tuple[str, ...]

    @property
    def member(self) -> Member:
        """Which entity of which document it is."""
        return self.document, self.entity

    @property
    def order(self) -> tuple[str, str, str]:
        """What sorts appearances by date, the undated last, then by document and entity."""
        return self.date or "9", self.document, self.entity


def appearances(document: Document, table: AliasTable | None = None) -> Iterator[Appearance]:
    """Yield the appearance of each entity of a document, in the document's order."""
    table = table or alias_table()
    counts = Counter(mention.entity for mention in document.mentions)
    keys = {entity.id: canonical_key(entity.name, entity.type, table) for entity in document.entities}
    contexts = Contexts(document, keys)
    for entity in document.entities:
        context = contexts.of(entity)
        yield Appearance(
            document=document.id,
            entity=entity.id,
            type=entity.type,
            name=entity.name,
            key=keys[entity.id],
            aliases=entity.aliases,
            subtype=entity.subtype,
            mentions=counts[entity.id],
            date=document.date,
            company=context.company,
            words=context.words,
            titles=context.titles,
            employers=context.employers,
            scope=context.scope,
        )


def canonical_key(name: str, kind: str, table: AliasTable) -> str:
    """Return the key of a name, or of the canonical name where the table has just one.

    It is the normalised name, for what is no person with its country and ending as news shortens them
    (`kg.resolve.naming.stem`), for organizations with their letters in Latin (엘지전자 → lg전자).
    """
    canonical = table.canonical(name, kind)
    name = canonical[0] if len(canonical) == 1 else name
    if kind == "Person":
        return normalise(name)
    return with_letters(stem(name)) if kind == "Organization" else stem(name)


def stays_alone(appearance: Appearance) -> bool:
    """Say whether an appearance stays within its document: a person known by surname and title only (권 CSO)."""
    return appearance.type == "Person" and is_title_form(appearance.name)


def forms(appearance: Appearance) -> frozenset[str]:
    """Return the normalised forms the document gives, the canonical one among them.

    Of a person only what is the same name or a part of it counts (도널드 트럼프, 트럼프): a surname with a title
    (김 대표, 김씨) means another person in the next article.
    """
    given = (appearance.name, *appearance.aliases)
    if appearance.type == "Person":
        given = tuple(name for name in given if same_name(appearance.name, name, "Person")[0])
    return frozenset({appearance.key, *map(normalise, given)})


def blocking_keys(appearance: Appearance, table: AliasTable | None = None) -> frozenset[Key]:
    """Return every key of an appearance; only appearances that share one, or are linked by others, can be one entity.

    Keys are the forms the document and the alias table give, and for what is no person the name without a country,
    region or ending that may go unsaid. The set is never empty and does not depend on other documents.
    """
    if stays_alone(appearance):
        return frozenset({Key(appearance.type, normalise(appearance.name), appearance.document)})
    table = table or alias_table()
    names = {normalise(name) for name in table.aliases(appearance.key, appearance.type)} | forms(appearance)
    names |= {form for name in (appearance.name, *appearance.aliases) for form in reduced_forms(name, appearance.type)}
    kept = {name for name in names if len(name) > 1 and not says_little(name)} | {appearance.key}
    return frozenset(Key(appearance.type, name) for name in kept)
