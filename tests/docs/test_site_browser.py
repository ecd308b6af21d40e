"""The site in a real browser without a network, opened from the disk and from a server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM

pytestmark = pytest.mark.browser


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Keep the tests' output clean."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Any]:
    faults: list[str] = []
    contexts = []

    def open_page(address: str, **options: Any) -> Page:
        base = address.split("/", 3)
        context = browser.new_context(
            reduced_motion="reduce", **{"viewport": {"width": 1280, "height": 800}, **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        here = "/".join(base[:3])
        page.on("request", lambda r: None if r.url.startswith((here, "data:", "about:")) else faults.append(r.url))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def search(page: Page, text: str) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.insert_text(text)
    page.keyboard.press("End")
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching documents", timeout=60_000)


def test_search_from_the_disk_finds_a_korean_word(opened: Any, site: Path) -> None:
    page = opened((site / "index.html").as_uri())
    search(page, "제휴")
    expect(page.locator(".md-search-result__item h1").first).to_have_text("partnersWith")
    page.locator(".md-search-result__item a").first.click()
    expect(page.locator("article h1").first).to_contain_text("partnersWith")


@pytest.mark.parametrize("text", ["제휴", "산은", "min_confidence"])
def test_search_from_a_server_finds_words_of_both_languages(text: str, opened: Any, served: str) -> None:
    page = opened(served + "index.html")
    search(page, text)
    expect(page.locator(".md-search-result__list")).to_contain_text(text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path", ["index.html", "ko/index.html", "reference/cli.html", "schema/acquires.html", "concepts.html"]
)
def test_pages_fit_the_screen(path: str, width: int, scheme: str, opened: Any, site: Path) -> None:
    page = opened((site / path).as_uri(), viewport={"width": width, "height": 844}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).slice(0, 3).map(Number)")
    assert (sum(shown) < 300) == (scheme == "dark")


CONTRAST = """() => {
    const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
        .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (node) => {
        for (let up = node; up; up = up.parentElement) {
            const colour = parts(getComputedStyle(up).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
    };
    return [...document.querySelectorAll(".kg-hero .md-button, .kg-sentence mark, .md-content p a, .md-tabs__link")]
        .filter((node) => node.offsetWidth && !parts(getComputedStyle(node).opacity).some((v) => v < 1))
        .map((node) => {
            const [a, b] = [light(parts(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
            return [node.textContent.trim(), Math.round(((a + 0.05) / (b + 0.05)) * 10) / 10];
        }).filter(([, ratio]) => ratio < 4.5);
}"""
"""What is harder to read than WCAG 2.2 (1.4.3) allows: its text, and its contrast."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["index.html", "ko/index.html", "tour.html"])
def test_buttons_marks_and_links_can_be_read(path: str, scheme: str, opened: Any, site: Path) -> None:
    page = opened((site / path).as_uri(), color_scheme=scheme)
    assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize(("path", "language"), [("index.html", "en"), ("ko/index.html", "ko"), ("ko/tour.html", "ko")])
def test_pages_say_their_language(path: str, language: str, opened: Any, site: Path) -> None:
    page = opened((site / path).as_uri())
    assert page.evaluate("document.documentElement.lang") == language


def test_the_landing_pages_lead_to_one_another(opened: Any, site: Path) -> None:
    page = opened((site / "index.html").as_uri())
    page.locator(".kg-hero .md-button", has_text="한국어").click()
    expect(page.locator("h1").first).to_contain_text("누가 누구와 무엇을 했나")
    page.locator(".kg-hero .md-button", has_text="English").click()
    expect(page.locator("h1").first).to_contain_text("Who did what with whom")
