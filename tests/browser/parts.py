"""Parts of the page that several tests look at."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def chip(page: Page, name: str) -> Locator:
    return page.locator(f'[data-chip="{name}"]')


def shown(page: Page) -> set[str]:
    return set(page.evaluate("page.nodes()"))


def action(page: Page, word: str) -> Locator:
    return page.locator(".actions button", has_text=word)
