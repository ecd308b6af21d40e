"""`kg validate`: an export against the SHACL shapes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options as opt


def register(app: typer.Typer) -> None:
    """Add the command of this family."""
    app.command(epilog="Example: kg validate exports graph.nq.gz")(validate)


def validate(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="RDF files of any form, folders that kg build wrote, or their graph.json.", show_default=False
        ),
    ],
    as_json: opt.AsJson = False,
    as_csv: opt.AsCsv = False,
) -> None:
    """Check graphs against the SHACL shapes of exports; exit with 1 when any breaks them."""
    from kg.cli.screen import show
    from kg.triplestore.validation import validate as validate_here

    found = {str(file): validate_here(file) for file in files}
    faults = [(file, fault) for file, one in found.items() for fault in one.faults]
    rows = [(file, f.message, f.path, f.count, " ".join(f.nodes)) for file, f in faults]
    records = ({"file": file, "conforms": one.conforms, **asdict(one)} for file, one in found.items())
    if faults or as_json or as_csv:
        columns = ("file", "message", "path", "count", "nodes")
        show(f"{len(faults)} faults", columns, rows, records, as_json, as_csv)
    for file, one in found.items():
        broken = sum(fault.count for fault in one.faults)
        typer.echo(f"{file}: {one.triples} triples, {broken} violations", err=True)
    if faults:
        raise typer.Exit(1)
