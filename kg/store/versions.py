"""Digests of shipped code and data: what was made by other code or from other data is made again."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version

from kg import resources


@lru_cache(maxsize=8)
def shipped_digest(*packages: str) -> str:
    """Return a hexadecimal digest of the files of sub-packages of kg, and of the word lists and schemas.

    A version number would do for releases; this also sees a word list, a relation type or a model changed in place.
    """
    folders = [*(resources.PACKAGE / name for name in packages), resources.seeds("ko"), resources.schemas()]
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(folder)}\n".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def derivation() -> str:
    """Return what tables that are derived of the documents depend on beside them."""
    return f"{shipped_digest('resolve', 'lang')} datasketch {version('datasketch')}"
