"""Questions answered: from the cache, else by calls that the ledger allows, several at once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Lock

from kg.errors import ExtractionError
from kg.extract.llm.answers import parse_answer
from kg.extract.llm.cache import AnswerCache, Question
from kg.extract.llm.checks import REASONS
from kg.extract.llm.client import Client, Reply
from kg.extract.llm.ledger import Ledger, money
from kg.extract.llm.settings import Settings

STRUCTURES = ("json_schema", "json_object", "text")
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds before the first retry, doubled for each further one, and the most that is ever waited."""


class Asker:
    """Answers questions with some settings; threads may share it.

    A question that failed fails once more unsent: a batch with a failure is done again article by article.
    """

    def __init__(self, settings: Settings, wait: Callable[[float], None] = time.sleep) -> None:
        self._settings, self.wait = settings, wait
        self.ledger = Ledger(settings)
        self._cache = AnswerCache(settings.cache)
        self._failed: dict[str, str] = {}
        self._settled = ""
        """Why no call of these settings can succeed, once one has shown it."""
        self._structure: str | None = None
        self._choosing = Lock()

    def is_kept(self, question: Question) -> bool:
        """Say whether the cache has an answer."""
        return self._cache.get(question.key) is not None

    def report(self) -> str:
        """Return in a line what the cache folder's calls have cost, and what was rejected, by reason."""
        spent, budget = self.ledger.spent(), self._settings.budget
        said = f"llm, all runs: {spent.calls:,} calls, {spent.tokens:,} of {budget.tokens:,} tokens"
        if self._settings.prices is not None:
            said += f", {money(spent.cost)}" + (f" of {budget.money}" if budget.money is not None else "") + " in money"
        counts = Counter(reason for _, reason, _ in self.ledger.rejected())
        if counts:
            reasons = "; ".join(f"{number:,}: {REASONS[reason]}" for reason, number in counts.most_common())
            where = f"{self.ledger.path.name} of the cache folder"
            said += f"; {counts.total():,} items rejected ({reasons}), listed in {where}"
        return said

    def ask(self, questions: Iterable[Question]) -> dict[str, str | ExtractionError]:
        """Return the answer to each question, or the error it came to, by key; equal questions are sent once."""
        wanted = {question.key: question for question in questions}
        results: dict[str, str | ExtractionError] = {}
        missing = []
        for key, question in wanted.items():
            kept = self._cache.get(key)
            if kept is None:
                missing.append(question)
            else:
                results[key] = kept
        if missing:
            threads = min(self._settings.concurrency, len(missing))
            with Client(self._settings) as client, ThreadPoolExecutor(threads) as pool:
                answers = pool.map(partial(self._answer, client), missing)
                results |= {question.key: answer for question, answer in zip(missing, answers, strict=True)}
        return results

    def _answer(self, client: Client, question: Question) -> str | ExtractionError:
        said = self._settled or self._failed.pop(question.key, "")
        if said:
            return ExtractionError(said)
        try:
            reply = self._sent(client, question)
        except ExtractionError as error:
            return error
        if reply.content is not None:
            try:
                self._cache.put(question.key, reply.content, self._settings.model)
            except ExtractionError as error:  # no more is paid for answers that cannot be kept
                self._settled = str(error)
                return error
            return reply.content
        self._failed[question.key] = reply.failed
        if reply.settled:
            self._settled = reply.failed
        return ExtractionError(reply.failed)

    def _sent(self, client: Client, question: Question) -> Reply:
        """Send a question until it is answered, in one form or the next, or retries are used up; raises BudgetError."""
        if self._structure is None:
            with self._choosing:  # one call finds out which form the endpoint takes, the others wait for it
                if self._settled:
                    return Reply(failed=self._settled, settled=True)
                if self._structure is None:
                    return self._first(client, question)
        return self._tried(client, question, self._structure)

    def _first(self, client: Client, question: Question) -> Reply:
        given = self._settings.structure
        known = given if given != "auto" else self.ledger.structure()
        if known is not None:
            self._structure = known
            return self._tried(client, question, known)
        for structure in STRUCTURES:
            reply = self._tried(client, question, structure)
            if not reply.refused_form:
                break
        if reply.content is not None:
            self.ledger.keep_structure(structure)
            self._structure = structure
        return reply

    def _tried(self, client: Client, question: Question, structure: str) -> Reply:
        wait = FIRST_WAIT
        for attempt in range(self._settings.retries + 1):
            reply = self._once(client, question, structure)
            if reply.wait is not None and reply.wait > LONGEST_WAIT:
                return replace(reply, failed=f"{reply.failed}; run again in {reply.wait:.0f} s, which it asks to wait")
            if not reply.again or attempt == self._settings.retries:
                return reply
            self.wait(min(LONGEST_WAIT, wait if reply.wait is None else reply.wait))
            wait *= 2
        return reply

    def _once(self, client: Client, question: Question, structure: str) -> Reply:
        """Send one call, its worst case reserved before and settled after, whatever becomes of it."""
        client.check()
        number = self.ledger.reserve(question.key, question.most_tokens)
        reply: Reply | None = None
        try:
            reply = client.call(question, structure)
        finally:
            used = reply.used if reply is not None else None
            self.ledger.settle(number, used)
        if reply.content is not None:
            try:
                parse_answer(reply.content)
            except ExtractionError as error:
                return Reply(failed=str(error), used=reply.used, again=True)
        return reply
