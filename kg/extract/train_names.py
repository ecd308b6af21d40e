"""Trains the name recogniser: word clusters, name lists, a first CRF, names learned with it, the CRF that ships.

The first CRF learns from sentences; with its help names are learned from unlabelled news and articles labelled at
document level become sentences too, which the CRF that ships learns from as well.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import html
import json
import random
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg import resources
from kg.errors import InputError, MissingExtraError
from kg.extract.evaluate_names import Figures, Marked, figures, read_marked, shipped
from kg.extract.recogniser import clusters, corpus_names, crf, learned
from kg.extract.recogniser.clusters import CLUSTERS
from kg.extract.recogniser.features import FeatureMaker
from kg.extract.recogniser.known import load_lexicon, splitter, surnames
from kg.extract.recogniser.labels import Span, encode, klue_spans
from kg.extract.recogniser.projected import Labelled, project
from kg.extract.recogniser.tagger import FORMS, LEARNED, LONGEST, WEIGHTS, Labeller
from kg.extract.recogniser.units import Splitter, Unit
from kg.lang.ko.morphemes import analyse

OFFICIAL = ("klue-ner/news.tsv", "klue-ner/reviews.tsv")
LABELLED, FORM_LIST, RAW = "ner-labelled/news.tsv", "konec/forms.tsv", "news-raw"
ANNOTATED = {"konec.tsv": "konec/train_sentences.tsv", "klue_re.tsv": "klue-re/train.csv"}
"""Tables of `seeds/annotations` and the files with the sentences they annotate."""
SETTINGS = {"c1": 0.1, "c2": 0.05, "feature.possible_transitions": True}
"""L-BFGS with L1 and L2 penalties."""
FIRST_ITERATIONS = 50
"""Of the first CRF, whose finds are counted over many articles: half of the iterations find nearly the same."""
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


def train_names(data: Path, out: Path, *, articles: Iterable[Labelled] = (), seed: int = 0) -> dict[str, Any]:
    """Train on everything under `data`, and on labelled articles, and write the model files to `out`.

    `data` holds klue-ner/, ner-labelled/, konec/, klue-re/ and news-raw/; the same data gives the same bytes. Returns
    the counts of sentences and names and the sizes of the files in bytes. Raises InputError naming what is missing.
    """
    news, reviews, *others = _read(data)
    return _train([*news, *reviews], others, articles, data, out, seed)


def held_out_figures(data: Path, *, articles: Iterable[Labelled] = (), seed: int = 0) -> dict[str, Figures]:
    """Return figures on a random third of the official news and of the reviews, by a model trained without them."""
    news, reviews, *others = _read(data)
    parts = {"news": _third(news, seed), "reviews": _third(reviews, seed)}
    held = {row.text for _, third in parts.values() for row in third}
    others = [[row for row in part if row.text not in held] for part in others]
    with tempfile.TemporaryDirectory() as folder:
        _train([row for rest, _ in parts.values() for row in rest], others, articles, data, Path(folder), seed)
        find = shipped(Path(folder))
        return {name: figures(find, third) for name, (_, third) in parts.items()}


def _third(rows: list[Marked], seed: int) -> tuple[list[Marked], list[Marked]]:
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)
    size = len(rows) // 3
    return [rows[at] for at in sorted(order[size:])], [rows[at] for at in sorted(order[:size])]


def _read(data: Path) -> list[list[Marked]]:
    """Return the official news and reviews, the labelled news, and the sentences of each table of annotations."""
    require(data, (*OFFICIAL, LABELLED, FORM_LIST, RAW, *ANNOTATED.values()))
    marked = [read_marked(data / name) for name in (*OFFICIAL, LABELLED)]
    return [*marked, *(_annotated(table, data / name) for table, name in ANNOTATED.items())]


def require(data: Path, names: Iterable[str]) -> None:
    """Raise InputError naming the files and folders under `data` that are missing."""
    missing = [str(data / name) for name in names if not (data / name).exists()]
    if missing:
        raise InputError(f"training data is missing: {', '.join(missing)}; give the folder that holds them with --data")


def _annotated(table: str, path: Path) -> list[Marked]:
    return [
        Marked(row["id"], text, tuple(map(Span.read, row["names"].split())))
        for row, text in annotated_sentences(table, path)
    ]


def annotated_sentences(table: str, path: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the rows of a table of annotations with the sentences of a file that they annotate.

    Raises InputError where a sentence is another one.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        if path.suffix == ".csv":
            sentences = {row["id"]: row["sentence"] for row in csv.DictReader(lines)}
        else:
            sentences = dict(line.rstrip("\r\n").split("\t", 1) for line in lines if "\t" in line)
    for row in resources.table("annotations", table):
        text = sentences.get(row["id"], "")
        if hashlib.sha256(text.encode()).hexdigest()[:8] != row["checksum"]:
            raise InputError(
                f"{path}: sentence {row['id']} is not the one annotated; get the version it was annotated in"
            )
        yield row, text


def _train(
    official: list[Marked],
    others: list[list[Marked]],
    articles: Iterable[Labelled],
    data: Path,
    out: Path,
    seed: int,
) -> dict[str, Any]:
    from kiwipiepy import Kiwi

    out.mkdir(parents=True, exist_ok=True)
    groups = clusters.compute(Kiwi(num_workers=1), seed)
    clusters.save(out / CLUSTERS, groups)
    forms = corpus_names.read_forms(data / FORM_LIST)
    corpus_names.save(out / FORMS, forms)
    split = splitter(groups)
    labelled, konec, related = (_sentences(part, split) for part in others)
    fresh, counted = [*_sentences(official, split), *related], [*labelled, *konec]
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / WEIGHTS
        makers = _makers(groups, forms, {})
        _fit(_examples(makers, fresh, counted), first, FIRST_ITERATIONS)
        find = _finder(makers.full, first)
        raw = ((text, list(split(analyse(text)))) for text in _raw(data / RAW))
        codes = learned.learn(raw, find)
        projected = [sentence for article in articles for sentence in _projected(article, split, find)]
    learned.save(out / LEARNED, codes)
    _fit(_examples(_makers(groups, forms, codes), [*fresh, *projected], counted), out / WEIGHTS)
    return {
        "sentences": {"official": len(official), "labelled": sum(map(len, others)), "of articles": len(projected)},
        "names": sum(len(sentence.spans) for sentence in [*fresh, *counted, *projected]),
        "learned": len(codes),
        "files": {name: (out / name).stat().st_size for name in (WEIGHTS, CLUSTERS, FORMS, LEARNED)},
    }


def _sentences(rows: Iterable[Marked], split: Splitter) -> list[Sentence]:
    return [Sentence(row.text, list(split(analyse(row.text))), row.spans) for row in rows]


def _projected(article: Labelled, split: Splitter, find: learned.Finder) -> Iterator[Sentence]:
    sentences = list(split(analyse(article.text)))
    for units, spans in project(article, sentences, lambda units: find(article.text, units), surnames()):
        yield Sentence(article.text, [units], spans)


def _makers(groups: clusters.Clusters, forms: corpus_names.Forms, codes: dict[str, str]) -> Makers:
    makers = []
    for seen_here in (0, 1):
        lexicon = load_lexicon()
        corpus_names.add_forms(lexicon, forms, seen_here)
        learned.add_learned(lexicon, codes)
        makers.append(FeatureMaker(lexicon, groups, surnames()))
    return Makers(*makers)


def _examples(
    makers: Makers, fresh: Iterable[Sentence], counted: Iterable[Sentence]
) -> Iterator[tuple[FeatureMaker, Sentence]]:
    """Yield each sentence with its feature maker; the forms were counted in `counted` among others."""
    yield from ((makers.full, sentence) for sentence in fresh)
    yield from ((makers.strict, sentence) for sentence in counted)


def _fit(examples: Iterable[tuple[FeatureMaker, Sentence]], path: Path, iterations: int = 100) -> None:
    """Train a CRF and write its weights, gzipped, to `path`; raises MissingExtraError without CRFsuite."""
    try:
        import pycrfsuite
    except ImportError as error:
        raise MissingExtraError("training names", "train") from error

    trainer = pycrfsuite.Trainer(verbose=False)
    for features, sentence in examples:
        for units in sentence.units:
            trainer.append(features(units, sentence.text), encode(units, sentence.spans))
    trainer.set_params({**SETTINGS, "max_iterations": iterations})
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "weights"
        trainer.train(str(plain))
        path.write_bytes(gzip.compress(plain.read_bytes(), 9, mtime=0))


def _finder(features: FeatureMaker, weights: Path) -> learned.Finder:
    label = Labeller(crf.load(weights), features)
    return lambda text, units: klue_spans(units, label([(text, units[:LONGEST])])[0])


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
