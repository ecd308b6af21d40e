from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.matrices import Feature, Product, Spread

TABLE = np.array([[1.0, 0.25], [0.25, 3.0]])
KINDS = np.array([0, 1, 0])
WHOLE = np.array([[1.0, 0.25, 1.0], [0.25, 3.0, 0.25], [1.0, 0.25, 1.0]])
OTHER = np.array([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]])
SPREAD = Spread(TABLE, KINDS)


@pytest.mark.parametrize(("made", "whole"), [(SPREAD, WHOLE), (Product(SPREAD, OTHER), WHOLE * OTHER)])
@given(weight=st.floats(-9, 9))
def test_a_product_is_that_of_the_whole_matrix_to_the_bit(made: Feature, whole: Feature, weight: float) -> None:
    assert (weight * made == weight * whole).all()
    assert (OTHER * made == OTHER * whole).all()
    assert [[made[i, j] for j in range(3)] for i in range(3)] == whole.tolist()  # type: ignore[union-attr]
    assert made[np.triu_indices(3, 1)].tolist() == whole[np.triu_indices(3, 1)].tolist()
