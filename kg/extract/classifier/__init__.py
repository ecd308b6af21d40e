"""A linear classifier of pairs of entities: what relation a sentence states between them, if any."""
