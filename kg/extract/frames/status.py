"""Fact, plan, possibility, denial or end: the modality of a predicate, read from its endings and what embeds it."""

from __future__ import annotations

from itertools import pairwise

from kg.extract.frames.clauses import CARRYING
from kg.extract.frames.lexicon import lexicon, words
from kg.extract.frames.phrases import Phrase
from kg.model import Status

RANK: tuple[Status, ...] = ("actual", "planned", "possible", "ended", "denied")
"""Weakest first: the stronger of two readings wins (a plan that was denied is denied)."""
HYPOTHETICAL = (
    "면",
    "으면",
    "다면",
    "라면",
    "려면",
    "ᆫ다면",
    "는다면",
    "거든",
    "더라도",
    "라도",
    "든지",
    "거나",
    "도록",
    "을지",
    "ᆯ지",
    "는지",
    "ᆫ지",
)
QUESTION = ("까", "ᆯ까", "을까", "ᆫ가", "는가", "은가", "나", "니", "냐", "느냐", "을지", "ᆯ지", "ᆯ까요", "나요", "는지")
COMMAND = ("자", "라", "어라", "아라", "ᆸ시다", "읍시다", "세요", "으라", "시오")
FUTURE = ("ᆯ", "을")
NEVER = ("바", "적", "일", "사실")
"""Nouns whose absence denies the clause before them: …한 사실이 없다, …한 바 없다."""


def stronger(*readings: Status | None) -> Status | None:
    """Return the strongest of the readings, None when any of them is None (nothing is stated)."""
    found: Status = "actual"
    for reading in readings:
        if reading is None:
            return None
        if RANK.index(reading) > RANK.index(found):
            found = reading
    return found


def _effect(value: str) -> Status:
    return next((status for status in RANK if status == value), "actual")


def modality(phrase: Phrase, telic: bool, text: str) -> Status | None:
    """Return the status that a predicate's own endings give it, None when it is hypothetical, asked or ordered."""
    forms = [form for form, _ in phrase.tail]
    pairs = list(pairwise(forms))
    if ("기" in forms and "위하" in forms) or ("야" in "".join(forms[:2]) and "하" in forms[1:3]):
        return None
    last = next((form for form, tag in reversed(phrase.tail) if tag in ("EF", "EC")), "")
    if phrase.ending == "final" and (last in QUESTION or last in COMMAND):
        return None
    if phrase.ending == "connective" and last in HYPOTHETICAL:
        return None
    if last.endswith(("자고", "으라고", "느냐고", "냐고")) or (
        forms and forms[-1].endswith(("냐는", "냐", "ᆯ지", "을지"))
    ):
        return None
    found = _construction(forms, pairs)
    negated = any(form in ("않", "못하", "말") for form in forms) or _negated_before(phrase, text)
    if negated and "수" not in forms[: forms.index("않") if "않" in forms else None]:
        return "denied"
    if found != "actual":
        return found
    tensed = "었" in forms or "았" in forms
    if phrase.ending == "adnominal" and forms and forms[-1] in FUTURE:
        return "planned"
    ongoing = "있" in forms or "중" in forms
    if ongoing and not tensed and phrase.lemma in words("building"):
        return "planned"
    present = last.startswith(("ᆫ다", "는다")) or last in ("ᆫ다고", "는다고")
    return "planned" if telic and present and not tensed and not ongoing else "actual"


def _construction(forms: list[str], pairs: list[tuple[str, str]]) -> Status:
    """Read the auxiliary construction: ㄹ 수 있다, ㄹ 예정이다, 기로 하다, 것으로 보인다, 겠다."""
    absent = "없" in forms
    if "수" in forms:
        return "denied" if absent else "possible"
    if "아니" in forms or (absent and any(noun in forms for noun in NEVER)):
        return "denied"
    if any(noun in forms for noun in ("예정", "계획", "방침", "생각", "참")):
        return "denied" if absent else "planned"
    if any(noun in forms for noun in ("전망", "가능성", "듯", "셈", "모양")):
        return "possible"
    if "것" in forms or "거" in forms:
        before = forms[forms.index("것" if "것" in forms else "거") - 1]
        guess = any(form in ("보이", "추정되", "관측", "예상", "전망", "추정", "풀이", "점치") for form in forms)
        if before in FUTURE:
            return "possible" if guess or "알려지" in forms or "전해지" in forms else "planned"
        return "possible" if guess else "actual"
    if ("기", "로") in pairs or "겠" in forms or any(f in ("려고", "으려고", "고자", "려", "으려") for f in forms):
        return "planned"
    return "actual"


