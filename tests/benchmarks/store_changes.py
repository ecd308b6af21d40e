"""What changes of a store cost, and that its graph is always that of a rebuild.

`python tests/benchmarks/store_changes.py DOCUMENTS PART`, where DOCUMENTS is a file of `kg extract` and PART one of

- `changes`: seconds of taking all in, of one article in and out, against the fold in memory;
- `orders`: 200 random orders of 500 articles, in one to twenty batches each, give one graph;
- `sequences`: 200 random sequences of articles in and out give the graph of what is left;
- `kills`: 100 builds of the stub stage killed at random points and run again write what an undisturbed one does:
  in turn builds in one process, builds of two workers, which must end too, and one worker alone, and the build goes on.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, sleep

from kg.codec import read_documents
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Document
from kg.run.extraction import ExtractOptions
from kg.run.local import build
from kg.store import STORE, DocumentStore
from tests.run import processes
from tests.run.stub_stage import NAMES, StubStage
from tests.run.test_local import ROOT, contents, write_articles
from tests.store.pool import shown

CHANGES, ORDERS, ORDERED, SEQUENCES, SEQUENCE, POOL, KILLS, BUILT = 60, 200, 500, 200, 20, 60, 100, 600
BATCH = 256


def main() -> None:
    """Run one part over the documents of a file."""
    parts = {"changes": changes, "orders": orders, "sequences": sequences, "kills": kills}
    parts[sys.argv[2]](list(read_documents(Path(sys.argv[1]))))


def put_all(store: DocumentStore, documents: Iterable[Document]) -> None:
    """Put documents in as a build does."""
    with store.writing():
        for number, document in enumerate(documents, 1):
            store.put(document)
            if number % BATCH == 0:
                store.commit()


def changes(documents: list[Document]) -> None:
    """Time the store over all documents, and one article in and out."""
    at = perf_counter()
    folded = KnowledgeGraph.from_documents(documents)
    print(f"fold in memory          {perf_counter() - at:8.2f} s   {folded}")
    with tempfile.TemporaryDirectory() as folder, DocumentStore(folder) as store:
        for name, step in (
            ("all taken in", lambda: put_all(store, documents)),
            ("all settled", store.settle),
            ("graph of the store", store.graph),
        ):
            at = perf_counter()
            step()
            print(f"{name:23} {perf_counter() - at:8.2f} s")
        before = shown(store.graph())
        spent: dict[str, list[float]] = {"one taken out": [], "one taken in": []}
        for document in Random(1).sample(documents, CHANGES):
            for name in spent:
                at = perf_counter()
                with store.writing():
                    if name == "one taken out":
                        store.retract(document.id)
                    else:
                        store.put(document)
                    store.settle()
                spent[name].append(perf_counter() - at)
        for name, seconds in spent.items():
            print(f"{name:23} {median(seconds):8.3f} s median, {max(seconds):.3f} s at most of {CHANGES}")
        print(f"the graph is the same   {shown(store.graph()) == before}")
        store.close()
        print(f"size of the file        {Path(folder, STORE).stat().st_size / 1e6:8.1f} MB")


def orders(documents: list[Document]) -> None:
    """Take the same documents in by random orders and batches."""
    random = Random(2)
    chosen = random.sample(documents, ORDERED)
    found = set()
    for _ in range(ORDERS):
        random.shuffle(chosen)
        batches = random.randint(1, 20)
        with DocumentStore(None) as store:
            for start in range(batches):
                put_all(store, chosen[start::batches])
                store.settle()
            found.add(hashlib.sha256(shown(store.graph()).encode()).hexdigest())
    same = found == {hashlib.sha256(shown(KnowledgeGraph.from_documents(chosen)).encode()).hexdigest()}
    print(f"{ORDERS} orders of {ORDERED} articles: {len(found)} graph, the rebuilt one: {same}")


def sequences(documents: list[Document]) -> None:
    """Take documents in and out at random."""
    random, equal = Random(3), 0
    for _ in range(SEQUENCES):
        start = random.randrange(len(documents) - POOL)
        pool = documents[start : start + POOL]  # side by side, where they are likely to share what they tell
        left: dict[str, Document] = {}
        with DocumentStore(None) as store:
            for _ in range(random.randint(1, SEQUENCE)):
                for document in random.sample(pool, random.randint(1, 8)):
                    if document.id in left and random.random() < 0.7:
                        store.retract(document.id)
                        del left[document.id]
                    else:
                        store.put(document)
                        left[document.id] = document
                if random.random() < 0.5:
                    store.settle()
            equal += shown(store.graph()) == shown(KnowledgeGraph.from_documents([*left.values()]))
    print(f"{SEQUENCES} sequences over {POOL} articles: {equal} equal the rebuild")


def kills(documents: list[Document]) -> None:
    """Kill builds, or one of their workers, at random points, and run them again."""
    random = Random(4)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = (f"{random.choice(NAMES)}는 {i}일째 {random.choice(NAMES)}과 제휴를 논의했다." for i in range(BUILT))
        news = write_articles(folder / "news.jsonl", *lines, date="2025-03-01")
        build([news], folder / "undisturbed", ExtractOptions(), StubStage())
        wanted, equal, stored, orphans = contents(folder / "undisturbed"), 0, [], 0
        whole = {workers: killed(news, folder / f"whole{workers}", workers, 600)[0] for workers in (1, 2)}
        for number in range(KILLS):
            out, way = folder / str(number), number % 3
            workers = 1 if way == 0 else 2
            _, left = killed(news, out, workers, random.uniform(0.1, 1) * whole[workers], random if way == 2 else None)
            orphans += left
            with DocumentStore(out) if out.exists() else DocumentStore(None) as store:
                stored.append(len(store))
            if way < 2:
                build([news], out, ExtractOptions(), StubStage())
            equal += contents(out) == wanted
    between = [held for held in stored if 0 < held < BUILT]
    print(f"{KILLS} builds of {BUILT} articles killed within {max(whole.values()):.1f} s:")
    print(f"{stored.count(0)} had stored nothing, {stored.count(BUILT)} all, {len(between)} something between;")
    print(f"{equal} equal when run again, or, where a worker was killed, at once; {orphans} processes left running")


def killed(news: str, out: Path, workers: int, seconds: float, random: Random | None = None) -> tuple[float, int]:
    """Build in another process, killed after some seconds, or with `random` one of its workers in its place.

    Returns how long it ran, and how many processes of it were left running.
    """
    command = [sys.executable, "-m", "tests.run.told_build", news, str(out), str(workers)]
    at = perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment, cwd=ROOT) as process:
        while perf_counter() - at < seconds and process.poll() is None:
            sleep(0.002)
        family = processes.children(process.pid) if process.poll() is None else []
        if random is None:
            process.kill()
        elif crew := processes.workers(process.pid) if family else []:
            os.kill(random.choice(crew), signal.SIGKILL)
        process.wait()
    return perf_counter() - at, len(processes.left(family, 30))


if __name__ == "__main__":
    main()
