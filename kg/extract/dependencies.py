"""Relations of English sentences by their dependency parse: the words of the schema's English labels, taken at them.

A label is a verb (acquires, invests in), a participle (founded by, born in) or a noun (subsidiary of). What stands at
its grammatical ends, and is a name, is joined. That finds plain statements alone: no pronouns, no nominalisations
(the acquisition of), no synonyms. Dependencies are ClearNLP's, which spaCy's English models give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from spacy.tokens import Doc, Span, Token

from kg.model import Document, Evidence, Mention, RelationMention, Status
from kg.schema import RelationType, Schema

CONFIDENCE = 0.6
"""Of every relation found so: above what is shown by default, below what more than one sign of it would give."""
_MODALS: Mapping[str, Status] = {
    **dict.fromkeys(("will", "shall", "wo", "'ll"), "planned"),
    **dict.fromkeys(("may", "might", "could", "can", "would", "should", "must"), "possible"),
}
_GOVERNING: Mapping[str, Status] = {
    **dict.fromkeys(("agree", "aim", "decide", "intend", "plan", "prepare", "set"), "planned"),
    **dict.fromkeys(("consider", "expect", "hope", "offer", "propose", "seek", "try", "want"), "possible"),
}
"""What a relation is that such a verb governs (agreed to acquire)."""
_SAYING = frozenset("add announce confirm disclose note report reveal say show state tell".split())
_UNSURE = frozenset(("if", "whether", "unless"))
_PREPOSITIONS = frozenset(("at", "by", "in", "of", "with"))
_RELATIVE = frozenset(("who", "which", "that"))


@dataclass(frozen=True, slots=True)
class Trigger:
    """A relation and the preposition before its object, None for a direct object."""

    relation: str
    preposition: str | None


@dataclass(frozen=True, slots=True)
class Verbs:
    """The triggers of a schema: by the lemma of verbs and nouns, by the form of participles."""

    verbs: Mapping[str, Trigger]
    participles: Mapping[str, Trigger]
    nouns: Mapping[str, Trigger]

    @classmethod
    def of(cls, schema: Schema) -> Verbs:
        """Return the triggers in the English labels of a schema; labels of other forms have none."""
        verbs, participles, nouns = {}, {}, {}
        for kind in schema.relations.values():
            word, *rest = kind.labels.en.split()
            if len(rest) > 1 or not _PREPOSITIONS.issuperset(rest):
                continue
            found = Trigger(kind.name, rest[0] if rest else None)
            if word.endswith("ed") or word == "born":
                participles[word] = found
            elif word.endswith("s"):
                verbs[f"{word[:-3]}y" if word.endswith("ies") else word[:-1]] = found
            else:
                nouns[word] = Trigger(kind.name, "of")
        return cls(verbs, participles, nouns)


def stated(
    doc: Doc, offset: int, document: Document, triggers: Verbs, schema: Schema, extractor: str
) -> Iterator[RelationMention]:
    """Yield what a Doc, at an offset of the document's text, states of the mentions found in it."""
    named = _named(doc, offset, document.mentions)
    types = {entity.id: entity.type for entity in document.entities}
    for sentence in doc.sents if named else ():
        if sentence.text.rstrip("\"'”’) ").endswith("?"):
            continue
        for token in sentence:
            for trigger, subjects, objects, status in _ends(token, triggers, schema.relations):
                pairs = _pairs(subjects, objects, named, symmetric=schema.relation(trigger.relation).symmetric)
                for subject, obj in pairs:
                    if subject != obj and schema.allows(trigger.relation, types[subject], types[obj]):
                        evidence = _evidence(sentence, token, offset, document.text)
                        yield RelationMention(
                            trigger.relation, subject, obj, evidence, status, confidence=CONFIDENCE, extractor=extractor
                        )


def _named(doc: Doc, offset: int, mentions: Sequence[Mention]) -> dict[int, str]:
    """Return the entity that each token belongs to the name of, by the token's number."""
    named = {}
    for mention in mentions:
        start, end = mention.start - offset, mention.end - offset
        span = doc.char_span(start, end, alignment_mode="expand") if start >= 0 and end <= len(doc.text) else None
        if span is not None and mention.entity is not None:
            named.update(dict.fromkeys(range(span.start, span.end), mention.entity))
    return named


