"""Measures extracted documents against articles labelled at document level.

A found entity is a labelled one when their top types agree and any of their surface forms do (spaces and case
dropped). A found relation is right when its type and both ends are; symmetric types either way round. Figures are
micro averages over all documents, 0 to 1.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.codec import read_documents
from kg.errors import InputError
from kg.lang.ko.names import plain
from kg.model import MIN_CONFIDENCE, UNREALISED, Document, RelationMention
from kg.schema import Schema, load_schema

TYPES = {"ORG": "Organization", "PER": "Person", "LOC": "Place", "PROD": "Product"}
"""The labels' entity types in the schema's terms."""
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Confidences at which the curve of precision and recall is measured."""

Key = tuple[str, str, str]


@dataclass(slots=True)
class Counts:
    """Right, found and labelled, for one type or all."""

    right: int = 0
    found: int = 0
    labelled: int = 0

    def figures(self) -> dict[str, float]:
        """Return precision, recall and F1, with the number labelled."""
        total = self.found + self.labelled
        return {
            "precision": round(self.right / self.found, 4) if self.found else 0.0,
            "recall": round(self.right / self.labelled, 4) if self.labelled else 0.0,
            "f1": round(2 * self.right / total, 4) if total else 0.0,
            "gold": self.labelled,
        }


@dataclass(slots=True)
class Tally:
    """Entities and relations by type, and under "all"; details of the relations that are right, by name."""

    entities: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    relations: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    details: Counter[str] = field(default_factory=Counter)


def evaluate_relations(gold: Path, predicted: Path, min_confidence: float = MIN_CONFIDENCE) -> dict[str, Any]:
    """Return figures for the documents that `kg extract` wrote against labels, one article a line.

    A line of labels is {"id", "entities": [{"name", "type", "aliases"}], "relations": [{"type", "subject", "object",
    "status", "date", "role"}]}, ends by name. `curve` gives precision and recall by least confidence, down to what the
    documents hold. Raises InputError naming the file and line, FormatError where `predicted` holds no documents.
    """
    labels = read_labels(gold)
    documents = {document.id: document for document in read_documents(predicted)}
    schema = load_schema()
    tally = tally_of(labels, documents, schema, min_confidence)
    curve = []
    for least in THRESHOLDS:
        counts = tally_of(labels, documents, schema, least).relations["all"]
        curve.append({"min_confidence": least, **counts.figures()})
    return {
        "documents": len(labels),
        "documents missing": len(labels.keys() - documents.keys()),
        "entities": {name: counts.figures() for name, counts in sorted(tally.entities.items())},
        "relations": tally.relations["all"].figures(),
        "by type": {n: c.figures() for n, c in sorted(tally.relations.items()) if n != "all"},
        **_shares(tally.details),
        "curve": curve,
    }


def read_labels(path: Path) -> dict[str, dict[str, Any]]:
    """Return the labels of a file by article; raises InputError naming the file and line."""
    rows: dict[str, dict[str, Any]] = {}
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = json.loads(line)
                    if row["id"] in rows:
                        raise InputError(f"{path}:{number}: id {row['id']} was given before; keep one line of it")
                    rows[row["id"]] = {"entities": row["entities"], "relations": row["relations"]}
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); give a file of labels") from error
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(f"{path}:{number}: no labels ({error!r}); mend or remove the line") from error
    return rows


def tally_of(
    labels: Mapping[str, dict[str, Any]], documents: Mapping[str, Document], schema: Schema, least: float
) -> Tally:
    """Return the counts of the documents of labelled articles; relations of less confidence than `least` are left out.

    A labelled article without a document counts as one in which nothing was found.
    """
    tally = Tally()
    for name, label in labels.items():
        document = documents.get(name) or Document(name, "")
        names = aligned(label, document)
        _count_entities(tally, label, document, names)
        _count_relations(tally, label, document, names, schema, least)
    return tally


def aligned(label: Mapping[str, Any], document: Document) -> dict[str, str]:
    """Return the labelled entity's name by found entity's id; the entity's own name is tried first."""
    known: dict[tuple[str, str], str] = {}
    for entity in label["entities"]:
        for form in (entity["name"], *entity.get("aliases", ())):
            known.setdefault((TYPES.get(entity["type"], entity["type"]), plain(form)), entity["name"])
    names = {}
    for found in document.entities:
        forms = [plain(found.name), *sorted({plain(form) for form in (found.name, *found.aliases)})]
        match = next((known[found.type, form] for form in forms if (found.type, form) in known), None)
        if match is not None:
            names[found.id] = match
    return names


def _count_entities(tally: Tally, label: Mapping[str, Any], document: Document, names: Mapping[str, str]) -> None:
    for kind in ("Organization", "Person"):
        wanted = {e["name"] for e in label["entities"] if TYPES.get(e["type"], e["type"]) == kind}
        mine = [e for e in document.entities if e.type == kind]
        right = len({names[e.id] for e in mine if e.id in names} & wanted)
        for scope in (kind, "all"):
            counts = tally.entities[scope]
            counts.right, counts.found = counts.right + right, counts.found + len(mine)
            counts.labelled += len(wanted)


def _count_relations(
    tally: Tally,
    label: Mapping[str, Any],
    document: Document,
    names: Mapping[str, str],
    schema: Schema,
    least: float,
) -> None:
    def key(kind: str, subject: str, obj: str) -> Key:
        return kind, *schema.ordered(kind, subject, obj)

    wanted: dict[Key, list[dict[str, Any]]] = {}
    for row in label["relations"]:
        wanted.setdefault(key(row["type"], row["subject"], row["object"]), []).append(row)
    mine: dict[Key, RelationMention] = {}
    for relation in document.relations:
        if relation.confidence >= least:
            ends = [names.get(end, f"?{end}") for end in (relation.subject, relation.object)]
            mine.setdefault(key(relation.type, *ends), relation)
    for scope, keys in (("found", mine), ("labelled", wanted), ("right", mine.keys() & wanted.keys())):
        for k in keys:
            for counts in (tally.relations[k[0]], tally.relations["all"]):
                setattr(counts, scope, getattr(counts, scope) + 1)
    for k in mine.keys() & wanted.keys():
        _count_details(tally.details, mine[k], wanted[k])


def _count_details(details: Counter[str], found: RelationMention, wanted: Sequence[Mapping[str, Any]]) -> None:
    details["status wanted"] += 1
    details["status"] += found.status in {row["status"] for row in wanted}
    unrealised = all(row["status"] in UNREALISED for row in wanted)
    details["unrealised shown as fact wanted"] += unrealised
    details["unrealised shown as fact"] += unrealised and found.status == "actual"
    for name, value in (("date", found.date), ("role", found.role)):
        given = {plain(str(row[name])) for row in wanted if row.get(name)}
        if given:
            details[f"{name} wanted"] += 1
            details[name] += plain(str(value)) in given


def _shares(details: Counter[str]) -> dict[str, float | None]:
    """Return the accuracy of each detail over the right relations for which the labels give it."""
    names: Iterable[str] = ("status", "unrealised shown as fact", "date", "role")
    return {
        name: round(details[name] / details[f"{name} wanted"], 4) if details[f"{name} wanted"] else None
        for name in names
    }
