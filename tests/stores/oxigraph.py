"""The Oxigraph server."""

from __future__ import annotations

import subprocess
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.stores import web
from tests.stores.protocol import Ask

NAME = "oxigraph"
ENDINGS = frozenset({".nt", ".ttl", ".nq", ".trig", ".jsonld"})
CODE_POINTS = True
PROGRAM = Path(sysconfig.get_path("scripts"), "oxigraph")


def missing() -> str | None:
    return None if PROGRAM.is_file() else "pip install oxigraph"


@contextmanager
def opened(path: Path) -> Iterator[Ask]:
    with TemporaryDirectory(prefix="kg-") as folder:
        place = ["--location", f"{folder}/store"]
        subprocess.run([PROGRAM, "load", *place, "--file", path], check=True, capture_output=True, timeout=600)
        port = web.free_port()
        union = ["--union-default-graph"] if path.suffix in (".nq", ".trig") else []
        command = [str(PROGRAM), "serve-read-only", *place, "--bind", f"127.0.0.1:{port}", *union]
        with web.running(command, port, Path(folder, "log")):
            yield lambda query, seconds: web.ask(f"http://127.0.0.1:{port}/query", query, seconds)
