"""Reads articles labelled at document level, for training and measuring."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import resources
from kg.errors import InputError
from kg.extract.classifier.scorer import NONE
from kg.extract.labels import LabelledArticle, LabelledRelation
from kg.extract.recogniser.projected import Labelled
from kg.extract.train_names import RAW, require
from kg.ingest import read_articles, to_document
from kg.model import Document, Failure
from kg.schema import load_schema

GOLD, ARTICLES = "news-gold/train.jsonl", "news-gold/train_articles.jsonl"
ANNOTATED = ("annotations", "news_relations.tsv")
"""Relations of raw articles, labelled for this project sentence by sentence."""
WRITTEN = ("annotations", "written_articles.jsonl")
"""Articles written for training, with their relations."""
EXAMPLES, EXAMPLE_DATE = 5, "2025-05-26"
"""How often an example sentence of the schema counts, and its date of publication."""
_HEAD, _TAIL = 25, 15
"""Characters at either end of a sentence by which it is found again where cleaning took something out of it."""


def labelled_articles(data: Path) -> Iterator[Labelled]:
    """Yield the articles of `data`/news-gold/train_articles.jsonl with the labels of `data`/news-gold/train.jsonl.

    A line of labels is {"id", "entities": [{"name", "type", "aliases"}]}. Raises InputError naming the file.
    """
    for document, row in _gold(data):
        yield Labelled(document.text, [(e["type"], [e["name"], *e.get("aliases", [])]) for e in row["entities"]])


def gold_relations(data: Path) -> Iterator[LabelledArticle]:
    """Yield the same articles with their relations, each with the one sentence or clause that the labels quote.

    Raises InputError naming the file.
    """
    for document, row in _gold(data):
        forms = {e["name"]: (e["name"], *e.get("aliases", [])) for e in row["entities"]}
        found = []
        for r in row["relations"]:
            span = _located(document.text, r["evidence"])
            found.append(
                LabelledRelation(r["type"], r["status"], r["date"], forms[r["subject"]], forms[r["object"]], span)
            )
        yield LabelledArticle(document, tuple(found), scope="article")


def annotated_relations(data: Path) -> Iterator[LabelledArticle]:
    """Yield the raw articles that `seeds/annotations/news_relations.tsv` labels, every stating sentence listed.

    Raises InputError where an article is missing from `data`/news-raw or is not the one annotated.
    """
    rows = {row["id"]: row for row in resources.table(*ANNOTATED)}
    written = raw_texts(data, {name: row["checksum"] for name, row in rows.items()})
    for article in read_articles(_raw_files(data)):
        if isinstance(article, Failure) or article.id not in rows:
            continue
        row, text = rows.pop(article.id), written[article.id]
        document = to_document(article)
        found = (_annotation(label, text, document.text) for label in row["relations"].split())
        yield LabelledArticle(document, tuple(found), scope="sentence")
    _require_none(rows, data)


def raw_texts(data: Path, checksums: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of articles of `data`/news-raw, title first, as the annotations count them, by id.

    `checksums` maps ids to the first eight digits of the SHA-256 of those texts. Raises InputError where an article
    is missing or is another one.
    """
    require(data, (RAW,))
    texts = {name: text for path in _raw_files(data) for name, text in _written(path) if name in checksums}
    _require_none(checksums.keys() - texts.keys(), data)
    for name, text in texts.items():
        if hashlib.sha256(text.encode()).hexdigest()[:8] != checksums[name]:
            raise InputError(f"{data / RAW}: article {name} is not the one annotated; get that version")
    return texts


def written_relations() -> Iterator[LabelledArticle]:
    """Yield the articles of `seeds/annotations/written_articles.jsonl`, written for training, with their relations.

    A line is {"id", "date", "sentences", "relations": [{"sentence", "type", "subject", "object", "status", "date",
    "role"}]}: the first sentence is the title, sentences count from 1, ends are names as they stand in the article.
    """
    with resources.seeds(*WRITTEN).open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        text, spans = _joined(row["sentences"])
        found = tuple(
            LabelledRelation(
                *(r["type"], r["status"], r["date"]), (r["subject"],), (r["object"],), spans[r["sentence"] - 1]
            )
            for r in row["relations"]
        )
        document = Document(row["id"], text, title=row["sentences"][0], date=row["date"])
        yield LabelledArticle(document, found, scope="sentence")


def example_relations() -> Iterator[LabelledArticle]:
    """Yield the example sentences of the schema EXAMPLES times; of those with a subject only that pair is labelled."""
    articles = []
    for name, kind in load_schema().relations.items():
        for example in (*kind.examples.positive, *kind.examples.wanted, *kind.examples.negative):
            related = NONE if example in kind.examples.negative else name
            found = []
            if example.subject and example.object:
                ends = (example.subject,), (example.object,)
                found.append(LabelledRelation(related, example.status, example.date, *ends, (0, len(example.text))))
            document = Document(example.text, example.text, date=EXAMPLE_DATE)
            articles.append(LabelledArticle(document, tuple(found), scope="pair" if found else "sentence"))
    for _ in range(EXAMPLES):
        yield from articles


def _joined(sentences: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of an article, title, newline, body, and where each of its sentences stands."""
    text, spans = "", []
    for number, sentence in enumerate(sentences):
        text += ("", "\n", " ")[min(number, 2)]
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence
    return text, spans


def _gold(data: Path) -> Iterator[tuple[Document, dict[str, Any]]]:
    require(data, (GOLD, ARTICLES))
    labels = {}
    with (data / GOLD).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                labels[row["id"]] = {"entities": row["entities"], "relations": row.get("relations", [])}
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                raise InputError(f"{data / GOLD}:{number}: no labels ({error}); mend or remove the line") from error
    for article in read_articles([data / ARTICLES]):
        if isinstance(article, Failure):
            raise InputError(f"{article.source}: {article.message}")
        if article.id in labels:
            yield to_document(article), labels[article.id]


def _raw_files(data: Path) -> list[Path]:
    return sorted((data / RAW).glob("*.jsonl.gz"))


def _require_none(lacking: Collection[str], data: Path) -> None:
    """Raise InputError where annotated articles are lacking."""
    if lacking:
        raise InputError(
            f"{data / RAW}: lacks {len(lacking)} annotated articles ({min(lacking)}, …); get all of its files"
        )


def _written(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the id and the text, title first, of each article of a file as the annotations count it."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = f"{row.get('title') or ''}\n{row['text']}"
            yield row["id"], unicodedata.normalize("NFC", html.unescape(text))


def _annotation(label: str, written: str, text: str) -> LabelledRelation:
    """Return the relation that "type:status:start-stop:start-stop:start-stop[:date]" stands for."""
    kind, status, sentence, subject, obj, *date = label.split(":")

    def quoted(span: str) -> str:
        start, stop = span.split("-")
        return written[int(start) : int(stop)]

    span = _located(text, quoted(sentence))
    return LabelledRelation(kind, status, date[0] if date else None, (quoted(subject),), (quoted(obj),), span)


def _located(text: str, quoted: str) -> tuple[int, int]:
    """Return where a quotation stands in a cleaned text, (0, 0) when cleaning took it out."""
    start = text.find(quoted)
    if start >= 0:
        return start, start + len(quoted)
    start = text.find(quoted[:_HEAD])
    stop = text.find(quoted[-_TAIL:], start) if start >= 0 else -1
    return (start, stop + _TAIL) if stop >= 0 and stop - start < 2 * len(quoted) else (0, 0)
