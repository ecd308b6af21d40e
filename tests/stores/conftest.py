"""The graph that has something for every query of the pack, which tests/triplestore makes."""

from __future__ import annotations

from tests.triplestore.conftest import wide, wide_folder

__all__ = ["wide", "wide_folder"]
