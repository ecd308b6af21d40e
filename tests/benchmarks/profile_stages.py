"""Where extraction spends its time: `python tests/benchmarks/profile_stages.py [ARTICLES]`, shares in one run.

Prints one line a step: seconds of processor time, share of the whole, and the ratio to Kiwi's analysis of that text.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from time import process_time

from kg.extract.pipeline import load_pipeline
from kg.ingest import read_articles, to_document
from kg.lang.ko.morphemes import analyse, without_tokens
from kg.model import Article
from kg.run.workers import BATCH

ROUNDS = 3
SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "articles"


def main() -> None:
    """Time each step over all articles, the best of ROUNDS."""
    started = process_time()
    articles = [a for a in read_articles(sys.argv[1:] or [SEEDS]) if isinstance(a, Article)]
    reading = process_time() - started
    documents = [to_document(article) for article in articles]
    nlp = load_pipeline()
    best: dict[str, float] = defaultdict(lambda: float("inf"))
    for _ in range(ROUNDS):
        spent: dict[str, float] = defaultdict(float)
        for first in range(0, len(documents), BATCH):
            batch = documents[first : first + BATCH]
            at = process_time()
            for document in batch:
                analyse(document.text)
            spent["Kiwi alone"] += process_time() - at
            at = process_time()
            docs = [without_tokens(nlp.vocab, document.text) for document in batch]
            spent["morphemes (Kiwi)"] += process_time() - at
            for doc, document in zip(docs, batch, strict=True):
                doc._.document = document
            for name, component in nlp.pipeline:
                at = process_time()
                docs = [*component.pipe(docs)] if hasattr(component, "pipe") else [*map(component, docs)]
                spent[name] += process_time() - at
        best = defaultdict(float, {name: min(seconds, best[name]) for name, seconds in spent.items()})
    kiwi = best.pop("Kiwi alone")
    whole = sum(best.values())
    print(f"{len(documents)} articles, {sum(len(d.text) for d in documents)} characters; read in {reading:.2f} s")
    for name, seconds in best.items():
        print(f"{name:32} {seconds:7.3f} s {seconds / whole:6.1%} {seconds / kiwi:6.2f} x Kiwi")
    print(f"{'extraction':32} {whole:7.3f} s 100.0% {whole / kiwi:6.2f} x Kiwi alone ({kiwi:.3f} s)")


if __name__ == "__main__":
    main()
