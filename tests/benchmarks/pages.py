"""How quickly the page opens and moves: `python -m tests.benchmarks.pages [GRAPH.json ...] [--sizes 100,1000,...]`.

For generated graphs of several sizes (see `made_news`), and for graphs given, it writes the page, opens it in headless
Chromium and prints one line: seconds and MB to write it, MB of the file, seconds until the picture stands and can be
used, frames a second while the view is dragged, milliseconds to find a name and to open the neighbours of one. Plain
pyvis draws the same nodes and relations in the same run, up to `--pyvis` nodes: seconds until its picture stands (its
simulation has ended), at most LIMIT, and frames a second. Each page opens REPEATS times, the median counts.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import networkx as nx
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from kg.export import export, read_graph
from kg.schema import load_schema
from tests.benchmarks.made_news import made_news_graph
from tests.benchmarks.measuring import measured
from tests.chromium import ARGUMENTS, CHROMIUM

SIZES = (100, 1_000, 5_000, 20_000, 100_000)
LIMIT = 180
"""Seconds after which plain pyvis is given up."""
REPEATS = 3
FRAMES = """async () => {
  const times = [];
  await new Promise((done) => {
    const start = performance.now();
    const tick = (now) => { times.push(now); if (now - start > 2000) done(); else requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
  });
  return (times.length - 1) / ((times[times.length - 1] - times[0]) / 1000);
}"""
"""Counts animation frames for two seconds while the mouse drags."""


def opened(browser: Browser, path: Path, ready: str) -> tuple[Page, float]:
    """Return a page and the seconds from its start, by its own clock, at which `ready` gives a time, else LIMIT."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(LIMIT * 1000)
    try:
        page.goto(path.as_uri())
        page.wait_for_function(ready, polling=20)
    except TimeoutError:
        return page, LIMIT
    return page, float(page.evaluate(ready)) / 1000


def frames(page: Page) -> float:
    """Return the frames a second while the view is dragged in circles."""
    page.mouse.move(640, 420)
    page.evaluate("() => { window.rate = null; (" + FRAMES + ")().then((found) => { window.rate = found; }); }")
    page.mouse.down()
    step = 0
    while page.evaluate("() => window.rate") is None:
        step += 1
        page.mouse.move(640 + 150 * (step % 7 - 3) / 3, 420 + 90 * (step % 5 - 2) / 2)
    page.mouse.up()
    return float(page.evaluate("() => window.rate"))


def ours(browser: Browser, path: Path) -> dict[str, float]:
    """Return the figures of a page of the package."""
    found: dict[str, list[float]] = {"ready": [], "fps": [], "find": [], "expand": []}
    for _ in range(REPEATS):
        page, seconds = opened(browser, path, "() => window.page && window.page.ready")
        page.wait_for_timeout(500)
        found["ready"].append(seconds)
        found["fps"].append(frames(page))
        timed = "(work) => { const start = performance.now(); work(); return performance.now() - start; }"
        page.evaluate("() => page.find('가')")
        found["find"].append(page.evaluate(f"() => ({timed})(() => page.find('전자'))"))
        hub = page.evaluate("() => page.nodes()[0]")
        found["expand"].append(page.evaluate(f"(id) => ({timed})(() => page.expand(id))", hub))
        page.close()
    return {name: statistics.median(values) for name, values in found.items()}


def write_pyvis(graph: nx.MultiDiGraph[Any], path: Path) -> None:
    """Write the graph as plain pyvis does, with everything in the file."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    network.nodes = [{"id": n, "label": found["name"], "shape": "dot"} for n, found in graph.nodes(data=True)]
    edges: Iterable[tuple[str, str, str]] = graph.edges(data="type")
    network.edges = [{"from": a, "to": b, "title": kind} for a, b, kind in edges]
    path.write_text(network.generate_html(str(path)), encoding="utf-8")


def plain_pyvis(browser: Browser, graph: nx.MultiDiGraph[Any], path: Path) -> tuple[float, float]:
    """Return the seconds until a plain pyvis page stands, and its frames a second then."""
    write_pyvis(graph, path)
    ready = """() => { if (!window.network || !network.body) return false;
      if (window.stands === undefined) {
        window.stands = false;
        const stand = () => { window.stands ||= performance.now(); };
        for (const event of ["stabilized", "stabilizationIterationsDone"]) network.on(event, stand);
      }
      return window.stands; }"""
    page, seconds = opened(browser, path, ready)
    rate = frames(page) if seconds < LIMIT else 0.0
    page.close()
    return seconds, rate


def line(browser: Browser, name: str, graph: nx.MultiDiGraph[Any], folder: Path, pyvis: int) -> str:
    """Return the figures of one graph."""
    schema, path = load_schema(), folder / "graph.html"
    seconds, above = measured(lambda: partial(export, graph, schema, path), perf_counter)
    found = ours(browser, path)
    text = f"{name:>12} {graph.number_of_nodes():>8,} {graph.number_of_edges():>8,} {seconds:>7.1f} {above:>6.0f} "
    text += f"{path.stat().st_size / 1e6:>6.2f} {found['ready']:>6.2f} {found['fps']:>5.0f} "
    text += f"{found['find']:>6.0f} {found['expand']:>7.0f}"
    if graph.number_of_nodes() <= pyvis:
        stands, rate = plain_pyvis(browser, graph, folder / "pyvis.html")
        text += f" {stands:>7.1f} {rate:>5.0f} {stands / found['ready']:>6.0f}x"
    return text


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graphs", nargs="*", type=Path)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="nodes of the generated graphs")
    parser.add_argument("--pyvis", type=int, default=1_000, help="largest graph that plain pyvis draws too")
    given = parser.parse_args()
    print(f"{'':12} {'nodes':>8} {'edges':>8} {'write s':>7} {'MB':>6} {'file':>6} {'open s':>6} {'fps':>5} ", end="")
    print(f"{'find':>6} {'expand':>7} {'pyvis s':>7} {'fps':>5}")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for size in [int(word) for word in given.sizes.split(",") if word]:
            graph = made_news_graph(size, (3 if size >= 100_000 else 2) * size)
            print(line(browser, "generated", graph, Path(folder), given.pyvis), flush=True)
        for path in given.graphs:
            print(line(browser, path.stem[:12], read_graph(path), Path(folder), given.pyvis), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
