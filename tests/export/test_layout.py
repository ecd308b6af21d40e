from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.layout import Box, positions

NAMES = [f"노드{number}" for number in range(40)]
BOX: Box = (80.0, 40.0)
RING = [(NAMES[i], NAMES[(i * 7 + 3) % 30]) for i in range(30)]


def overlapping(places: dict[str, tuple[int, int]], box: Box) -> list[tuple[str, str]]:
    return [
        (a, b)
        for a, b in combinations(sorted(places), 2)
        if abs(places[a][0] - places[b][0]) < box[0] and abs(places[a][1] - places[b][1]) < box[1]
    ]


def test_no_name_covers_another() -> None:
    assert overlapping(positions(RING, dict.fromkeys(NAMES, BOX)), BOX) == []


def test_the_order_of_edges_and_nodes_does_not_matter() -> None:
    forward = positions(RING, dict.fromkeys(NAMES, BOX))
    backward = positions([(b, a) for a, b in reversed(RING)], dict.fromkeys(reversed(NAMES), BOX))
    assert forward == backward


def test_nothing_one_and_two() -> None:
    assert positions([], {}) == {}
    assert positions([], {"가": BOX}) == {"가": (40, 20)}
    assert positions([("가", "나")], {"가": BOX, "나": BOX}) == {"가": (40, 20), "나": (175, 20)}


def test_edges_to_nodes_without_a_place_are_left_out() -> None:
    assert positions([("가", "다"), ("가", "가")], {"가": BOX}) == {"가": (40, 20)}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=60))
def test_every_node_of_any_graph_gets_its_own_place(edges: list[tuple[str, str]]) -> None:
    places = positions(edges, dict.fromkeys(NAMES, BOX))
    assert (sorted(places), len(set(places.values()))) == (sorted(NAMES), len(NAMES))
