"""The two sets of articles that systems are compared on, with what they state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg import resources
from kg.extract.evaluate_relations import TYPES, read_labels
from kg.ingest import read_articles, to_document
from kg.model import Article, Document

HELD_OUT = "held out"
SAMPLES = "samples"
PLACES = {
    HELD_OUT: (("comparison", "articles"), ("comparison", "gold.jsonl")),
    SAMPLES: (("articles",), ("gold", "articles.jsonl")),
}
"""Articles and annotation under `seeds/`; the samples were written while the extractor was made, so they flatter it."""


@dataclass(frozen=True, slots=True)
class ArticleSet:
    """Documents with nothing found in them yet, and the labels of each by its id."""

    name: str
    documents: tuple[Document, ...]
    labels: Mapping[str, dict[str, Any]]


@lru_cache(maxsize=8)
def article_set(name: str, most: int | None = None) -> ArticleSet:
    """Return a set, or its first `most` articles by id; a document has the id of its labels."""
    articles, gold = (resources.seeds(*parts) for parts in PLACES[name])
    labels = read_labels(gold)
    found = {}
    for article in read_articles([str(articles)]):
        if not isinstance(article, Article):
            raise SystemExit(f"{article.source}: {article.message}")
        key = article.id if article.id in labels else Path(article.source or "").stem
        found[key] = replace(to_document(article), id=key)
    names = sorted(labels)[:most]
    return ArticleSet(name, tuple(found[one] for one in names), {one: labels[one] for one in names})


def labelled_names(label: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Return by surface form the labelled entity's name and its type in the schema's terms."""
    return {
        form: (entity["name"], TYPES[entity["type"]])
        for entity in label["entities"]
        for form in (entity["name"], *entity["aliases"])
    }
