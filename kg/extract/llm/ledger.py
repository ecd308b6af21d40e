"""The ledger of a cache folder: what calls have cost, and whether one more may be sent.

A call is sent only when all that was spent, all that is reserved and its own worst case together stay within the
budget. SQLite's BEGIN IMMEDIATE makes that one step for every thread and process that shares the folder. What a call
cost is what the endpoint reports; where nobody can tell, it is the whole reservation.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from threading import Condition
from typing import Any

from kg.errors import ExtractionError, InputError
from kg.extract.llm.settings import Prices, Settings

FILE = "ledger.sqlite"
WAIT = 120.0
"""Seconds to wait for another process's transaction, each of which takes milliseconds."""
_TABLES = """
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, endpoint TEXT NOT NULL, model TEXT NOT NULL,
    bound_in INTEGER NOT NULL, overhead INTEGER NOT NULL, bound_out INTEGER NOT NULL,
    used_in INTEGER NOT NULL, used_out INTEGER NOT NULL, cost INTEGER NOT NULL, outcome TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS structures (
    endpoint TEXT NOT NULL, model TEXT NOT NULL, structure TEXT NOT NULL, PRIMARY KEY (endpoint, model)
);
CREATE TABLE IF NOT EXISTS rejected (
    article TEXT NOT NULL, number INTEGER NOT NULL, reason TEXT NOT NULL, item TEXT NOT NULL,
    PRIMARY KEY (article, number)
);
"""
NANO = 10**9
"""Costs are kept in whole billionths of the currency, rounded up for each call."""


class BudgetError(ExtractionError):
    """The next call might exceed the budget, so it was not sent."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of a call: the most it may take, or what it took."""

    tokens_in: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class Spent:
    """What calls have cost so far, reservations in full; `cost` is in billionths of the currency."""

    calls: int = 0
    tokens: int = 0
    cost: int = 0


