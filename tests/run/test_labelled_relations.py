from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from kg import resources
from kg.errors import InputError
from kg.model import STATUSES
from kg.run.labelled import annotated_relations, example_relations, gold_relations, written_relations
from kg.schema import load_schema

TITLE, BODY = "카카오 &quot;제휴&quot;", "카카오는 오픈AI와 손잡았다. 네이버는 구글에 투자했다. 두 회사는 함께 일한다."
WRITTEN = '카카오 "제휴"\n' + BODY


def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checksum: str | None = None) -> Path:
    """A folder of raw news with one article that one row annotates."""
    (tmp_path / "news-raw").mkdir()
    row = {"id": "a1", "title": TITLE, "date": "2016-05-01", "text": BODY}
    with gzip.open(tmp_path / "news-raw" / "day.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
    spans = []
    for piece in (BODY[:18], "카카오", "오픈AI"):
        start = WRITTEN.index(piece)
        spans.append(f"{start}-{start + len(piece)}")
    relation = f"partnersWith:planned:{':'.join(spans)}:2016-05"
    checksum = checksum or hashlib.sha256(WRITTEN.encode()).hexdigest()[:8]
    rows = [{"id": "a1", "checksum": checksum, "relations": relation}]
    monkeypatch.setattr(resources, "table", lambda *parts: rows)
    return tmp_path


def test_annotations_are_found_again_in_the_cleaned_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (article,) = annotated_relations(raw(tmp_path, monkeypatch))
    (relation,) = article.relations
    assert article.scope == "sentence"
    assert (relation.type, relation.status, relation.date) == ("partnersWith", "planned", "2016-05")
    assert (relation.subject, relation.object) == (("카카오",), ("오픈AI",))
    assert article.document.text[slice(*relation.span)] == BODY[:18]


def test_another_article_than_the_annotated_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="article a1 is not the one annotated"):
        list(annotated_relations(raw(tmp_path, monkeypatch, checksum="00000000")))


def test_gold_relations_carry_the_forms_of_their_ends_and_the_quoted_span(tmp_path: Path) -> None:
    (tmp_path / "news-gold").mkdir()
    entities: list[dict[str, Any]] = [
        {"name": "카카오", "type": "ORG", "aliases": ["Kakao"]},
        {"name": "오픈AI", "type": "ORG"},
    ]
    relation = {"type": "partnersWith", "subject": "카카오", "object": "오픈AI", "status": "actual", "date": None}
    gold = {"id": "g", "entities": entities, "relations": [{**relation, "evidence": "오픈AI와 손잡았다"}]}
    article = {"id": "g", "title": None, "date": "2016-05-01", "text": BODY}
    for name, row in (("train.jsonl", gold), ("train_articles.jsonl", article)):
        (tmp_path / "news-gold" / name).write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    (found,) = gold_relations(tmp_path)
    assert found.scope == "article"
    assert found.relations[0].subject == ("카카오", "Kakao")
    assert found.document.text[slice(*found.relations[0].span)] == "오픈AI와 손잡았다"


def test_examples_of_the_schema_label_only_the_pair_they_name() -> None:
    articles = list(example_relations())
    assert {article.scope for article in articles} == {"pair", "sentence"}
    assert all(len(article.relations) == (article.scope == "pair") for article in articles)
    types = {relation.type for article in articles for relation in article.relations}
    assert types == {"none", *load_schema().relations}


def test_written_articles_state_their_relations_between_names_of_theirs_by_the_schema() -> None:
    schema, articles = load_schema(), list(written_relations())
    assert len({article.document.id for article in articles}) == len(articles) > 500
    for article in articles:
        text = article.document.text
        assert text.split("\n")[0] == article.document.title
        for relation in article.relations:
            assert relation.type in schema.relations and relation.status in STATUSES
            assert all(text.find(form) >= 0 for form in (*relation.subject, *relation.object))
            assert "\n" not in text[slice(*relation.span)]
