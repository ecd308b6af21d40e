"""How quickly a big graph answers: `python tests/benchmarks/queries.py [RELATIONS]` (default 700,000).

Makes a graph of random entities, whose degrees are as skewed as those of newspaper graphs, with ten relation mentions
for every seven relations, and prints one line a kind of query: p50, p95 and the longest in milliseconds, and the
largest number of answers. Subjects are drawn evenly and by degree, so that hubs are asked. "first 20" reads the first
twenty answers, "all" reads every one.
"""

from __future__ import annotations

import random
import resource
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import accumulate, islice
from time import perf_counter
from typing import Any

import networkx as nx

from kg.errors import UnknownNameError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import STATUSES, Relation, relation_id
from kg.schema import load_schema

RELATIONS = 700_000
ENTITIES_TO_RELATIONS = 2 / 7
REPEATED = 2 / 7
"""Share of relations that are stated twice or thrice."""
SKEW = 0.85
"""The entity of rank r is drawn in proportion to r to the power of -SKEW: the first gets some 2 % of all ends."""
QUERIES = 1000
SYLLABLES = "가나다라마바사아자차카타파하강민성현전진동한신대우"


def made_graph(relations: int, numbers: random.Random) -> nx.MultiDiGraph[Any]:
    """Return a graph that keeps the contract; the kind of entity follows from the type drawn for each relation."""
    schema = load_schema()
    count = int(relations * ENTITIES_TO_RELATIONS)
    articles = {f"a{i:07}": _article(i, numbers) for i in range(relations // 5)}
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(schema=schema.hash, articles=articles)
    for i in range(count):
        name = "".join(numbers.choices(SYLLABLES, k=numbers.randint(3, 6)))
        graph.add_node(f"e{i:06}", **_node(name, numbers))
    types = sorted(n for n, r in schema.relations.items() if {"Organization"} <= {*r.domain} & {*r.range})
    weights = list(accumulate((rank + 1) ** -SKEW for rank in range(count)))
    left = relations
    ids = list(articles)
    while left:
        subjects, objects = (numbers.choices(range(count), cum_weights=weights, k=left) for _ in range(2))
        kinds = numbers.choices(types, weights=[1 / (rank + 1) for rank in range(len(types))], k=left)
        for subject, obj, kind in zip(subjects, objects, kinds, strict=True):
            if subject == obj:
                continue
            status = numbers.choices(STATUSES, weights=(80, 8, 5, 3, 4))[0]
            ends = (f"e{subject:06}", f"e{obj:06}")
            ends = (min(ends), max(ends)) if schema.relations[kind].symmetric else ends
            key = relation_id(kind, *ends, status)
            if not graph.has_edge(*ends, key=key):
                graph.add_edge(*ends, key=key, **_edge(kind, status, ids, numbers))
        left = relations - graph.number_of_edges()
    return graph


def _article(i: int, numbers: random.Random) -> dict[str, Any]:
    date = f"202{numbers.randint(0, 5)}-{numbers.randint(1, 12):02}-{numbers.randint(1, 28):02}"
    sha = f"{i:064x}"
    fields = {"title": f"제목 {i}", "date": date, "publisher": f"신문{i % 40}", "url": None, "language": "ko"}
    return {**fields, "sha256": sha, "original": f"a{i:07}"}


def _node(name: str, numbers: random.Random) -> dict[str, Any]:
    aliases = [f"{name}그룹"] if numbers.random() < 0.3 else []
    fields = {"name": name, "type": "Organization", "subtype": None, "aliases": aliases, "mentions": 3}
    return {**fields, "articles": 1, "article_ids": ["a0000000"], "ids": []}


def _edge(kind: str, status: str, articles: list[str], numbers: random.Random) -> dict[str, Any]:
    count = numbers.choice((2, 3)) if numbers.random() < REPEATED else 1
    evidence: list[dict[str, Any]] = [
        {
            "article": article,
            "start": 10,
            "end": 60,
            "text": f"{article}의 문장 {numbers.random()}이다.",
            "cue": [20, 24],
            **dict.fromkeys(("date", "role", "deal", "speaker")),
            "confidence": round(numbers.uniform(0.4, 1), 3),
            "extractor": "made/1",
        }
        for article in sorted(numbers.choices(articles, k=count))
    ]
    return {
        "type": kind,
        "status": status,
        **dict.fromkeys(("date", "last_date", "role", "deal")),
        "confidence": max(e["confidence"] for e in evidence),
        "articles": count,
        "sources": count,
        "evidence": evidence,
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def _timed(title: str, asked: Iterable[Any], query: Callable[[Any], Any], read: int | None) -> None:
    """Print a line for a kind of query, asked of one thing after another."""
    times, answers = [], 0
    for thing in asked:
        before = perf_counter()
        found = query(thing)
        for _ in islice(found, read):
            pass
        times.append((perf_counter() - before) * 1000)
        answers = max(answers, len(found))
    times.sort()
    middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"{title:62} {middle:9.2f} {late:9.2f} {times[-1]:9.1f} {answers:8}", flush=True)


def _of_type(graph: KnowledgeGraph, kind: str, subject: str) -> Sequence[Relation]:
    return graph.relations(subject=subject, type=kind)


def _refused(graph: KnowledgeGraph, name: str) -> Sequence[str]:
    try:
        return [graph.entity(name).name]
    except UnknownNameError as error:
        return error.nearest


def main() -> None:
    """Make the graph, ask it and print what it took."""
    numbers = random.Random(11)
    before = perf_counter()
    made = made_graph(int(sys.argv[1]) if len(sys.argv) > 1 else RELATIONS, numbers)
    nodes = list(made)
    degrees = sorted((degree for _, degree in made.degree()), reverse=True)
    mentions = sum(len(attributes["evidence"]) for *_, attributes in made.edges(data=True))
    print(f"{len(nodes)} entities, {made.number_of_edges()} relations, {mentions} mentions; degrees {degrees[:3]}")
    print(f"made in {perf_counter() - before:.0f} s; peak {_peak():.2f} GiB")
    graph = KnowledgeGraph(made)
    before = perf_counter()
    graph.relations(made.nodes[nodes[-1]]["name"] if len(graph.entities(name=nodes[-1])) == 1 else nodes[-1])
    print(f"first query, which builds the indices: {perf_counter() - before:.1f} s; peak {_peak():.2f} GiB")
    evenly = numbers.choices(nodes, k=QUERIES)
    by_degree = numbers.choices(nodes, weights=[made.degree(node) for node in nodes], k=QUERIES)
    print(f"{'milliseconds':62} {'p50':>9} {'p95':>9} {'max':>9} {'answers':>8}")
    types = ("supplies", "partnersWith", "acquires")
    for drawn, asked in (("evenly", evenly), ("by degree", by_degree)):
        for kind in types:
            for read, said in ((20, "first 20"), (None, "all")):
                title = f"relations(subject=…, type={kind}), {drawn}, {said}"
                _timed(title, asked, partial(_of_type, graph, kind), read)
        for read, said in ((20, "first 20"), (None, "all")):
            _timed(f"relations(about=…), {drawn}, {said}", asked, lambda node: graph.relations(about=node), read)
            _timed(f"neighbors(…), {drawn}, {said}", asked, graph.neighbors, read)
    names = [made.nodes[node]["name"] for node in evenly]
    _timed("entities(name=…)", names, lambda name: graph.entities(name=name), None)
    _timed("entity(…) of a name that no entity has", names[:20], lambda name: _refused(graph, f"{name}름"), None)
    print(f"peak {_peak():.2f} GiB")


if __name__ == "__main__":
    main()
