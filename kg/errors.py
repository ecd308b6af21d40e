"""Every error the package raises on purpose.

KgError
├── ResourceError       a shipped file (schema, gazetteer, model) is missing or unreadable
├── SchemaError         a schema file is wrong: unknown key, unknown type, bad domain or range
├── InputError          an article or input file cannot be used
│   └── FormatError     a graph or documents file is of a wrong or newer format
├── ExtractionError     a stage broke its contract, failed on one article or cannot be loaded
├── UnknownNameError    no entity, type or relation of that name; offers the nearest ones
├── StoreError          a store file is not one, is of a newer version, in use or cannot be written
├── GraphError          a graph breaks its attribute contract
├── GraphSizeError      a graph is too large to be held in memory unless one asks for it
├── ExportError         an output cannot be written
├── FailureRateError    more articles failed than the run allows
└── MissingExtraError   an optional dependency is absent; carries the pip command that mends it
"""

from __future__ import annotations

from collections.abc import Sequence

LISTED_BY = {
    "article": "kg articles",
    "entity": "kg entities",
    "entity type": "kg schema",
    "extractor": "kg extractors",
    "relation type": "kg schema",
}
"""The commands that list what a name may be of."""


class KgError(Exception):
    """Base of every error the package raises on purpose; the message says what to do next."""


class ResourceError(KgError):
    """A file that ships with the package is missing or unreadable."""


class SchemaError(KgError):
    """A schema file is wrong; the message names the file and the key."""


class InputError(KgError):
    """An article or input file cannot be used; the message names it and says what to do."""


class FormatError(InputError):
    """A graph or documents file is not of a format this version reads."""


class ExtractionError(KgError):
    """A stage failed on an article, broke its contract or cannot be loaded; the message names article or extractor."""


class UnknownNameError(KgError, LookupError):
    """No such entity, type or relation; `nearest` lists close names, best first."""

    def __init__(self, kind: str, name: str, nearest: Sequence[str] = ()) -> None:
        self.kind, self.name, self.nearest = kind, name, tuple(nearest)
        hint = f"; `{LISTED_BY[kind]}` lists them" if kind in LISTED_BY else ""
        hint = f"; did you mean {', '.join(self.nearest)}?" if self.nearest else hint
        super().__init__(f"no {kind} named {name!r}{hint}")


class StoreError(KgError):
    """A store cannot be used; the message names the file and says what to do, and what was stored before stands."""


class GraphError(KgError):
    """A graph breaks the attribute contract of kg.graph."""


class GraphSizeError(KgError):
    """A graph has more entities and relations than are taken into memory; says what to do instead."""

    def __init__(self, entities: int, relations: int, largest: int) -> None:
        self.entities, self.relations = entities, relations
        super().__init__(
            f"{entities:,} entities and {relations:,} relations, more than the {largest:,} that are taken into memory:"
            " load the RDF into a triple store (`kg load`), read the tables (`kg export -o tables.parquet`) with igraph"
            " or rustworkx, build of fewer articles, or give a larger `largest` (about 2.5 KB each)"
        )


class ExportError(KgError):
    """An output cannot be written; the message names the path."""


class FailureRateError(KgError):
    """More articles failed than the run allows; everything that succeeded is written."""


class MissingExtraError(KgError, ImportError):
    """An optional dependency is absent; the message carries the pip command that mends it."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs an optional dependency: pip install 'korean-news-kg[{extra}]'")
