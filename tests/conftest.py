from __future__ import annotations

import socket
from typing import NoReturn

import pytest

from kg.graph.knowledge_graph import KnowledgeGraph
from tests.samples import SAMPLES


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
