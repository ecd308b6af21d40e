"""Trains the relation classifiers: of news articles, with their status and calibration, and of KLUE-RE.

The classifier of articles learns from labelled articles what frames miss and what frames get wrong: their readings
are among its features. It is calibrated on articles it did not learn from.
"""

from __future__ import annotations

import csv
import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np

import kg.extract.coreference
import kg.extract.names  # noqa: F401  (both register their factories)
from kg import resources
from kg.errors import InputError
from kg.extract.classifier.article import ArticlePairs
from kg.extract.classifier.klue import Row, read_pairs, row_strings
from kg.extract.classifier.scorer import FORWARD, NONE, labels_of
from kg.extract.classifier.training import Examples, Fitted, Plan, fit
from kg.extract.classifier.weights import KLUE, PAIRS, STATUSES, save
from kg.extract.reading import FrameReader
from kg.extract.recogniser import clusters
from kg.extract.train_names import require
from kg.lang.ko.morphemes import blank
from kg.model import Document
from kg.schema import load_schema

KLUE_TRAIN, OWN_PAIRS = "klue-re/train.csv", "klue_re_pairs.tsv"
PLAN = Plan(epochs=5, rare=15, dropped=0.3, rate=3e-3, smoothing=0.02)
STATUS_PLAN = Plan(epochs=8, rare=15, dropped=0.3, rate=3e-3, smoothing=0.02)
KLUE_PLAN = Plan(epochs=4, rare=6, dropped=0.4, rate=5e-3, smoothing=0.1)
OWN_TWICE = 2
"""How often our own pairs, sampled like KLUE-RE's evaluation data, count."""
FEWEST = 4
"""Rows a label needs to be learnt."""
RIDGE = 3.0
"""Penalty on the offset of one relation: a few dozen held pairs outweigh it."""
DOUBT = 0.02
"""Probabilities below this are not looked at when the classifier is calibrated."""


class LabelledRelation(NamedTuple):
    """A relation that labels give an article: the forms of its ends, and where in the text it is stated."""

    type: str
    status: str
    date: str | None
    subject: tuple[str, ...]
    object: tuple[str, ...]
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article with its relations, and how far they go; the type NONE marks a pair that is not related.

    `scope` is "sentence" where every sentence that states a relation is listed, "article" where each relation is
    listed with one of them, "pair" where nothing is known of pairs that are not listed.
    """

    document: Document
    relations: tuple[LabelledRelation, ...]
    scope: Literal["sentence", "article", "pair"]


@dataclass(slots=True)
class _Pairs:
    """Where the rows of articles come from: article number, ends, frames' scores by label."""

    examples: Examples
    origin: list[tuple[int, str, str, dict[str, float]]]
    known: list[bool]
    status: list[str]
    truth: list[set[tuple[str, str, str]]]
    """The relations of each article, ends as entity ids."""


def train_relations(
    data: Path, out: Path, *, gold: Iterable[LabelledArticle], others: Iterable[LabelledArticle], seed: int = 0
) -> dict[str, Any]:
    """Train on labelled articles and on `data`/klue-re/train.csv and write the weights to `out`.

    Half of `gold` is kept apart to calibrate the classifier of articles; then it learns from all.

    Returns counts of rows and kept features and the calibration. Raises InputError naming what is missing, and
    MissingExtraError without PyTorch.
    """
    require(data, (KLUE_TRAIN,))
    out.mkdir(parents=True, exist_ok=True)
    made: dict[str, Any] = {"klue-re": train_klue(data, out, seed)}
    kept_apart = list(gold)
    pairs = _Pairs(Examples(), [], [], [], [])
    _collect(pairs, [*kept_apart, *others])
    usable = _usable(pairs)
    held = [i for i in range(len(pairs.origin)) if pairs.origin[i][0] < len(kept_apart) and pairs.origin[i][0] % 2]
    apart = set(held)
    trial = fit(pairs.examples, [i for i in usable if i not in apart], PLAN, seed)
    settings = _calibrate(trial, pairs, held)
    final = fit(pairs.examples, usable, PLAN, seed)
    features = save(out / PAIRS, final.labels, final.names, final.matrix, final.bias, settings)
    made["articles"] = {"articles": len(pairs.truth), "pairs": len(usable), "features": features, **settings}
    made["status"] = _train_status(pairs, usable, out, seed)
    return made


