"""A build on a cluster: shards, the fold, and what is written when all is done."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from kg.contract import check_graph
from kg.distributed import cluster
from kg.distributed.cluster import Steps, Table
from kg.distributed.extraction import SHARD, extract
from kg.distributed.files import Place, is_url, sources
from kg.distributed.folding import Folded, fold_shards
from kg.distributed.parts import QUADS, TABLES, quads
from kg.distributed.rows import Made
from kg.errors import InputError
from kg.graph.assemble import edge_order, graph_of
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Failure
from kg.resolve.corrections import parse_corrections
from kg.run.extraction import ExtractOptions, check_outside, check_rate, quoted
from kg.run.forecast import Forecasting
from kg.run.local import Watch
from kg.run.manifest import DOCUMENTS, FORMAT, MANIFEST, built_with, portable_settings
from kg.run.outputs import FORMS, exporter_name, graph_file
from kg.schema import Schema, load_schema
from kg.stage import Stage
from kg.store import CORRECTIONS

FITS = 300_000
"""Entities and relations up to which one graph is made too: it takes some 2 GB on the machine that starts the build."""
LISTED = 100
"""How many failures the manifest lists; the table of failures has all."""
FOLDERS = ("shards", QUADS, "tables", "work", "begun")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: its manifest, the first failures, and the graph where it is of at most FITS records."""

    manifest: dict[str, Any]
    failures: tuple[Failure, ...]
    graph: KnowledgeGraph | None

    def check_rate(self, limit: float) -> None:
        """Raise FailureRateError when more than a share (0 to 1) of the articles failed."""
        counts = self.manifest["counts"]
        check_rate(self.failures, counts["failures"], counts["articles"], limit)


def build(
    paths: Sequence[str],
    out: str,
    options: ExtractOptions,
    stage: Stage,
    *,
    address: str | None = None,
    forms: Sequence[str] = (),
    text: bool = True,
    watch: Watch | None = None,
    shard: int = SHARD,
) -> Built:
    """Write the graph of articles to a folder on any file system, extracted and folded on the Ray at `address`.

    Shards, of `shard` articles, and whole steps that a run before has finished are not done again. The graph is in
    parts: N-Quads (`quads`) and Parquet (`tables`), which `manifest.json`, written last, names. Of at most FITS
    entities and relations the files of a local build are made too. Raises MissingExtraError without Ray; InputError
    when no article is usable, `out` lies among the articles or has corrections, which the local engine alone replays.
    """
    if isinstance(stage, Forecasting):
        raise InputError(f"{stage.name} keeps its budget in a file of one machine; build with the local engine")
    watch, place, schema = watch or Watch(), Place(out), load_schema()
    if not is_url(out):
        check_outside(Path(out), [path for path in paths if not is_url(path)])
    forms = [exporter_name(form) for form in dict.fromkeys([*FORMS, *forms])]
    with cluster.session(address, options.workers):
        _check_corrections(place, schema)
        files = list(sources(paths))
        watch.step("extract")
        shards = extract(place, [one for one in files if not isinstance(one, Failure)], options, stage, shard)
        steps = Steps(place, cluster.partitions(len(shards.items)), watch.step)
        made = fold_shards(steps, shards, text=text)
        _note(place, made, [one for one in files if isinstance(one, Failure)])
        first = islice(_failures(place, made.parts["failures"]), LISTED)
        failed = tuple(sorted(first, key=lambda one: (one.source, one.stage, one.message)))
        if not made.counts["articles"]:
            said = quoted(failed, made.counts["failures"])
            raise InputError(f"no usable article in {', '.join(paths)}{said}; no graph was written")
        about = _about(steps, made)
        graph = _graph(steps, made, schema) if made.counts["entities"] + made.counts["relations"] <= FITS else None
        found = _manifest(made, [about], failed, options, stage, schema, text=text)
        if graph is not None:
            watch.step("write")
            _write_files(place, made, graph, forms, text=text)
        shown = json.dumps(found, ensure_ascii=False, indent=2)
        place.put(MANIFEST, f"{shown}\n".encode("utf-8", "backslashreplace"))
        kept = {name for names in found["parts"].values() for name in names}
        for folder in FOLDERS:
            place.keep(folder, {name for name in kept if name.startswith(f"{folder}/")})
    return Built(found, failed, graph)


