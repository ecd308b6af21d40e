from __future__ import annotations

from kg.model import Entity
from kg.resolve import Appearance
from kg.resolve.entities import make_entity, surfaces

SHORT = Appearance("a", "e0", "Organization", "국민의 힘", (), None, 1)
LONG = Appearance("b", "e3", "Organization", "국민의힘", ("국힘",), "PoliticalParty", 2)
AGAIN = Appearance("b", "e4", "Organization", "국민의 힘", (), "Company", 1)


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
