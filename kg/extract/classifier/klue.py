"""KLUE-RE: its CSV files, and the classifier of relations between given entities in them."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.extract.classifier.sentence import sentence_strings
from kg.extract.classifier.views import Clusters
from kg.extract.classifier.weights import Weights
from kg.extract.recogniser.labels import Span
from kg.lang.ko.morphemes import analyse

NO_RELATION = "no_relation"
COLUMNS = ("id", "sentence", "subject_entity", "object_entity", "label")


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with a marked subject and object and the label of their relation."""

    id: str
    text: str
    subject: Span
    object: Span
    label: str

    @staticmethod
    def of(name: str, text: str, subject: str, obj: str, label: str) -> Row:
        """Return the row of spans written "3-7:ORG", half-open."""
        return Row(name, text, Span.read(subject), Span.read(obj), label)


def read_pairs(path: Path) -> Iterator[Row]:
    """Yield the rows of a KLUE-RE CSV file (columns COLUMNS; offsets inclusive); raises InputError naming the line."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(f"{path}: lacks the columns {', '.join(missing)}; give a file like KLUE-RE's dev.csv")
            for row in reader:
                try:
                    ends = [_marked(row[name], row["sentence"]) for name in ("subject_entity", "object_entity")]
                except (ValueError, SyntaxError, KeyError, TypeError) as error:
                    raise InputError(
                        f"{path}:{reader.line_num}: no entity ({error}); mend or remove the line"
                    ) from error
                yield Row(row["id"], row["sentence"], ends[0], ends[1], row["label"])
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); give a CSV file in UTF-8") from error


def _marked(written: str, text: str) -> Span:
    found = ast.literal_eval(written)
    marked = Span(int(found["start_idx"]), int(found["end_idx"]) + 1, str(found["type"]))
    if not 0 <= marked.start < marked.end <= len(text):
        raise ValueError(f"offsets {marked.start}-{marked.end - 1} lie outside the sentence")
    return marked


def row_strings(row: Row, clusters: Clusters) -> list[str]:
    """Return the features of a row; the whole text counts as one sentence."""
    return sentence_strings(row.text, analyse(row.text), row.subject, row.object, clusters)


def classify(rows: Sequence[Row], weights: Weights, clusters: Clusters) -> list[str]:
    """Return the likeliest label of each row."""
    found = []
    for row in rows:
        scores: Any = weights.total(row_strings(row, clusters)) + weights.bias
        found.append(weights.labels[int(scores.argmax())])
    return found


def micro_f1(gold: Sequence[str], predicted: Sequence[str]) -> dict[str, float]:
    """Return precision, recall and F1 over all labels but no_relation, as KLUE measures (Park et al. 2021)."""
    hits = sum(g == p != NO_RELATION for g, p in zip(gold, predicted, strict=True))
    found = sum(p != NO_RELATION for p in predicted)
    wanted = sum(g != NO_RELATION for g in gold)
    total = found + wanted
    return {
        "micro_f1": round(2 * hits / total, 4) if total else 0.0,
        "precision": round(hits / found, 4) if found else 0.0,
        "recall": round(hits / wanted, 4) if wanted else 0.0,
        "pairs": len(gold),
        "gold": wanted,
    }
