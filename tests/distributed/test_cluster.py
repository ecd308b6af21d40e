"""A build on three Ray nodes of this machine, one of which dies while articles are extracted."""

from __future__ import annotations

import gzip
import json
import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.distributed.engine import build
from kg.distributed.files import Place
from kg.errors import InputError
from kg.ingest import ReadOptions
from kg.model import Document
from kg.run.extraction import ExtractOptions
from kg.run.limits import Limits
from kg.run.local import Watch
from kg.run.local import build as build_here
from tests.run.stub_stage import StubStage

ray = pytest.importorskip("ray", reason="needs Ray: pip install 'korean-news-kg[ray]'")
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.1 alone is a loopback address"),
    pytest.mark.timeout(600),
    # Ray leaves sockets and log files to the end of its processes.
    pytest.mark.filterwarnings("default::ResourceWarning", "default::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("default::FutureWarning", "default::DeprecationWarning"),
]

LOOPBACK = "127.0.0.2"
"""Ray takes 127.0.0.1 for another name of the machine's outward address."""
NAMES = ("가온전자", "나래은행", "다솜자동차", "라온게임즈")
FORMS = ("nquads", "parquet")
OPTIONS = ExtractOptions(ReadOptions(date="2025-03-03"), limits=Limits(seconds=2))


class Slow(StubStage):
    """Takes its time, so that a node can die meanwhile."""

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        time.sleep(0.2)
        return super().__call__(documents)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from ray.cluster_utils import Cluster

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    config = {"idle_worker_killing_time_threshold_ms": 60_000, "worker_niceness": 0}
    config |= {"health_check_initial_delay_ms": 0, "health_check_period_ms": 500}
    node: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 100_000_000, "node_ip_address": LOOPBACK}
    found: Any = Cluster(
        initialize_head=True, head_node_args={**node, "include_dashboard": False, "_system_config": config}
    )
    for _ in range(2):
        found.add_node(**node)
    ray.init(address=found.address, log_to_driver=False, _node_ip_address=LOOPBACK)
    yield found
    ray.shutdown()
    found.shutdown()


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of articles that share names, with copies, repeated ids, poisoned ones and one that is none."""
    folder = tmp_path_factory.mktemp("articles")
    for file in range(6):
        rows = []
        for number in range(file * 8, file * 8 + 8):
            one, other = NAMES[number % 4], NAMES[(number // 4 + number + 1) % 4]
            text = f"{one}, {other}와 제휴\n{one}가 {other}와 제휴를 맺었다고 {number % 5}일 밝혔다." * (1 + number % 3)
            rows.append(
                {"id": f"n{number % 46}", "title": f"제휴 {number}", "text": text, "publisher": f"신문{number % 7}"}
            )
        rows.append({"id": f"bad{file}", "text": "오류를 낸다. 가온전자가 그랬다."})
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{file}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "fatal.txt").write_text("끝없이 돈다. 가온전자가 그랬다.", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def local(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the local engine makes of the articles, of which one takes too long."""
    out = tmp_path_factory.mktemp("local")
    build_here([str(articles)], out, replace(OPTIONS, workers=2), StubStage(), forms=FORMS)
    return out


@pytest.fixture(scope="module")
def out(cluster: Any, articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the cluster makes of the articles, of which one takes too long, while a node dies."""
    folder = tmp_path_factory.mktemp("out")
    node = sorted(cluster.worker_nodes, key=lambda one: one.node_id)[0]
    killed: list[int] = []

    def kill() -> None:
        place = Place(str(folder))
        while len(place.names("shards")) < 3:
            time.sleep(0.05)
        killed.append(len(place.names("shards")))
        cluster.remove_node(node, allow_graceful=False)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    built = build([str(articles)], str(folder), OPTIONS, Slow(), forms=FORMS, shard=3)
    killer.join(60)
    assert killed[0] < len(built.manifest["parts"]["shards"])
    assert built.graph is not None
    return folder


def lines(out: Path, names: Sequence[str]) -> list[str]:
    text = "".join(gzip.decompress((out / name).read_bytes()).decode() for name in names)
    return sorted(text.split("\n")[:-1])


def check(out: Path, local: Path) -> None:
    """Check the parts and the whole files of a build against those of the local engine."""
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    here = json.loads((local / "manifest.json").read_text("utf-8"))
    assert lines(out, manifest["parts"]["quads"]) == sorted((local / "graph.nq").read_text("utf-8").split("\n")[:-1])
    for name in (
        "graph.nq",
        "graph.json",
        "graph.ttl",
        "graph.html",
        "graph.parquet/evidence.parquet",
        "documents.jsonl",
    ):
        assert (out / name).read_bytes() == (local / name).read_bytes(), name
    assert manifest["counts"]["failures"] == here["counts"]["failures"]
    said = sorted((one["source"].rpartition("/")[2], one["message"]) for one in manifest["failures"])
    assert said == sorted((one["source"].rpartition("/")[2], one["message"]) for one in here["failures"])
    left = sorted(str(path.relative_to(out)) for folder in ("work", "begun") for path in out.glob(f"{folder}/**/*"))
    assert left == []


def test_a_node_dies_and_the_graph_is_that_of_the_local_engine(local: Path, out: Path) -> None:
    check(out, local)


class Killer(Watch):
    """Kills a node while a step of the fold runs."""

    def __init__(self, cluster: Any) -> None:
        self.cluster = cluster

    def step(self, name: str) -> None:
        if name == "place":
            node = sorted(self.cluster.worker_nodes, key=lambda one: one.node_id)[0]
            threading.Timer(0.1, self.cluster.remove_node, [node], {"allow_graceful": False}).start()


def test_a_second_build_extracts_nothing_again_and_a_node_dies_in_its_fold(
    cluster: Any, articles: Path, local: Path, out: Path
) -> None:
    nodes = len(cluster.worker_nodes)
    written = {path.name: path.stat().st_mtime_ns for path in (out / "shards").iterdir()}
    for path in (out / "quads").iterdir():
        path.unlink()
    build([str(articles)], str(out), OPTIONS, Slow(), forms=FORMS, shard=3, watch=Killer(cluster))
    assert len(cluster.worker_nodes) == nodes - 1
    assert {path.name: path.stat().st_mtime_ns for path in (out / "shards").iterdir()} == written
    check(out, local)


def test_what_a_cluster_cannot_do_is_said(cluster: Any, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "corrections.yaml").write_text("- distinct: [e0123456789abcdef, e0123456789abcdee]\n", "utf-8")
    with pytest.raises(InputError, match="replays no corrections; build with the local engine"):
        build([str(articles)], str(tmp_path), OPTIONS, StubStage())
    with pytest.raises(InputError, match=r"no usable article in .*empty\.txt: empty; leave it out"):
        build([str(articles / "empty.txt")], str(tmp_path / "none"), OPTIONS, StubStage())
