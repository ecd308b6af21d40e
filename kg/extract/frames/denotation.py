"""What a noun phrase stands for, which phrases belong together, and the topic of a headline."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.frames.lexicon import endings, words
from kg.extract.frames.phrases import Phrase, Sentence, Unit


def entities_of(units: Iterable[Unit]) -> tuple[str, ...]:
    """Return the entities that units name, each once, in reading order."""
    return tuple(dict.fromkeys(u.entity for u in units if u.entity))


def joined_names(units: list[Unit], last: int) -> list[Unit]:
    """Return the coordination of names that ends at a unit: B and, joined by a comma or 와, A before it."""
    group = [units[last]]
    at = last
    while at > 0:
        first = at
        while first > 0 and not units[first].joiner and units[first - 1].entity is None and first > at - 3:
            first -= 1
        if not units[first].joiner or first == 0:
            break
        before = _name_before(units, first, units[last].type == "Person")
        if before < 0 or units[before].entity is None or units[before].type != units[last].type:
            break
        group.append(units[before])
        at = before
    return group[::-1]


def _name_before(units: list[Unit], first: int, person: bool) -> int:
    """Return the index of the name that a joiner links: right before it, before 측, or before a person's title."""
    before = first - 1
    while before >= 0 and units[before].entity is None and units[before].text in words("denoting"):
        before -= 1
    if person:
        at = before
        while at > max(0, before - 4) and units[at].type != "Person" and not units[at].joiner:
            at -= 1
        if units[at].type == "Person":
            return at
    return before


def denoted(phrase: Phrase) -> list[Unit]:
    """Return the names a noun phrase stands for: its head names, or those listed before 등."""
    units = phrase.units
    last = len(units) - 1
    acting = phrase.case in ("topic", "nominative", "comitative", "also")
    while last >= 0 and units[last].entity is None and _stands_for(units[last], acting):
        last -= 1
    if last > 0 and units[last].entity is None and units[last - 1].entity is not None and not units[last].joiner:
        word, kind = units[last].text, units[last - 1].type
        if (kind == "Place" and word in words("place_part")) or (
            kind == "Organization" and word.endswith(endings("school_part"))
        ):
            last -= 1
    if last >= 0 and units[last].entity is not None:
        return joined_names(units, last)
    for k in range(len(units) - 1, 0, -1):
        if units[k].text == "등" and units[k - 1].entity is not None and k >= len(units) - 4:
            return joined_names(units, k - 1)
    return _titled(units)


def _stands_for(unit: Unit, acting: bool) -> bool:
    return unit.text in words("denoting") or unit.tags[0] in ("SN", "NR") or (acting and unit.text in words("staff"))


def _titled(units: list[Unit]) -> list[Unit]:
    """Return the person of "제이슨 권 오픈AI 최고전략책임자": a person, perhaps an employer, then plain nouns."""
    for k in range(len(units) - 1, -1, -1):
        unit = units[k]
        if unit.entity is not None and unit.type == "Person" and len(units) - k <= 5:
            others = [u for u in units[k + 1 :] if u.entity is not None]
            if all(u.type != "Person" and not u.joiner for u in others) and len(others) <= 2:
                return joined_names(units, k)
            return []
    return []


def coordinate(sentence: Sentence) -> None:
    """Merge "A와" or "A," with a directly following phrase of names of A's type into one coordination."""
    phrases = sentence.phrases
    index = 0
    while index + 1 < len(phrases):
        left, right = phrases[index], phrases[index + 1]
        if _coordinated(left, right) and left.quote == right.quote:
            joiner = left.particles[0] if left.case == "comitative" else left.after
            right.units[0].joiner = joiner or ","
            merged = Phrase("noun", left.start, right.end, right.stop, [*left.units, *right.units], right.particles)
            merged.case, merged.after, merged.quote = right.case, right.after, right.quote
            phrases[index : index + 2] = [merged]
        else:
            index += 1


def _coordinated(left: Phrase, right: Phrase) -> bool:
    if left.kind != "noun" or right.kind != "noun":
        return False
    simple = left.case == "comitative" and len(left.particles) == 1
    if not simple or left.after:
        return False
    heads = denoted(left)
    first = next((u for u in right.units if u.entity is not None), None)
    if not heads or first is None or first.type != heads[-1].type:
        return False
    if heads[-1] is not left.units[-1] and heads[-1].type != "Person":
        return False
    lead = right.units[: right.units.index(first)]
    head = denoted(right)
    return len(lead) <= 2 and bool(head) and head[-1].type == first.type


def split_headline(sentence: Sentence) -> int | None:
    """Make a topic of the name before the one comma of a verbless headline; return its index.

    "카카오, SM엔터테인먼트 인수" names who acts before the comma; a sentence with a final verb lists instead.
    """
    phrases = sentence.phrases
    first = phrases[0] if phrases else None
    if first is None or first.kind != "noun" or any(p.kind == "verb" and p.ending == "final" for p in phrases):
        return None
    commas = [k for k, u in enumerate(first.units) if u.joiner == ","]
    if len(commas) != 1 or not any(u.entity for u in first.units[: commas[0]]):
        return None
    lead, rest = first.units[: commas[0]], first.units[commas[0] :]
    rest[0].joiner = ""
    topic = Phrase("noun", lead[0].start, lead[-1].end, lead[-1].end, lead, (), "topic", ",", quote=first.quote)
    body = Phrase("noun", rest[0].start, first.end, first.stop, rest, first.particles, first.case, first.after)
    body.quote = first.quote
    phrases[:1] = [topic, body]
    return 0
