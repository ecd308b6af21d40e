"""The fold as group-bys: what `kg.resolve` and `kg.graph.assemble` do at once, each part for the rows of one key.

Every function here is pure and takes rows in any order. Of a shard's rows (`kg.distributed.shards`) those without a
`line` have failed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from kg.codec import relation_from_dict
from kg.distributed.components import LINKS, star_of
from kg.distributed.rows import Keyed, Made, Record, Values, of_kind
from kg.graph import assemble
from kg.ingest.sources import STAGE
from kg.model import Failure, relation_id
from kg.resolve import Appearance, copies, resolve_block
from kg.resolve.identifiers import identifier_table, names_of
from kg.resolve.likeness import Fingerprint
from kg.schema import load_schema
from kg.store.records import dump, record_from_json, record_to_json

DROPPED = "#dropped: "
OF_SOURCE = ("publisher", "language", "original")
"""What an edge needs to know of the articles that state it."""

_schema = lru_cache(maxsize=1)(load_schema)


def known(rows: Iterable[Record]) -> Iterator[Keyed]:
    """Emit the articles by id, and what failed."""
    for row in rows:
        if row["id"]:
            yield Keyed(row["id"], "article", dump([*row["at"], row["source"], row["digest"]]))
        if row["failure"]:
            yield Keyed(row["id"] or row["source"], "failure", dump([row["source"], *json.loads(row["failure"])]))


def once(id: str, values: Values) -> Iterator[Made]:
    """Make the failures, and of each article but the first of an id its place and the failure that it is."""
    for failure in of_kind(values, "failure"):
        yield Made("failures", id, asdict(Failure(*json.loads(failure))))
    found = sorted(json.loads(value) for value in of_kind(values, "article"))
    for shard, number, source, digest in found[1:]:
        said = "the same text" if digest == found[0][3] else "another text; give each article its own id"
        yield Made("repeated", id, dump([shard, number]))
        message = f"duplicate: an earlier article has id {id!r} and {said}"
        yield Made("failures", id, asdict(Failure(source, STAGE, message)))


def named(rows: Iterable[Record]) -> Iterator[Keyed]:
    """Emit each appearance at its first blocking key."""
    for row in rows:
        for record, keys in zip(row["appearances"] or (), row["keys"] or (), strict=True):
            yield Keyed(keys[0], "appearance", record)


def placed(key: str, values: Values) -> Iterator[Made]:
    """Make the appearances of a key those of its block."""
    block = star_of(key, values, "star")
    yield from (Made("placed", block, record) for record in of_kind(values, "appearance"))


def resolved(key: str, values: Values) -> Iterator[Made]:
    """Make the entities of a block, which entity each of its appearances is, and the bearers of names in the tables."""
    found = resolve_block(sorted((record_from_json(Appearance, one) for _, one in values), key=lambda one: one.member))
    for (article, entity), canonical in found.canonical.items():
        yield Made("members", article, dump([entity, canonical, found.entities[canonical].type]))
    for id, one in sorted(found.entities.items()):
        yield Made("things", id, record_to_json(one))
        yield from (Made("bearers", dump(name), id) for name in names_of(one) if name in identifier_table())


def banded(rows: Iterable[Record]) -> Iterator[Keyed]:
    """Emit each article at its bands."""
    for row in rows:
        if row["fingerprint"]:
            yield from (Keyed(band, "", row["id"]) for band in record_from_json(Fingerprint, row["fingerprint"]).bands)


def meeting(band: str, values: Values) -> Iterator[Made]:
    """Link the articles of a band to the first of them."""
    first, *others = sorted({article for _, article in values})
    yield from (Made(LINKS, other, first) for other in others)


def printed(rows: Iterable[Record]) -> Iterator[Keyed]:
    """Emit the fingerprint of each article."""
    return (Keyed(row["id"], "print", row["fingerprint"]) for row in rows if row["fingerprint"])


def stars_and_centres(rows: Iterable[Record]) -> Iterator[Keyed]:
    """Emit the links of components at both ends, so that the first of a component is known to be in one."""
    for row in rows:
        yield Keyed(row["key"], "star", row["value"])
        yield Keyed(row["value"], "star", row["value"])


def gathered(article: str, values: Values) -> Iterator[Made]:
    """Make the fingerprint of an article that meets others one of its component."""
    if of_kind(values, "star"):
        yield from (Made("prints", star_of(article, values, "star"), one) for one in of_kind(values, "print"))


def copied(key: str, values: Values) -> Iterator[Made]:
    """Make the originals of the copies in a component."""
    found = copies.originals(record_from_json(Fingerprint, one) for _, one in values)
    yield from (Made("originals", copy, original) for copy, original in found.items())


def told(rows: Iterable[Record]) -> Iterator[Keyed]:
    """Emit what each article is and states."""
    for row in rows:
        if row["line"]:
            yield Keyed(row["id"], "about", row["about"])
            yield Keyed(row["id"], "relations", row["relations"])


def stated(article: str, values: Values) -> Iterator[Made]:
    """Make an article's attributes and, for the edge of each relation that it states, the evidence."""
    ends = {entity: (id, kind) for entity, id, kind in map(json.loads, of_kind(values, "member"))}
    (about,), (relations,) = of_kind(values, "about"), of_kind(values, "relations")
    original = next(iter(of_kind(values, "original")), article)
    attributes: dict[str, Any] = {**assemble.article_attributes(*[*json.loads(about), original])}
    yield Made("sources", article, dump(attributes))
    source = {key: attributes[key] for key in OF_SOURCE}
    for mention in map(relation_from_dict, json.loads(relations)):
        key = assemble.placed(article, mention, ends[mention.subject], ends[mention.object], _schema(), ())
        if isinstance(key, str):
            yield Made(DROPPED + key)
        else:
            yield Made("statements", dump(key), dump([assemble.evidence_attributes(article, mention), source]))


def joined(key: str, values: Values) -> Iterator[Made]:
    """Make an edge of all its evidence: its id, ends and attributes, and the languages of the articles."""
    kind, subject, obj, status = json.loads(key)
    found = [json.loads(value) for _, value in values]
    articles = {evidence["article"]: attributes for evidence, attributes in found}
    edge = assemble.edge_attributes(kind, status, [evidence for evidence, _ in found], articles)
    languages = {article: attributes["language"] for article, attributes in articles.items()}
    yield Made("edges", relation_id(kind, subject, obj, status), dump([subject, obj, edge, languages]))
