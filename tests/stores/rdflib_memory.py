"""rdflib, in memory; run with a file it is the child process that answers."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path

from tests.stores.children import child, serve_lines
from tests.stores.protocol import Ask

NAME = "rdflib"
ENDINGS = frozenset({".nt", ".ttl", ".nq", ".trig", ".jsonld"})
CODE_POINTS = True


def missing() -> str | None:
    return None


def opened(path: Path) -> AbstractContextManager[Ask]:
    return child([sys.executable, "-m", __name__, str(path.resolve())])


def main() -> None:
    import rdflib

    path = sys.argv[1]
    graph = rdflib.Dataset(default_union=True) if path.endswith((".nq", ".trig")) else rdflib.Graph()
    graph.parse(path)

    def ask(query: str) -> str:
        found = graph.query(query)
        written = found.serialize(format="nt" if found.type in ("CONSTRUCT", "DESCRIBE") else "json")
        assert written is not None
        return written.decode()

    serve_lines(ask)


if __name__ == "__main__":
    main()
