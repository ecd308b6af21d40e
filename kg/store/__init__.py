"""One SQLite file that is the record on one machine: articles go in and out, and the graph is that of what is left."""

from kg.store.articles import Prepared, StoredArticle, prepare
from kg.store.fold import Fold
from kg.store.store import CORRECTIONS, STORE, DocumentStore, store_file

__all__ = ["CORRECTIONS", "STORE", "DocumentStore", "Fold", "Prepared", "StoredArticle", "prepare", "store_file"]
