"""Parquet tables in one folder: entities, relations, evidence and articles, for databases and graph tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kg.errors import MissingExtraError
from kg.export.characters import utf8_text
from kg.export.files import atomic_folder
from kg.export.records import Attributes, Edge, Records
from kg.model import DEAL_PARTS
from kg.schema import Schema

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 16_384
"""Rows of a group: what is held of each table while it is written."""
COMPRESSION = "zstd"
_DEAL = {"amount": "string", "value": "int64", "currency": "string"}
_DEAL |= {"stake": "double", "round": "string", "item": "string"}
TABLES: dict[str, dict[str, str]] = {
    "articles": dict.fromkeys("id title date publisher url language sha256 original".split(), "string"),
    "entities": {
        **dict.fromkeys("id name type subtype".split(), "string"),
        "aliases": "strings",
        **dict.fromkeys("mentions articles".split(), "int64"),
        **dict.fromkeys("article_ids ids".split(), "strings"),
    },
    "relations": {
        **dict.fromkeys("id type subject object status date last_date role".split(), "string"),
        **_DEAL,
        "confidence": "double",
        **dict.fromkeys("articles sources".split(), "int64"),
    },
    "evidence": {
        **dict.fromkeys("relation article".split(), "string"),
        **dict.fromkeys("start end".split(), "int64"),
        "text": "string",
        **dict.fromkeys("cue_start cue_end".split(), "int64"),
        **dict.fromkeys("date role".split(), "string"),
        **_DEAL,
        **dict.fromkeys("speaker extractor".split(), "string"),
        "confidence": "double",
    },
}
"""Columns of each table and their types, named as kg.contract has them; `subject` and `object` are ids of entities,
`relation` is that of a relation, `value` missing where 64 bits do not hold it."""
_HELD = range(-(2**63), 2**63)


class _Table(Protocol):
    def __call__(self, row: Attributes) -> None: ...


def write_parquet(records: Records, schema: Schema, path: Path) -> None:
    """Write the folder `path` with a table each, rows by id, evidence by relation; raises MissingExtraError."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("writing Parquet", "parquet") from error
    with atomic_folder(path) as folder, ExitStack() as stack:
        articles, entities, relations, evidence = (
            stack.enter_context(_table(name, folder)) for name in ("articles", "entities", "relations", "evidence")
        )
        for key, attributes in records.articles():
            articles({"id": key, **attributes})
        for node, attributes in records.nodes():
            entities({"id": node, **attributes})
        for edge in records.edges_by_id():
            relations(relation_row(edge))
            for row in evidence_rows(edge):
                evidence(row)


def relation_row(edge: Edge) -> Attributes:
    """Return the row of a relation; keys that are no column are to be passed over, as in all rows."""
    subject, obj, key, attributes = edge
    return {"id": key, "subject": subject, "object": obj, **attributes, **_parts(attributes)}


def evidence_rows(edge: Edge) -> Iterator[Attributes]:
    """Yield the row of each piece of evidence of a relation."""
    _, _, key, attributes = edge
    for quoted in attributes["evidence"]:
        start, end = quoted["cue"]
        yield {"relation": key, **quoted, "cue_start": start, "cue_end": end, **_parts(quoted)}


def arrow_schema(columns: Mapping[str, str]) -> pa.Schema:
    """Return the columns of one of TABLES as Arrow has them."""
    import pyarrow as pa

    types = {"string": pa.string(), "int64": pa.int64(), "double": pa.float64(), "strings": pa.list_(pa.string())}
    return pa.schema([(column, types[kind]) for column, kind in columns.items()])


def carried(value: Any) -> Any:
    """Return a value that Parquet carries: a lone surrogate becomes U+FFFD."""
    if isinstance(value, str):
        return utf8_text(value)
    return [carried(one) for one in value] if isinstance(value, list) else value


@contextmanager
def _table(name: str, folder: Path) -> Iterator[_Table]:
    """Yield what adds a row to a table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(TABLES[name])
    held: dict[str, list[Any]] = {column: [] for column in TABLES[name]}

    with pq.ParquetWriter(folder / f"{name}.parquet", schema, compression=COMPRESSION) as writer:

        def add(row: Attributes) -> None:
            for column, values in held.items():
                values.append(carried(row[column]))
            if len(values) == ROWS:
                flush()

        def flush() -> None:
            writer.write_table(pa.table(held, schema=schema))
            for values in held.values():
                values.clear()

        yield add
        flush()


def _parts(record: Attributes) -> Attributes:
    """Return the parts of the deal of a relation or of its evidence, each None where there is none."""
    parts: Attributes = {part: (record["deal"] or {}).get(part) for part in DEAL_PARTS}
    return parts | {"value": parts["value"] if parts["value"] is None or parts["value"] in _HELD else None}
