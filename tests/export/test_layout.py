from __future__ import annotations

from itertools import combinations
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.contract import check_graph
from kg.export.layout import Box, Drawing, Place, drawing
from kg.schema import load_schema
from tests.benchmarks.made_news import made_news_graph

NAMES = [f"노드{number}" for number in range(40)]
BOX: Box = (80.0, 40.0)
RING = {(NAMES[i], NAMES[(i * 7 + 3) % 30]): 1.0 for i in range(30)}
Pairs = dict[tuple[str, str], float]


def joined(nodes: int, edges: int) -> tuple[Pairs, dict[str, Box]]:
    """Return the pairs of a generated graph, and boxes as the page makes them, best connected first."""
    graph = made_news_graph(nodes, edges)
    check_graph(graph, load_schema())
    pairs: Pairs = {}
    for a, b, attributes in graph.edges(data=True):
        pair = (min(a, b), max(a, b))
        pairs[pair] = pairs.get(pair, 0) + attributes["sources"]
    ranked = sorted(graph, key=lambda node: (-graph.degree(node), node))
    return pairs, {node: (60.0, 40.0 + min(graph.degree(node), 20)) for node in ranked}


@pytest.fixture(scope="module")
def large() -> tuple[Pairs, dict[str, Box], Drawing]:
    pairs, boxes = joined(800, 1600)
    return pairs, boxes, drawing(pairs, boxes)


def overlapping(places: dict[str, Place], box: Box) -> list[tuple[str, str]]:
    return [
        (a, b)
        for a, b in combinations(sorted(places), 2)
        if abs(places[a].x - places[b].x) < box[0] and abs(places[a].y - places[b].y) < box[1]
    ]


def test_no_name_of_a_small_graph_covers_another() -> None:
    assert overlapping(drawing(RING, dict.fromkeys(NAMES, BOX)).places, BOX) == []


def test_only_ids_weights_and_ranks_matter(large: tuple[Pairs, dict[str, Box], Drawing]) -> None:
    for pairs, boxes in ((RING, dict.fromkeys(NAMES, BOX)), large[:2]):
        turned = {(b, a): weight for (a, b), weight in reversed(pairs.items())}
        assert drawing(turned, boxes) == drawing(pairs, boxes)


def test_nothing_one_and_two() -> None:
    assert drawing({}, {}) == Drawing({}, [], [])
    assert drawing({}, {"가": BOX}) == Drawing({"가": Place(40, 20, 0)}, [], [0])
    places = {"가": Place(40, 20, 0), "나": Place(175, 20, 0)}
    assert drawing({("가", "나"): 1}, {"가": BOX, "나": BOX}) == Drawing(places, [], [0])


def test_pairs_of_nodes_without_a_box_are_left_out() -> None:
    assert drawing({("가", "다"): 1, ("가", "가"): 1}, {"가": BOX}).places == {"가": Place(40, 20, 0)}


def test_nodes_that_nothing_joins_stand_below_the_rest_in_order_of_importance() -> None:
    places = drawing({("가", "나"): 1}, dict.fromkeys(["라", "가", "나", "다"], BOX)).places
    assert places["라"].y == places["다"].y > max(places["가"].y, places["나"].y) + 40
    assert places["라"].x < places["다"].x


def test_two_groups_with_one_tie_are_two_communities_and_regions() -> None:
    press = [f"신문{number}" for number in range(12)]
    banks = [f"은행{number}" for number in range(10)]
    pairs = {pair: 1.0 for group in (press, banks) for pair in combinations(group, 2)}
    found = drawing(pairs | {("신문0", "은행0"): 1}, dict.fromkeys([*press, *banks], BOX))
    assert [found.places[node].community for node in (*press, *banks)] == [0] * 12 + [1] * 10
    assert [region.members for region in found.regions] == [tuple(press), tuple(banks)]


def test_regions_of_a_large_graph_lie_apart_and_hold_their_members(
    large: tuple[Pairs, dict[str, Box], Drawing],
) -> None:
    places, regions, _ = large[2]
    ranks = {node: rank for rank, node in enumerate(large[1])}
    assert len(regions) > 5
    for number, region in enumerate(regions):
        assert sorted(region.members, key=ranks.__getitem__) == list(region.members)
        assert {places[node].community for node in region.members} == {number}
        assert max(dist((region.x, region.y), places[node][:2]) for node in region.members) <= region.radius + 2
    assert [len(r.members) for r in regions] == sorted((len(r.members) for r in regions), reverse=True)
    for one, other in combinations(regions, 2):
        assert dist((one.x, one.y), (other.x, other.y)) > one.radius + other.radius


def test_circles_of_a_large_graph_do_not_overlap(large: tuple[Pairs, dict[str, Box], Drawing]) -> None:
    _, boxes, (places, _, _) = large
    sides = {node: min(box) for node, box in boxes.items()}
    assert [
        (a, b) for a, b in combinations(boxes, 2) if dist(places[a][:2], places[b][:2]) < (sides[a] + sides[b]) / 2
    ] == []


def test_the_first_nodes_of_a_large_graph_stand_apart_in_the_overview(
    large: tuple[Pairs, dict[str, Box], Drawing],
) -> None:
    _, boxes, (places, _, _) = large
    wide, high = (max(p[axis] for p in places.values()) for axis in (0, 1))
    scale = min(1200 / wide, 800 / high)
    first = [places[node][:2] for node in list(boxes)[:400]]
    assert sum(dist(a, b) * scale < 14 for a, b in combinations(first, 2)) <= 4


def test_a_large_graph_is_as_wide_as_a_screen(large: tuple[Pairs, dict[str, Box], Drawing]) -> None:
    places = large[2].places.values()
    assert 1.2 < max(p.x for p in places) / max(p.y for p in places) < 2.2


def test_a_star_larger_than_any_small_graph_keeps_its_hub_near_the_middle() -> None:
    leaves = [f"기자{number:03}" for number in range(400)]
    places, regions, _ = drawing({("신문", leaf): 1 for leaf in leaves}, dict.fromkeys(["신문", *leaves], BOX))
    (region,) = regions
    assert dist((region.x, region.y), places["신문"][:2]) < region.radius / 3


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=60))
def test_every_node_of_any_graph_gets_its_own_place(edges: list[tuple[str, str]]) -> None:
    places = drawing(dict.fromkeys(edges, 1.0), dict.fromkeys(NAMES, BOX)).places
    assert (sorted(places), len({place[:2] for place in places.values()})) == (sorted(NAMES), len(NAMES))


@settings(max_examples=10)
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_every_node_of_any_large_graph_gets_its_own_place(numbers: object, most: int) -> None:
    nodes = [f"노드{number:03}" for number in range(330)]
    draw = numbers.choice  # type: ignore[attr-defined]
    pairs = {(node, draw(nodes[: 1 + number // most])): 1.0 for number, node in enumerate(nodes)}
    boxes = {node: (draw((14.0, 90.0, 260.0)), draw((14.0, 64.0))) for node in nodes}
    places = drawing(pairs, boxes).places
    assert [
        (a, b)
        for a, b in combinations(nodes, 2)
        if dist(places[a][:2], places[b][:2]) < (min(boxes[a]) + min(boxes[b])) / 2
    ] == []
