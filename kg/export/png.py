"""The static picture as PNG, drawn by resvg (`resvg_py`), which takes the fonts of the machine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import ExportError, MissingExtraError
from kg.export.files import atomic_bytes
from kg.export.picture import SHOWN
from kg.export.svg import svg_picture
from kg.schema import Schema

PRINTED = 3508
"""Pixels of the longer side: an A4 page of 297 mm at 300 dots an inch."""
_HANGUL = re.compile("[\uac00-\ud7a3]")


def write_png(
    graph: nx.MultiDiGraph[Any],
    schema: Schema,
    path: Path,
    *,
    title: str | None = None,
    language: str = "ko",
    shown: int = SHOWN,
) -> None:
    """Write the picture of `kg.export.svg` in print quality; the same bytes wherever the fonts are the same.

    Raises MissingExtraError without resvg_py, and ExportError where no font of the machine has Hangul.
    """
    text = svg_picture(graph, schema, title=title, language=language, shown=shown)
    image = rendered(text, PRINTED, path)
    with atomic_bytes(path) as out:
        out.write(image)


def rendered(text: str, side: int, path: Path) -> bytes:
    """Return an SVG as PNG whose longer side has so many pixels; see `write_png`."""
    try:
        import resvg_py
    except ImportError as error:
        raise MissingExtraError("writing PNG", "png") from error
    if _HANGUL.search(text) and not has_hangul():
        raise ExportError(
            f"{path}: no font here has Hangul, so names would be empty boxes; install one (Debian: apt install"
            " fonts-nanum; else https://fonts.google.com/noto/specimen/Noto+Sans+KR), or write .svg"
        )
    wide, high = (float(value) for value in re.findall(r' (?:width|height)="([\d.]+)"', text)[:2])
    return bytes(resvg_py.svg_to_bytes(svg_string=text, zoom=side / max(wide, high)))


def has_hangul() -> bool:
    """Say whether a font here has Hangul: two syllables look different, where without one both are the same box."""
    import resvg_py

    probe = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="30" font-size="30">{}</text></svg>'
    first, second = (bytes(resvg_py.svg_to_bytes(svg_string=probe.format(syllable))) for syllable in "가힣")
    return first != second
