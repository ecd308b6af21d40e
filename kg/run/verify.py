"""Rechecks the evidence of a graph: every quotation against its article, to the character."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.codec import read_documents
from kg.errors import FormatError
from kg.graph.reading import read_checked
from kg.model import Document, Failure, RelationMention
from kg.run.manifest import DOCUMENTS
from kg.schema import load_schema


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
    evidence: it is a relation of its article, whose text has the hash that the graph gives; its words count unless the
    graph has none (`--no-text`).
    """
    if not (folder / DOCUMENTS).is_file():
        raise FormatError(f"{folder / DOCUMENTS}: no such file; give a folder that `kg build` wrote")
    found = Verification()
    known: dict[tuple[Any, ...], str] = {}
    hashes: dict[str, str] = {}
    for document in read_documents(folder / DOCUMENTS):
        found.articles += 1
        hashes[document.id] = document.sha256
        for relation in document.relations:
            found.relations += 1
            found.problems += _problems(document, relation)
            named = _named(document, relation)
            found.named, found.resolved = found.named + named, found.resolved + (not named)
            e = relation.evidence
            known[document.id, e.start, e.end, *e.cue, relation.type] = e.text
    graph = read_checked(folder, load_schema())
    for where, edge in _edges(graph):
        found.edges += 1
        for source in edge["evidence"]:
            place = (source["article"], source["start"], source["end"], *source["cue"], edge["type"])
            if place not in known or source["text"] not in ("", known[place]):
                found.problems.append(f"{where}: no such relation at {_place(source)}")
    for article, attributes in graph.graph["articles"].items():
        if article in hashes and hashes[article] != attributes["sha256"]:
            found.problems.append(f"article {article}: its text is not the one that the graph was made of")
    return found


def verify_against(graph: Path, articles: Sequence[str], *, clean: bool = True) -> Verification:
    """Check every quotation of a graph file or folder against articles; raises FormatError and InputError.

    `articles` are files, folders and globs as `kg build` takes them, or a documents.jsonl; they are read as they were
    for the graph (`clean`), and known by the hash of their text, so a graph without text can be checked too.
    """
    found = Verification()
    read = read_checked(graph, load_schema())
    wanted = {article: attributes["sha256"] for article, attributes in read.graph["articles"].items()}
    hashes = set(wanted.values())
    read_again = _documents(articles, clean)
    given = {key: document.text for document in read_again if (key := document.sha256) in hashes}
    texts = {article: given[key] for article, key in wanted.items() if key in given}
    found.articles = len(texts)
    missing = set()
    for where, edge in _edges(read):
        found.edges += 1
        for source in edge["evidence"]:
            found.relations += 1
            if source["article"] not in texts:
                missing.add(source["article"])
            elif not _stands(texts[source["article"]], source):
                found.problems.append(f"{where}: not what stands at {_place(source)}")
    advice = "give it as it was when the graph was made, with --no-clean if it was so then"
    found.problems += [f"article {article}: no article given has its text; {advice}" for article in sorted(missing)]
    return found


def _documents(articles: Sequence[str], clean: bool) -> Iterator[Document]:
    from kg.ingest import ReadOptions, read_articles, to_document

    listed = [path for path in articles if Path(path).name == DOCUMENTS]
    for path in listed:
        yield from read_documents(Path(path))
    others = [path for path in articles if path not in listed]
    for article in read_articles(others, options=ReadOptions(clean=clean, language="und")) if others else ():
        if not isinstance(article, Failure):
            yield to_document(article)


def _edges(graph: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what each edge is called in a problem, and its attributes."""
    for subject, obj, key, edge in graph.edges(keys=True, data=True):
        yield f"edge {key} ({graph.nodes[subject]['name']} {edge['type']} {graph.nodes[obj]['name']})", edge


def _place(source: dict[str, Any]) -> str:
    return f"{source['start']}-{source['end']} of article {source['article']}"


def _stands(text: str, source: dict[str, Any]) -> bool:
    start, end, (first, last) = source["start"], source["end"], source["cue"]
    inside = 0 <= start <= first < last <= end <= len(text)
    return inside and source["text"] in ("", text[start:end])


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
