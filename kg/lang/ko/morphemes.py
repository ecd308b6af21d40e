"""Korean morphemes with exact offsets, from the Kiwi analyser, and the spaCy tokenizer over them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

_LINE_BREAK = re.compile("\n")
PIPELINE = {"nlp": {"tokenizer": {"@tokenizers": "kg.KiwiTokenizer.v1"}}}


class Morpheme(NamedTuple):
    """One morpheme: dictionary form, Sejong tag without Kiwi's regularity suffix, span, sentence number.

    Contracted morphemes overlap or are empty: 했다 gives 하/XSV [0,1), 었/EP [0,1), 다/EF [1,2).
    """

    form: str
    tag: str
    start: int
    end: int
    sentence: int


@lru_cache(maxsize=1)
def _kiwi() -> Any:
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=1)


def analyse(text: str) -> list[Morpheme]:
    """Return the morphemes of a text in reading order; sentences also end at line breaks.

    Method: Kiwi's best path (https://github.com/bab2min/Kiwi), default options.
    """
    found: list[Morpheme] = []
    sentence, last_key, length = -1, None, len(text)
    breaks = [match.start() for match in _LINE_BREAK.finditer(text)]
    for token in _kiwi().tokenize(text):
        start, tag = token.start, token.tag
        key = token.sent_position, bisect_left(breaks, start) if start < length else -1
        if key != last_key:
            sentence, last_key = sentence + 1, key
        if "-" in tag:
            tag = tag.partition("-")[0]
        found.append(Morpheme(token.form, tag, start, start + token.len, sentence))
    return found


def without_tokens(vocab: Vocab, text: str) -> Doc:
    """Return a Doc that has the morphemes of a text and no tokens, which would take a third as long as the analysis."""
    doc = Doc(vocab)
    doc._.morphemes = analyse(text)
    return doc


def surface_spans(text: str, morphemes: Sequence[Morpheme]) -> list[tuple[int, int]]:
    """Return disjoint spans that cover every non-space character of the text, overlapping morphemes merged."""
    spans: list[tuple[int, int]] = []
    at = 0
    for morpheme in sorted(morphemes, key=attrgetter("start", "end")):
        start, end = morpheme.start, morpheme.end
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        elif end > start:
            if at < start and not text[at:start].isspace():
                spans += _gap(text, at, start)
            spans.append((start, end))
        at = max(at, end)
    return spans + _gap(text, at, len(text))


def _gap(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the runs of non-space characters that the analyser passed over between two offsets."""
    runs, at = [], start
    while at < end:
        if text[at].isspace():
            at += 1
            continue
        stop = at
        while stop < end and not text[stop].isspace():
            stop += 1
        runs.append((at, stop))
        at = stop
    return runs


class KiwiTokenizer:
    """A spaCy tokenizer: surface tokens made of morphemes; `doc._.morphemes` keeps the morphemes.

    `token.tag_` joins the tags of the morphemes in the token with "+", `token.norm_` their forms.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return a Doc whose text is the given text."""
        morphemes = analyse(text)
        words, spaces, offsets = _words(text, surface_spans(text, morphemes))
        groups = _grouped(offsets, morphemes)
        tags = ["+".join([m.tag for m in group]) for group in groups]
        doc = Doc(self.vocab, words=words, spaces=spaces, tags=tags, sent_starts=_starts(groups))
        add = self.vocab.strings.add
        norms: Any = np.array([[add("+".join([m.form for m in g])) if g else 0] for g in groups], dtype=np.uint64)
        doc.from_array(["NORM"], norms.reshape(-1, 1))
        doc._.morphemes = morphemes
        return doc


def _words(text: str, spans: Sequence[tuple[int, int]]) -> tuple[list[str], list[bool], list[int]]:
    """Lay spans out as spaCy words; white space beyond one blank after a word is a word of its own."""
    words: list[str] = []
    spaces: list[bool] = []
    offsets: list[int] = []
    at = 0
    for start, end in [*spans, (len(text), len(text))]:
        if words and not spaces[-1] and at < start and text[at] == " ":
            spaces[-1] = True
            at += 1
        if at < start:
            words.append(text[at:start])
            spaces.append(False)
            offsets.append(at)
        if end > start:
            words.append(text[start:end])
            spaces.append(False)
            offsets.append(start)
        at = end
    return words, spaces, offsets


def _grouped(offsets: Sequence[int], morphemes: Sequence[Morpheme]) -> list[list[Morpheme]]:
    """Return the morphemes of each token, by the offsets at which tokens start."""
    starts = {offset: index for index, offset in enumerate(offsets)}
    grouped: list[list[Morpheme]] = [[] for _ in offsets]
    index = 0
    for morpheme in sorted(morphemes, key=attrgetter("start")):
        index = starts.get(morpheme.start, index)
        if grouped:
            grouped[index].append(morpheme)
    return grouped


def _starts(groups: Sequence[Sequence[Morpheme]]) -> list[bool | int | None]:
    """Say of each token whether a sentence starts with it."""
    found: list[bool | int | None] = []
    last = -1
    for number, group in enumerate(groups):
        found.append(group[0].sentence != last if group else number == 0)
        last = group[0].sentence if group else last
    return found


@registry.tokenizers("kg.KiwiTokenizer.v1")  # type: ignore[untyped-decorator]
def create_kiwi_tokenizer() -> Any:
    """Return what spaCy's registry expects: a function from Language to its tokenizer."""

    def create(nlp: Language) -> KiwiTokenizer:
        return KiwiTokenizer(nlp.vocab)

    return create


def blank() -> Language:
    """Return a spaCy Korean pipeline without components whose tokenizer is Kiwi."""
    return spacy.blank("ko", config=PIPELINE)


if not Doc.has_extension("morphemes"):
    Doc.set_extension("morphemes", default=[])
