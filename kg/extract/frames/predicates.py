"""The tail of a predicate: its endings and the auxiliary constructions that carry its modality."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.frames.lexicon import words
from kg.extract.frames.phrases import VERB_TAGS, Ending, Phrase
from kg.lang.ko.morphemes import Morpheme

NOUNS = frozenset("NNG NNP NNB NR XSN XR".split())
PARTICLE_TAGS = frozenset("JKB JX JKS JKO".split())
QUOTING = ("다고", "라고", "자고", "냐고", "다며", "라며")
KINDS: dict[str, Ending] = {"EF": "final", "EC": "connective", "ETM": "adnominal", "ETN": "nominal"}


def read_tail(morphemes: Sequence[Morpheme], at: int, phrase: Phrase) -> int:
    """Add to a predicate the endings and auxiliaries that start at an index; return the index after them."""
    while at < len(morphemes):
        m = morphemes[at]
        if not (m.tag.startswith("E") or (phrase.tail and _goes_on(phrase.tail[-1], morphemes, at))):
            break
        phrase.tail.append((m.form, m.tag))
        phrase.stop = max(phrase.stop, m.end)
        at += 1
    last = next((item for item in reversed(phrase.tail) if item[1] in KINDS), ("", ""))
    phrase.ending = KINDS.get(last[1], "none")
    if last[1] == "EC" and last[0].endswith(QUOTING):
        phrase.ending = "quote"
    return at


def is_adverbial(phrase: Phrase, following: str) -> bool:
    """Say whether a predicate only modifies: 빠르게, 지난 (2월), 오는 (12일); `following` is the tag after it."""
    last = phrase.tail[-1] if phrase.tail else ("", "")
    if phrase.tag in ("VA", "XSA") and last == ("게", "EC"):
        return True
    past = phrase.lemma == "지나" and last[0] == "ᆫ"
    return len(phrase.tail) == 1 and (past or (phrase.lemma == "오" and following == "SN"))


def _goes_on(last: tuple[str, str], morphemes: Sequence[Morpheme], at: int) -> bool:
    """Say whether a morpheme goes on with the predicate: 고 있다, 수 있다, 예정이다, 기로 하다, 것으로 보인다."""
    form, tag = last
    m = morphemes[at]
    following = morphemes[at + 1].tag if at + 1 < len(morphemes) else ""
    if tag == "EC" and form == "지" and m.tag in PARTICLE_TAGS:
        return following == "VX"
    if tag == "EC":
        return m.tag == "VX" or (m.form in ("있", "없", "하", "되") and m.tag in ("VV", "VA") and form != "다고")
    if tag == "ETM":
        return m.tag in ("NNB", "NNG") and m.form in words("modal") and _modal_follows(morphemes, at)
    if tag == "ETN":
        return form == "기" and m.form in ("로", "위하", "때문")
    if tag in NOUNS and m.tag in ("XSV", "XSA"):
        return True
    if tag == "JKB" and m.tag in NOUNS:
        return following in ("XSV", "XSA")
    if tag in PARTICLE_TAGS or tag in NOUNS:
        return m.tag in PARTICLE_TAGS or (m.tag in VERB_TAGS and _embeds(m))
    return False


def _embeds(m: Morpheme) -> bool:
    return m.tag in ("VCP", "VX") or m.form in ("있", "없", "하", "같", "보이") or m.form in words("embedder")


def _modal_follows(morphemes: Sequence[Morpheme], at: int) -> bool:
    """Look past a modal noun and its particles for the verb that makes the construction modal."""
    j = at + 1
    while j < len(morphemes) and (morphemes[j].tag.startswith("J") or morphemes[j].form == "없이"):
        j += 1
    if j >= len(morphemes):
        return True
    m = morphemes[j]
    if m.tag in ("VCP", "XSA", "XSV", "VX", "SF"):
        return True
    if m.tag in VERB_TAGS:
        return m.form in ("있", "없", "하", "보이") or m.form in words("embedder")
    verb = j + 1 < len(morphemes) and morphemes[j + 1].tag in ("XSV", "XSA")
    return verb and m.form + morphemes[j + 1].form in words("embedder")
