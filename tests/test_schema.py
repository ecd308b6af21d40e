from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import resources
from kg.errors import SchemaError, UnknownNameError
from kg.schema import EntityType, RelationType, load_schema

SCHEMA = load_schema()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped schemas that a test may spoil."""
    return Path(shutil.copytree(resources.schemas(), tmp_path / "schemas"))


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_types_that_texts_are_labelled_with_are_there() -> None:
    assert {kind.name for kind in SCHEMA.entities.values() if kind.parent is None} == {
        *("Organization", "Person", "Place", "Product"),
    }
    assert set(SCHEMA.relations) == {
        *("partnersWith", "finances", "investsIn", "acquires", "mergesWith", "ownsStakeIn", "subsidiaryOf"),
        *("foundedBy", "supplies", "competesWith", "holdsPosition", "memberOf", "meetsWith", "produces"),
        *("locatedIn", "operatesIn", "sues", "investigates", "sanctions", "supports", "criticizes"),
        *("spouse", "parentOf", "siblingOf", "educatedAt", "bornIn"),
    }


def test_every_type_has_labels_in_both_languages() -> None:
    kinds: list[EntityType | RelationType] = [*SCHEMA.entities.values(), *SCHEMA.relations.values()]
    assert [kind.name for kind in kinds if not (kind.labels.ko and kind.labels.en)] == []


def test_labels_name_one_type_each() -> None:
    for table in (SCHEMA.entities, SCHEMA.relations):
        labels = [kind.labels.ko for kind in table.values()]
        assert sorted(set(labels)) == sorted(labels)


def test_top_and_allows_follow_the_parents() -> None:
    assert SCHEMA.top("Company") == "Organization"
    assert SCHEMA.allows("holdsPosition", "Person", "Company")
    assert not SCHEMA.allows("holdsPosition", "Company", "Person")


def test_an_unknown_type_offers_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean partnersWith"):
        SCHEMA.relation("partnerWith")
    with pytest.raises(UnknownNameError, match="did you mean Company"):
        SCHEMA.entity("Compny")


def test_the_hash_changes_with_the_files(folder: Path) -> None:
    assert load_schema(folder).hash == SCHEMA.hash
    other = folder.with_name("other")
    shutil.copytree(folder, other)
    spoil(other / "relations" / "partnersWith.yaml", "ko: 제휴", "ko: 협력 관계")
    assert load_schema(other).hash != SCHEMA.hash


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("relations/partnersWith.yaml", "symmetric: true", "symetric: true", r"partnersWith\.yaml: symetric"),
        ("relations/partnersWith.yaml", "domain: [Organization]", "domain: [Firm]", "'Firm' is no entity type"),
        ("relations/partnersWith.yaml", "domain: [Organization]", "domain: [Person]", "same domain and range"),
        ("relations/partnersWith.yaml", "name: partnersWith", "name: [", "not readable YAML"),
        ("relations/partnersWith.yaml", "wdt:P2652", "nowhere:P2652", "prefix of 'nowhere:P2652'"),
        ("entities/Company.yaml", "parent: Organization", "parent: Firm", "parent 'Firm' is no entity type"),
    ],
)
def test_a_wrong_file_is_named(folder: Path, file: str, old: str, new: str, message: str) -> None:
    spoil(folder / file, old, new)
    with pytest.raises(SchemaError, match=message):
        load_schema(folder)


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="not readable YAML"):
        load_schema(tmp_path)
