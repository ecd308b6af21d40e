"""Ask every store the queries of the pack: `python -m tests.stores.compare GRAPH [--stores oxigraph,jena]`.

GRAPH is a graph.json or a file that the stores read (.nt, .ttl, .nq). Prints a line a query: rows, seconds in each
store, and whether the answers are equal. A query with a parameter is asked of the first of the most connected
entities that gives it rows. A store that takes longer than --seconds for an answer is opened anew and counts as having
none.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import kg
from kg.errors import StoreError
from kg.triplestore.answers import Answer
from kg.triplestore.pack import Query, named, queries
from tests.stores.equal import alike
from tests.stores.known import STORES
from tests.stores.protocol import Ask, Store

NAMES = 30
"""How many of the most connected entities are tried as a parameter."""
VALUES = {"since": ["2000"], "date": ["2100-12-31"], "part": ["이", "a"]}
"""Values of parameters that a graph of any year has rows for."""


class Opened:
    """A store with a file loaded, opened anew after an answer that took too long."""

    def __init__(self, store: Store, path: Path, seconds: float) -> None:
        self.store, self._path, self._seconds = store, path, seconds
        self._open: ExitStack | None = None
        self._ask: Ask | None = None

    def ask(self, query: str) -> tuple[Answer | None, str, float]:
        """Return the answer, or None and why there is none, and the seconds that it took."""
        if self._ask is None:
            self._open = ExitStack()
            self._ask = self._open.enter_context(self.store.opened(self._path))
        before = perf_counter()
        try:
            found, why = self._ask(query, self._seconds), ""
        except TimeoutError:
            self.close()
            return None, "late", perf_counter() - before
        except StoreError as error:
            return None, str(error), perf_counter() - before
        return found, why, perf_counter() - before

    def close(self) -> None:
        """End the store."""
        if self._open is not None:
            self._open.close()
        self._open = self._ask = None


def filled(query: Query, names: Sequence[str], rows: Callable[[str], int]) -> str:
    """Return a query with the first values for its parameters that give rows, else its defaults."""
    wanted = [parameter.name for parameter in query.parameters]
    if "name" in wanted:
        for name in names:
            others = names if "other" in wanted else ["-"]
            for other in others:
                text = query.fill({key: given for key, given in (("name", name), ("other", other)) if key in wanted})
                if name != other and rows(text):
                    return text
    for key in VALUES.keys() & set(wanted):
        for given in VALUES[key]:
            if rows(text := query.fill({key: given})):
                return text
    return query.text


def compared(opened: Sequence[Opened]) -> int:
    """Print a line a query, and return how many have the same answer in all stores."""
    print(" ".join([f"{'query':18} {'rows':>6}", *(f"{one.store.NAME:>9}" for one in opened), " answers"]))

    def rows(text: str) -> int:
        found = opened[0].ask(text)[0]
        return len(found.rows) if found else 0

    connected = opened[0].ask(named("most-connected").text)[0]
    names = [str(row[0]) for row in connected.cells()[:NAMES]] if connected else []
    same = 0
    for query in queries().values():
        text = filled(query, names, rows)
        found = [one.ask(text) for one in opened]
        said = verdict(opened, [answer for answer, *_ in found])
        same += not said.startswith("differ")
        first = found[0][0]
        cells = [f"{seconds:9.2f}" for *_, seconds in found]
        print(f"{query.name:18} {len(first.rows) if first else 0:6}", *cells, f" {said}", flush=True)
        for one, (_, why, _) in zip(opened, found, strict=True):
            if why:
                print(f"  {one.store.NAME}: {why[:300]}")
    return same


def verdict(opened: Sequence[Opened], answers: Sequence[Answer | None]) -> str:
    """Say whether the answers of the stores are equal, and where the order is that of a dictionary."""
    first = answers[0]
    if first is None:
        return f"differ: {opened[0].store.NAME}"
    other: list[str] = []
    turned: list[str] = []
    for one, answer in zip(opened, answers, strict=True):
        if answer is not None and alike(answer) == alike(first):
            continue
        agrees = answer is not None and alike(answer, ordered=False) == alike(first, ordered=False)
        (turned if agrees and not one.store.CODE_POINTS else other).append(one.store.NAME)
    if other:
        return f"differ: {', '.join(other)}"
    return "equal" + "".join(f", {name} in its own order" for name in turned)


@contextmanager
def rdf(path: Path) -> Iterator[Path]:
    """Give the graph as a file that every store reads."""
    if path.suffix != ".json":
        yield path
        return
    with TemporaryDirectory(prefix="kg-") as folder:
        yield kg.load(path).export(Path(folder, "graph.nt"))


def main() -> int:
    """Compare the stores and return 0 when all answers are equal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--stores", default=",".join(store.NAME for store in STORES))
    parser.add_argument("--seconds", type=float, default=300.0)
    given = parser.parse_args()
    chosen = [store for store in STORES if store.NAME in given.stores.split(",")]
    for store in chosen:
        if how := store.missing():
            print(f"{store.NAME} is not here: {how}", file=sys.stderr)
    here = [store for store in chosen if not store.missing()]
    with rdf(given.graph) as path:
        opened = [Opened(store, path, given.seconds) for store in here if path.suffix in store.ENDINGS]
        try:
            same = compared(opened)
        finally:
            for one in opened:
                one.close()
    print(f"{same} of {len(queries())} queries have equal answers in {', '.join(one.store.NAME for one in opened)}")
    return 0 if same == len(queries()) else 1


if __name__ == "__main__":
    sys.exit(main())