def _negated_before(phrase: Phrase, text: str) -> bool:
    """Say whether the adverb 안 or 못 stands directly before the predicate."""
    return text[max(0, phrase.start - 3) : phrase.start].endswith((" 안 ", " 못 "))


def embedding(phrases: list[Phrase], verb: int, text: str, telic: bool = True) -> Status | None:
    """Return what the words around a clause make of it: the noun that holds it, the verb that quotes it, its sequel.

    "…한다는 계획", "…했다고 부인했다", "…하는 방안을 검토 중이다", "…하고 …할 예정이다".
    """
    table = lexicon()
    phrase = phrases[verb]
    follow = phrases[verb + 1] if verb + 1 < len(phrases) else None
    if phrase.ending == "adnominal" and follow is not None and follow.kind == "noun":
        governor = next((p for p in phrases[verb + 2 :] if p.kind == "verb"), None)
        if follow.units[0].text in NEVER and governor is not None and governor.lemma in ("없", "있"):
            return "denied" if governor.lemma == "없" else modality(governor, telic=False, text=text)
        head = next((u for u in follow.units if u.text in table.content), None)
        if head is None or head.entity is not None or follow.units.index(head) > 1:
            return "actual"
        if _refuted(phrases, verb + 2):
            return "denied"
        effect = _effect(table.content[head.text])
        return stronger(effect, _effect(table.light.get(governor.lemma, "")) if governor is not None else "actual")
    if phrase.ending == "quote":
        governor = next((p for p in phrases[verb + 1 :] if p.kind == "verb"), None)
        if governor is not None and _refuted(phrases, verb + 1):
            return "denied"
        return _effect(table.light.get(governor.lemma, "")) if governor is not None else "actual"
    if phrase.ending == "connective" and phrase.tail and phrase.tail[-1][0] in CARRYING:
        if any(form in ("었", "았") for form, _ in phrase.tail) or phrase.lemma in words("settled"):
            return "actual"
        for later in phrases[verb + 1 :]:
            if later.kind == "verb" and later.quote == phrase.quote and later.ending in ("final", "quote"):
                sequel = modality(later, telic, text)
                return "planned" if sequel == "planned" else "actual"
    return "actual"


def _refuted(phrases: list[Phrase], start: int) -> bool:
    """Say whether what was said is taken back in the same sentence: …했다고 보도했으나 사실과 다르다."""
    for index in range(start, len(phrases)):
        phrase = phrases[index]
        if phrase.kind == "noun" and phrase.units[-1].text in ("사실", "사실무근") and phrase.case != "accusative":
            return any(p.lemma in ("다르", "아니", "이") for p in phrases[index + 1 : index + 2])
    return any(p.lemma == "바로잡" for p in phrases[start:])


def timed(phrases: list[Phrase], verb: int) -> bool:
    """Say whether a clause only tells when, so that its ㄹ is no future: …을 출시할 때."""
    follow = phrases[verb + 1] if verb + 1 < len(phrases) else None
    return (
        phrases[verb].ending == "adnominal"
        and follow is not None
        and bool(follow.units)
        and follow.units[0].text == "때"
    )


def noun_effect(words_after: list[str]) -> Status | None:
    """Return the status that the nouns after an event noun give it (인수 계획, 인수 무산)."""
    trailing = lexicon().trailing
    return stronger(*(_effect(trailing.get(word, "")) for word in words_after))


def light_effect(lemma: str) -> Status:
    """Return the status that a light verb gives its event noun (검토하다, 추진하다, 포기하다)."""
    return _effect(lexicon().light.get(lemma, ""))
