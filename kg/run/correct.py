"""Corrections made through the program: checked against the graph, added to the file, and the graph made anew."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.errors import FormatError, InputError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.graph.lookup import relation_type
from kg.resolve.corrections import Corrections, parse_corrections
from kg.run.manifest import DOCUMENTS, MANIFEST, corrected, write_manifest
from kg.run.outputs import graph_file, publish, staging, write_files
from kg.schema import Schema, load_schema
from kg.store import CORRECTIONS, DocumentStore

HEAD = """\
# Corrections of this graph by hand, replayed in this order on every build; they win over what is automatic.
"""
SHOWN = 5
"""How many articles an error lists."""
ENDS = ("entity", "subject", "object")
"""Keys of an entry's parts that name an entity."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The graph as corrected, the notes of entries that found nothing, and the entry as written to the file."""

    graph: KnowledgeGraph
    notes: tuple[str, ...]
    entry: str


def correct(out: Path, entry: Mapping[str, Any]) -> Correction:
    """Add an entry to `corrections.yaml` of a built folder and make its graph anew, from the store there.

    The entry is of the file's form (`kg.resolve.entries`), with a name wherever an id stands. What the file has already
    stays to the letter. Raises UnknownNameError for a name that no entity or several have, and InputError for an entry
    that the graph or the entries before it leave nothing to do; nothing is written then.
    """
    if not (out / DOCUMENTS).is_file():
        raise FormatError(f"{out / DOCUMENTS}: no such file; give a folder that `kg build` wrote")
    schema = load_schema()
    # The file is read under the lock of the store, so that no other process adds an entry that this one then drops.
    with DocumentStore(out, create=False, schema=schema) as store, store.writing():
        text, before = _text(out / CORRECTIONS, schema)
        graph = store.fold(before).graph(sys.maxsize)  # of the store, which may be ahead of the files
        named = _with_ids(graph, entry)
        _check_there(graph, named)
        added = _block(graph, named)
        after = parse_corrections(text + added, str(out / CORRECTIONS), schema)
        if after.entries[:-1] != before.entries:
            raise FormatError(
                f"{out / CORRECTIONS}: write it as a block list, each entry on a line beginning with '- '"
            )
        return Correction(*_rebuild(store, out, text + added, after), added)


def _text(path: Path, schema: Schema) -> tuple[str, Corrections]:
    """Return the file's text, ready for an entry more, and its entries."""
    try:
        text = path.read_bytes().decode("utf-8") if path.exists() else HEAD  # ends of lines stay, whatever they are
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(f"{path}: not readable as UTF-8 text ({error}); mend the file or take it away") from error
    return text if text.endswith("\n") or not text else f"{text}\n", parse_corrections(text, str(path), schema)


