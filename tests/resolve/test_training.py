from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Document
from kg.resolve.scoring import FILE, Scorer, load
from kg.resolve.statistics import count
from kg.resolve.training import Occurrence, fit, labelled_pairs, train_resolution
from tests.resolve.labelled import ARTICLES, OCCURRENCES


def test_pairs_are_those_within_a_group() -> None:
    pairs = labelled_pairs(ARTICLES, OCCURRENCES, Scorer(count(ARTICLES), {}))
    sizes = {name: (len(found.same), int(found.same.sum())) for name, found in pairs.items()}
    assert sizes == {"Person": (15, 6), "Name": (6, 2)}
    assert all(found.rows.shape == (len(found.same), len(found.names)) for found in pairs.values())


def test_a_group_of_two_types_makes_no_pair_across_them() -> None:
    person, place = Occurrence("T000", "a", "m0", "e0"), Occurrence("T000", "b", "m1", "e1")
    pairs = labelled_pairs(ARTICLES, [person, place], Scorer(count(ARTICLES), {}))
    assert {name: len(found.same) for name, found in pairs.items()} == {"Person": 0, "Name": 0}


def test_weights_tell_what_the_labels_tell() -> None:
    pairs = labelled_pairs(ARTICLES, OCCURRENCES, Scorer(count(ARTICLES), {}))
    weights = {name: fit(found) for name, found in pairs.items()}
    assert weights["Person"]["company_alike"] > 0 > weights["Person"]["sports_differs"]
    assert weights["Name"]["same_name"] > 0


def test_the_file_is_the_model_that_was_fitted(tmp_path: Path) -> None:
    made = train_resolution(ARTICLES, OCCURRENCES, tmp_path / "models")
    found = load(tmp_path / "models" / FILE)
    assert found.weights == {"Person": made["Person"], "Name": made["Name"]}
    assert found.statistics == count(ARTICLES)
    assert (made["documents"], made["Person pairs"], made["Name pairs"]) == (10, 15, 6)


@settings(max_examples=10)
@given(articles=st.permutations(ARTICLES), occurrences=st.permutations(OCCURRENCES))
def test_the_order_of_documents_and_labels_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory,
    articles: list[Document],
    occurrences: list[Occurrence],
) -> None:
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    train_resolution(ARTICLES, OCCURRENCES, one)
    train_resolution(articles, occurrences, other)
    assert (one / FILE).read_bytes() == (other / FILE).read_bytes()


@pytest.mark.parametrize("occurrences", [[], OCCURRENCES[:6], OCCURRENCES[6:]])
def test_labels_of_people_and_of_others_are_needed(tmp_path: Path, occurrences: list[Occurrence]) -> None:
    with pytest.raises(InputError, match="too few labelled occurrences"):
        train_resolution(ARTICLES, occurrences, tmp_path / "models")
    assert not (tmp_path / "models").exists()
