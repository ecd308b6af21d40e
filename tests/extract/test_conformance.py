from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import ExtractionError
from kg.extract.conformance import CHECKS, Finding, Trial, check_extractor
from tests.extract import broken_stages as broken
from tests.extract.broken_stages import TEXTS, Good

Check = Callable[[Trial], None]
BY_NAME = {name: check for check, name in CHECKS.items()}
BROKEN: list[tuple[str, type[Good], str]] = [
    ("name and version are texts and stay", broken.Versionless, "its version is ''"),
    ("name and version are texts and stay", broken.Slashed, "'1/2' has a slash"),
    ("name and version are texts and stay", broken.Restless, r"became .*'2'"),
    ("documents, their order, ids and texts stay", broken.Forgetful, "came back as"),
    ("documents, their order, ids and texts stay", broken.Reordering, "keep every document and their order"),
    ("documents, their order, ids and texts stay", broken.Retitling, "changed title"),
    ("the input is untouched", broken.Emptying, "have changed"),
    ("the input is untouched", broken.Marking, "have changed"),
    ("any text is taken", broken.Encoding, r"fails on surrogates \(UnicodeEncodeError"),
    ("nothing is found in no text", broken.Inventive, "document empty: found something in no text"),
    ("names are found", broken.Blind, "no name in 3 articles"),
    ("offsets are true", broken.Shifted, "'Acme' is not at 6"),
    ("offsets are true", broken.Doubled, "mentions overlap"),
    ("types are in the schema", broken.Narrow, "type 'Company', none of"),
    ("types are in the schema", broken.Misplaced, "subtype 'City' is not one of Organization"),
    ("types are in the schema", broken.Twinned, "two entities have one id"),
    ("relations are in the schema", broken.Marrying, "may not join Organization and Organization"),
    ("relations are in the schema", broken.Coining, "no such relation in the schema"),
    ("relations are in the schema", broken.Reflexive, "does not join two entities"),
    ("status, date, confidence and extractor are well formed", broken.Rumouring, "status 'rumoured' is none of actual"),
    ("status, date, confidence and extractor are well formed", broken.Overconfident, "70.0 is not between 0 and 1"),
    ("status, date, confidence and extractor are well formed", broken.Casual, "'yesterday' is not ISO 8601"),
    ("status, date, confidence and extractor are well formed", broken.Anonymous, "does not name its extractor"),
    ("evidence holds its cue and its ends are in the article", broken.Cueless, "lies outside its evidence"),
    ("evidence holds its cue and its ends are in the article", broken.Ghostly, "'Wayne Enterprises' is nowhere"),
    ("the same again", broken.Counting, "other mentions the second time"),
    ("the same in other batches", broken.Batching, "other relations in one batch"),
    ("the same in other processes", broken.Hashing, "other entities in another process"),
    ("the same in other processes", broken.Unpicklable, r"cannot be pickled"),
    ("no connection is opened", broken.Dialling, "127.0.0.1"),
    ("nothing is written where one works", broken.Littering, r"writes notes\.txt in the working directory"),
]


@pytest.fixture(scope="module")
def good() -> Trial:
    return Trial(Good(), "en", texts=TEXTS)


@pytest.mark.parametrize("check", CHECKS, ids=CHECKS.get)
def test_a_good_stage_passes(good: Trial, check: Check) -> None:
    check(good)


@pytest.mark.parametrize(("name", "stage", "said"), BROKEN, ids=[stage.__name__ for _, stage, _ in BROKEN])
def test_each_check_can_fail(
    name: str, stage: type[Good], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExtractionError, match=said):
        BY_NAME[name](Trial(stage(), "en", texts=TEXTS))


def test_every_check_is_broken_by_a_stage() -> None:
    assert {name for name, *_ in BROKEN} == set(CHECKS.values())


def test_findings_name_every_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = check_extractor(broken.Littering(), "en", texts=TEXTS)
    assert [one.check for one in found] == list(CHECKS.values())
    assert [one for one in found if not one.kept] == [
        Finding(
            "nothing is written where one works",
            False,
            "writes notes.txt in the working directory; use a temporary folder",
        )
    ]


def test_connections_are_let_through_where_they_are_allowed() -> None:
    trial = Trial(broken.Dialling(), "en", texts=TEXTS, network=True)
    BY_NAME["no connection is opened"](trial)


def test_the_korean_extractor_passes() -> None:
    assert [one for one in check_extractor("korean") if not one.kept] == []
