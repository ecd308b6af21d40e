from __future__ import annotations

import os
import pickle

import pytest

from kg.extract.llm.forecast import Forecast
from kg.extract.llm.stage import LlmExtractor
from kg.model import Document
from kg.run import given
from kg.stage import Stage, run_stage
from tests.extract.llm.articles import ARTICLES, relation
from tests.extract.llm.conftest import Make, Write
from tests.extract.llm.endpoint import Endpoint, Response

ENGLISH = "Gaon Electronics (GE) invested $300 million in Narae Bio on March 4, said Seo Yun of Gaon Electronics."


def test_relations_say_what_found_them(endpoint: Endpoint, make: Make) -> None:
    told = ARTICLES[0]
    endpoint.recorded = {told.relations[0]["evidence"]: told.answer}
    stage = make()
    assert isinstance(stage, Stage)
    (document,) = run_stage(stage, [told.document])
    invests, heads = document.relations
    assert {invests.extractor, heads.extractor} == {"llm/test/model-1"}
    assert "/" not in stage.version
    assert invests.deal is not None
    assert (invests.deal.value, invests.deal.currency, invests.deal.stake) == (30_000_000_000, "KRW", 12.5)
    assert (invests.date, heads.role, invests.confidence) == ("2025-03-04", "부사장", 0.8)
    assert document.text[slice(*invests.evidence.cue)] == "투자"
    assert next((e.name, e.type, e.subtype) for e in document.entities) == ("가온전자", "Organization", "Company")
    assert [m.text for m in document.mentions if m.text == "가온전자"] == ["가온전자"] * 3  # title too


def test_other_languages(endpoint: Endpoint, make: Make) -> None:
    true = relation(
        *("investsIn", "Gaon Electronics", "Narae Bio", ENGLISH, "invested"),
        date="2025-03-04",
        amount="$300 million",
        speaker="Seo Yun",
    )
    planted = [{**true, "amount": "$30"}, {**true, "date": "2025-03-05"}, {**true, "subject": "Gaon"}]
    planted += [{**true, "amount": "300"}, {**true, "speaker": "Yu"}, {**true, "amount": "million"}]
    planted += [{**true, "amount": "$300"}, {**true, "amount": "300 million"}, {**true, "amount": "$300 millio"}]
    named = {"Gaon Electronics": "Company", "GE": "Company", "Narae Bio": "Company", "Seo Yun": "Person"}
    names = [{"name": name, "type": kind} for name, kind in named.items()]
    endpoint.recorded = {ENGLISH: {"names": names, "relations": [*planted, true]}}
    stage = make(language="en", prompt_language="en")
    (document,) = run_stage(stage, [Document("e", ENGLISH, date="2025-03-06", language="en")])
    (kept,) = document.relations
    assert kept.deal is not None
    assert (kept.deal.amount, kept.deal.value, kept.speaker) == ("$300 million", None, "Seo Yun")
    assert document.entity(kept.subject).aliases == ("GE",)
    reasons = [reason for _, reason, _ in stage.asker.ledger.rejected()]
    assert reasons == ["amount", "date", "end", "amount", "speaker", *["amount"] * 4]


def test_long_articles_are_asked_about_in_passages_and_joined(endpoint: Endpoint, make: Make) -> None:
    filler = [f"이 문장은 {n}번째로 아무것도 말하지 않는다." for n in range(40)]
    first, last = "가온전자는 나래바이오와 제휴를 맺었다.", "가온전자는 다솜자동차와 제휴를 맺었다."
    text = " ".join([first, *filler, last])
    for sentence, partner in ((first, "나래바이오"), (last, "다솜자동차")):
        named = [{"name": name, "type": "Company"} for name in ("가온전자", partner)]
        endpoint.recorded[sentence] = {
            "names": named,
            "relations": [relation("partnersWith", "가온전자", partner, sentence, "제휴")],
        }
    # A passage may not be answered with a sentence of another one.
    endpoint.recorded[filler[5]] = {
        "names": [],
        "relations": [relation("partnersWith", "가온전자", "다솜자동차", last, "제휴")],
    }
    stage = make(passage_characters=300)
    (document,) = run_stage(stage, [Document("long", text, title="소식", date="2025-01-01")])
    assert len(endpoint.requests) > 2
    assert all("제목: 소식\n기사 날짜: 2025-01-01\n" in body["messages"][1]["content"] for _, body in endpoint.requests)
    assert len(document.relations) == 2
    assert [entity.name for entity in document.entities] == ["가온전자", "나래바이오", "다솜자동차"]
    assert [reason for _, reason, _ in stage.asker.ledger.rejected()] == ["evidence"]


