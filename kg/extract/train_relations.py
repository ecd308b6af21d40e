"""Trains the relation classifiers: of news articles, with calibration, their status and dates, and of KLUE-RE.

The classifier of articles learns from labelled articles what frames miss and what frames get wrong: their readings
are among its features. It is calibrated on articles it did not learn from.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from kg.extract.classifier.article import ArticlePairs
from kg.extract.classifier.scorer import FORWARD, NONE, labels_of
from kg.extract.classifier.training import Examples, Plan, fit
from kg.extract.classifier.weights import PAIRS, Weights, load, logit, save
from kg.extract.finding import RelationFinder
from kg.extract.labels import LabelledArticle, named, resolved
from kg.extract.reading import FrameReader
from kg.extract.recogniser import clusters
from kg.extract.train_details import train_details
from kg.extract.train_klue import train_klue
from kg.schema import load_schema

PLAN = Plan(epochs=5, rare=15, dropped=0.3, rate=3e-3, smoothing=0.02)
FEWEST = 4
"""Rows a label needs to be learnt."""
RIDGE = 3.0
"""Penalty on the offset of one relation: a few dozen held pairs outweigh it."""
DOUBT = 0.02
"""Probabilities below this are not looked at when the classifier is calibrated."""


@dataclass(slots=True)
class _Pairs:
    """Where the rows of articles come from: article number, ends, frames' scores by label."""

    examples: Examples
    origin: list[tuple[int, str, str, dict[str, float]]]
    known: list[bool]
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
    made: dict[str, Any] = {"klue-re": train_klue(data, out, seed)}
    kept_apart = list(gold)
    articles = [*kept_apart, *others]
    pairs = _Pairs(Examples(), [], [], [])
    _collect(pairs, articles)
    usable = _usable(pairs)
    held = [i for i in range(len(pairs.origin)) if pairs.origin[i][0] < len(kept_apart) and pairs.origin[i][0] % 2]
    apart = set(held)
    trial = fit(pairs.examples, [i for i in usable if i not in apart], PLAN, seed)
    settings = _calibrate(trial, pairs, held)
    final = fit(pairs.examples, usable, PLAN, seed)
    features = save(out / PAIRS, replace(final, settings=settings))
    made["articles"] = {"articles": len(pairs.truth), "pairs": len(usable), "features": features, **settings}
    finder = RelationFinder(load_schema(), load(out / PAIRS))
    made["status and dates"] = train_details(named(articles), finder, out, seed)
    return made


def _collect(pairs: _Pairs, articles: Iterable[LabelledArticle]) -> None:
    """Add the pairs of articles, read by the pipeline's names and by frames, with their labels, a row for each."""
    schema = load_schema()
    frames = FrameReader(schema)
    finder = ArticlePairs(schema, frames.index, clusters.shipped())
    for number, (article, doc) in enumerate(named(articles)):
        reading = frames(doc)
        stated = list(resolved(article, reading.context.entities))
        pairs.truth.append({(r.type, s, o) for r, s, o in stated})
        for sentence in finder(reading, doc._.morphemes, doc.text):
            part = reading.sentences[sentence.number]
            span, framed = part.sentence, part.stated
            here = [x for x in stated if x[0].span[0] < span.end and span.start < x[0].span[1]]
            for pair, strings in sentence.strings():
                ends = {pair.first.entity, pair.second.entity}
                listed = [(r, s) for r, s, o in here if {s, o} == ends]
                labels = {finder.label(r.type, pair.first.entity, s) for r, s in listed if r.type != NONE}
                elsewhere = article.scope == "article" and any({s, o} == ends for _, s, o in stated)
                scores = {
                    finder.label(i.relation, pair.first.entity, i.subject): i.score
                    for i in framed
                    if {i.subject, i.object} == ends
                }
                for label in sorted(labels) or [NONE]:
                    pairs.examples.add(strings, label)
                    pairs.origin.append((number, pair.first.entity, pair.second.entity, scores))
                    pairs.known.append(bool(listed) or not (elsewhere or article.scope == "pair"))


def _usable(pairs: _Pairs) -> list[int]:
    """Return the rows to learn from: those whose label is known and not too rare."""
    counts: dict[str, int] = {}
    for label in pairs.examples.labels:
        counts[label] = counts.get(label, 0) + 1
    return [i for i, known in enumerate(pairs.known) if known and counts[pairs.examples.labels[i]] >= FEWEST]


def _calibrate(fitted: Weights, pairs: _Pairs, held: Sequence[int]) -> dict[str, Any]:
    """Return what makes probabilities of held rows those of being right: slope, offset, weight of frames, by relation.

    Method: Platt scaling (1999) with the frames' score as a second variable and an offset of each relation, held near
    0 by RIDGE; right is what the labels of the article state in any of its sentences.
    """
    names = list(pairs.examples.names)
    best: dict[tuple[int, str, str, str], tuple[float, float]] = {}
    for i in held:
        number, first, second, scores = pairs.origin[i]
        chances = fitted.probabilities(fitted.total(names[n] for n in pairs.examples.rows[i]))
        for label, p in zip(fitted.labels, chances, strict=True):
            framed = scores.get(label, 0.0)
            if label != NONE and (p >= DOUBT or framed):
                relation, way = labels_of(label)
                key = number, relation, *((first, second) if way == FORWARD else (second, first))
                seen = best.get(key, (-math.inf, 0.0))
                best[key] = max(seen[0], logit(float(p))), max(seen[1], framed)
    symmetric = load_schema().symmetric
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


def _logistic(x: Any, y: Any, ridge: Any) -> Any:
    """Return the coefficients of a logistic regression with a ridge penalty for each, by Newton's method."""
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (y - p) - ridge * beta
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        beta += np.linalg.solve(hessian, gradient)
    return beta
