"""From entities within documents to the canonical entities of a graph."""

from kg.resolve.appearances import Appearance, Key, Member, appearances, blocking_keys
from kg.resolve.resolution import Resolution, resolve, resolve_block

__all__ = ["Appearance", "Key", "Member", "Resolution", "appearances", "blocking_keys", "resolve", "resolve_block"]
