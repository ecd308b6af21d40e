from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.distributed.components import (
    LINKS,
    UNSETTLED,
    contracted,
    for_large_star,
    large_star,
    small_star,
)
from kg.distributed.rows import Made, at_key
from kg.resolve.blocks import connected
from tests.distributed.rows import folded

KEYS = st.sampled_from([f"k{number:02}" for number in range(14)])
GROUPS = st.lists(st.lists(KEYS, min_size=1, max_size=4, unique=True).map(sorted), min_size=1, max_size=14)


def links(made: list[Made]) -> list[dict[str, str]]:
    return [{"key": one.key, "value": one.value} for one in made if one.table == LINKS]


def stars(groups: list[list[str]], chunk: int) -> tuple[dict[str, str], int]:
    """Return the first key of each key, by the steps that a cluster runs, and how many turns they took."""
    chunks = [[{"keys": [keys]} for keys in groups[at : at + chunk]] for at in range(0, len(groups), chunk)]
    made = folded((row for rows in chunks for row in contracted(rows)), large_star)
    turns = 0
    while any(one.table == UNSETTLED for one in made):
        made = folded(at_key(links(made)), small_star)
        made = folded(for_large_star(links(made)), large_star)
        turns += 1
    return {row["key"]: row["value"] for row in links(made)}, turns


@settings(max_examples=200)
@given(GROUPS, st.integers(1, 14))
def test_stars_are_the_components_of_the_local_engine(groups: list[list[str]], chunk: int) -> None:
    found, _ = stars(groups, chunk)
    first = connected(dict(enumerate(groups)))
    expected = {key: first[number] for number, keys in enumerate(groups) for key in keys}
    assert {key: found.get(key, key) for key in expected} == expected
    assert all(key > value for key, value in found.items())


def test_a_long_chain_takes_few_turns() -> None:
    names = [f"n{number:04}" for number in range(300)]
    chain = [[names[at], names[at + 1]] for at in range(299)]
    found, turns = stars(chain, 7)
    assert set(found.values()) == {"n0000"}
    assert len(found) == 299
    assert turns <= 8
