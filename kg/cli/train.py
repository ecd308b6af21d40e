"""`kg train` and `kg evaluate`: the models that ship, made and measured anew."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options as opt
from kg.model import MIN_CONFIDENCE

train = typer.Typer(no_args_is_help=True, help="Train the models that extraction and resolution use.")
evaluate = typer.Typer(no_args_is_help=True, help="Measure extraction and resolution against labelled text.")
GROUPS = {"train": train, "evaluate": evaluate}


@train.command("names", epilog="Example: kg train names --data ../data --out kg/extract/models")
def train_names(
    data: Annotated[Path, typer.Option(help="Folder of training data.", show_default=False)],
    out: Annotated[Path, typer.Option(help="Folder to write the model to.", show_default=False)],
    seed: Annotated[int, typer.Option(help="Seed of what is drawn at random.")] = 0,
) -> None:
    """Train the recogniser of names and print what it was made of."""
    from kg.cli.screen import print_json
    from kg.extract.train_names import train_names as train_here
    from kg.run.labelled import labelled_articles

    made = train_here(data, out, articles=list(labelled_articles(data)), seed=seed)
    print_json(made)


@train.command("relations", epilog="Example: kg train relations --data ../data --out kg/extract/models")
def train_relations(
    data: Annotated[Path, typer.Option(help="Folder of training data.", show_default=False)],
    out: Annotated[Path, typer.Option(help="Folder to write the models to.", show_default=False)],
    seed: Annotated[int, typer.Option(help="Seed of what is drawn at random.")] = 0,
) -> None:
    """Train the classifiers of relations and print what they were made of; needs the extra `train`."""
    from kg.cli.screen import print_json
    from kg.extract.train_relations import train_relations as train_here
    from kg.run.labelled import annotated_relations, example_relations, gold_relations, written_relations

    others = itertools.chain(annotated_relations(data), written_relations(), example_relations())
    made = train_here(data, out, gold=gold_relations(data), others=others, seed=seed)
    print_json(made)


@train.command(
    "resolution", epilog="Example: kg train resolution --data ../data --out kg/resolve/models documents.jsonl"
)
def train_resolution(
    documents: Annotated[Path, typer.Argument(help="What kg extract wrote of DATA/news-raw.", show_default=False)],
    data: Annotated[Path, typer.Option(help="Folder of training data.", show_default=False)],
    out: Annotated[Path, typer.Option(help="Folder to write the model to.", show_default=False)],
) -> None:
    """Train the model that tells bearers of a name apart and print what it was made of."""
    from kg.cli.screen import print_json
    from kg.codec import read_documents
    from kg.resolve.training import train_resolution as train_here
    from kg.run.occurrences import TRAINING, annotated_occurrences

    read = list(read_documents(documents))
    labels = annotated_occurrences(data, read, TRAINING)
    made = train_here(read, labels.occurrences, out)
    print_json({"occurrences missing": labels.missing, **made})


@evaluate.command("names", epilog="Example: kg evaluate names gold.tsv")
def evaluate_names(
    gold: Annotated[Path, typer.Argument(help="Marked sentences, like <카카오:OG>.", show_default=False)],
    as_json: opt.AsJson = False,
) -> None:
    """Measure the recogniser of names: precision, recall and F1 over exact spans, by type and together."""
    from kg.cli.screen import print_json, print_table
    from kg.extract.evaluate_names import evaluate_names as evaluate_here

    found = evaluate_here(gold)
    if as_json:
        print_json(found)
        return
    rows = [(name, *figures.values()) for name, figures in found.items() if isinstance(figures, dict)]
    print_table(f"Names in {gold}", ("type", "precision", "recall", "F1", "gold"), rows)
    typer.echo(f"particles inside names: {found['particle_inside']}")


@evaluate.command("relations", epilog="Example: kg evaluate relations gold.jsonl documents.jsonl --min-confidence 0.5")
def evaluate_relations(
    gold: Annotated[Path, typer.Argument(help="Labels, one article a line.", show_default=False)],
    predicted: Annotated[Path, typer.Argument(help="What kg extract wrote.", show_default=False)],
    min_confidence: opt.MinConfidence = MIN_CONFIDENCE,
    as_json: opt.AsJson = False,
) -> None:
    """Measure extracted relations against labelled articles: by type, with status, dates and roles, and the curve."""
    from kg.cli.screen import print_json, print_table
    from kg.extract.evaluate_relations import evaluate_relations as evaluate_here

    found = evaluate_here(gold, predicted, min_confidence)
    if as_json:
        print_json(found)
        return
    rows = [(name, *figures.values()) for name, figures in found["by type"].items()]
    rows += [(f"entities: {name}", *figures.values()) for name, figures in found["entities"].items()]
    rows.append(("relations", *found["relations"].values()))
    print_table(f"{predicted} against {gold}", ("type", "precision", "recall", "F1", "gold"), rows)
    for name in ("documents", "documents missing", "status", "unrealised shown as fact", "date", "role"):
        typer.echo(f"{name}: {found[name]}")
    curve = [tuple(point.values())[:4] for point in found["curve"]]
    print_table("By least confidence", ("confidence", "precision", "recall", "F1"), curve)


@evaluate.command("copies", epilog="Example: kg evaluate copies documents.jsonl --gold seeds/annotations/copies.tsv")
def evaluate_copies(
    documents: Annotated[Path, typer.Argument(help="What kg extract wrote.", show_default=False)],
    gold: Annotated[
        Path, typer.Option(help="Pairs: two article ids and copy, rewrite or independent.", show_default=False)
    ],
    as_json: opt.AsJson = False,
) -> None:
    """Measure which articles are folded into one source against labelled pairs."""
    from kg.cli.screen import print_json
    from kg.resolve.evaluate_copies import evaluate_copies as evaluate_here

    found = evaluate_here(documents, gold)
    if as_json:
        print_json(found)
        return
    for label, figures in found.pop("folded").items():
        typer.echo(f"folded {label}: {figures}")
    typer.echo("\n".join(f"{name}: {value}" for name, value in found.items()))


@evaluate.command("resolution", epilog="Example: kg evaluate resolution documents.jsonl --data ../data")
def evaluate_resolution(
    documents: Annotated[Path, typer.Argument(help="What kg extract wrote of DATA/news-raw.", show_default=False)],
    data: Annotated[Path, typer.Option(help="Folder of training data.", show_default=False)],
    as_json: opt.AsJson = False,
) -> None:
    """Measure which names of different articles are taken for one thing, by type, beside equal names, and the curve."""
    from kg.cli.screen import print_json, print_table
    from kg.codec import read_documents
    from kg.resolve.evaluate_resolution import evaluate_resolution as evaluate_here
    from kg.run.occurrences import MEASURING, annotated_occurrences

    read = list(read_documents(documents))
    labels = annotated_occurrences(data, read, MEASURING)
    found = {"occurrences missing": labels.missing, **evaluate_here(read, labels.occurrences)}
    if as_json:
        print_json(found)
        return
    columns = ("precision", "recall", "F1", "B³ precision", "B³ recall", "B³ F1")
    for title, part in (("Resolved", "resolved"), ("Equal names taken for one", "equal names")):
        rows = [(name, *figures.values()) for name, figures in found[part].items()]
        print_table(title, ("type", *columns, "occurrences", "pairs of one thing"), rows)
    curve = [tuple(point.values())[:7] for point in found["curve"]]
    print_table("By the least probability at which clusters join", ("merge", *columns), curve)
    typer.echo(f"occurrences missing: {labels.missing}")


@evaluate.command("klue-re", epilog="Example: kg evaluate klue-re dev.csv --json")
def evaluate_klue(
    file: Annotated[Path, typer.Argument(help="A CSV file like KLUE-RE's dev.csv.", show_default=False)],
    as_json: opt.AsJson = False,
) -> None:
    """Measure the classifier of KLUE-RE: micro F1 over all labels but no_relation."""
    from kg.cli.screen import print_json
    from kg.extract.evaluate_klue import evaluate_klue as evaluate_here

    found = evaluate_here(file)
    if as_json:
        print_json(found)
    else:
        typer.echo("\n".join(f"{name}: {value}" for name, value in found.items()))
