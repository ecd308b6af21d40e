"""Loads the lexicon: seed gazetteers and the typed multi-word names of Kiwi's own dictionary."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

from kg import resources
from kg.errors import ResourceError
from kg.extract.recogniser.clusters import Clusters
from kg.extract.recogniser.lexicon import Lexicon
from kg.extract.recogniser.units import Splitter
from kg.schema import load_schema

SEED_FILES = ("organizations.tsv", "places.tsv", "products.tsv")
PEOPLE = ("Q5", "Q15632617")
"""Wikidata classes of Kiwi's dictionary: human, fictional human."""
PART_MINIMUM = 3
"""People of Kiwi's dictionary that must share a word before it counts as a given or family name."""


@lru_cache(maxsize=1)
def typed_names() -> dict[str, list[str]]:
    """Return the names of kiwipiepy_model's multi.dict by Wikidata class id; raises ResourceError without it."""
    import kiwipiepy_model

    path = Path(kiwipiepy_model.__file__).parent / "multi.dict"
    if not path.exists():
        raise ResourceError(f"{path} is missing; reinstall kiwipiepy_model")
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            name, _, note = line.partition("\t")
            _, mark, qid = note.rstrip("\n").rpartition("# ")
            if mark and qid.startswith("Q"):
                found.setdefault(qid, []).append(name)
    return found


@lru_cache(maxsize=2)
def name_parts(place: int) -> frozenset[str]:
    """Return the words that several people of Kiwi's dictionary share at a place of their names: 0 first, -1 last."""
    people = (name for qid, names in typed_names().items() if qid in PEOPLE for name in names)
    counts = Counter(name.split()[place] for name in people)
    return frozenset(word for word, count in counts.items() if count >= PART_MINIMUM)


def load_lexicon() -> Lexicon:
    """Return the lexicon of everything known at run time."""
    lexicon = Lexicon()
    for qid, names in typed_names().items():
        lexicon.add(names, f"m:{qid}")
    lexicon.add(name_parts(0), "pf")
    lexicon.add(name_parts(-1), "pl")
    for name in SEED_FILES:
        for row in resources.table("ko", name):
            lexicon.add([row["name"]], f"k:{row['type'][:3]}:{row['subtype'][:4]}")
    return lexicon


def surnames() -> frozenset[str]:
    """Return the Korean surnames of `seeds/ko/surnames.tsv`."""
    return frozenset(row["name"] for row in resources.table("ko", "surnames.tsv"))


def words(use: str) -> tuple[str, ...]:
    """Return the words of `seeds/ko/name_words.tsv` with one use, in the order of the table."""
    return tuple(row["word"] for row in resources.table("ko", "name_words.tsv") if row["use"] == use)


def endings(top: str) -> list[str]:
    """Return the endings, of two syllables or more, that the schema lists for the subtypes of a type."""
    schema = load_schema()
    kinds = (kind for kind in schema.entities.values() if kind.parent is not None and schema.top(kind.name) == top)
    return sorted({ending for kind in kinds for ending in kind.suffixes if len(ending) > 1})


def splitter(clusters: Clusters) -> Splitter:
    """Return what turns morphemes into units; `clusters` covers the lexicon of Kiwi's language model."""
    places = [row["name"] for row in resources.table("ko", "places.tsv") if len(row["name"]) > 1]
    return Splitter(clusters, words("country_pair"), words("outside_tail"), places, surnames())
