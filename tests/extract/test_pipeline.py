from __future__ import annotations

import gc
from dataclasses import replace

import pytest

from kg import resources
from kg.extract.pipeline import COMPONENTS, GivenNames, KoreanExtractor, load_pipeline
from kg.extract.spans import Span
from kg.ingest import read_articles, to_document
from kg.model import Article, Document


@pytest.mark.parametrize("collecting", [True, False])
def test_loading_leaves_the_garbage_collector_as_it_was(collecting: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if collecting else gc.disable)()
        assert load_pipeline().pipe_names == list(COMPONENTS)
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if before else gc.disable)()


def test_names_that_are_given_are_read_like_ones_own() -> None:
    articles = sorted(resources.seeds("articles").glob("*"))[:4]
    found = read_articles([str(path) for path in articles])
    documents = [to_document(article) for article in found if isinstance(article, Article)]
    read = GivenNames()
    for own in KoreanExtractor()(documents):
        bare = replace(own, mentions=(), entities=(), relations=())
        given = read(bare, [Span(mention.start, mention.end, mention.type) for mention in own.mentions])
        assert [(m.start, m.end, m.type) for m in given.mentions] == [(m.start, m.end, m.type) for m in own.mentions]
        assert _told(given) == _told(own)


def test_what_is_found_does_not_depend_on_the_documents_beside() -> None:
    articles = read_articles([str(path) for path in sorted(resources.seeds("articles").glob("*"))[:6]])
    documents = [to_document(article) for article in articles if isinstance(article, Article)]
    documents.insert(2, Document(id="empty", text=""))
    read = KoreanExtractor()
    together = read(documents)
    assert together == [one for document in documents for one in read([document])]
    assert sum(len(document.relations) for document in together) > 3


def _told(document: Document) -> list[tuple[str, str, str, str]]:
    names = {entity.id: entity.name for entity in document.entities}
    return [(names[r.subject], r.type, names[r.object], r.evidence.text) for r in document.relations]
