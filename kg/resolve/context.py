"""The context of an entity in its document: what tells one bearer of a name from another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from kg.lang.ko.gazetteer import gazetteer, is_region
from kg.lang.ko.titles import match_title, title_core, title_kind
from kg.model import Document, DocumentEntity, Mention
from kg.resolve.naming import is_kind_of_body

COMPANY = 30
"""How many of an article's other names are kept, the most mentioned first."""
WINDOW, WINDOWS = 40, 3
"""Characters to either side of a mention whose words are kept, and how many mentions are looked at."""
STEM = 2
"""Syllables of a word that are kept: most of Korean's endings and particles come after them."""
REACH = 150
"""Characters within which a place or party may say whose body one is (미국 하원, 하원)."""
EMPLOYMENT = frozenset({"holdsPosition", "memberOf", "educatedAt"})
"""Relations whose object tells people of one name apart."""

_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{2,}|[一-鿿]{2,}")
_LAST_WORD = re.compile(r"([가-힣]{2,8})\s?$")
_INITIALS = {"Person": "P", "Organization": "O", "Place": "L", "Product": "T"}


class Context(NamedTuple):
    """The context fields of an Appearance, each sorted."""

    company: tuple[str, ...]
    words: tuple[str, ...]
    titles: tuple[str, ...]
    employers: tuple[str, ...]
    scope: tuple[str, ...]


class Contexts:
    """The contexts of a document's entities; `keys` maps their ids to name keys."""

    def __init__(self, document: Document, keys: Mapping[str, str]) -> None:
        self._document = document
        self._keys = keys
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in document.mentions:
            if mention.entity is not None:
                self._mentions[mention.entity].append(mention)
        counts = Counter({entity.id: len(self._mentions[entity.id]) for entity in document.entities})
        ranked = sorted(document.entities, key=lambda entity: (-counts[entity.id], keys[entity.id], entity.id))
        self._company = [(entity.id, company_key(entity.type, keys[entity.id])) for entity in ranked]
        self._scopes = [
            (mention, keys[entity.id])
            for entity in document.entities
            if entity.type == "Place" or is_party(keys[entity.id])
            for mention in self._mentions[entity.id]
        ]
        self._employers: dict[str, set[str]] = defaultdict(set)
        self._roles: dict[str, set[str]] = defaultdict(set)
        for relation in document.relations:
            if relation.type in EMPLOYMENT:
                self._employers[relation.subject].add(keys[relation.object])
            if relation.role is not None:
                self._roles[relation.subject].update(map(title_core, relation.role.split()))

    def of(self, entity: DocumentEntity) -> Context:
        """Return the context of one entity of the document."""
        mentions = self._mentions[entity.id][:WINDOWS]
        person = entity.type == "Person"
        company = [key for other, key in self._company if other != entity.id][:COMPANY]
        return Context(
            company=tuple(sorted(set(company))),
            words=tuple(sorted({stem for mention in mentions for stem in self._words(mention)})),
            titles=tuple(sorted(self._titles(entity.id))) if person else (),
            employers=tuple(sorted(self._employers[entity.id])) if person else (),
            scope=() if person else self._scope(self._keys[entity.id], mentions),
        )

    def _words(self, mention: Mention) -> set[str]:
        text = self._document.text
        around = text[max(0, mention.start - WINDOW) : mention.start] + " " + text[mention.end : mention.end + WINDOW]
        return {word[:STEM].lower() for word in _WORD.findall(around)}

    def _titles(self, entity: str) -> set[str]:
        text, found = self._document.text, set(self._roles[entity])
        for mention in self._mentions[entity]:
            start = mention.end + (text[mention.end : mention.end + 1] == " ")
            end = match_title(text, start)
            if end is not None:
                found.add(title_core(text[start:end]))
            before = _LAST_WORD.search(text[max(0, mention.start - 9) : mention.start])
            if before and title_kind(before[1]) is not None:
                found.add(title_core(before[1]))
        return found - {""}

    def _scope(self, own: str, mentions: list[Mention]) -> tuple[str, ...]:
        if is_kind_of_body(own):
            return self._owner(mentions)
        nearest: dict[str, int] = {}
        for other, key in self._scopes:
            for mention in mentions:
                far = mention.start - other.end if other.end <= mention.start else other.start - mention.end + WINDOW
                if key != own and far < nearest.get(key, REACH):
                    nearest[key] = far
        return tuple(sorted(sorted(nearest, key=lambda key: (nearest[key], key))[:2]))

    def _owner(self, mentions: list[Mention]) -> tuple[str, ...]:
        """Return the country, region or party last named before one of the mentions, else that named most."""
        owners = [(mention, key) for mention, key in self._scopes if is_party(key) or is_region(key)]
        before = [
            (mention.start - other.end, key)
            for other, key in owners
            for mention in mentions
            if 0 <= mention.start - other.end < REACH
        ]
        if before:
            return (min(before)[1],)
        counts = Counter(key for _, key in owners)
        return (min(counts, key=lambda key: (-counts[key], key)),) if counts else ()


def is_party(key: str) -> bool:
    """Say whether a name key is that of a listed political party."""
    return gazetteer().get(key, {}).get("Organization") == "PoliticalParty"


def kinds(titles: tuple[str, ...]) -> frozenset[str]:
    """Return the kinds of titles (executive, official, politician, …)."""
    return frozenset(kind for title in titles if (kind := title_kind(title)) is not None)


def company_key(kind: str, key: str) -> str:
    """Return how a name key of a top type stands in `company`: after the initial of its type."""
    return _INITIALS.get(kind, "") + key