def train_klue(data: Path, out: Path, seed: int = 0) -> dict[str, int]:
    """Train the classifier of KLUE-RE on its training part and on our own pairs of the same sentences."""
    groups = clusters.shipped()
    examples = Examples()
    official = list(read_pairs(data / KLUE_TRAIN))
    own = list(_own_pairs(data / KLUE_TRAIN))
    for row in [*official, *own]:
        examples.add(row_strings(row, groups), row.label)
    order = [*range(len(official)), *list(range(len(official), len(official) + len(own))) * OWN_TWICE]
    fitted = fit(examples, order, KLUE_PLAN, seed)
    features = save(out / KLUE, fitted.labels, fitted.names, fitted.matrix, fitted.bias, {})
    return {"official": len(official), "own": len(own), "features": features}


def _own_pairs(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        sentences = {row["id"]: row["sentence"] for row in csv.DictReader(lines)}
    for entry in resources.table("annotations", OWN_PAIRS):
        text = sentences.get(entry["id"], "")
        if hashlib.sha256(text.encode()).hexdigest()[:8] != entry["checksum"]:
            raise InputError(
                f"{path}: sentence {entry['id']} is not the one annotated; get the version it was annotated in"
            )
        for pair in entry["pairs"].split():
            label, *spans = pair.split("|")
            yield Row.of(entry["id"], text, spans[0], spans[1], label)


def _collect(pairs: _Pairs, articles: Iterable[LabelledArticle]) -> None:
    """Add the pairs of articles, read by the pipeline's names and by frames, with their labels."""
    schema = load_schema()
    nlp = blank()
    for name in ("kg_names", "kg_coreference"):
        nlp.add_pipe(name)
    frames = FrameReader(schema)
    finder = ArticlePairs(schema, frames.index, clusters.shipped())
    for number, article in enumerate(articles):
        doc = nlp.make_doc(article.document.text)
        doc._.document = article.document
        for _, component in nlp.pipeline:
            doc = component(doc)
        reading = frames(doc)
        stated = list(_resolved(article, reading.context.entities))
        pairs.truth.append({(r.type, s, o) for r, s, o in stated})
        for place, sentence in finder(reading, doc._.morphemes, doc.text):
            span = reading.sentences[place].sentence
            here = [x for x in stated if x[0].span[0] < span.end and span.start < x[0].span[1]]
            framed = reading.sentences[place].stated
            for pair, strings in sentence.strings():
                ends = {pair.first.entity, pair.second.entity}
                label, status = NONE, ""
                listed = next(((r, s) for r, s, o in here if {s, o} == ends), None)
                if listed is not None and listed[0].type != NONE:
                    label = finder.label(listed[0].type, pair.first.entity, listed[1])
                    status = listed[0].status
                elsewhere = article.scope == "article" and any({s, o} == ends for _, s, o in stated)
                scores = {
                    finder.label(i.relation, pair.first.entity, i.subject): i.score
                    for i in framed
                    if {i.subject, i.object} == ends
                }
                pairs.examples.add(strings, label)
                pairs.origin.append((number, pair.first.entity, pair.second.entity, scores))
                pairs.status.append(status)
                pairs.known.append(listed is not None or not (elsewhere or article.scope == "pair"))


def _resolved(article: LabelledArticle, entities: Any) -> Iterator[tuple[LabelledRelation, str, str]]:
    """Yield the relations of an article whose two ends the recogniser found, with the entities' ids."""
    forms: dict[str, str] = {}
    for entity in entities.values():
        for form in (entity.name, *entity.aliases):
            forms.setdefault("".join(form.split()).lower(), entity.id)
    for relation in article.relations:
        ends = [
            next((forms[k] for k in ("".join(f.split()).lower() for f in names) if k in forms), None)
            for names in (relation.subject, relation.object)
        ]
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            yield relation, ends[0], ends[1]


def _usable(pairs: _Pairs) -> list[int]:
    """Return the rows to learn from: those whose label is known and not too rare."""
    counts: dict[str, int] = {}
    for label in pairs.examples.labels:
        counts[label] = counts.get(label, 0) + 1
    return [i for i, known in enumerate(pairs.known) if known and counts[pairs.examples.labels[i]] >= FEWEST]


def _calibrate(fitted: Fitted, pairs: _Pairs, held: Sequence[int]) -> dict[str, Any]:
    """Return what makes probabilities of held rows those of being right: slope, offset, weight of frames, by relation.

    Method: Platt scaling (1999) with the frames' score as a second variable and an offset of each relation, held near
    0 by RIDGE; right is what the labels of the article state in any of its sentences.
    """
    place = {name: row for row, name in enumerate(fitted.names)}
    written = sorted(pairs.examples.names, key=pairs.examples.names.__getitem__)
    best: dict[tuple[int, str, str, str], tuple[float, float]] = {}
    for i in held:
        number, first, second, scores = pairs.origin[i]
        rows = [place[written[n]] for n in pairs.examples.rows[i] if written[n] in place]
        total = fitted.matrix[rows].sum(axis=0) + fitted.bias
        odds = np.exp(total - total.max())
        odds /= odds.sum()
        for label, p in zip(fitted.labels, odds, strict=True):
            framed = scores.get(label, 0.0)
            if label != NONE and (p >= DOUBT or framed):
                relation, way = labels_of(label)
                key = number, relation, *((first, second) if way == FORWARD else (second, first))
                seen = best.get(key, (-math.inf, 0.0))
                best[key] = max(seen[0], logit(float(p))), max(seen[1], framed)
    symmetric = {name for name, kind in load_schema().relations.items() if kind.symmetric}
    relations = sorted({relation for _, relation, _, _ in best})
    variables, right = [], []
    for (number, relation, subject, obj), values in best.items():
        truth = pairs.truth[number]
        variables.append((*values, 1.0, *(float(relation == name) for name in relations)))
        right.append((relation, subject, obj) in truth or (relation in symmetric and (relation, obj, subject) in truth))
    ridge = np.array([1e-3] * 3 + [RIDGE] * len(relations))
    slope, frame, offset, *own = (round(float(c), 4) for c in _logistic(np.array(variables), np.array(right), ridge))
    return {
        "slope": slope,
        "offset": offset,
        "frame": frame,
        "relations": dict(zip(relations, own, strict=True)),
        "pairs held": len(right),
    }


def logit(p: float) -> float:
    """Return the log odds of a probability, which is kept off 0 and 1."""
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def _logistic(x: Any, y: Any, ridge: Any) -> Any:
    """Return the coefficients of a logistic regression with a ridge penalty for each, by Newton's method."""
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (y - p) - ridge * beta
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        beta += np.linalg.solve(hessian, gradient)
    return beta


def _train_status(pairs: _Pairs, usable: Sequence[int], out: Path, seed: int) -> dict[str, int]:
    """Train the classifier that tells facts from plans, possibilities, denials and ends of related pairs."""
    related = [i for i in usable if pairs.status[i]]
    examples = Examples(names=pairs.examples.names, rows=pairs.examples.rows, labels=pairs.status)
    fitted = fit(examples, related, STATUS_PLAN, seed)
    features = save(out / STATUSES, fitted.labels, fitted.names, fitted.matrix, fitted.bias, {})
    return {"relations": len(related), "features": features}
