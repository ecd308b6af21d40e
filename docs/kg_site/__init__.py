"""The documentation site: pages of the repository as they are, and references made of the code and the schema."""
