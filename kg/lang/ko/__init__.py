"""Korean: morphemes, particles, names, dates."""
