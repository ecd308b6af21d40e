"""Steps on a Ray cluster: from files to files, of which the caller sees names and counts alone.

Every step reads files and writes files, named by their content; so what a node that dies takes with it is made again
from files, and a run that stops goes on after its last whole step.
"""

from __future__ import annotations

import gzip
import json
import logging
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kg.distributed.files import Place, digest
from kg.distributed.parts import QUADS, TABLES
from kg.distributed.rows import COUNTED, Emit, Fold, Made, Record
from kg.errors import MissingExtraError
from kg.export.parquet import arrow_schema, carried
from kg.model import content_id
from kg.store.records import dump
from kg.store.versions import derivation, shipped_digest

if TYPE_CHECKING:
    import pyarrow as pa
    import ray.data

WORK = "work"
STORE_BYTES = 500_000_000
"""Of the object store of a Ray that is started here; what does not fit is spilled to disk."""
MOST_PARTITIONS = 4096
ROW = ("key", "kind", "value")
ItemRow = dict[str, Any]
Make = Callable[[Iterable[Record]], Iterator[Made]]
Batches = Callable[["pa.Table"], Iterator["pa.Table"]]


@contextmanager
def session(address: str | None, cpus: int | None) -> Iterator[None]:
    """Use the Ray that is connected already, else join the one at `address` or start one on this machine."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # what matters comes as an exception
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise MissingExtraError("--engine ray", "ray") from error
    begun = not ray.is_initialized()
    if begun:
        quiet: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
        if address is None:
            quiet |= {"num_cpus": cpus, "include_dashboard": False, "object_store_memory": STORE_BYTES}
            # Each step would start its workers anew, as idle ones are ended after a second.
            config = {"idle_worker_killing_time_threshold_ms": 60_000}
            quiet |= {"_node_ip_address": "127.0.0.1", "_system_config": config}
        ray.init(address=address or "local", **quiet)
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    try:
        yield
    finally:
        if begun:
            ray.shutdown()


@dataclass(frozen=True, slots=True)
class Table:
    """Files of one table; `items` has for each its name and, of a shard, its number and the rows to leave out."""

    items: tuple[str, ...] = ()
    """JSON each, so that equal tables are equal texts."""

    @classmethod
    def of(cls, rows: Iterable[ItemRow]) -> Table:
        """Return the table of files."""
        return cls(tuple(dump(row) for row in rows))

    def names(self) -> list[str]:
        """Return the names of its files."""
        return [json.loads(item)["name"] for item in self.items]


@dataclass(frozen=True, slots=True)
class Read:
    """A table that a step reads: columns of it, and what makes rows for the shuffle of them."""

    table: Table
    emit: Emit
    columns: tuple[str, ...] = ("key", "value")


@dataclass(frozen=True, slots=True)
class Result:
    """The tables that a step made, and what it counted: rows by table, and what else it made for the counts."""

    tables: Mapping[str, Table]
    counts: Counter[str]

    def table(self, name: str) -> Table:
        """Return a table, empty where no row of it was made."""
        return self.tables.get(name, Table())


@dataclass(slots=True)
class Steps:
    """Runs steps over the files of a place, `partitions` at a time; those that were done before are not done again."""

    place: Place
    partitions: int
    watch: Callable[[str], None] = lambda name: None

    def fold(self, name: str, reads: Sequence[Read], fold: Fold) -> Result:
        """Bring the rows of each key together and fold them."""
        reader = _Reader(self.place, [(read.emit, read.columns) for read in reads])
        items = [{"read": at, "item": item} for at, read in enumerate(reads) for item in read.table.items]

        folder = _Folder(self.place, name, fold)
        return self._once(name, items, lambda: self.shuffled(items, reader, folder))

    def map(self, name: str, makes: Sequence[tuple[Table, Make]], said: str) -> Result:
        """Make rows of each file of tables; `said` is what the functions that do depend on beside their names."""
        items = [{"read": at, "item": item} for at, (table, _) in enumerate(makes) for item in table.items]
        mapper = _Mapper(self.place, name, [make for _, make in makes])
        return self._once(name, [*items, {"said": said}], lambda: self.mapped(items, mapper))

    def shuffled(
        self, items: Sequence[ItemRow], reader: Batches, folder: Callable[[pa.Table], pa.Table]
    ) -> list[ItemRow]:
        """Return what `folder` makes of partitions, sorted by key, of what `reader` makes of items."""
        rows = self._items(items).map_batches(reader, batch_size=1, batch_format="pyarrow")
        # Sorted partitions and not map_groups, which turns each of millions of small groups into a table.
        parted = rows.repartition(min(self.partitions, len(items)), keys=["key"], sort=True)
        return list(parted.map_batches(folder, batch_size=None, batch_format="pyarrow").take_all())

    def mapped(self, items: Sequence[ItemRow], mapper: Batches) -> list[ItemRow]:
        """Return what `mapper` makes of items."""
        return list(self._items(items).map_batches(mapper, batch_size=1, batch_format="pyarrow").take_all())

    def gather(self, table: Table) -> Iterator[tuple[str, str]]:
        """Yield the keys and values of a small table."""
        for name in table.names():
            yield from ((row["key"], row["value"]) for row in self.place.rows(name, ("key", "value")))

    def _items(self, items: Sequence[ItemRow]) -> ray.data.Dataset:
        import ray.data

        return ray.data.from_items(list(items), override_num_blocks=min(len(items), 4 * self.partitions))

    def _once(self, name: str, items: Sequence[ItemRow], run: Callable[[], list[ItemRow]]) -> Result:
        self.watch(name)
        listing = f"{WORK}/{name}-{content_id(_code(), dump(items), str(self.partitions))}.json"
        known = self.place.read(listing)
        made = json.loads(known) if known is not None else run() if any("item" in item for item in items) else []
        if known is None:
            self.place.put(listing, dump(made).encode())
        tables: dict[str, list[str]] = defaultdict(list)
        counts: Counter[str] = Counter()
        for row in made:
            counts[row["table"]] += row["rows"]
            if row["name"]:
                tables[row["table"]].append(row["name"])
        return Result({key: Table.of({"name": one} for one in sorted(set(tables[key]))) for key in tables}, counts)


class _Reader:
    """Reads files and emits their rows for a shuffle."""

    def __init__(self, place: Place, emits: Sequence[tuple[Emit, tuple[str, ...]]]) -> None:
        self._place, self._emits = place, emits

    def __call__(self, batch: pa.Table) -> Iterator[pa.Table]:
        for row in batch.to_pylist():
            emit, columns = self._emits[row["read"]]
            emitted = emit(records(self._place, row["item"], columns))
            while rows := [one for one, _ in zip(emitted, range(20_000), strict=False)]:
                yield _keyed(rows)
            yield _keyed([])


def records(place: Place, item: str, columns: Sequence[str]) -> Iterator[Record]:
    """Yield the rows of a table's file."""
    found = json.loads(item)
    left_out = set(found.get("skip", ()))
    for number, row in enumerate(place.rows(found["name"], columns)):
        if number not in left_out:
            yield row | {"at": (found["order"], number)} if "order" in found else row


