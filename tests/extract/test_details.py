from __future__ import annotations

import math

import numpy as np
import pytest

from kg.extract.classifier.details import (
    CAUTION,
    DATED,
    EVENT,
    OTHER,
    RULED,
    Details,
    Told,
    candidates,
    date_strings,
    status_strings,
)
from kg.extract.classifier.weights import Weights
from kg.extract.finding import RelationFinder
from kg.extract.labels import LabelledArticle, LabelledRelation
from kg.extract.train_details import labelled
from kg.lang.ko.morphemes import blank
from kg.model import Document
from kg.schema import load_schema
from tests.extract.parsing import mentions_of

NAMES = {"쏘카": "Organization", "카카오": "Organization"}
TEXT = "쏘카, 카카오와 제휴\n쏘카는 지난 2월 카카오와 제휴했다. 두 회사는 26일 공동 서비스를 선보인다."


def doc_of(text: str, published: str = "2025-05-27") -> object:
    doc = blank().make_doc(text)
    doc._.document = Document("d", text, title=text.split("\n")[0], date=published)
    doc._.entities, doc._.mentions = mentions_of(text, NAMES)
    return doc


def told_in(text: str) -> list[Told]:
    return list(RelationFinder(load_schema(), None)(doc_of(text), 0.0))  # type: ignore[arg-type]


def weights(labels: tuple[str, ...], rows: dict[str, list[float]], bias: list[float]) -> Weights:
    matrix = np.array([*rows.values(), [0.0] * len(labels)])
    return Weights(labels, {name: at for at, name in enumerate(rows)}, matrix, np.array(bias), {})


def details(
    status: dict[str, list[float]], date: dict[str, list[float]], actual: float = 0.0, event: float = -9.0
) -> Details:
    return Details(
        weights(("actual", "ended", "planned"), status, [actual, -9.0, 0.0]),
        weights((EVENT, OTHER), date, [event, 0.0]),
    )


def test_what_the_rules_read_is_among_the_features() -> None:
    title, body = told_in(TEXT)
    assert {"Sactual", "h"} <= set(status_strings(title))
    assert {"Sactual", "Aactual", "v제휴하"} <= set(status_strings(body)) and "h" not in status_strings(body)
    (plan,) = told_in("쏘카는 카카오와 제휴할 예정이다.")
    assert {"Splanned", "vt예정"} <= set(status_strings(plan))


def test_the_dates_of_the_sentence_those_around_it_and_the_first_day_are_candidates() -> None:
    title, body = told_in(TEXT)
    assert [d.value for d in candidates(body)] == ["2025-02", "2025-05-26"]
    assert [d.value for d in candidates(title)] == ["2025-02", "2025-05-26"]
    far = "쏘카는 카카오와 제휴했다. " + "날씨가 맑았다. " * 60 + "이 일은 26일 알려졌다."
    assert [d.value for d in candidates(told_in(far)[0])] == ["2025-05-26"]


def test_a_date_of_the_clause_is_told_from_one_elsewhere() -> None:
    _, body = told_in(TEXT)
    own, other = (set(date_strings(body, date)) for date in candidates(body))
    assert {"R", "E"} <= own and not {"R", "E"} & other


def test_a_plan_wins_over_a_fact_that_is_less_than_cautiously_likelier() -> None:
    (told,) = told_in("쏘카는 카카오와 제휴했다.")
    assert details({}, {}, actual=math.log(CAUTION) - 0.1).status(told) == "planned"
    assert details({}, {}, actual=math.log(CAUTION) + 0.1).status(told) == "actual"
    assert details({"Sactual": [3.0, 0.0, 0.0]}, {}).status(told) == "actual"


def test_what_rules_read_as_a_plan_is_a_fact_only_where_that_is_far_likelier() -> None:
    (plan,) = told_in("쏘카는 카카오와 제휴할 예정이다.")
    assert details({}, {}, actual=math.log(CAUTION * RULED) - 0.1).status(plan) == "planned"
    assert details({}, {}, actual=math.log(CAUTION * RULED) + 0.1).status(plan) == "actual"


def test_dates_named_twice_count_twice_and_unlikely_ones_are_not_given() -> None:
    text = "쏘카는 26일 카카오와 제휴했다. 날씨가 맑았다. 26일에 알려졌다."
    (told,) = told_in(text)
    odds = math.log(0.6 * DATED / (1 - 0.6 * DATED))
    assert details({}, {}, event=odds).date(told) == "2025-05-26"
    (once,) = told_in("쏘카는 26일 카카오와 제휴했다.")
    assert details({}, {}, event=odds).date(once) is None


@pytest.mark.parametrize(("span", "found"), [((0, 16), ["planned"]), ((17, 30), [])])
def test_examples_are_relations_that_labels_state_in_the_same_sentence(span: tuple[int, int], found: list[str]) -> None:
    text = "쏘카는 카카오와 제휴했다. 날씨가 아주 맑았다."
    label = LabelledRelation("partnersWith", "planned", None, ("카카오",), ("쏘카",), span)
    article = LabelledArticle(Document("d", text), (label,), "sentence")
    examples = labelled(article, doc_of(text), RelationFinder(load_schema(), None))  # type: ignore[arg-type]
    assert [relation.status for _, relation in examples] == found
