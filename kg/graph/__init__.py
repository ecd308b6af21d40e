"""From documents to the NetworkX graph, and the KnowledgeGraph around it."""
