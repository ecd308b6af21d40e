from __future__ import annotations

import pytest

from kg.lang.ko.particles import ends_word, particles_after, starts_word


@pytest.mark.parametrize(
    ("word", "name", "particles"),
    [
        ("카카오와", "카카오", "와"),
        ("카카오에서는", "카카오", "에서는"),
        ("카카오로부터의", "카카오", "로부터의"),
        ("카카오측은", "카카오", "측은"),
        ("카카오였다", "카카오", "였다"),
        ("카카오", "카카오", ""),
        ("카카오(주)", "카카오", ""),
        ("카카오톡은", "카카오", None),
        ("카카오뱅크", "카카오", None),
        ("현대證", "현대", None),
    ],
)
def test_particles_between_a_name_and_the_end_of_its_word(word: str, name: str, particles: str | None) -> None:
    assert particles_after(word, len(name)) == particles
    assert ends_word(word, len(name)) is (particles is not None)


def test_a_name_starts_where_no_letter_stands_before() -> None:
    assert starts_word("카카오", 0)
    assert starts_word("‘카카오’", 1)
    assert starts_word("美카카오", 1)
    assert not starts_word("한국카카오", 2)