def cost(prices: Prices | None, usage: Usage) -> int:
    """Return what tokens cost, in billionths of the currency, rounded up."""
    if prices is None:
        return 0
    exact = (usage.tokens_in * prices.input + usage.tokens_out * prices.output) * (NANO // 10**6)
    return int(exact.to_integral_value(ROUND_CEILING))


def money(nano: int) -> str:
    """Return a cost as a decimal number."""
    return f"{Decimal(nano) / NANO:.4f}"


class Ledger:
    """The ledger in the cache folder of some settings; raises InputError when it cannot be opened."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.path = settings.cache / FILE
        self._changed = Condition()
        self._open = 0
        try:
            settings.cache.mkdir(parents=True, exist_ok=True)
            with self._connected() as base:
                base.executescript(_TABLES)
        except (OSError, ExtractionError) as error:
            raise InputError(f"{self.path}: cannot be opened ({error}); choose another cache folder") from error

    def reserve(self, key: str, content: int) -> int:
        """Reserve the worst case of a call whose messages take at most `content` tokens, and return its number.

        Waits for calls of this process that are under way where their settling may make room. Raises BudgetError.
        """
        with self._changed:
            while True:
                refused = self._reserve(key, content)
                if isinstance(refused, int):
                    self._open += 1
                    return refused
                if self._open == 0:
                    raise BudgetError(refused)
                self._changed.wait()

    def settle(self, number: int, used: Usage | None) -> None:
        """Put what a call took in place of its reservation, which stays where `used` is None."""
        try:
            with self._connected() as base:
                if used is None:
                    base.execute("UPDATE calls SET outcome = 'assumed' WHERE id = ?", (number,))
                else:
                    outcome = "reported" if used.tokens_in or used.tokens_out else "nothing"
                    row = (used.tokens_in, used.tokens_out, cost(self._settings.prices, used), outcome, number)
                    base.execute("UPDATE calls SET used_in = ?, used_out = ?, cost = ?, outcome = ? WHERE id = ?", row)
        finally:
            with self._changed:
                self._open -= 1
                self._changed.notify_all()

    def spent(self) -> Spent:
        """Return what all calls have cost, those under way and those whose end nobody knows as reserved."""
        with self._connected() as base:
            return _spent(base)

    def ratio(self) -> tuple[float, float] | None:
        """Return what reported calls of this endpoint and model took of their bounds, in and out; None before any."""
        found = "SELECT sum(used_in), sum(bound_in + overhead), sum(used_out), sum(bound_out) FROM calls"
        with self._connected() as base:
            row = base.execute(f"{found} WHERE outcome = 'reported' AND endpoint = ? AND model = ?", self._whose())
            used_in, bound_in, used_out, bound_out = row.fetchone()
        return (used_in / bound_in, used_out / bound_out) if bound_in else None

    def structure(self) -> str | None:
        """Return the structure that was found to work for this endpoint and model."""
        with self._connected() as base:
            row = base.execute("SELECT structure FROM structures WHERE endpoint = ? AND model = ?", self._whose())
            found = row.fetchone()
        return found[0] if found else None

    def keep_structure(self, structure: str) -> None:
        """Keep the structure that works for this endpoint and model."""
        with self._connected() as base:
            base.execute("INSERT OR REPLACE INTO structures VALUES (?, ?, ?)", (*self._whose(), structure))

    def reject(self, article: str, items: list[tuple[str, str]]) -> None:
        """Put (reason, item) of what was rejected for an article in place of what was listed for it before."""
        with self._connected() as base:
            base.execute("BEGIN IMMEDIATE")
            base.execute("DELETE FROM rejected WHERE article = ?", (article,))
            rows = [(article, number, *item) for number, item in enumerate(items)]
            base.executemany("INSERT INTO rejected VALUES (?, ?, ?, ?)", rows)
            base.execute("COMMIT")

    def rejected(self) -> list[tuple[str, str, str]]:
        """Return (article, reason, item) of everything rejected, by article, in the order of the answers."""
        with self._connected() as base:
            found = base.execute("SELECT article, reason, item FROM rejected ORDER BY article, number")
            return [(article, reason, item) for article, reason, item in found]

    def _reserve(self, key: str, content: int) -> int | str:
        """Return the number of the new reservation, or why there is none."""
        s = self._settings
        most = Usage(content + s.overhead_tokens, s.max_output_tokens)
        price = cost(s.prices, most)
        with self._connected() as base:
            base.execute("BEGIN IMMEDIATE")
            refused = self._overrun(base) or self._beyond(_spent(base), most, price)
            if refused is not None:
                base.execute("ROLLBACK")
                return refused
            row = (key, *self._whose(), content, s.overhead_tokens, most.tokens_out, most.tokens_in, most.tokens_out)
            added = base.execute(
                "INSERT INTO calls VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')",
                (*row, price),
            )
            base.execute("COMMIT")
            return int(added.lastrowid or 0)

    def _beyond(self, spent: Spent, most: Usage, price: int) -> str | None:
        budget = self._settings.budget
        tokens = most.tokens_in + most.tokens_out
        again = f"and run again; answers in {self._settings.cache.name} are kept and cost nothing"
        if spent.tokens + tokens > budget.tokens:
            said = (
                f"{spent.tokens:,} of {budget.tokens:,} tokens are spent or reserved, and this call may take {tokens:,}"
            )
            return f"budget: {said}: not sent; raise budget.tokens {again}"
        if budget.money is not None and spent.cost + price > budget.money * NANO:
            said = f"{money(spent.cost)} of {budget.money} are spent or reserved, and this call may cost {money(price)}"
            return f"budget: {said}: not sent; raise budget.money {again}"
        return None

    def _overrun(self, base: sqlite3.Connection) -> str | None:
        """Return what to raise when this endpoint took more than its calls had reserved, and still might."""
        query = (
            "SELECT max(used_in - bound_in), max(used_out) FROM calls WHERE endpoint = ? AND model = ?"
            " AND (used_in > bound_in + overhead OR used_out > bound_out)"
        )
        above_in, above_out = base.execute(query, self._whose()).fetchone()
        s = self._settings
        if above_in is None or (above_in <= s.overhead_tokens and above_out <= s.max_output_tokens):
            return None
        wanted = f"overhead_tokens to {max(above_in, s.overhead_tokens)}"
        wanted += f" and max_output_tokens to {max(above_out, s.max_output_tokens)}"
        return (
            f"budget: the endpoint took more tokens than a call had reserved: no more are sent; raise {wanted} at least"
        )

    def _whose(self) -> tuple[str, str]:
        return self._settings.endpoint, self._settings.model

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        try:
            with closing(sqlite3.connect(self.path, timeout=WAIT, isolation_level=None)) as base:
                yield base
        except sqlite3.Error as error:
            raise ExtractionError(f"{self.path}: cannot be used ({error}); nothing was sent without it") from error


def _spent(base: sqlite3.Connection) -> Spent:
    query = "SELECT count(*), coalesce(sum(used_in + used_out), 0), coalesce(sum(cost), 0) FROM calls"
    return Spent(*base.execute(query).fetchone())
