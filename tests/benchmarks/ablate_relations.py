"""What each part of relation extraction brings: `python tests/benchmarks/ablate_relations.py GOLD ARTICLES`.

Prints precision, recall and F1 of relations for frames alone, the classifier alone and both, with and without dropped
subjects resolved, over labelled articles (the files of `kg evaluate relations` and `kg extract`).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from kg.codec import write_documents
from kg.extract.evaluate_relations import evaluate_relations
from kg.extract.pipeline import KoreanExtractor, load_pipeline
from kg.extract.relations import FINDERS
from kg.ingest import read_articles, to_document
from kg.model import Article


def main() -> None:
    """Extract with every combination of parts and print a line for each."""
    gold, articles = map(Path, sys.argv[1:3])
    documents = [to_document(article) for article in read_articles([articles]) if isinstance(article, Article)]
    for finders in FINDERS:
        for resolve in (True, False):
            nlp = load_pipeline()
            config = {"finders": finders, "resolve_dropped": resolve}
            nlp.replace_pipe("kg_relations", "kg_relations", config=config)
            found = KoreanExtractor.extracted(nlp, documents)
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "documents.jsonl"
                write_documents(found, path)
                figures = evaluate_relations(gold, path)
            line = figures["relations"]
            print(
                f"{finders:11} dropped subjects {'resolved' if resolve else 'left':9}"
                f" P {line['precision']:.3f} R {line['recall']:.3f} F {line['f1']:.3f}"
                f" status {figures['status']} date {figures['date']} role {figures['role']}",
                flush=True,
            )


if __name__ == "__main__":
    main()
