"""The `kg` command: its groups, and errors as one line instead of a traceback."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kg.cli import build, correct, extractors, insight, mcp, query, store, train, triples, validate, watch
from kg.errors import KgError


class _Group(TyperGroup):
    """Prints the errors that the package raises on purpose to stderr and exits with 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            typer.echo(f"error: {error}", err=True)
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=_Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog="Example: kg build seeds/articles -o exports",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from kg import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def kg(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Knowledge graphs from Korean news: entities, relations and the sentence behind every edge."""


for family in (build, extractors, store, query, insight, triples, validate, mcp, watch):
    family.register(app)
for name, group in {**correct.GROUPS, **train.GROUPS}.items():
    app.add_typer(group, name=name)
