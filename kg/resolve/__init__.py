"""From document entities to canonical entities."""