def test_a_name_has_one_type_and_brackets_join_names(endpoint: Endpoint, make: Make) -> None:
    text = "한빛은행(HB)은 커졌다. HB는 웃었다. 한빛은행은 크다."
    names = [("한빛은행", "FinancialInstitution"), ("HB", "Organization"), ("HB", "Person"), ("HB", "Organization")]
    listed = [{"name": name, "type": kind} for name, kind in names]
    endpoint.recorded = {"커졌다": {"names": listed, "relations": []}}
    (document,) = run_stage(make(), [Document("a", text)])
    (entity,) = document.entities
    assert (entity.name, entity.aliases, entity.subtype) == ("한빛은행", ("HB",), "FinancialInstitution")
    assert [mention.text for mention in document.mentions] == ["한빛은행", "HB", "HB", "한빛은행"]


def test_settings_that_change_are_read_again(write: Write) -> None:
    spec = f"llm:{write()}"
    first = given.stage(spec, "ko")
    assert given.stage(spec, "ko") is first
    path = write(budget={"tokens": 5})
    os.utime(path, ns=(1, 1))  # a clock may be too coarse to tell two writes apart
    second = given.stage(spec, "ko")
    assert isinstance(second, LlmExtractor)
    assert second.settings.budget.tokens == 5


@pytest.mark.parametrize("text", ["", "가", "\n", "짧은 글."])
def test_what_states_nothing_is_not_sent(endpoint: Endpoint, make: Make, text: str) -> None:
    document = Document("a", text)
    assert make()([document]) == [document]
    assert endpoint.requests == []


def test_a_pickled_stage_is_the_same_stage(endpoint: Endpoint, make: Make) -> None:
    stage = make()
    first = stage([ARTICLES[0].document])
    again = pickle.loads(pickle.dumps(stage))
    assert (again.name, again.version) == (stage.name, stage.version)
    assert again([ARTICLES[0].document]) == first
    assert len(endpoint.requests) == 1


def test_a_forecast_sends_nothing_and_is_never_less_than_the_cost(endpoint: Endpoint, make: Make) -> None:
    documents = [told.document for told in ARTICLES]
    stage = make(prices={"input": 1, "output": 2}, max_output_tokens=200)
    found = stage.forecast(documents)
    assert (found.articles, found.calls, found.kept, endpoint.requests) == (4, 4, 0, [])
    assert (found.tokens_out, found.expected_in) == (800, None)
    assert found.cost == 1000 * (found.tokens_in + 2 * found.tokens_out)
    assert sum((stage.forecast([one]) for one in documents), Forecast()) == found
    stage(documents[:2])
    after = stage.forecast(documents)
    assert (after.calls, after.kept, after.expected_out) == (2, 2, 200)
    assert after.expected_in is not None
    assert after.expected_in < after.tokens_in  # 900 tokens reported, of some 20,000 bytes


def test_the_report_counts_what_was_rejected(endpoint: Endpoint, make: Make) -> None:
    told = ARTICLES[0]
    answer = told.answer
    answer["names"].append({"name": "없는회사", "type": "Company"})
    endpoint.recorded = {told.relations[0]["evidence"]: answer}
    stage = make(prices={"input": 1, "output": 2}, budget={"tokens": 10**6, "money": 5})
    stage([told.document])
    assert stage.report() == (
        "llm, all runs: 1 calls, 1,000 of 1,000,000 tokens, 0.0011 of 5 in money; 1 items rejected (1: a name not"
        " written in the text), listed in ledger.sqlite of the cache folder"
    )
    endpoint.respond = lambda body: Response({}, status=500)
    stage([told.document])
    assert "; 1 items rejected" in stage.report()  # the same article again
