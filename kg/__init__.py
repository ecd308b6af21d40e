"""Knowledge graphs from Korean news: entities, relations and the sentence behind every edge.

```python
import kg

graph = kg.build(["seeds/articles"])
graph.relations(subject="오픈AI", type="partnersWith")
```
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# The sub-package `kg.extract` is loaded before the function of that name takes its place here; loaded
# later, it would take the function's. `from kg.extract.pipeline import …` works as with any other.
from kg import extract as _extract_package  # noqa: F401
from kg.codec import read_documents, write_documents
from kg.errors import (
    ExportError,
    ExtractionError,
    FailureRateError,
    FormatError,
    GraphError,
    InputError,
    KgError,
    MissingExtraError,
    ResourceError,
    SchemaError,
    StoreError,
    UnknownNameError,
)
from kg.model import (
    Article,
    Document,
    DocumentEntity,
    Entity,
    Evidence,
    Failure,
    Mention,
    Relation,
    RelationMention,
    SourcedEvidence,
)
from kg.run.api import build, correct, extract, extractors, load

if TYPE_CHECKING:
    from kg.graph.knowledge_graph import KnowledgeGraph
    from kg.run.stores import Store
    from kg.schema import Schema, load_schema
    from kg.triplestore.validation import validate

    __version__: str

__all__ = [
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

_LATER = {
    "KnowledgeGraph": "kg.graph.knowledge_graph",
    "Schema": "kg.schema",
    "Store": "kg.run.stores",
    "load_schema": "kg.schema",
    "validate": "kg.triplestore.validation",
}
"""Names whose modules are loaded at first use (PEP 562), because they bring heavier libraries along."""


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("korean-news-kg")
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
