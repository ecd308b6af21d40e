"""A store as a server on a free port of this machine, asked by the SPARQL 1.1 Protocol."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from kg.errors import StoreError
from kg.triplestore.answers import Answer
from tests.stores.results import answer, form

STARTS = 60.0
"""Seconds in which a server must answer."""


def free_port() -> int:
    """Return a port of this machine that nothing uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def running(command: Sequence[str], port: int, log: Path) -> Iterator[None]:
    """Run a server until the block ends; raises StoreError with its own words when it does not start."""
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        ends = time.monotonic() + STARTS
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > ends:
                raise StoreError(f"{command[0]} did not start: {log.read_text(encoding='utf-8', errors='replace')}")
            time.sleep(0.05)
        yield
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def ask(url: str, query: str, seconds: float, **fields: str) -> Answer:
    """Return what a server answers to a query; `fields` are sent with it."""
    sent = urlencode({"query": query, **fields}).encode()
    try:
        with urlopen(Request(url, sent, {"Accept": form(query)}), timeout=seconds) as found:
            return answer(query, found.read().decode())
    except HTTPError as error:
        raise StoreError(error.read().decode(errors="replace").strip()) from error
