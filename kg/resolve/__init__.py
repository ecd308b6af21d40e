"""From entities within documents to the canonical entities of a graph."""

from kg.resolve.resolution import Resolution, resolve

__all__ = ["Resolution", "resolve"]
