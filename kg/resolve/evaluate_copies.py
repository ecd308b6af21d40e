"""Measures which articles are folded into one source against labelled pairs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from kg.codec import read_documents
from kg.errors import InputError
from kg.resolve.copies import fingerprint, originals

LABELS = {"copy": True, "rewrite": True, "independent": False}
"""The labels of a pair, and whether its articles are one source."""

Pair = tuple[str, str, str]


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a table with the columns first, second and label; raises InputError naming file and line."""
    pairs = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); give a table of pairs") from error
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != 3 or cells[2] not in LABELS:
            raise InputError(f"{path}:{number}: not two article ids and one of {', '.join(LABELS)}; mend the line")
        pairs.append((cells[0], cells[1], cells[2]))
    return pairs


def evaluate_copies(documents: Path, gold: Path) -> dict[str, Any]:
    """Return precision and recall (0 to 1) of folding over labelled pairs, by what `originals` makes of all documents.

    Two articles are folded when they have one original. Pairs with an article that `documents` lacks are counted as
    missing and left out. `folded` gives for each label how many of its pairs are folded, `copies` the articles of all
    documents that have an original, `largest` the articles of the largest group. Raises InputError for the table,
    FormatError where `documents` holds none.
    """
    pairs = read_pairs(gold)
    found = {one.article: one for one in map(fingerprint, read_documents(documents))}
    original = originals(found.values())
    known = [pair for pair in pairs if pair[0] in found and pair[1] in found]
    folded = Counter(label for one, other, label in known if original.get(one, one) == original.get(other, other))
    labelled = Counter(label for *_, label in known)
    right = sum(count for label, count in folded.items() if LABELS[label])
    wanted = sum(count for label, count in labelled.items() if LABELS[label])
    return {
        "precision": round(right / folded.total(), 4) if folded else 0.0,
        "recall": round(right / wanted, 4) if wanted else 0.0,
        "pairs": len(known),
        "pairs missing": len(pairs) - len(known),
        "folded": {label: f"{folded[label]} of {labelled[label]}" for label in LABELS},
        "articles": len(found),
        "copies": len(original),
        "largest": 1 + max(Counter(original.values()).values(), default=0),
    }
