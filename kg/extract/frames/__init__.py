"""Relations by frames: phrases and clauses of a sentence, the events and nouns that state relations, their status."""
