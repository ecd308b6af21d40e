from __future__ import annotations

import socket
from typing import NoReturn

import pytest
from hypothesis import settings

from kg.graph.knowledge_graph import KnowledgeGraph
from tests.samples import SAMPLES

settings.register_profile("shared machines", deadline=None)
settings.load_profile("shared machines")


@pytest.fixture(scope="session")
def graph() -> KnowledgeGraph:
    """The graph of the sample documents; read-only."""
    return KnowledgeGraph.from_documents(SAMPLES)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no socket be opened in this process."""

    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "__init__", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
