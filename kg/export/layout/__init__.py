"""Positions of nodes for the page, computed ahead so that it opens at once and always the same."""

from kg.export.layout.drawing import drawing
from kg.export.layout.shapes import Box, Drawing, Place, Region

__all__ = ["Box", "Drawing", "Place", "Region", "drawing"]