def _ends(
    token: Token, triggers: Verbs, relations: Mapping[str, RelationType]
) -> Iterator[tuple[Trigger, list[Token], list[Token], Status]]:
    """Yield the trigger that a token is, the words at its ends, and how it holds."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and token.lower_ in triggers.participles and _patients(token):
        trigger = triggers.participles[token.lower_]
        status = _status(token)
        if status is not None:
            yield trigger, _patients(token), _objects(token, trigger.preposition), status
    elif token.pos_ == "VERB" and lemma in triggers.verbs:
        trigger = triggers.verbs[lemma]
        status = _status(token)
        if status == "actual" and token.tag_ == "VBG" and relations[trigger.relation].deal:
            status = "planned"  # is acquiring, but is investigating
        if status is None:
            return
        if not _is_passive(token):
            yield trigger, _subjects(token), _objects(token, trigger.preposition), status
        elif trigger.preposition is None:
            yield trigger, _objects(token, "by"), _patients(token), status
    elif token.pos_ == "NOUN" and lemma in triggers.nouns:
        trigger = triggers.nouns[lemma]
        of = _objects(token, "of") + [child for child in token.children if child.dep_ == "poss"]
        holder = token.head if token.dep_ == "appos" else None
        if token.dep_ == "attr" and token.head.lemma_ == "be" and _status(token.head) == "actual":
            for subject in _subjects(token.head):
                yield trigger, [subject], of, "actual"
        elif holder is not None:
            yield trigger, [holder], of, "actual"


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) or (verb.dep_ == "acl" and verb.tag_ == "VBN")


def _subjects(verb: Token) -> list[Token]:
    """Return the subjects of an active verb: its own, the noun of its relative clause, that of the verb above it."""
    own = [child for child in verb.children if child.dep_ == "nsubj"]
    if own and own[0].lower_ in _RELATIVE and verb.dep_ == "relcl":
        return [verb.head]
    if not own and verb.dep_ in ("xcomp", "conj") and verb.head.pos_ == "VERB":
        return _subjects(verb.head)
    return own


def _patients(verb: Token) -> list[Token]:
    """Return what a passive verb is about: its subject or the noun that it stands at."""
    own = [child for child in verb.children if child.dep_ == "nsubjpass"]
    if verb.dep_ == "acl" or (verb.dep_ == "relcl" and own and own[0].lower_ in _RELATIVE):
        return [verb.head]
    return own


def _objects(word: Token, preposition: str | None) -> list[Token]:
    if preposition is None:
        return [child for child in word.children if child.dep_ == "dobj"]
    heads = [c for c in word.children if c.dep_ in ("prep", "agent") and c.lower_ == preposition]
    return [child for head in heads for child in head.children if child.dep_ == "pobj"]


def _status(verb: Token) -> Status | None:
    """Return how what a verb states holds; None where it is denied, asked, supposed or only wished for."""
    children = list(verb.children)
    if any(c.dep_ == "neg" or (c.dep_ == "mark" and c.lower_ in _UNSURE) for c in children):
        return None
    modal = next((_MODALS[c.lower_] for c in children if c.dep_ == "aux" and c.lower_ in _MODALS), None)
    if modal is not None:
        return modal
    if any(c.dep_ == "aux" and c.tag_ == "TO" for c in children):
        above = verb.head
        told = _GOVERNING.get(above.lemma_.lower()) if verb.dep_ == "xcomp" else None
        return told if told is not None and _status(above) == "actual" else None
    if verb.dep_ == "ccomp" and verb.head.lemma_.lower() not in _SAYING:
        return None
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return _status(verb.head)
    return "actual"


def _pairs(
    subjects: Sequence[Token], objects: Sequence[Token], named: Mapping[int, str], *, symmetric: bool
) -> list[tuple[str, str]]:
    """Return the entities at both ends, with those coordinated with them; of a symmetric relation also of one end."""
    left, right = (
        list(dict.fromkeys(named[one.i] for end in ends for one in (end, *end.conjuncts) if one.i in named))
        for ends in (subjects, objects)
    )
    if symmetric and not objects and len(left) > 1:
        return [(left[0], other) for other in left[1:]]
    return list(product(left, right))


def _evidence(sentence: Span, cue: Token, offset: int, text: str) -> Evidence:
    start, end = offset + sentence.start_char, offset + sentence.end_char
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    at = offset + cue.idx
    return Evidence(start, end, text[start:end], (at, at + len(cue.text)))
