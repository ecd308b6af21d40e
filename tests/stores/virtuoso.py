"""Virtuoso 7, with a database of its own in a temporary folder."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.errors import StoreError
from tests.stores import web
from tests.stores.protocol import Ask

NAME = "virtuoso"
ENDINGS = frozenset({".nt", ".ttl", ".nq", ".trig"})
CODE_POINTS = True
GRAPH = "urn:kg"
SETTINGS = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 100000
MaxDirtyBuffers = 75000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
"""


def missing() -> str | None:
    return None if shutil.which("virtuoso-t") and shutil.which("isql-vt") else "apt install virtuoso-opensource-7-bin"


@contextmanager
def opened(path: Path) -> Iterator[Ask]:
    with TemporaryDirectory(prefix="kg-") as folder:
        sql, http = web.free_port(), web.free_port()
        settings = Path(folder, "virtuoso.ini")
        settings.write_text(SETTINGS.format(folder=folder, sql=sql, http=http), encoding="utf-8")
        shutil.copyfile(path, Path(folder, f"graph{path.suffix}"))
        # What it loads itself answers to no graph's name but its own; of quads every graph is asked.
        fields = {} if path.suffix in (".nq", ".trig") else {"default-graph-uri": GRAPH}
        with web.running(["virtuoso-t", "-f", "-c", str(settings)], http, Path(folder, "log")):
            _load(folder, path.suffix, sql)
            yield lambda query, seconds: web.ask(f"http://127.0.0.1:{http}/sparql/", query, seconds, **fields)


def _load(folder: str, ending: str, port: int) -> None:
    statements = (
        f"ld_dir('{folder}', 'graph{ending}', '{GRAPH}')",
        "rdf_loader_run()",
        "select ll_error from DB.DBA.load_list where ll_state <> 2 or ll_error is not null",
    )
    said = subprocess.run(
        ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", "BANNER=OFF", "VERBOSE=OFF", f"exec={'; '.join(statements)};"],
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=True,
    )
    if said.stdout.strip():
        raise StoreError(f"Virtuoso: {said.stdout.strip()}")
