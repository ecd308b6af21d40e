"""`kg extractors` and `kg conformance`: what finds names and relations, and whether it keeps the rules."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options as opt

COLUMNS = ("extractor", "what", "needs", "from")


def register(app: typer.Typer) -> None:
    """Add the commands of this family."""
    app.command(epilog="Example: kg extractors --json")(extractors)
    app.command(epilog="Example: kg conformance spacy:en_core_web_sm --lang en")(conformance)


def extractors(as_json: opt.AsJson = False, as_csv: opt.AsCsv = False) -> None:
    """List what --extractor can name here: what ships with the package, and plug-ins of other distributions."""
    from kg.cli.screen import show
    from kg.run.api import extractors as known

    found = known()
    rows = [(one.usage, one.description, one.needs, one.distribution or "this package") for one in found]
    records = [asdict(one) for one in found]
    show(f"{len(found)} extractors", COLUMNS, rows, records, as_json, as_csv)


def conformance(
    extractor: Annotated[str, typer.Argument(help="Extractor, as --extractor names it.", show_default=False)],
    language: Annotated[str, typer.Option("--lang", help="Language of the articles it is tried on.")] = "ko",
    articles: Annotated[
        list[Path] | None,
        typer.Option("--article", help="Text file of an article in which it finds names; again for several."),
    ] = None,
    network: Annotated[
        bool, typer.Option("--network/--no-network", help="Let it open connections, as one that asks a server must.")
    ] = False,
    as_json: opt.AsJson = False,
    as_csv: opt.AsCsv = False,
) -> None:
    """Try an extractor on articles made to be hard, and exit with 1 when it breaks a rule."""
    from kg.cli.screen import show
    from kg.extract.conformance import check_extractor

    findings = check_extractor(extractor, language, texts=_texts(articles or []), network=network)
    rows = [(one.check, "kept" if one.kept else "broken", one.message) for one in findings]
    broken = sum(not one.kept for one in findings)
    title = f"{extractor}: {len(findings) - broken} of {len(findings)} checks kept"
    show(title, ("check", "result", "message"), rows, [asdict(one) for one in findings], as_json, as_csv)
    if broken:
        raise typer.Exit(1)


def _texts(files: list[Path]) -> list[str]:
    from kg.errors import InputError

    try:
        return [file.read_text(encoding="utf-8") for file in files]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"an article cannot be read ({error}); give files in UTF-8") from error
