"""Pictures of the page against those kept in goldens/.

Both are reduced to cells of six pixels, which evens out anti-aliasing; a picture differs where more than one cell in
two hundred (SHARE) is off by more than a tenth of the brightness range (OFF) in any colour. A panel that moves or
labels that are missing come to some hundred cells; other fonts to thousands, so where the fonts measure otherwise
than those of the goldens, the comparison is skipped. To keep new pictures after a change of looks:

    GOLDENS=write python -m pytest tests/browser/test_goldens.py
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import READY, until

Graph: TypeAlias = "nx.MultiDiGraph[Any]"
Open: TypeAlias = Callable[..., Page]

pytestmark = pytest.mark.browser

GOLDENS = Path(__file__).with_name("goldens")
FONTS = GOLDENS / "fonts.json"
WRITE = os.environ.get("GOLDENS") == "write"
CELL, OFF, SHARE = 6, 26, 0.005

PICTURES: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"dark": True},
    "english": {"language": "en"},
    "relation": {"view": "page.go('relation', key)"},
    "table": {"view": "page.change((view) => { view.form = 'relations'; })"},
    "phone": {"size": (390, 844), "view": "page.go('relation', key)"},
}

WIDTHS = """() => { const context = document.createElement("canvas").getContext("2d");
const { fontFamily } = getComputedStyle(document.body);
return [400, 600, 700].map((weight) => { context.font = `${weight} 14px ${fontFamily}`;
return Math.round(100 * context.measureText("한국 뉴스 지식 그래프 Knowledge 0123 ↓ ·").width) / 100; }); }"""

REDUCED = """async ([one, other, cell]) => {
const cells = async (data) => {
  const image = new Image();
  image.src = `data:image/png;base64,${data}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data: dots } = context.getImageData(0, 0, image.width, image.height);
  const across = Math.floor(image.width / cell), down = Math.floor(image.height / cell);
  const sums = new Float64Array(across * down * 3);
  for (let y = 0; y < down * cell; y += 1) for (let x = 0; x < across * cell; x += 1) {
    const at = 3 * (Math.floor(y / cell) * across + Math.floor(x / cell)), dot = 4 * (y * image.width + x);
    for (let c = 0; c < 3; c += 1) sums[at + c] += dots[dot + c] / cell ** 2;
  }
  return { sums, size: `${image.width}x${image.height}` };
};
const [a, b] = [await cells(one), await cells(other)];
if (a.size !== b.size) return null;
const off = [];
const apart = (i) => Math.abs(a.sums[i] - b.sums[i]);
for (let i = 0; i < a.sums.length; i += 3) off.push(Math.max(apart(i), apart(i + 1), apart(i + 2)));
return off; }"""


def difference(page: Page, one: bytes, other: bytes) -> float:
    """Return the share of cells that differ; 1 for pictures of different sizes."""
    off = page.evaluate(REDUCED, [base64.b64encode(one).decode(), base64.b64encode(other).decode(), CELL])
    return 1.0 if off is None else sum(value > OFF for value in off) / len(off)


def quiet(page: Page) -> bytes:
    """Return a picture of the page once two in a row are the same."""
    before = page.screenshot()
    for _ in range(20):
        page.evaluate("() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 120))")
        after = page.screenshot()
        if after == before:
            return after
        before = after
    raise AssertionError("the page does not come to rest")


def pictured(graph: Graph, open_page: Open, name: str) -> Page:
    wanted = PICTURES[name]
    width, height = wanted.get("size", (900, 600))
    page = open_page(graph, dark=wanted.get("dark", False), language=wanted.get("language", "ko"))
    page.set_viewport_size({"width": width, "height": height})
    page.reload()
    until(page, READY)
    key = next(key for *_, key, edge in graph.edges(keys=True, data=True) if edge["type"] == "finances")
    page.evaluate(f"(key) => {{ {wanted.get('view', '')} }}", key)
    if "go(" in wanted.get("view", ""):
        expect(page.locator("#panel blockquote")).to_be_visible()
    return page


@pytest.mark.parametrize("name", PICTURES)
def test_the_page_looks_as_kept(name: str, graph: Graph, open_page: Open, tmp_path: Path) -> None:
    page = pictured(graph, open_page, name)
    golden, fonts = GOLDENS / f"{name}.png", page.evaluate(WIDTHS)
    if WRITE:
        golden.write_bytes(quiet(page))
        FONTS.write_text(json.dumps(fonts) + "\n", encoding="utf-8")
        return
    if fonts != json.loads(FONTS.read_text(encoding="utf-8")):
        pytest.skip("other fonts here than those of the goldens")
    found = quiet(page)
    (tmp_path / f"{name}.png").write_bytes(found)
    share = difference(page, found, golden.read_bytes())
    assert share <= SHARE, f"{share:.1%} of {golden.name} differs; see {tmp_path / golden.name}"


SMOOTHING = "document.body.style.transform = 'translate(0.3px, 0.3px)'"
MOVED = "document.querySelector('#panel').style.transform = 'translateX(24px)'"
BARE = "document.querySelectorAll('#legend svg').forEach((icon) => icon.remove())"
LABELS = "(() => { page.network.off('afterDrawing'); page.network.redraw(); })()"


@pytest.mark.parametrize(("change", "same"), [(SMOOTHING, True), (MOVED, False), (BARE, False), (LABELS, False)])
def test_only_what_one_would_see_counts_as_a_difference(change: str, same: bool, graph: Graph, open_page: Open) -> None:
    page = pictured(graph, open_page, "relation" if change == MOVED else "light")
    before = quiet(page)
    page.evaluate(change)
    after = quiet(page)
    assert before != after
    assert (difference(page, before, after) <= SHARE) == same
