"""Mentions of one thing within an article: what is no name, aliases, people by title, repeats, clusters, anaphors."""