def _with_ids(graph: KnowledgeGraph, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry with ids for names, and the schema's name for the label of a relation."""
    found = dict(entry)
    for kind, value in entry.items():
        if kind in ("merge", "distinct"):
            found[kind] = _several(graph, kind, value)
        elif kind == "into" and value is not None:
            found[kind] = graph.entity(value).id
        elif isinstance(value, Mapping):
            part = {key: graph.entity(name).id if key in ENDS else name for key, name in value.items()}
            if kind == "retract" and "type" in part:
                part["type"] = relation_type(graph.schema, part["type"])
            found[kind] = {key: one for key, one in part.items() if one is not None}
    return {key: value for key, value in found.items() if value is not None}


def _several(graph: KnowledgeGraph, kind: str, names: Sequence[str]) -> list[str]:
    """Return the ids of names; raises InputError where two of them are one entity."""
    if isinstance(names, str):
        raise InputError(f"{kind}: {names!r} is one name; give a list of two or more")
    given: dict[str, str] = {}
    for name in names:
        entity = graph.entity(name)
        if entity.id in given:
            raise InputError(
                f"{given[entity.id]} and {name} are one entity already, {entity.name} ({entity.id}); `kg explain` says"
                " why, and `kg correct split` parts it by its articles"
            )
        given[entity.id] = name
    return list(given)


def _check_there(graph: KnowledgeGraph, entry: Mapping[str, Any]) -> None:
    """Raise InputError unless the articles and relations that an entry speaks of are in the graph."""
    if (split := entry.get("split")) is not None and {"entity", "articles"} <= split.keys():
        entity = graph.entity(split["entity"])
        unknown = sorted(set(split["articles"]) - set(entity.article_ids))
        if unknown:
            there = _listed(entity.article_ids)
            raise InputError(f"{entity.name} ({entity.id}) is not in article {_listed(unknown)}; it is in {there}")
        if set(split["articles"]) == set(entity.article_ids):
            raise InputError(f"{entity.name} ({entity.id}) has no other articles than these; nothing would stay of it")
    if (edge := entry.get("retract")) is not None and {"type", "subject", "object"} <= edge.keys():
        stated = graph.relations(edge["subject"], edge["object"], edge["type"], status=edge.get("status"))
        articles = {e.article for relation in stated for e in relation.evidence}
        if not articles:
            raise InputError(f"no such relation: {_described(graph, edge)}; `kg query` lists what there is")
        if edge.get("article", min(articles)) not in articles:
            where = _listed(sorted(articles))
            raise InputError(f"article {edge['article']} does not state {_described(graph, edge)}; {where} does")


def _listed(articles: Sequence[str]) -> str:
    more = [f"and {len(articles) - SHOWN} more"] if len(articles) > SHOWN else []
    return ", ".join([*articles[:SHOWN], *more])


def _described(graph: KnowledgeGraph, edge: Mapping[str, str]) -> str:
    ends = [graph.entity(edge[end]).name for end in ("subject", "object")]
    return " ".join([ends[0], edge["type"], ends[1], *filter(None, [edge.get("status")])])


def _block(graph: KnowledgeGraph, entry: Mapping[str, Any]) -> str:
    """Return an entry as YAML, after a comment with the names that its ids stand for."""
    names = ", ".join(graph.entity(one).name for one in dict.fromkeys(_ids(entry)))
    comment = "".join(char if char.isprintable() else " " for char in names)
    listed = yaml.safe_dump([dict(entry)], allow_unicode=True, sort_keys=False, width=1000, default_flow_style=None)
    return f"# {comment}\n{listed}"


def _ids(entry: Mapping[str, Any]) -> Iterator[str]:
    for kind, value in entry.items():
        if kind in ("merge", "distinct"):
            yield from value
        elif isinstance(value, Mapping):
            yield from (one for key, one in value.items() if key in ENDS)


def _rebuild(
    store: DocumentStore, out: Path, text: str, corrections: Corrections
) -> tuple[KnowledgeGraph, tuple[str, ...]]:
    """Write the outputs as corrected and return graph and notes; raises InputError where the last entry has a note."""
    from kg.export import EXPORTERS

    forms = [form for form in EXPORTERS if (out / graph_file(form)).exists()]
    with staging(out) as folder:
        made = store.fold(corrections)
        for note in made.notes:
            if note.startswith(f"entry {len(corrections.entries)} "):
                raise InputError(f"{out / CORRECTIONS}: {note}")
        left_out = write_files(store, made, folder, forms, lambda name: None)  # the store may be ahead of what is there
        found = _manifest(out, made.counts) | corrected(corrections, made.notes)
        write_manifest(found | ({"left_out": left_out} if left_out else {}), folder)
        (folder / CORRECTIONS).write_bytes(text.encode("utf-8"))
        publish(folder, out, left_out)
    return made.graph(sys.maxsize), made.notes


def _manifest(out: Path, counts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the manifest of the folder with other counts, without what is said of files and corrections."""
    path = out / MANIFEST
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        kept = {key: value for key, value in found.items() if key not in ("corrections", "files", "left_out")}
        return {**kept, "counts": {**counts, "failures": found["counts"]["failures"]}}
    except (OSError, ValueError, KeyError) as error:
        raise FormatError(f"{path}: no manifest of a build ({error}); run `kg build` again") from error
