"""`kg train` and `kg evaluate`: the models that ship, made and measured anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options as opt

train = typer.Typer(no_args_is_help=True, help="Train the models that extraction uses.")
evaluate = typer.Typer(no_args_is_help=True, help="Measure extraction against labelled text.")
GROUPS = {"train": train, "evaluate": evaluate}


@train.command("names", epilog="Example: kg train names --data ../data --out kg/extract/models")
def train_names(
    data: Annotated[Path, typer.Option(help="Folder of training data.", show_default=False)],
    out: Annotated[Path, typer.Option(help="Folder to write the model to.", show_default=False)],
    seed: Annotated[int, typer.Option(help="Seed of what is drawn at random.")] = 0,
) -> None:
    """Train the recogniser of names and print what it was made of."""
    from kg.extract.train_names import train_names as train_here
    from kg.run.labelled import labelled_articles

    made = train_here(data, out, articles=list(labelled_articles(data)), seed=seed)
    typer.echo(json.dumps(made, ensure_ascii=False, indent=2))


@evaluate.command("names", epilog="Example: kg evaluate names gold.tsv")
def evaluate_names(
    gold: Annotated[Path, typer.Argument(help="Marked sentences, like <카카오:OG>.", show_default=False)],
    as_json: opt.AsJson = False,
) -> None:
    """Measure the recogniser of names: precision, recall and F1 over exact spans, by type and together."""
    from kg.cli.screen import print_table
    from kg.extract.evaluate_names import evaluate_names as evaluate_here

    found = evaluate_here(gold)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    rows = [(name, *figures.values()) for name, figures in found.items() if isinstance(figures, dict)]
    print_table(f"Names in {gold}", ("type", "precision", "recall", "F1", "gold"), rows)
    typer.echo(f"particles inside names: {found['particle_inside']}")
