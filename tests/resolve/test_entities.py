from __future__ import annotations

from dataclasses import replace

from kg.model import Entity
from kg.resolve import Appearance
from kg.resolve.entities import make_entity, surfaces

SHORT = Appearance("a", "e0", "Organization", "국민의 힘", "국민의힘", (), None, 1, None, (), (), (), (), ())
LONG = replace(
    SHORT, document="b", entity="e3", name="국민의힘", aliases=("국힘",), subtype="PoliticalParty", mentions=2
)
AGAIN = replace(SHORT, document="b", entity="e4", subtype="Company")


def test_an_entity_is_what_its_appearances_say_together() -> None:
    assert make_entity("e1", [AGAIN, LONG, SHORT], ["PPP"]) == Entity(
        id="e1",
        name="국민의 힘",
        type="Organization",
        aliases=("PPP", "국민의힘", "국힘"),
        subtype="Company",
        mentions=4,
        articles=2,
        article_ids=("a", "b"),
    )


def test_surfaces_are_names_and_aliases() -> None:
    assert surfaces([SHORT, LONG]) == {"국민의 힘", "국민의힘", "국힘"}
