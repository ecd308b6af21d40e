from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.resolve.appearances import appearances
from kg.resolve.evaluate_resolution import THRESHOLDS, Group, evaluate_resolution, figures
from kg.resolve.training import Occurrence
from tests.resolve.labelled import ARTICLES, OCCURRENCES
from tests.samples import Named, document

PEOPLE = tuple(one for article in ARTICLES[:4] for one in appearances(article) if one.type == "Person")


def test_figures_of_pairs_and_of_occurrences() -> None:
    group = Group("Person", PEOPLE, ("a", "a", "a", "b"))
    found = dict(zip((one.member for one in PEOPLE), (0, 0, 1, 1), strict=True))
    expected = {
        "precision": 0.5,
        "recall": round(1 / 3, 4),
        "f1": 0.4,
        "b3_precision": 0.75,
        "b3_recall": round((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4, 4),
        "b3_f1": round(2 * 0.75 * (8 / 12) / (0.75 + 8 / 12), 4),
        "occurrences": 4,
        "pairs of one thing": 3,
    }
    assert figures([group], found) == {"Person": expected, "together": expected}


def test_groups_count_by_themselves() -> None:
    groups = [Group("Person", PEOPLE[:2], ("a", "a")), Group("Person", PEOPLE[2:], ("a", "b"))]
    found = dict.fromkeys((one.member for one in PEOPLE), 0)
    (together,) = [by_type["together"] for by_type in (figures(groups, found),)]
    assert (together["precision"], together["recall"], together["pairs of one thing"]) == (0.5, 1.0, 1)


def test_nothing_joined_has_no_precision() -> None:
    found = {one.member: at for at, one in enumerate(PEOPLE)}
    together = figures([Group("Person", PEOPLE, ("a", "a", "b", "b"))], found)["together"]
    assert (together["precision"], together["recall"], together["f1"], together["b3_precision"]) == (0, 0, 0, 1.0)


def test_people_of_one_name_are_told_apart_where_equal_names_are_not() -> None:
    found = evaluate_resolution(ARTICLES, OCCURRENCES)
    resolved, equal = found["resolved"], found["equal names"]
    assert list(resolved) == list(equal) == ["Organization", "Person", "together"]
    assert (resolved["Person"]["precision"], resolved["Person"]["recall"]) == (1.0, 1.0)
    assert (equal["Person"]["precision"], equal["Person"]["recall"]) == (6 / 15, 1.0)
    assert (equal["Organization"]["precision"], equal["Organization"]["recall"]) == (1.0, 1.0)


def test_the_curve_is_by_threshold_and_has_the_shipped_one() -> None:
    found = evaluate_resolution(ARTICLES, OCCURRENCES)
    assert [point["merge"] for point in found["curve"]] == list(THRESHOLDS)
    assert {key: value for key, value in found["curve"][6].items() if key != "merge"} == found["resolved"]["together"]
    recalls = [point["recall"] for point in found["curve"]]
    assert recalls == sorted(recalls, reverse=True)


def test_a_surname_with_a_title_is_no_equal_name() -> None:
    articles = [document("김 대표가 새 공장을 열었다.", {"김 대표": Named("Person")}, id=name) for name in "ab"]
    found = evaluate_resolution(articles, [Occurrence("G000", "a", name, "e0") for name in "ab"])
    assert found["equal names"]["Person"]["recall"] == found["resolved"]["Person"]["recall"] == 0.0


def test_labels_that_make_no_pair_are_an_error() -> None:
    with pytest.raises(InputError, match="no two labelled occurrences are in the documents"):
        evaluate_resolution(ARTICLES, OCCURRENCES[:1])
