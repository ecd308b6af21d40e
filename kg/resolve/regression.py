"""Logistic regression with a penalty, for the small models of resolution and of copies."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

STEPS = 50
CLOSE = 1e-8
"""The most steps of Newton's method, and the change of a weight below which it has arrived."""


def fit(rows: npt.NDArray[np.float64], labels: npt.NDArray[np.bool_], penalty: float) -> npt.NDArray[np.float64]:
    """Return the bias and, after it, the weights of the columns of `rows`.

    `penalty` weighs the squared length of the weights (L2), not of the bias, against the likelihood of the labels.
    Newton's method (IRLS); source: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.4.1.
    """
    table = np.column_stack([np.ones(len(labels)), rows])
    ridge = np.diag([0.0, *[penalty] * rows.shape[1]])
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        probability = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (probability - labels) + ridge @ weights
        curve = (table * (probability * (1 - probability))[:, None]).T @ table + ridge
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < CLOSE:
            break
    return weights
