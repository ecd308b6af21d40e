"""Names that the text has become mentions and entities: every occurrence, the longer name before the shorter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.clustering.parentheses import parenthesised_aliases
from kg.extract.llm.answers import NamedItem
from kg.extract.llm.reading import Reading
from kg.lang.ko.aliases import alias_table
from kg.lang.ko.names import normalise
from kg.model import DocumentEntity, Mention, by_position
from kg.schema import Schema


def mentions_of(
    reading: Reading, names: Iterable[NamedItem], schema: Schema, taken: Sequence[Mention] = ()
) -> tuple[dict[str, str], list[Mention]]:
    """Return the type of each name, the one given most often, and its mentions outside those that are `taken`.

    A mention has the top type of its name, and no entity yet.
    """
    votes: dict[str, Counter[str]] = {}
    for item in names:
        votes.setdefault(item.name, Counter())[item.type] += 1
    types = {name: min(counts, key=lambda kind: (-counts[kind], kind)) for name, counts in sorted(votes.items())}
    used = [(mention.start, mention.end) for mention in taken]
    found: list[Mention] = []
    for name in sorted(types, key=lambda name: (-len(name), name)):
        for start, end in reading.occurrences(name, (0, len(reading.document.text))):
            if all(end <= a or b <= start for a, b in used):
                used.append((start, end))
                found.append(Mention(start, end, name, schema.top(types[name])))
    return types, list(by_position(found))


def entities_of(
    text: str, mentions: Sequence[Mention], types: dict[str, str], prefix: str = "e"
) -> tuple[list[Mention], list[DocumentEntity]]:
    """Return the mentions with the ids of their entities, numbered after `prefix`, and the entities.

    Names are one where spelling alone tells them apart, or where the text gives one in brackets after the other. The
    longest is the name; what it is said to be below its top type is the subtype.
    """
    leader: dict[tuple[str, str], tuple[str, str]] = {}

    def key(mention: Mention) -> tuple[str, str]:
        own = mention.type, normalise(mention.text)
        while leader.get(own, own) != own:
            own = leader[own]
        return own

    for mention, alias in parenthesised_aliases(text, mentions, alias_table()):
        if any((m.start, m.end) == (alias.start, alias.end) and m.type == mention.type for m in mentions):
            leader[key(alias)] = key(mention)
    ids: dict[tuple[str, str], str] = {}
    forms: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    joined = []
    for mention in mentions:
        entity = ids.setdefault(key(mention), f"{prefix}{len(ids)}")
        joined.append(replace(mention, entity=entity))
        kinds[entity] = mention.type
        if mention.text not in forms.setdefault(entity, []):
            forms[entity].append(mention.text)
    return joined, [_entity(entity, forms[entity], kinds[entity], types) for entity in ids.values()]


def _entity(entity: str, forms: list[str], kind: str, types: dict[str, str]) -> DocumentEntity:
    name = max(forms, key=len)
    subtype = types[name] if types[name] != kind else None
    return DocumentEntity(entity, name, kind, tuple(sorted(form for form in forms if form != name)), subtype)
