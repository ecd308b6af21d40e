"""The input side: articles from files, folders and standard input, cleaned, dated and named."""

from kg.ingest.articles import read_articles
from kg.ingest.options import ReadOptions
from kg.ingest.records import article_from_text, to_document

__all__ = ["ReadOptions", "article_from_text", "read_articles", "to_document"]
