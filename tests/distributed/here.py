"""The steps of a fold in this process, without Ray."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyarrow as pa

from kg.distributed.cluster import Batches, ItemRow, Steps


class StepsHere(Steps):
    """Steps that shuffle in memory, into partitions by the length of the key."""

    def shuffled(
        self, items: Sequence[ItemRow], reader: Batches, folder: Callable[[pa.Table], pa.Table]
    ) -> list[ItemRow]:
        rows = pa.concat_tables(table for item in items for table in reader(pa.Table.from_pylist([item]))).to_pylist()
        parts = [[row for row in rows if len(row["key"]) % self.partitions == n] for n in range(self.partitions)]
        tables = [pa.Table.from_pylist(sorted(part, key=lambda row: str(row["key"]))) for part in parts if part]
        return [row for table in tables for row in folder(table).to_pylist()]

    def mapped(self, items: Sequence[ItemRow], mapper: Batches) -> list[ItemRow]:
        return [row for item in items for table in mapper(pa.Table.from_pylist([item])) for row in table.to_pylist()]
