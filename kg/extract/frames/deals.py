"""What a deal is about: the sum, share, funding round and thing that its own clause, or the next sentence, gives it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kg.extract.frames.clauses import Clauses
from kg.extract.frames.lexicon import words
from kg.extract.frames.phrases import Phrase, Unit
from kg.extract.frames.stated import Stated
from kg.extract.frames.timing import in_clause
from kg.lang.ko.amounts import AmountMention, money_value, round_name, share_percent
from kg.model import Deal
from kg.schema import DealPart

BESIDE = 25
"""Characters around the words of a verbless sentence (A, B에 500억 투자) in which its sums are looked for."""
LONGEST = 30
"""Characters of the longest thing that a deal is about; longer phrases are no name of a thing."""
_NEXT = re.compile(
    r"[\s\"“”'’]*(?:이번 |총 |전체 )?(?:지분 )?(인수|투자|계약|거래|매각|대출|공급|출자|수주)? ?"
    r"(?:금액|대금|규모|가격|가액|액수|총액|액)[은는] (?:약 |총 |모두 |무려 )?"
)
"""How a sentence begins that gives the sum of the deal just told."""
_ANY = ("계약", "거래", "")
"""Words of such a sentence that fit every deal."""
_SUM = re.compile(
    r"(?:[수몇]?[\d,.]*[수몇]?[십백천만억조]+여?[만억조]*여?|[\d,.~]+)(?:원|달러|불|엔|위안화?|유로화?|파운드|루피아?)?(?:대|가량|여)?"
)
"""Words that are sums without a value (수십억원) or bare numbers: no thing."""


def deal_of(
    item: Stated,
    clauses: Clauses,
    text: str,
    amounts: Sequence[AmountMention],
    parts: Collection[DealPart],
    span: tuple[int, int],
) -> Deal | None:
    """Return what the sentence at `span` gives of the `parts` that a relation's type may bear, None for nothing.

    Of several sums the one right after the object counts, else the last before the predicate, within one quotation;
    without a predicate the nearest one.
    """
    if not parts:
        return None
    near = _near(item, clauses, amounts, span)
    money = next((a for a in near if a.kind == "money"), None) if "money" in parts else None
    if money is None and "money" in parts:
        money = _next_sentence(item, text, amounts, span)
    share = next((a for a in near if a.kind == "share"), None) if "share" in parts else None
    funding = next((a for a in near if a.kind == "round"), None) if "round" in parts else None
    thing = _thing(item, clauses, text, amounts) if "item" in parts else None
    if money is None and share is None and funding is None and thing is None:
        return None
    value, currency = money_value(money.text) if money is not None else (None, None)
    return Deal(
        amount=money.text if money is not None else None,
        value=value,
        currency=currency,
        stake=share_percent(share.text) if share is not None else None,
        round=round_name(funding.text) if funding is not None else None,
        item=thing,
    )


def _near(
    item: Stated, clauses: Clauses, amounts: Sequence[AmountMention], span: tuple[int, int]
) -> list[AmountMention]:
    """Return what may belong to the relation, the likeliest first."""
    if item.verb is not None:
        held = in_clause(clauses, item.verb, amounts, span[0])
        inside = [amount for amount in reversed(held) if not _captured(amount, clauses, item.verb)]
        own = _distributed(item, clauses, inside)
        return sorted(inside, key=lambda amount: amount not in own)
    inside = [a for a in amounts if span[0] <= a.start and a.end <= span[1]]
    return sorted((a for a in inside if _apart(a, item.cue) <= BESIDE), key=lambda a: _apart(a, item.cue))


def _captured(amount: AmountMention, clauses: Clauses, verb: int) -> bool:
    """Say whether a relative clause between a sum and the predicate keeps the sum: 지분 30%를 보유한 B에 투자했다."""
    between = (p for p in clauses.phrases[:verb] if p.kind == "verb" and p.start >= amount.end)
    return any(p.ending == "adnominal" and p.lemma not in words("measure") for p in between)


def _distributed(item: Stated, clauses: Clauses, amounts: Sequence[AmountMention]) -> list[AmountMention]:
    """Return the sums that follow the object before any other name: A에 60억원, B에 200억원을 빌려줬다."""
    names = [unit for phrase in clauses.phrases for unit in phrase.units if unit.entity is not None]
    found = []
    for at, unit in enumerate(names):
        if unit.entity == item.object:
            stop = names[at + 1].start if at + 1 < len(names) else item.cue[1]
            found += [a for a in amounts if unit.end <= a.start and a.end <= stop]
    return found


def _apart(amount: AmountMention, cue: tuple[int, int]) -> int:
    return max(cue[0] - amount.end, amount.start - cue[1], 0)


def _next_sentence(
    item: Stated, text: str, amounts: Sequence[AmountMention], span: tuple[int, int]
) -> AmountMention | None:
    """Return the sum that the next sentence gives: 인수 금액은 500억원이다, of a deal whose own words say 인수."""
    opening = _NEXT.match(text, span[1])
    if opening is None:
        return None
    event = opening[1] or ""
    if event not in _ANY and event not in text[item.cue[0] : item.cue[1] + len(event)]:
        return None
    return next((a for a in amounts if a.kind == "money" and a.start == opening.end()), None)


def _thing(item: Stated, clauses: Clauses, text: str, amounts: Sequence[AmountMention]) -> str | None:
    """Return the words for what is bought, supplied or lent for: the object of the predicate, or a noun before the cue.

    Names of the ends, sums and words that only carry the event (계약, 투자) are no such thing.
    """
    compound = next((p for p in clauses.phrases if p.kind == "noun" and p.start <= item.cue[0] < p.end), None)
    if compound is not None:
        before = [unit for unit in compound.units if unit.end <= item.cue[0]]
        return _words(before, text, amounts, item)
    accusative = _object(clauses, item.verb) if item.verb is not None else None
    return _words(accusative.units, text, amounts, item) if accusative is not None else None


def _object(clauses: Clauses, verb: int) -> Phrase | None:
    """Return the nearest accusative phrase before a predicate, with no other predicate between."""
    for phrase in reversed(clauses.phrases[:verb]):
        if phrase.kind == "verb" or phrase.quote != clauses.phrases[verb].quote:
            return None
        if phrase.case == "accusative":
            return phrase
    return None


def _words(units: Sequence[Unit], text: str, amounts: Sequence[AmountMention], item: Stated) -> str | None:
    """Return the text of the units after the last name, None where nothing of substance is left."""
    kept: list[Unit] = []
    for unit in units:
        named = unit.entity is not None and (unit.type != "Product" or unit.entity in (item.subject, item.object))
        kept = [] if named else [*kept, unit]
    while kept and _carries(kept[-1], amounts):
        kept.pop()
    while kept and _carries(kept[0], amounts):
        kept.pop(0)
    if not kept or kept[-1].end - kept[0].start > LONGEST:
        return None
    return text[kept[0].start : kept[-1].end]


def _carries(unit: Unit, amounts: Sequence[AmountMention]) -> bool:
    """Say whether a word is a sum or share, or only carries the event."""
    if unit.text in words("deal_word") or _SUM.fullmatch(unit.text):
        return True
    return any(a.start < unit.end and unit.start < a.end for a in amounts)
