"""Which files of the repository are pages of the site, and how their links read there."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

ELSEWHERE = {
    "ARCHITECTURE.md": "project/architecture.md",
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
    "exports/sample/README.md": "project/sample.md",
    "kg/extract/models/README.md": "models/names.md",
    "kg/extract/models/RELATIONS.md": "models/relations.md",
    "kg/resolve/models/README.md": "models/resolution.md",
    "schemas/README.md": "schema/terms.md",
    "seeds/README.md": "project/articles.md",
    "seeds/comparison/README.md": "project/comparison-articles.md",
    "seeds/gold/README.md": "project/gold.md",
}
"""Pages that lie outside docs/, by their place in the repository; they are shown from there, never copied."""
SAME = {"README.md": "recipes.md", "docs/README.md": "index.md"}
"""Where a link to a file leads that is no page, since pages say the same."""

_FENCE = re.compile(r"^(```.*?^```\s*?$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?![a-z]+:|#)([^)\s#]+)(#[^)\s]*)?\)")
_IMAGE = re.compile(r'(src|href)="(?![a-z]+:|#)([^"#]+)(#[^"]*)?"')


def sources() -> dict[str, str]:
    """Return the files that are pages, with the place each has in the site; paths are relative to the repository."""
    found = {f"docs/{path.name}": _place(path.name) for path in sorted(DOCS.glob("*.md"))}
    return found | {source: place for source, place in ELSEWHERE.items() if (ROOT / source).is_file()}


def _place(name: str) -> str:
    """Return the place of a page of docs/: NAME.ko.md is ko/NAME.md."""
    stem = name.removesuffix(".md")
    return f"ko/{stem.removesuffix('.ko')}.md" if stem.endswith(".ko") else name


def read(source: str) -> tuple[str, set[str]]:
    """Return a page with links as they are in the site, and the other files of the repository it links.

    A link to what is neither a page nor a file leaves its words alone; folders are such.
    """
    places, files = sources(), set()
    here = places[source]

    def target(path: str) -> str | None:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        place = places.get(path) or SAME.get(path)
        if path.startswith("docs/notebooks/"):
            place = path.removeprefix("docs/").replace(".ipynb", ".md")
        if place is None and path.startswith("docs/") and not (ROOT / path).is_file():
            place = path.removeprefix("docs/")  # a page that is made when the site is
        if place is None:
            if not (ROOT / path).is_file():
                return None
            files.add(path)
            place = f"files/{path}"
        return posixpath.relpath(place, posixpath.dirname(here) or ".")

    def link(found: re.Match[str]) -> str:
        path = target(found[1])
        return "]" if path is None else f"]({path}{found[2] or ''})"

    def image(found: re.Match[str]) -> str:
        return f'{found[1]}="{target(found[2]) or found[2]}{found[3] or ""}"'

    parts = _FENCE.split((ROOT / source).read_text(encoding="utf-8"))
    prose = [_indented(_IMAGE.sub(image, _LINK.sub(link, part))) for part in parts[::2]]
    return "".join(a + b for a, b in zip(prose, [*parts[1::2], ""], strict=True)), files


def _indented(text: str) -> str:
    """Return text whose lists within lists are indented as Python-Markdown wants it, by four spaces a level."""
    return re.sub(r"(?m)^ {2,3}(?=[-*] )", "    ", text)
