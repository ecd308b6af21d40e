"""The navigation of the site; a page of docs/ that no section names comes under Guides by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

GUIDES = "Guides"
HOME = {"Home": "index.md"}
"""The page that stands above all sections: the theme's logo leads to it."""
SECTIONS: dict[str, list[str]] = {
    "Start": ["tour.md", "concepts.md"],
    "한국어": ["ko/index.md", "ko/tour.md", "ko/"],
    GUIDES: ["recipes.md", "python.md", "rdf.md", "sparql.md", "stores.md", "formats.md"],
    "Notebooks": ["notebooks/"],
    "Reference": ["reference/"],
    "Schema": ["schema/index.md", "schema/entities.md", "schema/terms.md", "schema/"],
    "Quality": ["models/", "scale.md", "comparison.md"],
    "Project": [
        *("project/architecture.md", "project/changelog.md", "project/contributing.md", "project/security.md"),
        *("project/articles.md", "project/gold.md", "project/comparison-articles.md", "project/sample.md"),
    ],
}
"""Sections with their pages; a folder stands for those of its pages that are not named."""
PARTS = {"API": "reference/api/", "Relations": "schema/"}
"""Folders whose pages lie one level deeper, under a title of their own."""


def navigation(places: Iterable[str]) -> list[Any]:
    """Return the navigation of these pages as MkDocs has it: every page once, under its section."""
    left = dict.fromkeys(places)
    del left[HOME["Home"]]
    named = {place for pages in SECTIONS.values() for place in pages}
    result = []
    for title, pages in SECTIONS.items():
        entries: list[Any] = []
        for page in pages:
            found = [page] if page in left else []
            if page.endswith("/"):
                found = [place for place in left if place.startswith(page) and place not in named]
            for place in found:
                del left[place]
            entries += _grouped(found)
        result.append({title: entries})
    guides = next(section[GUIDES] for section in result if GUIDES in section)
    guides += sorted(left)
    return [HOME, *(section for section in result if any(section.values()))]


def _grouped(places: list[str]) -> list[Any]:
    """Return pages with those of a part under its title."""
    entries: list[Any] = list(places)
    for title, folder in PARTS.items():
        inside = [place for place in places if place.startswith(folder)]
        if inside:
            entries = [place for place in entries if place not in inside] + [{title: inside}]
    return entries
