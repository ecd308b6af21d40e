"""Rechecks the evidence of a build: every quotation against its article, to the character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.codec import read_documents
from kg.errors import FormatError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Document, RelationMention
from kg.run.manifest import DOCUMENTS


@dataclass(slots=True)
class Verification:
    """Counts of the evidence checked, and what is wrong, a line each.

    `named` counts sentences that name both ends, `resolved` those that leave one to the discourse, which names it
    elsewhere in the article.
    """

    articles: int = 0
    relations: int = 0
    named: int = 0
    resolved: int = 0
    edges: int = 0
    problems: list[str] = field(default_factory=list)


def verify(folder: Path) -> Verification:
    """Check documents.jsonl of a build, then every edge of its graph.json against them; raises FormatError.

    Of a relation: the article's text at the offsets is the quotation and the cue lies inside it, which reading the
    document makes sure of, and each end is named in the article, in the sentence itself or outside it. Of an edge's
    evidence: it is a relation of its article.
    """
    if not (folder / DOCUMENTS).is_file():
        raise FormatError(f"{folder / DOCUMENTS}: no such file; give a folder that `kg build` wrote")
    found = Verification()
    known: set[tuple[str, int, int, str, tuple[int, int], str]] = set()
    for document in read_documents(folder / DOCUMENTS):
        found.articles += 1
        for relation in document.relations:
            found.relations += 1
            found.problems += _problems(document, relation)
            named = _named(document, relation)
            found.named, found.resolved = found.named + named, found.resolved + (not named)
            e = relation.evidence
            known.add((document.id, e.start, e.end, e.text, e.cue, relation.type))
    for edge in KnowledgeGraph.load(folder):
        found.edges += 1
        for source in edge.evidence:
            quoted = (source.start, source.end, source.text, source.cue)
            if (source.article, *quoted, edge.type) not in known:
                ends = f"{edge.subject.name} {edge.type} {edge.object.name}"
                place = f"{source.start}-{source.end} of article {source.article}"
                found.problems.append(f"edge {edge.id} ({ends}): no such relation at {place}")
    return found


def _problems(document: Document, relation: RelationMention) -> Iterator[str]:
    e = relation.evidence
    where = f"article {document.id}: {relation.type} at {e.start}-{e.end}"
    mentioned = {mention.entity for mention in document.mentions}
    for end in (relation.subject, relation.object):
        if end not in mentioned:
            yield f"{where}: {document.entity(end).name} is named nowhere in the article"


def _named(document: Document, relation: RelationMention) -> bool:
    """Say whether the sentence names both ends itself."""
    e = relation.evidence
    inside = {m.entity for m in document.mentions if e.start <= m.start and m.end <= e.end}
    return {relation.subject, relation.object} <= inside
