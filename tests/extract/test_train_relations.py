from __future__ import annotations

import builtins
from typing import Any

import numpy as np
import pytest

from kg.errors import MissingExtraError
from kg.extract.classifier.training import Examples, Plan, fit
from kg.extract.labels import LabelledArticle, LabelledRelation
from kg.extract.train_relations import _collect, _logistic, _Pairs
from kg.model import Document

PLAN = Plan(epochs=20, rare=2, dropped=0.1, rate=0.05, smoothing=0.0)
TEXT = "카카오는 오픈AI와 업무협약을 맺었다. 네이버는 구글을 비판했다."


def examples() -> Examples:
    found = Examples()
    for number in range(40):
        label = "acquires>" if number % 2 else "none"
        found.add(["인수" if number % 2 else "소풍", "늘", f"once{number}"], label)
    return found


def test_a_fitted_model_tells_its_examples_apart_and_leaves_rare_features_out() -> None:
    pytest.importorskip("torch", reason="the extra `train` is not installed")
    fitted = fit(examples(), range(40), PLAN, seed=0)
    assert (fitted.labels, sorted(fitted.rows)) == (("acquires>", "none"), ["늘", "소풍", "인수"])
    scores = fitted.matrix + fitted.bias
    found = {name: fitted.labels[int(scores[row].argmax())] for name, row in fitted.rows.items()}
    assert (found["인수"], found["소풍"]) == ("acquires>", "none")


def test_the_same_seed_fits_the_same_weights() -> None:
    pytest.importorskip("torch", reason="the extra `train` is not installed")
    first, second = (fit(examples(), range(40), PLAN, seed=3).matrix for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_without_the_extra_the_error_names_the_pip_command(monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = builtins.__import__

    def absent(name: str, *rest: Any, **named: Any) -> Any:
        if name == "torch":
            raise ImportError(name)
        return genuine(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(MissingExtraError, match=r"pip install 'korean-news-kg\[train\]'"):
        fit(examples(), range(40), PLAN, seed=0)


def test_calibration_recovers_the_odds_it_is_given() -> None:
    random = np.random.default_rng(0)
    x = np.column_stack([random.normal(size=20_000), random.random(20_000), np.ones(20_000)])
    right = random.random(20_000) < 1 / (1 + np.exp(-x @ np.array([1.5, 0.7, -0.4])))
    found = _logistic(x, right.astype(float), np.full(3, 1e-3))
    np.testing.assert_allclose(found, [1.5, 0.7, -0.4], atol=0.12)


def labels_of(scope: Any, relations: tuple[LabelledRelation, ...]) -> dict[frozenset[str], list[tuple[str, bool]]]:
    """The labels of each pair of TEXT by name, and whether they are known."""
    pairs = _Pairs(Examples(), [], [], [])
    _collect(pairs, [LabelledArticle(Document("a", TEXT, date="2025-02-05"), relations, scope)])
    names = {f"e{i}": name for i, name in enumerate(("카카오", "오픈AI", "네이버", "구글"))}
    rows = zip(pairs.origin, pairs.examples.labels, pairs.known, strict=True)
    found: dict[frozenset[str], list[tuple[str, bool]]] = {}
    for (_, a, b, _), label, known in rows:
        found.setdefault(frozenset((names[a], names[b])), []).append((label, known))
    return found


def test_pairs_are_labelled_in_the_sentence_that_states_them() -> None:
    partners = LabelledRelation("partnersWith", "planned", None, ("오픈AI",), ("카카오",), (0, 20))
    rivals = partners._replace(type="competesWith")
    found = labels_of("sentence", (partners, rivals))
    assert found[frozenset(("카카오", "오픈AI"))] == [("competesWith>", True), ("partnersWith>", True)]
    assert found[frozenset(("네이버", "구글"))] == [("none", True)]


def test_other_pairs_of_an_example_are_unknown_and_its_negative_pair_is_none() -> None:
    unrelated = LabelledRelation("none", "actual", None, ("카카오",), ("오픈AI",), (0, 20))
    found = labels_of("pair", (unrelated,))
    assert found[frozenset(("카카오", "오픈AI"))] == [("none", True)]
    assert found[frozenset(("네이버", "구글"))] == [("none", False)]
