"""The input side: articles from files, folders and standard input, cleaned, dated and named."""

from kg.ingest.articles import DUPLICATE, article_of, each_once, read_articles, read_records
from kg.ingest.options import ReadOptions
from kg.ingest.records import Record, article_from_text, to_document

__all__ = [
    "DUPLICATE",
    "ReadOptions",
    "Record",
    "article_from_text",
    "article_of",
    "each_once",
    "read_articles",
    "read_records",
    "to_document",
]
