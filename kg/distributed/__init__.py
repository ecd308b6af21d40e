"""The same stage and the same fold over a cluster: shards of articles, extracted and folded through Ray Data.

`shards`, `components`, `fold` and `parts` are pure functions over rows; `cluster` and `extraction` run them on Ray,
`folding` and `engine` say in which order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import MIN_CONFIDENCE

if TYPE_CHECKING:
    from kg.distributed.engine import Built


def build(
    paths: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    address: str | None = None,
    date: str | None = None,
    publisher: str | None = None,
    columns: Mapping[str, str] | None = None,
    clean: bool = True,
    language: str | None = None,
    extractor: str | None = None,
    workers: int | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    max_failure_rate: float = 0.5,
    forms: Sequence[str] = (),
    text: bool = True,
) -> Built:
    """Write the graph of articles on a Ray cluster: `kg.build`, for more of them than one machine takes.

    `paths` and `out` are local or of any file system that fsspec knows (s3://…, gs://…); local ones must be the same on
    every node. `address` is that of the cluster (ray://host:10001, or auto on one of its nodes), None for a Ray on this
    machine alone. The result has the manifest, and the graph where it is small enough (`kg.distributed.engine.FITS`);
    the rest is as in `kg.build`. Raises what `kg.distributed.engine.build` does, and FailureRateError.
    """
    from kg.distributed.engine import build as build_there
    from kg.run import given
    from kg.run.api import log_failures

    options = given.extract_options(
        date=date,
        publisher=publisher,
        columns=columns,
        clean=clean,
        language=language,
        extractor=extractor,
        workers=workers,
        min_confidence=min_confidence,
        max_failure_rate=max_failure_rate,
    )
    stage = given.stage_of(options)
    built = build_there(given.listed(paths), str(out), options, stage, address=address, forms=forms, text=text)
    log_failures(built.failures)
    built.check_rate(max_failure_rate)
    return built
