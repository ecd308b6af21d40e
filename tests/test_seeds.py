"""The sample articles, their gold annotation and the example sentences of the schema."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from kg import resources
from kg.model import STATUSES
from kg.resolve.identifiers import SCHEMES
from kg.schema import RelationType, load_schema

TOP_TYPES = {"ORG": "Organization", "PER": "Person", "LOC": "Place", "PROD": "Product"}
ENCODINGS = {"posco-hyundai-louisiana.txt": "cp949"}
ORDER = ("nyse", "nasdaq", "domain", "wikidata")
RELATIONS = sorted(load_schema().relations)


def read_records(path: Path) -> dict[str, str]:
    """Return the text by article id that one file holds, as written: title, newline, body."""
    if path.suffix == ".jsonl":
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
    else:
        text = path.read_text(encoding=ENCODINGS.get(path.name, "utf-8"))
        return {path.stem: unescape(text) if path.suffix == ".html" else text}
    return {row["id"]: f"{row['title']}\n{row['text']}" for row in rows}


def read_folder(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        found.update(read_records(path))
    return found


def read_gold(path: Path) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}


@lru_cache(maxsize=1)
def articles() -> dict[str, str]:
    return read_folder(resources.seeds("articles"))


@lru_cache(maxsize=1)
def gold() -> dict[str, dict[str, Any]]:
    return read_gold(resources.seeds("gold", "articles.jsonl"))


@lru_cache(maxsize=1)
def annotated() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return text and annotation of the sample articles and of those of the comparison."""
    held_out = read_folder(resources.seeds("comparison", "articles"))
    rows = gold() | read_gold(resources.seeds("comparison", "gold.jsonl"))
    return {name: ((articles() | held_out)[name], row) for name, row in rows.items()}


def test_gold_of_the_comparison_covers_exactly_its_articles() -> None:
    names = sorted(read_gold(resources.seeds("comparison", "gold.jsonl")))
    assert names == sorted(read_folder(resources.seeds("comparison", "articles")))
    assert (len(names), sorted(set(names) & gold().keys())) == (20, [])
    assert {400 <= len(annotated()[name][0]) <= 1200 for name in names} == {True}
    kinds = {relation["type"] for name in names for relation in annotated()[name][1]["relations"]}
    assert sorted(kinds) == RELATIONS


def test_nothing_of_the_package_reads_the_articles_of_the_comparison() -> None:
    sources = [path for path in resources.PACKAGE.rglob("*.py") if "_data" not in path.parts]
    assert len(sources) > 100
    assert [path.name for path in sources if re.search(r"""["'/]comparison["'/]""", path.read_text("utf-8"))] == []


def test_there_are_enough_articles_in_every_input_format() -> None:
    endings = {path.suffix for path in resources.seeds("articles").iterdir()}
    assert endings == {".txt", ".html", ".jsonl", ".csv"}
    assert len(articles()) >= 16
    assert min(len(text) for text in articles().values()) >= 300


def test_one_article_is_in_cp949() -> None:
    with pytest.raises(UnicodeDecodeError):
        resources.seeds("articles", "posco-hyundai-louisiana.txt").read_text(encoding="utf-8")


def test_gold_covers_exactly_the_articles() -> None:
    assert sorted(gold()) == sorted(articles())
    for row in gold().values():
        assert row["id"] in read_records(resources.seeds("articles", row["source"]))


@pytest.mark.parametrize("article", sorted(annotated()))
def test_gold_quotes_the_article(article: str) -> None:
    text, row = annotated()[article]
    quoted = [form for entity in row["entities"] for form in (entity["name"], *entity["aliases"])]
    quoted += [relation["evidence"] for relation in row["relations"]]
    assert [piece for piece in quoted if piece not in text] == []


@pytest.mark.parametrize("article", sorted(annotated()))
def test_gold_keeps_the_schema(article: str) -> None:
    schema, row = load_schema(), annotated()[article][1]
    types = {entity["name"]: TOP_TYPES[entity["type"]] for entity in row["entities"]}
    assert len(types) == len(row["entities"])
    for relation in row["relations"]:
        assert schema.allows(relation["type"], types[relation["subject"]], types[relation["object"]]), relation
        assert relation["status"] in STATUSES


@pytest.mark.parametrize("article", sorted(annotated()))
def test_gold_states_each_relation_once(article: str) -> None:
    keys = []
    for relation in annotated()[article][1]["relations"]:
        ends = [relation["subject"], relation["object"]]
        if load_schema().relation(relation["type"]).symmetric:
            ends.sort()
        keys.append((relation["type"], *ends, relation["status"]))
    assert [key for key in sorted(set(keys)) if keys.count(key) > 1] == []


