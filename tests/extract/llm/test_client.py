"""Endpoints that misbehave: one article fails with what to do, the others go on, retries are bounded."""

from __future__ import annotations

import json
import logging
import socket
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ExtractionError
from kg.extract.llm import client
from kg.model import Document, Failure
from kg.run.workers import map_documents
from tests.extract.llm.articles import ARTICLES
from tests.extract.llm.conftest import Make
from tests.extract.llm.endpoint import NO_ANSWER, Endpoint, Response, completion

KEY = "sk-secret-4711"
ONE = [Document("d1", "가온전자는 소식을 알렸다.")]
OK = Response(completion(NO_ANSWER))


def failed(make: Make, endpoint: Endpoint, *responses: Response, **given: Any) -> str:
    """Return what an article fails with when the endpoint answers so."""
    endpoint.misbehave = list(responses)
    with pytest.raises(ExtractionError) as error:
        make(**given)(ONE)
    assert str(error.value).startswith("article d1: ")
    return str(error.value).partition(": ")[2]


def test_what_is_sent(endpoint: Endpoint, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    make(key_env="MY_KEY", max_output_tokens=321, seed=7)(ONE)
    ((headers, body),) = endpoint.requests
    assert headers["Authorization"] == f"Bearer {KEY}"
    form = body.pop("response_format")
    assert (form["type"], form["json_schema"]["strict"]) == ("json_schema", True)
    messages = body.pop("messages")
    assert body == {"model": "test/model-1", "max_tokens": 321, "temperature": 0, "seed": 7}
    assert [message["role"] for message in messages] == ["system", "user"]
    assert messages[1]["content"] == "문장:\n[1] 가온전자는 소식을 알렸다."


def test_models_that_refuse_temperature_and_seed_are_asked_without(endpoint: Endpoint, make: Make) -> None:
    given = {"temperature": None, "seed": None, "limit_name": "max_completion_tokens"}
    stage = make()
    stage.settings = stage.settings.model_copy(update=given)
    stage._load()
    stage(ONE)
    body = endpoint.requests[0][1]
    assert sorted(body) == ["max_completion_tokens", "messages", "model", "response_format"]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "answered 401 (wrong key); give a valid key by key_env"),
        (403, "answered 403 (wrong key); give a key that may use this model"),
        (404, "answered 404 (wrong key); check endpoint, and whether it has the model 'test/model-1'"),
        (307, "answered 307 (wrong key); check endpoint, model and limits in the settings"),
    ],
)
def test_what_no_call_can_mend_is_asked_once(endpoint: Endpoint, make: Make, status: int, said: str) -> None:
    endpoint.misbehave = [Response(b"wrong key", status=status, headers={"Location": endpoint.address})] * 9
    documents = [Document(f"d{n}", f"가온전자는 {n}번째 소식을 알렸다.") for n in range(5)]
    results = list(map_documents(make(retries=3, concurrency=4), documents, batch=5))
    messages = {result.message.partition(": ")[2] for result in results if isinstance(result, Failure)}
    assert (len(results), messages) == (5, {f"{endpoint.address}: {said}"})
    assert len(endpoint.requests) == 1


def test_the_key_is_in_no_message_file_or_log(
    endpoint: Endpoint,
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    caplog.set_level(logging.DEBUG)
    said = failed(make, endpoint, Response(f"no such key: {KEY}".encode(), status=401), key_env="MY_KEY")
    assert "(no such key: …)" in said
    cut = Response(b"?" * (client.QUOTED - 5) + KEY.encode())  # no half of it either
    assert KEY[:5] not in failed(make, endpoint, cut, key_env="MY_KEY")
    make(key_env="MY_KEY")(ONE)
    assert KEY not in caplog.text
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes()


@pytest.mark.parametrize("key", [None, "", " \n", "열쇠"])
def test_without_its_key_nothing_is_sent_or_spent(
    endpoint: Endpoint, make: Make, monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    monkeypatch.delenv("MY_KEY", raising=False)
    if key is not None:
        monkeypatch.setenv("MY_KEY", key)
    stage = make(key_env="MY_KEY")
    with pytest.raises(ExtractionError, match="environment variable MY_KEY holds"):
        stage(ONE)
    assert (endpoint.requests, stage.asker.ledger.spent().calls) == ([], 0)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 529])
def test_busy_endpoints_are_asked_again_later(endpoint: Endpoint, make: Make, status: int) -> None:
    waits: list[float] = []
    endpoint.misbehave = [Response({}, status=status)] * 3
    make(retries=3, waits=waits)(ONE)
    assert (len(endpoint.requests), waits) == (4, [1, 2, 4])


def test_retries_end(endpoint: Endpoint, make: Make) -> None:
    waits: list[float] = []
    said = failed(make, endpoint, *[Response(b"busy", status=503)] * 9, retries=2, waits=waits)
    assert said == f"{endpoint.address}: answered 503 (busy)"
    assert (len(endpoint.requests), waits) == (3, [1, 2])


def test_retry_after_is_kept_to(endpoint: Endpoint, make: Make) -> None:
    waits: list[float] = []
    endpoint.misbehave = [Response({}, status=429, headers={"Retry-After": "17"})]
    make(retries=1, waits=waits)(ONE)
    assert waits == [17]


