"""Which sentences of an article the Korean extractor is unsure of, by what it leaves on a Document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import permutations

from kg.extract.frames.chunker import sentences
from kg.extract.frames.events import TriggerIndex, trigger_index
from kg.extract.frames.phrases import Sentence
from kg.extract.llm.reading import Span
from kg.extract.spans import encodable
from kg.lang.ko.morphemes import analyse
from kg.model import Document, Mention, RelationMention
from kg.schema import Schema, load_schema


def unsure_sentences(document: Document, unsure_below: float, schema: Schema) -> dict[Span, frozenset[str]]:
    """Return the sentences to ask about, in order, each with the relations in question.

    They state a relation between names in them with less than the confidence `unsure_below`; or have a word that sets
    off a relation (`frames` of its YAML) and two names it might join, and no relation was found in them.
    """
    stated = {relation.evidence.start for relation in document.relations}
    doubtful: dict[int, set[str]] = {}
    for relation in document.relations:
        if relation.confidence < unsure_below and names_both(document, relation):
            doubtful.setdefault(relation.evidence.start, set()).add(relation.type)
    found = {}
    text = encodable(document.text)
    for sentence in sentences(text, analyse(text), document.mentions):
        kinds = doubtful.get(sentence.start, set())
        if sentence.start not in stated or kinds:
            named = [m for m in document.mentions if sentence.start <= m.start and m.end <= sentence.end and m.entity]
            kinds |= _set_off(sentence, named, schema)
        if kinds:
            found[sentence.start, sentence.end] = frozenset(kinds)
    return found


def names_both(document: Document, relation: RelationMention) -> bool:
    """Say whether the sentence that states a relation names both its ends; else only the discourse gives them."""
    start, end = relation.evidence.start, relation.evidence.end
    named = {m.entity for m in document.mentions if start <= m.start and m.end <= end}
    return {relation.subject, relation.object} <= named


def _set_off(sentence: Sentence, named: Sequence[Mention], schema: Schema) -> set[str]:
    """Return the relations that words of a sentence set off and that two of its names may be joined by."""
    kinds = {m.entity: m.type for m in named}
    pairs = set(permutations(kinds.values(), 2))
    return {one for one in set(_triggers(sentence)) if any(schema.allows(one, *pair) for pair in pairs)}


def _triggers(sentence: Sentence) -> Iterator[str]:
    """Yield the relations that words of a sentence set off, as the features of the classifier see them."""
    index = _index()
    for phrase in sentence.phrases:
        if phrase.kind == "verb":
            found = index.verbs.get(phrase.lemma) or (index.longest(phrase.root) if phrase.root else ())
            yield from (trigger.relation.name for trigger in found)
        else:
            for unit in phrase.units:
                if unit.entity is None:
                    yield from (trigger.relation.name for trigger in index.longest(unit.text))


@lru_cache(maxsize=1)
def _index() -> TriggerIndex:
    return trigger_index(load_schema())