def _check_corrections(place: Place, schema: Schema) -> None:
    found = place.read(CORRECTIONS)
    if found is not None and parse_corrections(found.decode(), f"{place.url}/{CORRECTIONS}", schema):
        raise InputError(
            f"{place.url}/{CORRECTIONS}: a cluster replays no corrections; build with the local engine, or elsewhere"
        )


def _note(place: Place, made: Folded, failures: Sequence[Failure]) -> None:
    """Add the failures of files that could not be read at all to what was folded."""
    rows = [Made("failures", one.source, asdict(one)) for one in failures]
    tables = cluster.written(place, "read", rows).to_pylist()
    made.parts["failures"] = Table(
        (*made.parts["failures"].items, *Table.of({"name": t["name"]} for t in tables).items)
    )
    made.counts["failures"] += len(rows)


def _failures(place: Place, table: Table) -> Iterator[Failure]:
    for name in table.names():
        yield from (Failure(**row) for row in place.rows(name, ("source", "stage", "message")))


def _about(steps: Steps, made: Folded) -> str:
    """Write the quads of the graph as a whole and return their file's name."""
    extractors = sorted({name for name, _ in steps.gather(made.parts.get("extractors", Table()))})
    (row,) = cluster.written(steps.place, "about", [Made(QUADS, "", quads().about(extractors))]).to_pylist()
    return str(row["name"])


def _manifest(
    made: Folded,
    about: list[str],
    failures: Sequence[Failure],
    options: ExtractOptions,
    stage: Stage,
    schema: Schema,
    *,
    text: bool,
) -> dict[str, Any]:
    """Return the manifest: versions, options, counts, failures and the names of all parts; no time, no path."""
    names = {kind: table.names() for kind, table in made.parts.items() if kind in (QUADS, *TABLES)}
    names[QUADS] = sorted([*names[QUADS], *about])
    return {
        "format": FORMAT,
        "engine": "ray",
        **built_with(schema.hash),
        "stages": [{"name": stage.name, "version": stage.version}],
        "options": portable_settings(options.settings) | ({} if text else {"text": False}),
        "counts": {**made.counts, "dropped": dict(sorted(made.dropped.items()))},
        "failures": [asdict(one) for one in failures],
        "parts": {"shards": sorted(set(made.shards.names())), **{kind: sorted(names[kind]) for kind in sorted(names)}},
    }


def _graph(steps: Steps, made: Folded, schema: Schema) -> KnowledgeGraph:
    """Return the graph of the tables, in the order of `kg.graph.assemble`."""
    articles = {key: json.loads(value) for key, value in sorted(steps.gather(made.sources))}
    nodes = ((key, json.loads(value)) for key, value in sorted(steps.gather(made.nodes)))
    found = ((key, *json.loads(value)[:3]) for key, value in steps.gather(made.edges))
    edges = [(subject, obj, key, edge) for key, subject, obj, edge in found]
    edges.sort(key=lambda row: edge_order((row[3]["type"], row[0], row[1], row[3]["status"])))
    graph = graph_of(schema.hash, articles, nodes, edges)
    check_graph(graph, schema)
    return KnowledgeGraph(graph, schema)


def _write_files(place: Place, made: Folded, graph: KnowledgeGraph, forms: Sequence[str], *, text: bool) -> None:
    """Write the graph in some forms, and the documents, as the local engine has them."""
    with tempfile.TemporaryDirectory() as folder:
        for form in forms:
            graph.export(Path(folder, graph_file(form)), form, text=text)
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                place.put(path.relative_to(folder).as_posix(), path.read_bytes())
    rows = (row for item in made.shards.items for row in cluster.records(place, item, ("id", "line")))
    lines = sorted((row["id"], row["line"]) for row in rows if row["line"])
    place.put(DOCUMENTS, "".join(f"{line}\n" for _, line in lines).encode())
