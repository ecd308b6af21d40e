"""What the classifier sees of a pair beyond its two names: the words between them, the clause, what frames found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extract.classifier.views import LETTERS, NameView, SentenceView, unit_sign

SHORT = 6
"""Morphemes between two names up to which their whole sequence is a feature."""


def pair_strings(
    view: SentenceView,
    first: NameView,
    second: NameView,
    between: Sequence[str],
    framed: Iterable[tuple[str, float]],
    elsewhere: Iterable[str],
) -> list[str]:
    """Return the features of a pair; `framed` are the readings of frames here, `elsewhere` those of other sentences."""
    found = [f"be{''.join(LETTERS.get(t, '?') for t in between[:5])}", f"bn{len(between)}"]
    found += _between(view, first, second)
    if first.phrase >= 0 and second.phrase >= 0:
        found += _clause(view, first, second)
    found.append(f"fin{view.final}")
    for offset, names in view.triggers:
        place = "b" if offset < first.end.start else "m" if offset < second.end.start else "a"
        found += [f"t{place}{name}" for name in names]
    readings = [f"F{reading}{int(score * 5)}" for reading, score in framed]
    found += readings or ["F-"]
    found += [f"F{reading}" for reading, _ in framed]
    found += [f"D{reading}" for reading in elsewhere]
    return found


def _between(view: SentenceView, first: NameView, second: NameView) -> list[str]:
    start, stop = first.stop, second.first
    count = stop - start
    forms = view.forms
    found = [f"d{count if count < 6 else 6 + count // 5 if count < 40 else 15}"]
    if first.end.carried:
        return found
    if count <= SHORT:
        found += [f"M{' '.join(forms[start:stop])}", f"T{' '.join(view.tags[start:stop])}"]
    seen = {f"m{forms[i]}" for i in range(start, stop) if view.content[i]}
    seen.update(f"m{view.groups[i]}" for i in range(start, stop) if view.groups[i])
    if count <= 40:
        seen.update(f"m{forms[i]}|{forms[i + 1]}" for i in range(start, stop - 1))
    found += sorted(seen)
    gap = view.text[first.end.end : second.end.start]
    found.append(f"p{'(' if '(' in gap else ''}{')' if ')' in gap else ''}")
    if len(gap) <= 3:
        found.append(f"o{gap}")
    return found


def _clause(view: SentenceView, first: NameView, second: NameView) -> list[str]:
    left, right = view.phrases[first.phrase], view.phrases[second.phrase]
    cases = f"{left.case}|{right.case}"
    found = [f"C{cases}", f"pd{min(second.phrase - first.phrase, 6)}"]
    if left is right:
        inside = left.units[first.unit + 1 : second.unit + 1]
        found.append(f"j{''.join(unit_sign(unit) for unit in inside[:4])}")
    verbs = [view.phrases[at] for at in view.verbs if first.phrase < at < second.phrase]
    found.append(f"nv{min(len(verbs), 4)}")
    for verb in verbs[:4]:
        found += [f"bv{verb.lemma}", f"bv{verb.lemma}{verb.ending}"]
    if verbs:
        found.append(f"bl{verbs[-1].lemma}|{verbs[-1].ending}|{left.case}")
    governor = view.next_verb(second.phrase)
    if governor is not None:
        lemma, ending = governor.lemma, governor.ending
        found += [f"CV{cases}|{lemma}", f"cv{right.case}|{lemma}|{ending}", f"CE{cases}|{ending}"]
        before = view.phrases[view.phrases.index(governor, second.phrase) - 1]
        if before.kind == "noun" and before is not right and before.units and before.units[-1].entity is None:
            found += [f"vn{before.units[-1].text}|{lemma}", f"vN{before.units[-1].text}|{right.case}"]
    return found