def test_a_long_wait_is_left_to_the_next_run(endpoint: Endpoint, make: Make) -> None:
    waits: list[float] = []
    busy = Response({}, status=429, headers={"Retry-After": "3600"})
    said = failed(make, endpoint, busy, retries=5, waits=waits)
    assert said == f"{endpoint.address}: answered 429 ({{}}); run again in 3600 s, which it asks to wait"
    assert (len(endpoint.requests), waits) == (1, [])


def test_retry_after_may_be_a_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_700_000_000.0)
    found = [client._retry_after(value) for value in ("Tue, 14 Nov 2023 22:13:40 GMT", "0", "-3", "soon", None)]
    assert found == [20.0, 0.0, 0.0, None, None]


def test_a_slow_endpoint_times_out(endpoint: Endpoint, make: Make) -> None:
    said = failed(make, endpoint, Response({}, sleep=2), timeout=0.2)
    assert said == f"{endpoint.address}: took longer than the 0.2 s of timeout"


def test_a_cut_connection_is_tried_again(endpoint: Endpoint, make: Make) -> None:
    cut = Response(completion(NO_ANSWER), cut=20)
    assert "cut the connection (RemoteProtocolError)" in failed(make, endpoint, cut)
    endpoint.misbehave = [cut]
    make(retries=1, cache="other")(ONE)


def test_nobody_there(make: Make) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    stage = make(endpoint=address)
    with pytest.raises(ExtractionError, match=r"cannot be reached .*; is it running\?"):
        stage(ONE)
    assert stage.asker.ledger.spent().tokens == 0  # nothing can have been taken


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>", "answered what is no JSON (<html>)"),
        (b"[" * 100_000, "answered what is no JSON"),
        ([], "answered without a choice"),
        ({"error": {"message": "overloaded"}}, 'answered with an error ({"error": {"message": "overloaded"}})'),
        ({"choices": []}, "answered without a choice"),
        ({"choices": [{"message": None}]}, "answered without a choice"),
        (completion(""), "answered with nothing"),
        (completion(NO_ANSWER, refusal="I cannot"), "the model refused to answer"),
        (completion("{", finish="length"), "the answer was cut off at max_output_tokens, 4,000"),
        (completion("{", finish="content_filter"), "a content filter of the endpoint cut the answer off"),
        (completion("Here you are!"), "the answer is no JSON"),
        (completion("[" * 100_000), "the answer is no JSON"),
        (completion([]), "the answer is no JSON object with the lists names and relations"),
        (completion({"names": []}), "the answer is no JSON object with the lists names and relations"),
        (completion("```json\n{}\n```\n```json\n{}\n```"), "the answer is no JSON"),
    ],
)
def test_answers_that_are_none(endpoint: Endpoint, make: Make, body: Any, said: str) -> None:
    assert said in failed(make, endpoint, Response(body))


def test_an_endless_answer_is_cut_off(endpoint: Endpoint, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "LARGEST", 1000)
    assert "answered with more than 1,000 bytes" in failed(make, endpoint, Response(b" " * 200_000))


def test_an_answer_may_stand_in_a_fence(endpoint: Endpoint, make: Make) -> None:
    told = ARTICLES[0]
    fenced = f"<think>\nHm, ```?\n</think>\nSure:\n```json\n{json.dumps(told.answer, ensure_ascii=False)}\n```"
    endpoint.misbehave = [Response(completion(fenced))]
    (document,) = make()([told.document])
    assert len(document.relations) == 2


def test_what_is_no_json_is_asked_again(endpoint: Endpoint, make: Make) -> None:
    endpoint.misbehave = [Response(completion("Sorry!"))]
    make(retries=1)(ONE)
    assert len(endpoint.requests) == 2


def test_a_refused_form_is_left_once_and_for_all(endpoint: Endpoint, make: Make) -> None:
    refusing = Response(b"response_format: json_schema is not supported", status=400)
    endpoint.misbehave = [refusing, Response(b"unknown field response_format", status=422)]
    make()(ONE)
    make()([Document("d2", "나래바이오도 소식을 알렸다.")])
    forms = [body.get("response_format", {}).get("type") for _, body in endpoint.requests]
    assert forms == ["json_schema", "json_object", None, None]


def test_the_form_may_be_chosen(endpoint: Endpoint, make: Make) -> None:
    make(structure="json_object")(ONE)
    assert endpoint.requests[0][1]["response_format"] == {"type": "json_object"}
    refusing = Response(b"response_format: json_schema is not supported", status=400)
    said = failed(make, endpoint, refusing, structure="json_schema", cache="other")
    assert said == f"{endpoint.address}: does not take json_schema (400); set another structure"


def test_one_failed_article_costs_only_itself(endpoint: Endpoint, make: Make) -> None:
    def respond(body: dict[str, Any]) -> Response:
        return Response(b"too long", status=400) if "3번째" in body["messages"][1]["content"] else OK

    endpoint.respond = respond
    documents = [Document(f"d{n}", f"가온전자는 {n}번째 소식을 알렸다.") for n in range(6)]
    results = list(map_documents(make(), documents, batch=6))
    assert [result.source for result in results if isinstance(result, Failure)] == ["d3"]
    assert len(endpoint.requests) == 6  # the others are kept, and the one that failed is not sent again at once
