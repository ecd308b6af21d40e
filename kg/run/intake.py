"""Articles into a store: what is new or changed is extracted, what is unchanged stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import BinaryIO

from kg.ingest.articles import Wanted
from kg.model import Document, Failure, content_id
from kg.run.extraction import Extraction, ExtractOptions
from kg.stage import Stage
from kg.store import DocumentStore, prepare
from kg.store.versions import shipped_digest

COMMIT_EVERY = 256
"""Articles after which what is extracted is made to last: some ten seconds of work."""
ANALYSERS = ("kiwipiepy", "kiwipiepy_model", "numpy", "spacy")
"""Distributions whose version can change what is found in an article."""


def extractor_key(stage: Stage, min_confidence: float) -> str:
    """Return what the extraction of an article depends on beside the article."""
    shipped = shipped_digest("extract", "lang")
    return content_id(stage.name, stage.version, shipped, str(min_confidence), *(version(name) for name in ANALYSERS))


def article_key(document: Document, extractor: str) -> str:
    """Return the key of an article as it was read, before extraction, and of what extracts it."""
    given = (document.text, document.title, document.date, document.publisher, document.url, document.language)
    return content_id(extractor, *("\x00" if part is None else part for part in given))


class Intake:
    """One pass over the articles of some paths into a store, inside a transaction of the caller's.

    Afterwards `ids` has the articles that are in the store and in the paths; `added`, `replaced` and `unchanged` count
    them, and `extraction` has what failed, which is not stored and so tried again next time.
    """

    def __init__(
        self,
        store: DocumentStore,
        paths: Sequence[str],
        options: ExtractOptions,
        stage: Stage,
        *,
        stdin: BinaryIO | None,
        watch: Callable[[Failure | None], None],
        wanted: Wanted | None = None,
    ) -> None:
        self.added = self.replaced = self.unchanged = 0
        self.ids: set[str] = set()
        self.extraction = Extraction(
            paths, options, stage, stdin=stdin, watch=watch, known=self._known, wanted=wanted, make=prepare
        )
        self._store = store
        self._stored = store.keys()
        self._extractor = extractor_key(stage, options.min_confidence)
        self._read: dict[str, str] = {}

    def run(self, *, commit: bool) -> None:
        """Take the articles in; `commit` makes them last a few hundred at a time."""
        stage = self.extraction.stage
        for document in self.extraction:
            key = self._read.pop(document.id)
            self._store.put(document, key=key, extractor=f"{stage.name}/{stage.version}")
            self.ids.add(document.id)
            self.replaced += document.id in self._stored
            self.added += document.id not in self._stored
            if commit and (self.added + self.replaced) % COMMIT_EVERY == 0:
                self._store.commit()

    def _known(self, document: Document) -> bool:
        key = article_key(document, self._extractor)
        if self._stored.get(document.id) == key:
            self.unchanged += 1
            self.ids.add(document.id)
            return True
        self._read[document.id] = key
        return False
