"""How types and statuses look in pictures: as on the page (page/page.css, page/look.js), so that both read alike."""

from __future__ import annotations

from kg.model import Status
from kg.schema import Schema

LOOKS = ("Organization", "Person", "Place", "Product")
"""These keep their look whatever other types the schema adds."""
COLOURS = ("#2e6fb7", "#c86d03", "#12876a", "#a8499c", "#5b6b7f", "#8a6d1b")
"""Of a type, by its place: after Okabe and Ito's palette, which needs no colour vision."""
STATUS_COLOURS: dict[Status, str] = {
    "actual": "#66758a",
    "planned": "#2a69af",
    "possible": "#8f5a08",
    "denied": "#c22d26",
    "ended": "#838e9f",
}
DASHES: dict[Status, tuple[int, ...]] = {
    "actual": (),
    "planned": (8, 5),
    "possible": (2, 4),
    "denied": (8, 3, 2, 3),
    "ended": (),
}
"""Lengths of strokes and gaps; what is no fact never has a whole line."""


def look_of(type: str, schema: Schema) -> int:
    """Return the number of the look of a top type, below that of the last look for any further one."""
    others = [name for name, kind in schema.entities.items() if kind.parent is None and name not in LOOKS]
    tops = (*LOOKS, *others)
    return min(tops.index(type) if type in tops else 0, len(COLOURS) - 1)
