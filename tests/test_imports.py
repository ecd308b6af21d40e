from __future__ import annotations

import json
import subprocess
import sys

import pytest

import kg

HEAVY = (
    "mkdocs",
    "numpy",
    "pandas",
    "pyarrow",
    "pyoxigraph",
    "ray",
    "torch",
    "yaml",
    "spacy",
    "rdflib",
    "networkx",
    "pyvis",
    "igraph",
    "scipy",
    "datasketch",
    "kiwipiepy",
    "pycrfsuite",
    "trafilatura",
    "pydantic",
    "typer",
)


def run_python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_public_names_are_exactly_these() -> None:
    assert kg.__all__ == [
        "Article",
        "Document",
        "DocumentEntity",
        "Entity",
        "Evidence",
        "ExportError",
        "ExtractionError",
        "Failure",
        "FailureRateError",
        "FormatError",
        "GraphError",
        "InputError",
        "KgError",
        "KnowledgeGraph",
        "Mention",
        "MissingExtraError",
        "Relation",
        "RelationMention",
        "ResourceError",
        "Schema",
        "SchemaError",
        "SourcedEvidence",
        "Store",
        "StoreError",
        "UnknownNameError",
        "__version__",
        "build",
        "correct",
        "extract",
        "extractors",
        "load",
        "load_schema",
        "read_documents",
        "validate",
        "write_documents",
    ]


def test_every_public_name_is_there_and_has_help() -> None:
    missing = [name for name in kg.__all__ if not getattr(kg, name).__doc__]
    assert missing == []
    assert set(kg.__all__) <= set(dir(kg))


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extrakt'"):
        _ = kg.extrakt


def test_import_brings_no_heavy_library_along() -> None:
    code = f"import kg, json, sys; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    assert json.loads(run_python(code)) == []


def test_help_brings_no_model_and_no_graph_library_along() -> None:
    code = (
        "import json, sys\nfrom kg.cli.app import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print(json.dumps([m for m in {HEAVY!r} if m in sys.modules and m != 'typer']))"
    )
    assert json.loads(run_python(code).splitlines()[-1]) == []


def test_import_reads_no_model_and_no_list() -> None:
    code = """
import json, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import kg
print(json.dumps([path for path in opened if not path.endswith((".py", ".pyc")) and "kg" in path]))
"""
    assert [path for path in json.loads(run_python(code)) if "/models/" in path or "/seeds/" in path] == []


def test_import_is_quick() -> None:
    code = "import time; t = time.process_time(); import kg; print(time.process_time() - t)"
    assert min(float(run_python(code)) for _ in range(3)) < 0.3, "seconds of processor time"


def test_extract_stays_a_function_when_its_package_is_used() -> None:
    code = "import kg; from kg.extract import pipeline; import kg.extract.pipeline; print(kg.extract.__module__)"
    assert run_python(code).strip() == "kg.run.api"
