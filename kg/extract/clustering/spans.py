"""The mentions a Document keeps: the names as written, titles outside, each with the entity it means or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.lang.ko.surnames import surname
from kg.lang.ko.titles import title_kind, titles
from kg.model import Mention, by_position


def as_written(
    found: Sequence[Mention], settled: Sequence[Mention], names: Mapping[str, str], *, article: bool
) -> tuple[Mention, ...]:
    """Return the mentions of a text in reading order, disjoint.

    `found` are those the recogniser gave, `settled` those clustering made of them, with entities; `names` gives each
    entity's name. In an article the settled ones stand; people of whom it gives a surname alone (박모 씨) are kept
    without an entity. In a lone sentence the recogniser's spans and types stand, which are KLUE-NER's (a country that
    acts is an organization, 서울 종로구 one place), each with the entity that clustering gave it.
    """
    settled = [_without_title(mention, names.get(mention.entity or "", "")) for mention in settled]
    if article:
        nameless = [mention for mention in found if mention.type == "Person" and len(mention.text) == 1]
        return by_position([*settled, *_apart(nameless, settled)])
    owned = [_owned(mention, settled) for mention in found]
    return by_position([*owned, *_apart(settled, owned)])


def _without_title(mention: Mention, whole: str) -> Mention:
    """Return a mention by name and title (권 CSO, 박씨, 남궁 대표) as the name alone.

    What is written in one word and is the entity's own name (이장군) is no form with a title.
    """
    if mention.type != "Person":
        return mention
    name, blank, title = mention.text.partition(" ")
    if blank:
        formed = title_kind(title) is not None
    else:
        name = surname(mention.text)
        formed = mention.text != whole and mention.text[len(name) :] in titles()
    if not formed:
        return mention
    return replace(mention, end=mention.start + len(name), text=name)


def _owned(mention: Mention, settled: Iterable[Mention]) -> Mention:
    """Return a mention with the entity of the last settled one inside it, none where clustering dropped it."""
    inside = [other for other in settled if other.start < mention.end and mention.start < other.end]
    return replace(mention, entity=inside[-1].entity) if inside else mention


def _apart(mentions: Iterable[Mention], others: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions that overlap none of the others."""
    for mention in mentions:
        if not any(other.start < mention.end and mention.start < other.end for other in others):
            yield mention
