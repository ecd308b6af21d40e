"""The budget, to the token: with threads, with processes, with endpoints that report nothing or too much."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ExtractionError
from kg.extract.llm.ledger import NANO, BudgetError, Ledger, Usage, cost
from kg.extract.llm.settings import Prices, Settings, read_settings
from kg.model import Document, Failure
from kg.run.workers import map_documents
from tests.extract.llm.conftest import Make, Write
from tests.extract.llm.endpoint import NO_ANSWER, Body, Endpoint, Response, completion

MOST_OUT, OVERHEAD = 100, 50


def articles(count: int) -> list[Document]:
    """Return articles of one length, so that each may cost the same."""
    return [Document(f"d{n:03}", f"가온전자는 {n:03}번째 소식을 알렸다.") for n in range(count)]


def using(*usages: Any) -> Callable[[Body], Response]:
    """Return a server's way to report usages, one after another and then the last of them for ever."""
    left = list(usages)

    def respond(body: Body) -> Response:
        return Response(completion(NO_ANSWER, usage=left.pop(0) if len(left) > 1 else left[0]))

    return respond


def usage(tokens_in: int, tokens_out: int) -> dict[str, int]:
    return {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": tokens_in + tokens_out}


@pytest.fixture
def tight(make: Make) -> Callable[..., Any]:
    """Make an extractor whose budget is for `calls` of the articles at their worst, and `more` tokens."""

    def stage(calls: int, more: int = 0, **given: Any) -> Any:
        limits = {"max_output_tokens": MOST_OUT, "overhead_tokens": OVERHEAD, **given}
        (one,) = make(**limits).asked(articles(1)[0]).questions
        return make(budget={"tokens": calls * (one.most_tokens + OVERHEAD + MOST_OUT) + more}, **limits)

    return stage


def worst(stage: Any) -> dict[str, int]:
    (one,) = stage.asked(articles(1)[0]).questions
    return usage(one.most_tokens + OVERHEAD, MOST_OUT)


@pytest.mark.parametrize(("more", "sent"), [(0, 5), (-1, 4), (1, 5)])
def test_a_budget_is_spent_to_the_last_token_and_no_further(
    endpoint: Endpoint, tight: Callable[..., Any], more: int, sent: int
) -> None:
    stage = tight(5, more, concurrency=8)
    endpoint.respond = using(worst(stage))
    results = list(map_documents(stage, articles(12), batch=12))
    failures = [result for result in results if isinstance(result, Failure)]
    assert (len(endpoint.requests), len(failures)) == (sent, 12 - sent)
    spent, budget = stage.asker.ledger.spent(), stage.settings.budget.tokens
    assert (spent.calls, spent.tokens) == (sent, sent * worst(stage)["total_tokens"])
    said = {failure.message.partition(": ")[2] for failure in failures}
    assert said == {
        f"budget: {spent.tokens:,} of {budget:,} tokens are spent or reserved, and this call may take"
        f" {worst(stage)['total_tokens']:,}: not sent; raise budget.tokens and run again; answers in cache are kept and"
        " cost nothing"
    }


def test_what_calls_did_not_take_goes_to_further_calls(endpoint: Endpoint, tight: Callable[..., Any]) -> None:
    stage = tight(2, concurrency=8)
    endpoint.respond = using(usage(1, 1))
    assert not [r for r in map_documents(stage, articles(12), batch=12) if isinstance(r, Failure)]
    assert stage.asker.ledger.spent().tokens == 24


def test_a_greater_budget_goes_on_where_the_last_ended(endpoint: Endpoint, tight: Callable[..., Any]) -> None:
    endpoint.respond = using(worst(tight(1)))
    first = list(map_documents(tight(3), articles(8)))
    second = list(map_documents(tight(8), articles(8)))
    assert [sum(isinstance(r, Failure) for r in results) for results in (first, second)] == [5, 0]
    assert len(endpoint.requests) == 8


@pytest.mark.parametrize(
    "reported",
    [
        {},
        {"prompt_tokens": 0, "completion_tokens": 0},
        {"prompt_tokens": -5, "completion_tokens": 3},
        {"prompt_tokens": "many", "completion_tokens": 3},
        {"prompt_tokens": True, "completion_tokens": True},
        {"prompt_tokens": 5},
        [],
    ],
)
def test_usage_that_is_missing_or_untrue_counts_as_the_worst_case(
    endpoint: Endpoint, tight: Callable[..., Any], reported: Any
) -> None:
    stage = tight(2)
    endpoint.respond = using(reported)
    results = list(map_documents(stage, articles(4), batch=1))
    assert [isinstance(result, Failure) for result in results] == [False, False, True, True]
    assert stage.asker.ledger.spent().tokens == stage.settings.budget.tokens


def test_hidden_reasoning_is_of_the_total_and_counts(endpoint: Endpoint, tight: Callable[..., Any]) -> None:
    stage = tight(9)
    endpoint.respond = using({"prompt_tokens": 10, "completion_tokens": 20, "total_tokens": 90})
    stage(articles(1))
    assert stage.asker.ledger.spent().tokens == 90


def test_an_endpoint_that_takes_more_than_was_reserved_gets_no_more_calls(
    endpoint: Endpoint, tight: Callable[..., Any]
) -> None:
    stage = tight(9)
    endpoint.respond = using(usage(100, MOST_OUT + 23), usage(100, 5))
    first = list(map_documents(stage, articles(3), batch=1))
    assert len(endpoint.requests) == 1
    assert stage.asker.ledger.spent().tokens == 100 + MOST_OUT + 23  # what it took, not what it was allowed
    assert isinstance(first[1], Failure)
    assert f"raise overhead_tokens to {OVERHEAD} and max_output_tokens to {MOST_OUT + 23} at least" in first[1].message
    again = list(map_documents(tight(9, max_output_tokens=MOST_OUT + 23), articles(3), batch=1))
    assert not any(isinstance(result, Failure) for result in again)


def test_the_same_for_what_it_reads(endpoint: Endpoint, tight: Callable[..., Any]) -> None:
    stage = tight(9)
    read = worst(stage)["prompt_tokens"] + 7
    endpoint.respond = using(usage(read, 1))
    assert isinstance(list(map_documents(stage, articles(2), batch=1))[1], Failure)
    endpoint.respond = using(usage(read - 10, 1))
    again = list(map_documents(tight(9, overhead_tokens=OVERHEAD + 7), articles(3), batch=1))
    assert not any(isinstance(result, Failure) for result in again)


def test_money_is_held_to_like_tokens(endpoint: Endpoint, make: Make) -> None:
    given = {"max_output_tokens": MOST_OUT, "overhead_tokens": OVERHEAD, "prices": {"input": 0.15, "output": 0.6}}
    (one,) = make(**given).asked(articles(1)[0]).questions
    each = cost(Prices(input=Decimal("0.15"), output=Decimal("0.6")), Usage(one.most_tokens + OVERHEAD, MOST_OUT))
    for more, sent in ((0, 3), (-1, 2)):
        endpoint.requests.clear()
        budget = {"tokens": 10**9, "money": str(Decimal(3 * each + more) / NANO)}
        stage = make(**given, budget=budget, cache=f"cache{more}", model=f"m{more}")
        endpoint.respond = using(usage(one.most_tokens + OVERHEAD, MOST_OUT))
        results = list(map_documents(stage, articles(5), batch=1))
        assert (len(endpoint.requests), sum(isinstance(r, Failure) for r in results)) == (sent, 5 - sent)
        assert "raise budget.money" in str(results[-1])


def test_costs_are_exact_and_rounded_up() -> None:
    prices = Prices(input=Decimal("0.1"), output=Decimal("0.0001"))
    assert cost(prices, Usage(1_000_000, 0)) == NANO // 10
    assert cost(prices, Usage(0, 1)) == 1  # a ten-thousandth of a millionth is a tenth of a billionth
    assert cost(None, Usage(5, 5)) == 0


def hammer(path: str, seed: int, calls: int) -> int:
    """Reserve and settle at random against a shared ledger; return the most that it was ever seen to hold."""
    settings = read_settings(path)
    ledger, chance, most = Ledger(settings), random.Random(seed), 0

    def one(number: int) -> int:
        try:
            call = ledger.reserve(f"{seed}-{number}", chance.randint(1, 40))
        except BudgetError:
            return 0
        held = ledger.spent().tokens
        used = Usage(chance.randint(1, 9), chance.randint(1, settings.max_output_tokens))
        ledger.settle(call, chance.choice([used, None]))
        return held

    with ThreadPoolExecutor(4) as pool:
        most = max(pool.map(one, range(calls)))
    return most


def test_threads_and_processes_share_one_budget(write: Write) -> None:
    path = write(budget={"tokens": 5000}, max_output_tokens=20, overhead_tokens=9)
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        held = pool.starmap(hammer, [(str(path), seed, 60) for seed in range(3)])
        pool.close()
        pool.join()
    ledger = Ledger(read_settings(str(path)))
    assert max(held) <= 5000
    assert 5000 - (40 + 9 + 20) < ledger.spent().tokens <= 5000  # full but for less than one call


def test_worker_processes_hold_to_the_budget(endpoint: Endpoint, tight: Callable[..., Any]) -> None:
    stage = tight(6, concurrency=3)
    endpoint.respond = using(worst(stage))
    results = list(map_documents(stage, articles(20), workers=2, batch=3))
    assert len(endpoint.requests) == 6
    assert sum(isinstance(result, Failure) for result in results) == 14
    assert stage.asker.ledger.spent().tokens == stage.settings.budget.tokens


def test_whatever_an_endpoint_does_the_budget_holds(endpoint: Endpoint, tight: Callable[..., Any]) -> None:
    stage = tight(12, 17, concurrency=8, retries=2)
    most, chance, reported = worst(stage), random.Random(5), []

    def respond(body: Body) -> Response:
        with endpoint.lock:
            kind = chance.choice(["answer", "answer", "no usage", "busy", "broken", "cut", "nonsense", "refused"])
            used = usage(chance.randint(1, most["prompt_tokens"]), chance.randint(1, MOST_OUT))
        if kind in ("answer", "nonsense"):
            reported.append(used["total_tokens"])
        return {
            "answer": Response(completion(NO_ANSWER, usage=used)),
            "no usage": Response(completion(NO_ANSWER, usage={})),
            "busy": Response({}, status=429),
            "broken": Response({}, status=502),
            "cut": Response(completion(NO_ANSWER), cut=15),
            "nonsense": Response(completion("?", usage=used)),
            "refused": Response({}, status=400),
        }[kind]

    endpoint.respond = respond
    documents = articles(60)
    results = list(map_documents(stage, documents, batch=20))
    spent, budget = stage.asker.ledger.spent().tokens, stage.settings.budget.tokens
    assert len(results) == 60
    assert sum(reported) <= spent <= budget
    assert budget - spent < most["total_tokens"]  # there was more to ask than the budget is for
    assert any("budget: " in result.message for result in results if isinstance(result, Failure))


def test_a_call_whose_process_died_stays_reserved(write: Write, tmp_path: Path) -> None:
    settings: Settings = read_settings(str(write(budget={"tokens": 1000}, max_output_tokens=400, overhead_tokens=0)))
    Ledger(settings).reserve("a", 300)  # and never settled
    with pytest.raises(BudgetError, match="700 of 1,000 tokens are spent or reserved"):
        Ledger(settings).reserve("b", 1)


def test_a_call_that_failed_after_it_was_sent_counts_in_full(endpoint: Endpoint, tight: Callable[..., Any]) -> None:
    stage = tight(3)
    most = worst(stage)["total_tokens"]
    for number, (response, spent) in enumerate(
        (
            (Response({}, status=400), 0),
            (Response({}, status=500), most),
            (Response(completion(NO_ANSWER), cut=10), most),
        )
    ):
        endpoint.misbehave = [response]
        before = stage.asker.ledger.spent().tokens
        with pytest.raises(ExtractionError):
            stage([articles(3)[number]])
        assert stage.asker.ledger.spent().tokens - before == spent
