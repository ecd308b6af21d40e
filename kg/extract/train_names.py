"""Trains the name recogniser: word clusters, name lists, a first CRF, names learned with it, the CRF that ships."""

from __future__ import annotations

import gzip
import html
import json
import random
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import InputError
from kg.extract.evaluate_names import Figures, Marked, figures, read_marked, shipped
from kg.extract.recogniser import clusters, corpus_names, learned
from kg.extract.recogniser.features import FeatureMaker
from kg.extract.recogniser.known import load_lexicon, splitter, surnames
from kg.extract.recogniser.labels import Span, encode, klue_spans
from kg.extract.recogniser.tagger import CLUSTERS, FORMS, LEARNED, LONGEST, WEIGHTS
from kg.extract.recogniser.units import Unit
from kg.lang.ko.morphemes import analyse

OFFICIAL = ("klue-ner/news.tsv", "klue-ner/reviews.tsv")
LABELLED, FORM_LIST, RAW = "ner-labelled/news.tsv", "konec/forms.tsv", "news-raw"
SETTINGS = {"c1": 0.05, "c2": 0.02, "max_iterations": 100, "feature.possible_transitions": True}
"""L-BFGS with L1 and L2 penalties."""
EVERY = 2
"""Of the raw articles, one in so many is read: more of them found few more names."""


class Sentence(NamedTuple):
    """A text with its units and its names as spans typed with KLUE tags."""

    text: str
    units: Sequence[list[Unit]]
    spans: Sequence[Span]


class Makers(NamedTuple):
    """Feature makers: `full` is what runs after training, `strict` is for the sentences the forms were counted in."""

    full: FeatureMaker
    strict: FeatureMaker


def train_names(data: Path, out: Path, *, seed: int = 0) -> dict[str, Any]:
    """Train on everything under `data` and write the model files to `out`; the same bytes for the same data.

    `data` holds klue-ner/, ner-labelled/, konec/ and news-raw/. Returns the counts of sentences and names and
    the sizes of the files in bytes. Raises InputError naming what is missing.
    """
    news, reviews, labelled = _read(data)
    return _train([*news, *reviews], labelled, data, out, seed)


def held_out_figures(data: Path, *, seed: int = 0) -> dict[str, Figures]:
    """Return figures on a random third of the official news and of the reviews, by a model trained without them."""
    news, reviews, labelled = _read(data)
    parts = {"news": _third(news, seed), "reviews": _third(reviews, seed)}
    with tempfile.TemporaryDirectory() as folder:
        _train([row for rest, _ in parts.values() for row in rest], labelled, data, Path(folder), seed)
        find = shipped(Path(folder))
        return {name: figures(find, third) for name, (_, third) in parts.items()}


def _third(rows: list[Marked], seed: int) -> tuple[list[Marked], list[Marked]]:
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)
    size = len(rows) // 3
    return [rows[at] for at in sorted(order[size:])], [rows[at] for at in sorted(order[:size])]


def _read(data: Path) -> list[list[Marked]]:
    wanted = [data / name for name in (*OFFICIAL, LABELLED, FORM_LIST, RAW)]
    missing = [str(path) for path in wanted if not path.exists()]
    if missing:
        raise InputError(f"training data is missing: {', '.join(missing)}; give the folder that holds them with --data")
    return [read_marked(data / name) for name in (*OFFICIAL, LABELLED)]


def _train(official: list[Marked], labelled: list[Marked], data: Path, out: Path, seed: int) -> dict[str, Any]:
    from kiwipiepy import Kiwi

    out.mkdir(parents=True, exist_ok=True)
    groups = clusters.compute(Kiwi(num_workers=1), seed)
    clusters.save(out / CLUSTERS, groups)
    forms = corpus_names.read_forms(data / FORM_LIST)
    corpus_names.save(out / FORMS, forms)
    split = splitter(groups)
    rows = [[Sentence(r.text, list(split(analyse(r.text))), r.spans) for r in part] for part in (official, labelled)]
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / WEIGHTS
        makers = _makers(groups, forms, {})
        _fit(_examples(makers, *rows), first)
        articles = ((text, list(split(analyse(text)))) for text in _raw(data / RAW))
        codes = learned.learn(articles, _finder(makers.full, first))
    learned.save(out / LEARNED, codes)
    _fit(_examples(_makers(groups, forms, codes), *rows), out / WEIGHTS)
    return {
        "sentences": {"official": len(official), "labelled": len(labelled)},
        "names": sum(len(sentence.spans) for part in rows for sentence in part),
        "learned": len(codes),
        "files": {name: (out / name).stat().st_size for name in (WEIGHTS, CLUSTERS, FORMS, LEARNED)},
    }


def _makers(groups: clusters.Clusters, forms: corpus_names.Forms, codes: dict[str, str]) -> Makers:
    makers = []
    for seen_here in (0, 1):
        lexicon = load_lexicon()
        corpus_names.add_forms(lexicon, forms, seen_here)
        learned.add_learned(lexicon, codes)
        makers.append(FeatureMaker(lexicon, groups, surnames()))
    return Makers(*makers)


def _examples(
    makers: Makers, official: list[Sentence], labelled: list[Sentence]
) -> Iterator[tuple[FeatureMaker, Sentence]]:
    """Yield each sentence with its feature maker; the forms were counted in the labelled sentences among others."""
    yield from ((makers.full, sentence) for sentence in official)
    yield from ((makers.strict, sentence) for sentence in labelled)


def _fit(examples: Iterable[tuple[FeatureMaker, Sentence]], path: Path) -> None:
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    for features, sentence in examples:
        for units in sentence.units:
            trainer.append(features(units, sentence.text), encode(units, sentence.spans))
    trainer.set_params(SETTINGS)
    trainer.train(str(path))


def _finder(features: FeatureMaker, weights: Path) -> learned.Finder:
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(weights))
    return lambda text, units: klue_spans(units, tagger.tag(features(units[:LONGEST], text)))


def _raw(folder: Path) -> Iterator[str]:
    """Yield the text of every EVERY-th article of the gzipped JSON lines in a folder; raises InputError."""
    number = 0
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                number += 1
                if number % EVERY:
                    continue
                try:
                    article = json.loads(line)
                    text = f"{article.get('title') or ''}\n{article['text']}"
                except (json.JSONDecodeError, KeyError) as error:
                    raise InputError(
                        f"{path}: article {number} has no text ({error}); mend or remove the line"
                    ) from error
                yield unicodedata.normalize("NFC", html.unescape(text))
