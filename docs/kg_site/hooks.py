"""What MkDocs asks when it builds the site: which pages there are, and a last hand on each.

docs/ cannot be the folder that MkDocs reads, since its settings lie there; so pages come from where they are in the
repository, and what is made of code and schema is made at every build.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

_SHOWN: dict[str, dict[str, str]] = {}
"""HTML that notebooks show, by page and placeholder: Markdown is not to read it."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let the modules beside this one be found: MkDocs loads it by its path."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the repository, the references and the notebooks, and say where each stands."""
    from kg_site.navigation import navigation
    from kg_site.pages import ROOT, read, sources

    linked: set[str] = set()
    places = []
    for source, place in sources().items():
        text, others = read(source)
        linked |= others
        files.append(File.generated(config, place, content=text))
        places.append(place)
    for place, text in _made():
        files.append(File.generated(config, place, content=text))
        places.append(place)
    for path in sorted(linked):
        files.append(File.generated(config, f"files/{path}", abs_src_path=str(ROOT / path)))
    config.nav = navigation(places)
    return files


def _made() -> Iterator[tuple[str, str]]:
    """Yield the pages made of code, schema and notebooks, with their places."""
    from kg.schema import load_schema
    from kg_site import api, commands, notebooks, types
    from kg_site.pages import DOCS, ROOT

    yield "reference/cli.md", commands.page()
    for group in api.groups():
        yield f"reference/api/{group}.md", api.page(group)
    yield "schema/index.md", types.overview()
    yield "schema/entities.md", types.entities()
    for name in load_schema().relations:
        yield f"schema/{name}.md", types.relation(name)
    for path in sorted((DOCS / "notebooks").glob("*.ipynb")):
        place = f"notebooks/{path.stem}.md"
        text, _SHOWN[place] = notebooks.page(path, ROOT)
        yield place, text


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Put what a notebook's cells show in the places kept for it."""
    for placeholder, shown in _SHOWN.get(page.file.src_uri, {}).items():
        html = html.replace(placeholder, shown)
    return html


def on_post_page(output: str, page: Page, **_: Any) -> str:
    """Say in which language a page is: the theme knows one for all."""
    language = page.meta.get("lang")
    return output.replace('<html lang="en"', f'<html lang="{language}"', 1) if language else output
