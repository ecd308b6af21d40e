"""Reading and extraction on the cluster: files become shards, each written by the actor that extracted it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.distributed.cluster import Table, cpus
from kg.distributed.files import Place
from kg.distributed.shards import extract_shard, file_groups, pack_shard, read_shards
from kg.ingest import ReadOptions
from kg.run.extraction import ExtractOptions
from kg.run.intake import extractor_key
from kg.run.limits import Limits
from kg.run.workers import Extracting
from kg.stage import Stage
from kg.store.records import dump

if TYPE_CHECKING:
    import pyarrow as pa

SHARD = 200
"""Articles of a shard: some ten seconds of work of one core, and a megabyte."""
READING, EXTRACTING = 0.25, 0.75
"""CPUs of a reader and of an extractor, which together take one, so that a node of one has room for both."""


def extract(place: Place, files: Sequence[tuple[str, str]], options: ExtractOptions, stage: Stage, size: int) -> Table:
    """Return the shards of article files, by name and path, in the order of the input; those missing are extracted."""
    import ray.data

    groups = [{"group": at, "files": dump(group)} for at, group in enumerate(file_groups(files, size))]
    if not groups:
        return Table()
    reader = _Reader(place, options.read, extractor_key(stage, options.min_confidence), size)
    workers = options.workers or cpus()
    done = (
        ray.data.from_items(groups, override_num_blocks=len(groups))
        .map_batches(reader, batch_size=1, batch_format="pyarrow", num_cpus=READING)
        .map_batches(
            _Extractor,
            batch_size=1,
            batch_format="pyarrow",
            fn_constructor_args=(place, stage, options.min_confidence, options.limits or Limits()),
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=workers),
            num_cpus=EXTRACTING,
        )
    )
    rows = sorted(done.take_all(), key=lambda row: (row["group"], row["chunk"]))
    return Table.of({"name": row["name"], "order": at} for at, row in enumerate(rows))


class _Reader:
    """Reads files into shards; a shard is one row, so that no batching decides what is in one."""

    def __init__(self, place: Place, options: ReadOptions, extractor: str, size: int) -> None:
        self._place, self._options, self._extractor, self._size = place, options, extractor, size

    def __call__(self, batch: pa.Table) -> Iterator[pa.Table]:
        import pyarrow as pa

        (row,) = batch.to_pylist()
        for chunk, items in enumerate(read_shards(json.loads(row["files"]), self._options, self._size)):
            name, text = pack_shard(items, self._extractor)
            wanted = "" if self._place.has(name) else text
            yield pa.Table.from_pylist([{"group": row["group"], "chunk": chunk, "name": name, "text": wanted}])


class _Extractor:
    """Extracts shards, one after another, with models that are loaded once."""

    def __init__(self, place: Place, stage: Stage, min_confidence: float, limits: Limits) -> None:
        self._place, self._stage, self._min_confidence, self._limits = place, stage, min_confidence, limits
        Extracting(stage).prepare()  # what no article's time is to pay for

    def __call__(self, batch: pa.Table) -> pa.Table:
        (row,) = batch.to_pylist()
        if row["text"]:
            extract_shard(self._place, row["name"], row["text"], self._stage, self._min_confidence, self._limits)
        return batch.drop_columns(["text"])
