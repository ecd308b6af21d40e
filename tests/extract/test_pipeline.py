from __future__ import annotations

import gc

import pytest

from kg.extract.pipeline import COMPONENTS, load_pipeline


@pytest.mark.parametrize("collecting", [True, False])
def test_loading_leaves_the_garbage_collector_as_it_was(collecting: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if collecting else gc.disable)()
        assert load_pipeline().pipe_names == list(COMPONENTS)
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if before else gc.disable)()
