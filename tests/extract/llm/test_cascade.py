"""The cascade: what is sure stays and is not sent; what is not is confirmed, dropped or added to by answers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.extract.llm import cascade as module
from kg.extract.llm.cascade import CascadeExtractor, factory
from kg.extract.llm.unsure import unsure_sentences
from kg.extract.pipeline import KoreanExtractor
from kg.model import Document, RelationMention
from kg.schema import load_schema
from kg.stage import run_stage
from tests.extract.llm.articles import relation
from tests.extract.llm.conftest import Make, Write
from tests.extract.llm.endpoint import Endpoint

SURE = "오픈AI는 카카오와 전략적 제휴를 체결했다고 밝혔다."
UNSURE = "구글은 유니티를 인수했다."
SILENT = "텐센트와 넥슨은 제휴를 맺은 적이 있는지 묻자 답하지 않았다."
PLAIN = "삼성전자와 LG전자는 날씨가 맑다고 했다."
TEXT = " ".join([SURE, UNSURE, SILENT, PLAIN])
DOCUMENT = Document("a", TEXT, date="2025-03-03")


class Fast(KoreanExtractor):
    """The Korean extractor, less sure of what UNSURE states, and without a relation in SILENT."""

    def __call__(self, documents: Any) -> list[Document]:
        found = []
        for document in super().__call__(documents):
            kept = [r for r in document.relations if r.evidence.text != SILENT]
            kept = [replace(r, confidence=0.45) if r.evidence.text == UNSURE else r for r in kept]
            found.append(replace(document, relations=tuple(kept)))
        return found


@pytest.fixture
def cascade(make: Make, monkeypatch: pytest.MonkeyPatch) -> CascadeExtractor:
    monkeypatch.setattr(module, "KoreanExtractor", Fast)
    stage = make(CascadeExtractor)
    assert isinstance(stage, CascadeExtractor)
    return stage


def answer(*relations: dict[str, Any], names: tuple[str, ...] = ()) -> dict[str, Any]:
    found = {end for item in relations for end in (item["subject"], item["object"])} | set(names)
    return {"names": [{"name": name, "type": "Company"} for name in sorted(found)], "relations": list(relations)}


def stated(document: Document) -> dict[str, list[RelationMention]]:
    found: dict[str, list[RelationMention]] = {}
    for one in document.relations:
        found.setdefault(one.evidence.text, []).append(one)
    return found


def test_only_the_sentences_it_is_unsure_of_are_sent(endpoint: Endpoint, cascade: CascadeExtractor) -> None:
    run_stage(cascade, [DOCUMENT])
    ((_, body),) = endpoint.requests
    assert body["messages"][1]["content"].splitlines()[1:] == ["문장:", f"[1] {UNSURE}", f"[2] {SILENT}"]
    kinds = body["response_format"]["json_schema"]["schema"]["properties"]["relations"]["items"]["properties"]["type"]
    assert kinds["enum"] == ["acquires", "partnersWith"]  # those in question
    instructions = body["messages"][0]["content"]
    assert "\n- acquires (" in instructions
    assert "\n- spouse (" not in instructions


def test_answers_confirm_and_add(endpoint: Endpoint, cascade: CascadeExtractor) -> None:
    confirms = relation("acquires", "구글", "유니티", UNSURE, "인수", status="planned")
    adds = relation("partnersWith", "텐센트", "넥슨", SILENT, "제휴", status="possible")
    endpoint.recorded = {UNSURE: answer(confirms, adds)}
    (document,) = run_stage(cascade, [DOCUMENT])
    found = stated(document)
    (sure,), (confirmed,), (added,) = found[SURE], found[UNSURE], found[SILENT]
    assert "llm" not in sure.extractor
    assert confirmed.extractor.endswith("+llm/test/model-1")
    assert confirmed.extractor.startswith(("frames/", "classifier/"))
    assert (confirmed.status, confirmed.confidence) == ("planned", 0.8)
    assert (added.extractor, added.status) == ("llm/test/model-1", "possible")


def test_what_an_answer_leaves_out_is_dropped(endpoint: Endpoint, cascade: CascadeExtractor) -> None:
    (document,) = run_stage(cascade, [DOCUMENT])
    assert set(stated(document)) == {SURE}


def test_planted_items_confirm_and_add_nothing(endpoint: Endpoint, cascade: CascadeExtractor) -> None:
    endpoint.recorded = {
        UNSURE: answer(
            relation("acquires", "구글", "유니티", UNSURE[:-1], "인수"),
            relation("acquires", "구글", "유니티", SURE, "제휴"),
            relation("acquires", "카카오", "유니티", UNSURE, "인수"),
            relation("partnersWith", "오픈AI", "카카오", SURE, "제휴", status="denied"),  # a sentence not asked about
            relation("investsIn", "텐센트", "없는회사", SILENT, "제휴"),
        )
    }
    (document,) = run_stage(cascade, [DOCUMENT])
    assert set(stated(document)) == {SURE}
    assert [one.status for one in document.relations] == ["actual"]
    reasons = [reason for _, reason, _ in cascade.asker.ledger.rejected()]
    assert sorted(reasons) == ["end", "end", "evidence", "evidence", "evidence", "name"]


def test_names_that_only_an_answer_knows_come_with_its_relations(
    endpoint: Endpoint, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Blind(Fast):
        def __call__(self, documents: Any) -> list[Document]:
            found = super().__call__(documents)
            return [
                replace(d, mentions=tuple(m for m in d.mentions if m.text not in ("텐센트", "LG전자"))) for d in found
            ]

    monkeypatch.setattr(module, "KoreanExtractor", Blind)
    monkeypatch.setattr(
        module,
        "unsure_sentences",
        lambda document, below, schema: {
            (TEXT.index(SILENT), TEXT.index(SILENT) + len(SILENT)): frozenset({"partnersWith"})
        },
    )
    adds = relation("partnersWith", "텐센트", "넥슨", SILENT, "제휴", status="possible")
    endpoint.recorded = {SILENT: answer(adds, names=("LG전자",))}
    (document,) = run_stage(make(CascadeExtractor), [DOCUMENT])
    (added,) = stated(document)[SILENT]
    assert {document.entity(added.subject).name, document.entity(added.object).name} == {"텐센트", "넥슨"}
    assert "LG전자" not in {mention.text for mention in document.mentions}


def test_a_relation_that_needs_the_discourse_is_neither_asked_about_nor_dropped() -> None:
    text = "카카오는 4일 실적을 발표했다. 이어 오픈AI와 전략적 제휴를 체결했다고 밝혔다."
    (document,) = KoreanExtractor()([Document("a", text)])
    doubtful = replace(document, relations=tuple(replace(r, confidence=0.31) for r in document.relations))
    assert [r.type for r in doubtful.relations] == ["partnersWith"]
    assert unsure_sentences(doubtful, 0.6, load_schema()) == {}


def test_all_is_asked_about_or_nothing_by_unsure_below() -> None:
    (document,) = KoreanExtractor()([DOCUMENT])
    without = replace(document, relations=())
    assert [TEXT[a:b] for a, b in unsure_sentences(without, 0.0, load_schema())] == [SURE, UNSURE, SILENT]
    asked = [TEXT[a:b] for a, b in unsure_sentences(document, 1.0, load_schema())]
    assert {SURE, UNSURE} <= set(asked)
    assert PLAIN not in asked


def test_an_article_that_it_is_sure_of_costs_nothing(endpoint: Endpoint, cascade: CascadeExtractor) -> None:
    sure = Document("b", f"{SURE} {PLAIN}")
    assert run_stage(cascade, [sure]) == Fast()([sure])
    assert (endpoint.requests, cascade.forecast([sure]).calls) == ([], 0)


def test_only_korean(write: Write) -> None:
    with pytest.raises(InputError, match="cascade reads Korean, not 'en'; use llm:"):
        factory(str(write()), "en")


def test_versions_tell_extractors_and_bands_apart(make: Make, tmp_path: Path) -> None:
    versions = {
        make().version,
        make(CascadeExtractor).version,
        make(CascadeExtractor, unsure_below=0.7).version,
        make(language="en").version,
    }
    assert len(versions) == 4
    assert json.dumps(sorted(versions)).count("test:model-1") == 4
