"""Prints what each kind of evidence adds to entity resolution, on the labelled occurrences.

`python tests/benchmarks/ablate_resolution.py DOCUMENTS DATA`: DOCUMENTS is what `kg extract` wrote of DATA/news-raw.
Each row is a model fitted without some features; the last is fitted to the measuring labels and measured on the
training labels. About six minutes of one core.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.codec import read_documents
from kg.resolve.evaluate_resolution import TOGETHER, evaluate_resolution
from kg.resolve.scoring import BIAS, Scorer
from kg.resolve.statistics import Statistics, count
from kg.resolve.training import Pairs, fit, labelled_pairs
from kg.run.occurrences import MEASURING, TRAINING, annotated_occurrences

WITHOUT: Mapping[str, tuple[str, ...]] = {
    "all": (),
    "names beside it (company)": ("company", "common_company", "body_company", "employer_seen"),
    "words around it": ("words",),
    "neither": ("company", "common_company", "body_company", "employer_seen", "words"),
    "titles and employers": ("title", "employer"),
    "places near it (scope)": ("scope", "body_scope", "common_scope", "place_said"),
    "what articles say of two names": ("given_together", "mostly_together", "given_apart", "form_shared"),
    "how common parts of names are": ("common_ending", "common_beginning", "common_given_name"),
    "lists of known organizations and kinds of bodies": ("known", "both_known", "kind_of_body"),
}
"""What is left out, and the beginnings of the names of its features."""


def fitted(pairs: Mapping[str, Pairs], statistics: Statistics, without: tuple[str, ...]) -> Scorer:
    weights = {}
    for name, found in pairs.items():
        kept = [at for at, feature in enumerate(found.names) if not feature.startswith(without)]
        part = Pairs(tuple(found.names[at] for at in kept), found.rows[:, kept], found.same)
        weights[name] = dict.fromkeys((BIAS, *found.names), 0.0) | fit(part)
    return Scorer(statistics, weights)


def measured(documents: Path, data: Path) -> Iterator[tuple[str, dict[str, dict[str, float]]]]:
    read = list(read_documents(documents))
    training, measuring = (annotated_occurrences(data, read, table).occurrences for table in (TRAINING, MEASURING))
    statistics = count(read)
    pairs = labelled_pairs(read, training, Scorer(statistics, {}))
    for name, without in WITHOUT.items():
        yield name, evaluate_resolution(read, measuring, fitted(pairs, statistics, without))["resolved"]
    pairs = labelled_pairs(read, measuring, Scorer(statistics, {}))
    found = evaluate_resolution(read, training, fitted(pairs, statistics, ()))
    yield "(labels exchanged)", found["resolved"]
    yield "(training labels, equal names)", found["equal names"]


def main() -> None:
    print("| left out | precision | recall | F1 | B³ F1 | people: precision | recall | B³ F1 |\n|---|" + "---|" * 7)
    for name, found in measured(*map(Path, sys.argv[1:3])):
        one, people = found[TOGETHER], found["Person"]
        values = [one["precision"], one["recall"], one["f1"], one["b3_f1"]]
        values += [people["precision"], people["recall"], people["b3_f1"]]
        print(f"| {name} | {' | '.join(f'{value:.3f}' for value in values)} |", flush=True)


if __name__ == "__main__":
    main()
