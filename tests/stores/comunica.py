"""Comunica over N3.js, in Node.js."""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager
from pathlib import Path

from tests.stores.children import child
from tests.stores.protocol import Ask

NAME = "comunica"
ENDINGS = frozenset({".nt", ".ttl", ".nq", ".trig"})
FOLDER = Path(__file__).parent


def missing() -> str | None:
    if shutil.which("node") and (FOLDER / "node_modules").is_dir():
        return None
    return "Node.js 20, then npm install --no-package-lock --prefix tests/stores"


def opened(path: Path) -> AbstractContextManager[Ask]:
    return child(["node", "--max-old-space-size=8192", str(FOLDER / "comunica.mjs"), str(path.resolve())])
