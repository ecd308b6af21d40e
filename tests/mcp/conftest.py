from __future__ import annotations

from pathlib import Path

import pytest

from kg import KnowledgeGraph, build

ARTICLES = Path(__file__).resolve().parents[2] / "seeds" / "articles"


@pytest.fixture(scope="session")
def sample_graph() -> KnowledgeGraph:
    """The graph of the sample articles; read-only."""
    return build([ARTICLES])
