"""Reads articles labelled at document level, for training and measuring."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.extract.recogniser.projected import Labelled
from kg.extract.train_names import require
from kg.ingest import read_articles, to_document
from kg.model import Failure

GOLD, ARTICLES = "news-gold/train.jsonl", "news-gold/train_articles.jsonl"


def labelled_articles(data: Path) -> Iterator[Labelled]:
    """Yield the articles of `data`/news-gold/train_articles.jsonl with the labels of `data`/news-gold/train.jsonl.

    A line of labels is {"id", "entities": [{"name", "type", "aliases"}]}. Raises InputError naming the file.
    """
    require(data, (GOLD, ARTICLES))
    labels = {}
    with (data / GOLD).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                labels[row["id"]] = [(e["type"], [e["name"], *e.get("aliases", [])]) for e in row["entities"]]
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                raise InputError(f"{data / GOLD}:{number}: no labels ({error}); mend or remove the line") from error
    for article in read_articles([data / ARTICLES]):
        if isinstance(article, Failure):
            raise InputError(f"{article.source}: {article.message}")
        if article.id in labels:
            yield Labelled(to_document(article).text, labels[article.id])
