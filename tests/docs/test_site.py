from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import typer

import kg
from kg.cli.app import app
from kg.schema import load_schema
from kg_site import api, commands, pages, types
from kg_site.navigation import SECTIONS, navigation
from tests.docs.conftest import ROOT, tree

COMMANDS = dict(commands.commands(typer.main.get_command(app)))
SCHEMA = load_schema()


def words(text: str) -> str:
    return " ".join(text.split())


def section(path: Path, anchor: str) -> str:
    """Return the text below the heading of an id, up to the next heading."""
    [heading] = tree(path).xpath("//article//*[@id=$anchor]", anchor=anchor)
    told = []
    for following in heading.itersiblings():
        if re.fullmatch("h[1-6]", str(following.tag)):
            break
        told.append(following.text_content())
    return words(" ".join(told))


def test_the_site_builds_without_warnings(built: tuple[Path, str]) -> None:
    assert [line for line in built[1].splitlines() if "WARNING" in line or "Traceback" in line] == []
    assert (built[0] / "index.html").is_file()


def test_every_page_is_in_the_navigation_once(site: Path) -> None:
    index = tree(site / "index.html")
    links = index.xpath("//nav[contains(@class, 'md-nav--primary')]//a[contains(@class, 'md-nav__link')]/@href")
    shown = Counter(link for link in links if not link.startswith("#"))
    built = {str(path.relative_to(site)) for path in site.rglob("*.html")} - {"404.html"}
    assert built - shown.keys() - {"index.html"} == set()
    written = {place.replace(".md", ".html") for place in pages.sources().values()}
    assert {f"{path.stem}.html" for path in (ROOT / "docs").glob("*.md") if "." not in path.stem} <= written <= built


def test_a_page_that_no_section_names_becomes_a_guide() -> None:
    found = navigation(["index.md", "zz-new.md", "python.md"])
    assert found == [{"Home": "index.md"}, {"Guides": ["python.md", "zz-new.md"]}]


def test_every_page_that_a_section_names_exists(site: Path) -> None:
    named = [page for section in SECTIONS.values() for page in section if page.endswith(".md")]
    assert [page for page in named if not (site / page.replace(".md", ".html")).is_file()] == []


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    faults = []
    for path in sorted(site.rglob("*.html")):
        if path.name == "404.html":
            continue
        for link in tree(path).xpath("//*[not(self::iframe)]/@href | //*/@src"):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                faults.append(f"{path.relative_to(site)}: {link}")
            elif parts.fragment and target.suffix == ".html" and parts.fragment != "__search":
                ids = tree(target).xpath("//@id | //a/@name")
                if unquote(parts.fragment) not in ids:
                    faults.append(f"{path.relative_to(site)}: {link}: no such place")
    assert faults == []


def test_the_site_asks_nothing_of_the_network(site: Path) -> None:
    loaded = "//script/@src | //img/@src | //link[@rel!='canonical']/@href | //source/@src"
    asked = [
        f"{path.relative_to(site)}: {link}"
        for path in sorted(site.rglob("*.html"))
        for link in tree(path).xpath(loaded)
        if urlsplit(link).scheme not in ("", "data")
    ]
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert (asked, re.findall(r"(?:url\(|@import )[\"']?https?:[^)\"']*", styles)) == ([], [])


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_the_reference_has_every_command_with_every_option(name: tuple[str, ...], site: Path) -> None:
    command = COMMANDS[name]
    told = section(site / "reference" / "cli.html", commands.anchor(name))
    assert told.startswith(words(re.split(r"\n\s*\n", command.help.strip())[0]).replace("`", ""))
    assert f"$ kg {' '.join(name)}" in told
    [heading] = tree(site / "reference" / "cli.html").xpath("//*[@id=$a]", a=commands.anchor(name))
    rows = []
    for following in heading.itersiblings():
        if following.tag == "h2":
            break
        rows += [[words(cell.text_content()) for cell in row] for row in following.iter("tr")]
    for parameter in command.params:
        if parameter.name != "help" and not parameter.hidden:
            spelt = parameter.opts[-1] if parameter.param_type_name == "option" else parameter.name.upper()
            described = [row[1] for row in rows if re.search(rf"(^|[ ,/\[]){re.escape(spelt)}\b", row[0])]
            assert described and described[0].startswith(words(parameter.help)), spelt


@pytest.mark.parametrize("name", kg.__all__)
def test_the_reference_has_every_public_name(name: str, site: Path) -> None:
    [group] = [group for group, names in api.groups().items() if name in names]
    told = section(site / "reference" / "api" / f"{group}.html", api.anchor(name))
    first = (
        (getattr(kg, name).__doc__ or "").split("\n\n")[0] if name != "__version__" else "The version of the package"
    )
    assert words(first).replace("`", "").rstrip(".") in told


@pytest.mark.parametrize(
    ("owner", "name"), [(owner, name) for owner in api.LARGE for name in api.methods(getattr(kg, owner))]
)
def test_the_reference_has_every_public_method(owner: str, name: str, site: Path) -> None:
    member = getattr(getattr(kg, owner), name)
    told = section(site / "reference" / "api" / f"{owner.lower()}.html", f"{owner}.{name}")
    assert words(member.__doc__.split("\n\n")[0]).replace("`", "").rstrip(".") in told
    assert f"{name}" in told


def test_the_methods_are_those_that_python_shows() -> None:
    for owner in api.LARGE:
        assert set(api.methods(getattr(kg, owner))) == {n for n in dir(getattr(kg, owner)) if not n.startswith("_")}


@pytest.mark.parametrize("name", SCHEMA.relations)
def test_the_reference_has_every_relation_with_all_its_sentences(name: str, site: Path) -> None:
    kind = SCHEMA.relations[name]
    told = words(tree(site / "schema" / f"{name}.html").xpath("//article")[0].text_content())
    examples = [*kind.examples.positive, *kind.examples.wanted, *kind.examples.negative]
    wanted = [kind.labels.ko, kind.labels.en, kind.description.ko, kind.description.en, *kind.iris]
    assert [text for text in (*wanted, *(example.text for example in examples)) if words(text) not in told] == []
    assert [end for end in (*kind.domain, *kind.range) if end not in told] == []


@pytest.mark.parametrize("name", SCHEMA.entities)
def test_the_reference_has_every_type_of_entity(name: str, site: Path) -> None:
    kind = SCHEMA.entities[name]
    told = section(site / "schema" / "entities.html", name)
    assert [
        text for text in (kind.labels.ko, kind.description.ko, kind.description.en) if words(text) not in told
    ] == []


def test_statuses_have_a_korean_word_each() -> None:
    assert set(types.STATUS) == set(kg.model.STATUSES)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("exploring-a-week-of-news", ["198 entities, 168 relations", "stated as a fact", "2024-12-24 [(", "srcdoc"]),
        ("from-graph-to-sparql", ["오픈AI", "graph.nq.gz", "True", "holdings"]),
    ],
)
def test_notebooks_are_stored_without_outputs_and_run(name: str, shown: list[str], site: Path) -> None:
    import nbformat

    text = (ROOT / "docs" / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
    notebook: Any = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell for cell in code if cell.outputs or cell.execution_count] == []
    page = (site / "notebooks" / f"{name}.html").read_text(encoding="utf-8")
    assert [text for text in shown if text not in page] == []