def test_gold_shows_every_status() -> None:
    found = {relation["status"] for row in gold().values() for relation in row["relations"]}
    assert found == set(STATUSES)


@pytest.mark.parametrize(("table", "groups"), [("resolution.tsv", 436), ("resolution_training.tsv", 408)])
def test_labelled_occurrences_stand_once_in_groups_of_two_or_more(table: str, groups: int) -> None:
    rows = resources.table("annotations", table)
    sizes = Counter(row["group"] for row in rows)
    assert (len(sizes), min(sizes.values()) > 1) == (groups, True)
    assert len({(row["group"], row["id"], row["place"]) for row in rows}) == len(rows)
    assert [row for row in rows if not re.fullmatch("[a-z]", row["thing"])] == []
    assert [row for row in rows if not re.fullmatch("[0-9a-f]{8}", row["checksum"])] == []
    assert [row for row in rows if not re.fullmatch(r"(\d+)-(?!\1$)\d+", row["place"])] == []
    assert {row["type"] for row in rows} == {"Organization", "Person", "Place"}


def test_no_occurrence_is_for_training_and_for_measuring() -> None:
    tables = ("resolution.tsv", "resolution_training.tsv")
    one, other = ({(row["id"], row["place"]) for row in resources.table("annotations", name)} for name in tables)
    assert one & other == set()


def test_identifiers_are_those_of_listed_names() -> None:
    rows = resources.table("ko", "identifiers.tsv")
    listed = {(row["type"], row["name"]) for row in resources.table("ko", "organizations.tsv")}
    assert [row for row in rows if (row["type"], row["name"]) not in listed] == []
    assert [row for row in rows if not SCHEMES[row["scheme"]].fullmatch(row["id"])] == []
    assert [row for row in rows if not row["source"]] == []
    assert {row["scheme"] for row in rows} == SCHEMES.keys() - {"krx"}


def test_identifiers_stand_once_and_mean_one_thing() -> None:
    rows = resources.table("ko", "identifiers.tsv")
    keys = [(row["scheme"], row["name"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert rows == sorted(rows, key=lambda row: (ORDER.index(row["scheme"]), row["name"]))
    shared = Counter((row["scheme"], row["id"]) for row in rows)
    assert {one for one, count in shared.items() if count > 1 and one[0] != "wikidata"} == set()


def test_schema_has_the_relation_types_of_the_guideline() -> None:
    wanted = [
        "acquires",
        "bornIn",
        "competesWith",
        "criticizes",
        "educatedAt",
        "finances",
        "foundedBy",
        "holdsPosition",
        "investigates",
        "investsIn",
        "locatedIn",
        "meetsWith",
        "memberOf",
        "mergesWith",
        "operatesIn",
        "ownsStakeIn",
        "parentOf",
        "partnersWith",
        "produces",
        "sanctions",
        "siblingOf",
        "spouse",
        "subsidiaryOf",
        "sues",
        "supplies",
        "supports",
    ]
    assert wanted == RELATIONS


def test_entity_types_stand_under_four_top_types() -> None:
    schema = load_schema()
    assert {schema.top(name) for name in schema.entities} == set(TOP_TYPES.values())
    assert {name for name, kind in schema.entities.items() if not kind.suffixes} == set(TOP_TYPES.values())


def test_a_suffix_shows_one_subtype_of_a_top_type() -> None:
    schema = load_schema()
    owners: dict[tuple[str, str], list[str]] = {}
    for name, kind in schema.entities.items():
        for suffix in kind.suffixes:
            owners.setdefault((schema.top(name), suffix), []).append(name)
    assert {suffix: names for suffix, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize("name", RELATIONS)
def test_relation_type_has_enough_examples(name: str) -> None:
    examples = load_schema().relation(name).examples
    assert len({example.text for example in (*examples.positive, *examples.wanted)}) >= 8
    assert len({example.text for example in examples.negative}) >= 5


@pytest.mark.parametrize("name", RELATIONS)
def test_examples_name_their_ends_as_written(name: str) -> None:
    examples = load_schema().relation(name).examples
    for example in (*examples.positive, *examples.wanted):
        assert example.subject and example.object, example
        assert example.role is None or example.role in example.text
    for example in (*examples.positive, *examples.wanted, *examples.negative):
        assert (example.subject is None) == (example.object is None), example
        assert [end for end in (example.subject, example.object) if end and end not in example.text] == []


def test_plans_rumours_denials_and_ends_are_among_the_examples() -> None:
    kinds: list[RelationType] = list(load_schema().relations.values())
    assert {example.status for kind in kinds for example in kind.examples.positive} == set(STATUSES)
