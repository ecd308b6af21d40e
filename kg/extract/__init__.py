"""The extraction stage: names, coreference, relations over a spaCy pipeline."""
