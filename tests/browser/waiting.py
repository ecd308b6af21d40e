"""Waiting for a page whose Content-Security-Policy forbids the eval of Playwright's wait_for_function."""

from __future__ import annotations

from playwright.sync_api import Frame, Page

READY = "window.page && window.page.ready !== null"
LOOK = """() => new Promise((done) => {
    const look = () => ((CONDITION) ? done() : setTimeout(look, 20));
    look();
})"""


def until(page: Page | Frame, condition: str) -> None:
    """Return once an expression is true in the page; pytest's timeout ends what never is."""
    page.evaluate(LOOK.replace("CONDITION", condition))
