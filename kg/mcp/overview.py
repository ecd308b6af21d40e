"""The vocabulary of a graph, and counts of what it holds."""

from __future__ import annotations

from collections import Counter

from kg.graph.knowledge_graph import KnowledgeGraph
from kg.mcp.records import EntityTypeShown, RelationTypeShown, SchemaAnswer, SummaryAnswer
from kg.mcp.showing import named, ref
from kg.mcp.wording import MEANING
from kg.model import STATUSES
from kg.schema import Labels, Schema

PUBLISHERS = 20
MENTIONED = 10
"""Publishers and entities that the summary lists."""


def label(labels: Labels) -> str:
    """Return a name of a type in both languages."""
    return f"{labels.ko} ({labels.en})"


def schema_shown(schema: Schema) -> SchemaAnswer:
    """Return the types of a schema and what statuses mean."""
    return SchemaAnswer(
        entity_types=[
            EntityTypeShown(
                name=kind.name, label=label(kind.labels), description=kind.description.en, parent=kind.parent
            )
            for _, kind in sorted(schema.entities.items())
        ],
        relation_types=[
            RelationTypeShown(
                name=kind.name,
                label=label(kind.labels),
                description=kind.description.en,
                subject_types=list(kind.domain),
                object_types=list(kind.range),
                symmetric=kind.symmetric,
            )
            for _, kind in sorted(schema.relations.items())
        ],
        statuses={status: MEANING[status] for status in STATUSES},
    )


def summary_shown(graph: KnowledgeGraph) -> SummaryAnswer:
    """Return counts of what a graph holds, the dates of its articles and who published most of them."""
    counts, articles = graph.summary(), graph.article_attributes.values()
    dates = sorted(article["date"] for article in articles if article["date"] is not None)
    publishers = Counter(named(article["publisher"]) or "unknown" for article in articles)
    return SummaryAnswer(
        articles=counts["articles"],
        first_published=dates[0] if dates else None,
        last_published=dates[-1] if dates else None,
        evidence=counts["evidence"],
        entities=counts["entities"],
        relations=counts["relations"],
        publishers=dict(sorted(publishers.items(), key=lambda item: (-item[1], item[0]))[:PUBLISHERS]),
        most_mentioned=[ref(entity) for entity in graph.entities()[:MENTIONED]],
    )
