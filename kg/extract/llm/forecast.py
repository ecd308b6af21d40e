"""What articles may cost before anything is sent: calls, tokens and money, at most and as far as past calls tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.extract.llm.cache import Question
from kg.extract.llm.ledger import NANO, Usage, cost, money
from kg.extract.llm.settings import Settings

if TYPE_CHECKING:
    from kg.extract.llm.asking import Asker


@dataclass(frozen=True, slots=True)
class Forecast:
    """What extracting some articles may cost; tokens and cost are upper bounds without retries.

    `cost` is in billionths of the prices' currency. `expected_in` and `expected_out` are what calls of this endpoint
    and model have taken of their bounds so far, None before any.
    """

    articles: int = 0
    calls: int = 0
    kept: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: int = 0
    expected_in: int | None = None
    expected_out: int | None = None

    def __add__(self, other: Forecast) -> Forecast:
        """Return the forecast of both."""
        sums: dict[str, Any] = {}
        for field in fields(self):
            both = [value for one in (self, other) if (value := getattr(one, field.name)) is not None]
            sums[field.name] = sum(both) if both else None
        return Forecast(**sums)


def forecast(questions: Sequence[Question], asker: Asker, settings: Settings, articles: int) -> Forecast:
    """Return what the questions of some articles may cost."""
    wanted = {question.key: question for question in questions}
    missing = [question for question in wanted.values() if not asker.is_kept(question)]
    most = [Usage(question.most_tokens + settings.overhead_tokens, settings.max_output_tokens) for question in missing]
    total = Usage(sum(one.tokens_in for one in most), sum(one.tokens_out for one in most))
    price = sum(cost(settings.prices, one) for one in most)
    ratio = asker.ledger.ratio()
    expected = (
        (None, None) if ratio is None else (round(total.tokens_in * ratio[0]), round(total.tokens_out * ratio[1]))
    )
    kept = len(wanted) - len(missing)
    return Forecast(articles, len(missing), kept, total.tokens_in, total.tokens_out, price, *expected)


def lines(found: Forecast, asker: Asker, settings: Settings) -> list[str]:
    """Return a forecast in lines for people, with what is left of the budget."""
    spent, budget = asker.ledger.spent(), settings.budget
    most = found.tokens_in + found.tokens_out
    shown = [
        f"{found.articles:,} articles: {found.calls:,} calls to {settings.endpoint} ({settings.model}),"
        f" {found.kept:,} answers kept",
        f"at most {most:,} tokens: {found.tokens_in:,} in, {found.tokens_out:,} out{_money(found.cost, settings)}",
    ]
    if found.calls and found.expected_in is not None and found.expected_out is not None:
        price = cost(settings.prices, Usage(found.expected_in, found.expected_out))
        expected = f"{found.expected_in:,} in, {found.expected_out:,} out{_money(price, settings)}"
        shown.append(f"as calls before took: {expected}")
    left = budget.tokens - spent.tokens
    says = f"budget: {left:,} of {budget.tokens:,} tokens left"
    fits = most <= left
    if budget.money is not None:
        left_money = int(budget.money * NANO) - spent.cost
        says += f", {money(left_money)} of {Decimal(budget.money)}"
        fits = fits and found.cost <= left_money
    shown.append(
        f"{says}; {'enough' if fits else 'may not be enough: what it does not cover fails, and is asked later'}"
    )
    shown.append("nothing was sent")
    return shown


def _money(nano: int, settings: Settings) -> str:
    return f", {money(nano)} in money" if settings.prices is not None else ""
