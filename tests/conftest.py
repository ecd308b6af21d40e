from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import settings

from kg.graph.knowledge_graph import KnowledgeGraph
from tests.chromium import ARGUMENTS, CHROMIUM
from tests.samples import SAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("shared machines", deadline=None)
settings.load_profile("shared machines")


@pytest.fixture(scope="session")
def graph() -> KnowledgeGraph:
    """The graph of the sample documents; read-only."""
    return KnowledgeGraph.from_documents(SAMPLES)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium, ended with its module: while one runs, nothing else in this process can use asyncio."""
    if not CHROMIUM:
        pytest.skip("no chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no socket be opened in this process."""

    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "__init__", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
