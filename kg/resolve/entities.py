"""A canonical entity, made of all its appearances; resolution and corrections both make theirs here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from kg.model import Entity
from kg.resolve.appearances import Appearance


def make_entity(entity_id: str, appearances: Collection[Appearance], known: Iterable[str] = ()) -> Entity:
    """Return the entity of some appearances of one type, the same in whatever order they come; there is at least one.

    The name is the most frequent one, ties to the longest, then the first in code point order; the subtype the most
    frequent. `known` are further names that no article gives it.
    """
    names = Counter(one.name for one in appearances)
    name = min(names, key=lambda form: (-names[form], -len(form), form))
    subtypes = Counter(one.subtype for one in appearances if one.subtype is not None)
    articles = sorted({one.document for one in appearances})
    return Entity(
        id=entity_id,
        name=name,
        type=next(iter(appearances)).type,
        aliases=tuple(sorted({*surfaces(appearances), *known} - {name})),
        subtype=min(subtypes, key=lambda kind: (-subtypes[kind], kind), default=None),
        mentions=sum(one.mentions for one in appearances),
        articles=len(articles),
        article_ids=tuple(articles),
    )


def surfaces(appearances: Iterable[Appearance]) -> set[str]:
    """Return every name that the articles give in some appearances."""
    return {surface for one in appearances for surface in (one.name, *one.aliases)}