class _Folder:
    """Folds the rows of a partition, key by key, and writes what comes of it."""

    def __init__(self, place: Place, step: str, fold: Fold) -> None:
        self._place, self._step, self._fold = place, step, fold

    def __call__(self, batch: pa.Table) -> pa.Table:
        parts = (zip(*(part.column(name).to_pylist() for name in ROW), strict=True) for part in batch.to_batches())
        groups = groupby(chain.from_iterable(parts if batch.num_rows else ()), itemgetter(0))
        made = (one for key, rows in groups for one in self._fold(key, sorted(row[1:] for row in rows)))
        return written(self._place, self._step, made)


class _Mapper:
    """Makes rows of a file and writes them."""

    def __init__(self, place: Place, step: str, makes: Sequence[Make]) -> None:
        self._place, self._step, self._makes = place, step, makes

    def __call__(self, batch: pa.Table) -> Iterator[pa.Table]:
        for row in batch.to_pylist():
            make = self._makes[row["read"]]
            yield written(self._place, self._step, make(records(self._place, row["item"], ("key", "value"))))


def written(place: Place, step: str, made: Iterable[Made]) -> pa.Table:
    """Write rows to a file for each table, named by its content, and return table, file name and count of each."""
    import pyarrow as pa

    found: dict[str, list[Made]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for one in made:
        counts[one.table] += 1
        if not one.table.startswith(COUNTED):
            found[one.table].append(one)
    rows = [(table, _write(place, step, table, found.get(table, ())), counts[table]) for table in sorted(counts)]
    tables, names, numbers = zip(*rows, strict=True) if rows else ((), (), ())
    texts = pa.large_string()
    return pa.table(
        {"table": pa.array(tables, texts), "name": pa.array(names, texts), "rows": pa.array(numbers, pa.int64())}
    )


def _write(place: Place, step: str, table: str, rows: Sequence[Made]) -> str:
    import pyarrow as pa

    if not rows:
        return ""
    if table == QUADS:
        data = "".join(one.value for one in rows).encode("utf-8", "backslashreplace")
        name = f"{QUADS}/{digest(data)}.nq.gz"
        place.put(name, gzip.compress(data, 6, mtime=0))
        return name
    if table in TABLES:
        records = [{column: carried(one.value[column]) for column in TABLES[table]} for one in rows]
        made = pa.Table.from_pylist(records, arrow_schema(TABLES[table]))
        name = f"tables/{table}/{digest(dump(records).encode())}.parquet"
    else:
        values = [[one.key for one in rows], [one.value for one in rows]]
        made = pa.table([pa.array(column, pa.large_string()) for column in values], names=["key", "value"])
        name = f"{WORK}/{step}/{table}/{digest(dump(values).encode())}.parquet"
    place.put_table(name, made)
    return name


def _keyed(rows: Sequence[tuple[str, str, str]]) -> pa.Table:
    import pyarrow as pa

    columns = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table([pa.array(column, pa.large_string()) for column in columns], names=list(ROW))


def _code() -> str:
    """Return what steps depend on beside what they read."""
    return f"{derivation()} {shipped_digest('distributed', 'export', 'graph')}"


def cpus() -> int:
    """Return how many CPUs the cluster has now."""
    import ray

    resources: Callable[[], dict[str, float]] = ray.cluster_resources
    return max(1, int(resources().get("CPU", 1)))


def partitions(shards: int) -> int:
    """Return into how many parts rows are shuffled: one for four shards, so that a part fits a worker's memory."""
    return min(MOST_PARTITIONS, max(cpus(), shards // 4))
