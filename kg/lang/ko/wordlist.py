"""Short word lists written as text, one blank or line break between words."""

from __future__ import annotations


def words(listing: str) -> tuple[str, ...]:
    """Return the words of a listing in order."""
    return tuple(listing.split())
