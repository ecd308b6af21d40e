"""What a system found against labels: counts by article, figures of all, intervals by resampling articles.

Names and relations count as in `kg.extract.evaluate_relations`. Two looser counts stand beside that of relations: with
their direction ignored, and with type and direction ignored (pairs of names that something relates).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import asdict
from functools import partial
from typing import Any

from kg.extract.evaluate_relations import aligned, tally_of
from kg.extract.spans import sentences
from kg.model import MIN_CONFIDENCE, Document
from kg.schema import load_schema
from tests.benchmarks.compare.sets import ArticleSet

DRAWS = 2000
"""Samples of articles, with replacement, behind an interval."""
WITHIN = (0.025, 0.975)
"""The part of the samples that a 95 % interval leaves out at either end."""
KINDS = ("names", "organizations", "people", "relations", "undirected", "pairs")
"""What is counted as right, found and labelled."""
WHY = ("an end not found", "too unsure", "in no one sentence", "in one sentence")
"""What stands in the way of a labelled relation: an end is not found under its type, the confidence is too low, the
ends are never named in one sentence, or nothing but that it was not seen in a sentence that names both."""
LONGEST = 1000
"""Characters of the longest sentence."""

Tallied = Counter[str]


def counts(labels: Mapping[str, Any], document: Document, least: float = MIN_CONFIDENCE) -> Tallied:
    """Return the counts of one article: "KIND right", "KIND found", "KIND labelled", and of the right what is known."""
    tally = tally_of({document.id: dict(labels)}, {document.id: document}, load_schema(), least)
    found: Tallied = Counter()
    scopes = {"names": "all", "organizations": "Organization", "people": "Person"}
    every = {name: tally.entities[scope] for name, scope in scopes.items()} | {"relations": tally.relations["all"]}
    for name, one in every.items():
        found.update({f"{name} right": one.right, f"{name} found": one.found, f"{name} labelled": one.labelled})
    found.update({"status right": tally.details["status"], "status of": tally.details["status wanted"]})
    wrong = {"facts": "unrealised shown as fact", "facts of": "unrealised shown as fact wanted"}
    found.update({name: tally.details[detail] for name, detail in wrong.items()})
    _count_loosely(found, labels, document, least)
    _count_evidence(found, labels, document, least)
    return found


def _count_loosely(found: Tallied, labels: Mapping[str, Any], document: Document, least: float) -> None:
    names = aligned(labels, document)
    wanted = {(row["type"], frozenset((row["subject"], row["object"]))) for row in labels["relations"]}
    mine = set()
    for one in document.relations:
        if one.confidence >= least:
            ends = frozenset(names.get(end, f"?{end}") for end in (one.subject, one.object))
            mine.add((one.type, ends))
    _add(found, "undirected", mine, wanted)
    _add(found, "pairs", {ends for _, ends in mine}, {ends for _, ends in wanted})


def _add(found: Tallied, kind: str, mine: Set[object], wanted: Set[object]) -> None:
    found.update({f"{kind} right": len(mine & wanted), f"{kind} found": len(mine), f"{kind} labelled": len(wanted)})


def _count_evidence(found: Tallied, labels: Mapping[str, Any], document: Document, least: float) -> None:
    """Count quotations that the text has, and of right relations those that meet the passage of the labels."""
    names, schema = aligned(labels, document), load_schema()
    passages: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for row in labels["relations"]:
        start = document.text.find(row["evidence"])
        key = (row["type"], *schema.ordered(row["type"], row["subject"], row["object"]))
        passages.setdefault(key, []).append((start, start + len(row["evidence"])))
    seen = set()
    for one in document.relations:
        if one.confidence < least:
            continue
        evidence = one.evidence
        found["quoted of"] += 1
        found["quoted"] += bool(evidence.text) and document.text[evidence.start : evidence.end] == evidence.text
        ends = (names.get(end, f"?{end}") for end in (one.subject, one.object))
        key = (one.type, *schema.ordered(one.type, *ends))
        if key in passages and key not in seen:
            seen.add(key)
            found["placed of"] += 1
            found["placed"] += any(start < evidence.end and evidence.start < end for start, end in passages[key])


def missed(labels: Mapping[str, Any], document: Document, least: float = MIN_CONFIDENCE) -> Tallied:
    """Count the labelled relations of one article that were not found, by what stood in the way."""
    names, schema = aligned(labels, document), load_schema()

    def key(kind: str, subject: str, obj: str) -> tuple[str, str, str]:
        return kind, *schema.ordered(kind, subject, obj)

    sure: dict[tuple[str, str, str], float] = {}
    for one in document.relations:
        mine = key(one.type, *(names.get(end, f"?{end}") for end in (one.subject, one.object)))
        sure[mine] = max(one.confidence, sure.get(mine, 0.0))
    inside = [
        {names[m.entity] for m in document.mentions if start <= m.start < end and m.entity in names}
        for start, end in sentences(document.text, LONGEST)
    ]
    found: Tallied = Counter()
    for wanted in {key(row["type"], row["subject"], row["object"]) for row in labels["relations"]}:
        ends = set(wanted[1:])
        if sure.get(wanted, 0.0) >= least:
            continue
        if not ends <= set(names.values()):
            found["an end not found"] += 1
        elif wanted in sure:
            found["too unsure"] += 1
        else:
            found["in one sentence" if any(ends <= there for there in inside) else "in no one sentence"] += 1
    return found


def by_type(given: ArticleSet, documents: Mapping[str, Document]) -> dict[str, dict[str, int]]:
    """Return for each type of relation how many are right, found and labelled."""
    tally = tally_of(given.labels, documents, load_schema(), MIN_CONFIDENCE).relations
    types = sorted({row["type"] for label in given.labels.values() for row in label["relations"]})
    return {kind: asdict(tally[kind]) for kind in types}


def share(total: Tallied, part: str, whole: str) -> float | None:
    """Return a share of counts, None of nothing."""
    return total[part] / total[whole] if total[whole] else None


def precision(total: Tallied, kind: str) -> float | None:
    """Return the share of what was found that is right."""
    return share(total, f"{kind} right", f"{kind} found")


def recall(total: Tallied, kind: str) -> float | None:
    """Return the share of what is labelled that was found."""
    return share(total, f"{kind} right", f"{kind} labelled")


def f1(total: Tallied, kind: str) -> float | None:
    """Return the harmonic mean of precision and recall."""
    both = total[f"{kind} found"] + total[f"{kind} labelled"]
    return 2 * total[f"{kind} right"] / both if both else None


def interval(articles: Sequence[Tallied], figure: Callable[[Tallied], float | None]) -> tuple[float, float] | None:
    """Return the 95 % interval of a figure by percentiles of resampled articles; the same for the same articles."""
    chance = random.Random(0)
    values = []
    for _ in range(DRAWS):
        total: Tallied = Counter()
        for one in chance.choices(articles, k=len(articles)):
            total.update(one)
        value = figure(total)
        if value is not None:
            values.append(value)
    values.sort()
    return (values[int(WITHIN[0] * len(values))], values[int(WITHIN[1] * len(values)) - 1]) if values else None


def figures(given: ArticleSet, documents: Mapping[str, Document]) -> dict[str, Any]:
    """Return the figures of a system's documents on a set."""
    articles = [counts(given.labels[one.id], documents[one.id]) for one in given.documents]
    total = sum(articles, Counter())
    found: dict[str, Any] = {"articles": len(articles)}
    for kind in KINDS:
        measures = {"precision": precision, "recall": recall, "f1": f1}
        found[kind] = {name: measure(total, kind) for name, measure in measures.items()}
        found[kind] |= {part: total[f"{kind} {part}"] for part in ("right", "found", "labelled")}
        found[kind]["interval"] = interval(articles, partial(f1, kind=kind))
    for name in ("status right", "facts", "quoted", "placed"):
        whole = f"{name.removesuffix(' right')} of"
        found[name] = {"share": share(total, name, whole), "count": total[name], "of": total[whole]}
    lost = sum((missed(given.labels[one.id], documents[one.id]) for one in given.documents), Counter())
    return found | {"missed": {why: lost[why] for why in WHY}, "by type": by_type(given, documents)}
