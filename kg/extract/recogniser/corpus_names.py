"""Names annotated in KoNEC (fine-grained KLUE-NER training sentences): how often each form bears which label."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from kg.extract.recogniser.lexicon import Lexicon

Forms = Mapping[str, Mapping[str, int]]
"""Form without spaces → label of the tag set → times annotated."""
OFTEN, SOME = 5, 2
"""Times annotated from which a form counts as frequent, as more than a single find."""


def read_forms(path: Path) -> dict[str, Counter[str]]:
    """Return the forms of a "form, label, count" table with a header line."""
    forms: dict[str, Counter[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        form, label, count = line.split("\t")
        forms.setdefault(form.replace(" ", ""), Counter())[label] += int(count)
    return forms


def add_forms(lexicon: Lexicon, forms: Forms, seen_here: int = 0) -> None:
    """Add forms under codes such as "t:OGG:5".

    `seen_here` is taken off every count: a sentence in which a form was annotated must not vouch for it.
    """
    for form, labels in sorted(forms.items()):
        for label, count in sorted(labels.items()):
            left = count - seen_here
            if left > 0:
                lexicon.add([form], f"t:{label[:3]}:{OFTEN if left >= OFTEN else SOME if left >= SOME else 1}")


def save(path: Path, forms: Forms) -> None:
    """Write forms as gzip of "form, label, count" lines, the same bytes for the same forms."""
    lines = (f"{form}\t{label}\t{n}\n" for form, labels in sorted(forms.items()) for label, n in sorted(labels.items()))
    path.write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))


def load(path: Path) -> dict[str, Counter[str]]:
    """Return what `save` wrote."""
    forms: dict[str, Counter[str]] = {}
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        form, label, count = line.split("\t")
        forms.setdefault(form, Counter())[label] = int(count)
    return forms
