"""A vault of Markdown for Obsidian: a page an entity, a page an article, and an index that links them.

Links give the whole path in the vault, so that they hold whatever else the vault has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from kg.export import terms
from kg.export.elsewhere import identifier_link
from kg.export.filenames import file_names
from kg.export.files import atomic_folder
from kg.export.markdown import escaped, front_matter, page_link, web_link
from kg.export.records import Edge, GraphRecords
from kg.export.vocabulary import STATUS_LABELS
from kg.model import STATUSES
from kg.schema import Labels, Schema

KINDS = ("Entities", "Articles")
"""Folders of pages."""
LEADING = 100
"""Entities of a type that the index lists, the best connected first; the others are found by search and links."""
WORDS = {
    "ko": {
        "graph": "한국 뉴스 지식 그래프",
        "counts": "개체 {entities:,}개 · 관계 {relations:,}개 · 기사 {articles:,}건",
        "of": "{total:,}개 중 {shown:,}개",
        "named in": "언급한 기사",
        "names": "이 기사에 나오는 개체",
        "articles": "기사",
        "source": "원문",
        "sources": "출처 {count:,}",
        "copy": "사본. 처음 기사:",
    },
    "en": {
        "graph": "Knowledge graph of Korean news",
        "counts": "{entities:,} entities · {relations:,} relations · {articles:,} articles",
        "of": "{shown:,} of {total:,}",
        "named in": "Articles",
        "names": "Named in this article",
        "articles": "Articles",
        "source": "source",
        "sources": "sources: {count:,}",
        "copy": "A copy of:",
    },
}


def write_obsidian(graph: nx.MultiDiGraph[Any], schema: Schema, path: Path, *, language: str = "ko") -> None:
    """Write the folder `path` as a vault; `language`, of the headings, is ko or en.

    In an earlier vault pages are replaced; settings and notes of other names stay.
    """
    vault = _Vault(graph, schema, "en" if language == "en" else "ko", _entity_pages(graph), _article_pages(graph))
    with atomic_folder(path, stale=_is_page) as folder:
        for kind in KINDS:
            (folder / kind).mkdir()
        for node in sorted(graph.nodes):
            _write(folder / f"{vault.pages[node]}.md", vault.entity(node))
        for told in GraphRecords(graph).told():
            if told.attributes is not None:
                _write(folder / f"{vault.articles[told.article]}.md", vault.article(told.article, sorted(told.nodes)))
        _write(folder / "Index.md", vault.index())


def _is_page(path: Path) -> bool:
    """Say whether a file of an earlier vault is a page that was written here."""
    if path.parent.name not in KINDS or path.suffix != ".md":
        return False
    head = path.read_text(encoding="utf-8", errors="replace").partition("\n---\n")[0]
    return head.startswith("---\ntype: ") and "\nid: " in head


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write("\n".join(lines))


def _entity_pages(graph: nx.MultiDiGraph[Any]) -> dict[str, str]:
    """Return the path of the page of each entity in the vault, without ending."""
    names = file_names((node, found["name"]) for node, found in graph.nodes(data=True))
    return {node: f"Entities/{name}" for node, name in names.items()}


def _article_pages(graph: nx.MultiDiGraph[Any]) -> dict[str, str]:
    """Return the path of the page of each article, named by date and title."""
    heads = graph.graph["articles"].items()
    names = file_names((key, " ".join(filter(None, (found["date"], found["title"] or key)))) for key, found in heads)
    return {article: f"Articles/{name}" for article, name in names.items()}


@dataclass(frozen=True)
class _Vault:
    graph: nx.MultiDiGraph[Any]
    schema: Schema
    language: str
    pages: dict[str, str]
    articles: dict[str, str]

    def entity(self, node: str) -> Iterator[str]:
        """Yield the lines of an entity: what it is, its relations by type, the articles that name it."""
        found = self.graph.nodes[node]
        kind = found["subtype"] or found["type"]
        head = {"type": kind, "aliases": [found["name"], *found["aliases"]], "id": node, "ids": found["ids"]}
        head |= {"mentions": found["mentions"], "articles": found["articles"]}
        head |= {"tags": [kind if kind == found["type"] else f"{found['type']}/{kind}"]}
        yield front_matter(head) + f"# {escaped(found['name'])}"
        yield f"\n{self.label(self.schema.entity(kind).labels)}\n"
        yield from (f"- {web_link(*link)}" for one in found["ids"] if (link := identifier_link(one)))
        for heading, relations in self.relations(node):
            yield f"\n## {heading}\n"
            for edge in relations:
                yield from self.relation(edge, node)
        if known := [article for article in found["article_ids"] if article in self.articles]:
            yield f"\n## {self.word('named in')}\n"
            yield from (f"- {self.to_article(article)}" for article in known)
        yield ""

    def relations(self, node: str) -> Iterator[tuple[str, list[Edge]]]:
        """Yield the relations of an entity by type: facts and well sourced ones first."""
        found: dict[str, dict[str, Edge]] = defaultdict(dict)
        for edges in (self.graph.out_edges, self.graph.in_edges):
            for subject, obj, key, edge in edges(node, keys=True, data=True):
                found[edge["type"]][key] = subject, obj, key, edge
        for type, relations in sorted(found.items()):
            order = sorted(relations.values(), key=lambda e: (STATUSES.index(e[3]["status"]), -e[3]["sources"], e[2]))
            yield f"{self.label(self.schema.relation(type).labels)} ({type})", order

    def relation(self, edge: Edge, node: str) -> Iterator[str]:
        """Yield a relation: its ends, status, role, date, deal and sources; below it what is quoted, and where."""
        found, deal = edge[3], edge[3]["deal"] or {}
        ends = [self.to_entity(end, own=end == node) for end in edge[:2]]
        arrow = " ↔ " if self.schema.relation(found["type"]).symmetric else " → "
        stake = None if deal.get("stake") is None else f"{terms.plain_decimal(deal['stake'])}%"
        told = (found["role"], found["date"], deal.get("round"), deal.get("item"), stake, deal.get("amount"))
        said = [f"**{STATUS_LABELS[found['status']][self.language == 'en']}**", *(escaped(one) for one in told if one)]
        said.append(self.word("sources").format(count=found["sources"]))
        yield f"- {arrow.join(ends)} · {' · '.join(said)}"
        for evidence in found["evidence"]:
            quoted = f"“{escaped(evidence['text'])}” — " if evidence["text"] else ""
            speaker = [escaped(evidence["speaker"])] if evidence["speaker"] else []
            told_by = [*speaker, self.to_article(evidence["article"]), *self.source(evidence["article"])]
            yield f"    - {quoted}{' · '.join(told_by)}"

    def article(self, article: str, named: list[str]) -> Iterator[str]:
        """Yield the lines of an article: publisher, date and address, and the entities named in it."""
        found = self.graph.graph["articles"][article]
        head = {"type": "article", **{name: found[name] for name in ("date", "publisher", "url", "language")}}
        yield front_matter(head | {"id": article}) + f"# {escaped(self.title(article))}"
        said = [escaped(one) for one in (found["publisher"], found["date"]) if one]
        yield f"\n{' · '.join([*said, *self.source(article)])}"
        if found["original"] != article:
            yield f"\n{self.word('copy')} {self.to_article(found['original'])}"
        yield f"\n## {self.word('names')}\n"
        yield from (f"- {self.to_entity(node)}" for node in named)
        yield ""

    def index(self) -> Iterator[str]:
        """Yield the lines of the index: counts, the best connected entities of each type, the latest articles."""
        graph, articles = self.graph, self.graph.graph["articles"]
        counts = {"entities": len(graph), "relations": graph.number_of_edges(), "articles": len(articles)}
        yield f"# {self.word('graph')}\n\n{self.word('counts').format(**counts)}"
        by_type: dict[str, list[str]] = defaultdict(list)
        for node in sorted(graph.nodes, key=lambda node: (-graph.degree[node], node)):
            by_type[graph.nodes[node]["type"]].append(node)
        for type, nodes in sorted(by_type.items()):
            yield f"\n## {self.label(self.schema.entity(type).labels)}\n\n{self.part(len(nodes))}\n"
            yield from (f"- {self.to_entity(node)} · {graph.degree[node]}" for node in nodes[:LEADING])
        yield f"\n## {self.word('articles')}\n\n{self.part(len(articles))}\n"
        latest = sorted(articles, key=lambda article: (articles[article]["date"] or "", article), reverse=True)
        yield from (f"- {self.to_article(article)}" for article in latest[:LEADING])
        yield ""

    def part(self, total: int) -> str:
        """Return how much of a list the index has."""
        return self.word("of").format(shown=min(total, LEADING), total=total)

    def word(self, name: str) -> str:
        """Return one of WORDS."""
        return WORDS[self.language][name]

    def label(self, labels: Labels) -> str:
        """Return a label in the language of the vault."""
        return labels.en if self.language == "en" else labels.ko

    def title(self, article: str) -> str:
        """Return what an article is called: its title, else its id."""
        return self.graph.graph["articles"][article]["title"] or article

    def to_entity(self, node: str, *, own: bool = False) -> str:
        """Return a link to the page of an entity; of the entity's `own` page its name."""
        if own:
            return escaped(self.graph.nodes[node]["name"])
        return page_link(self.pages[node], self.graph.nodes[node]["name"])

    def to_article(self, article: str) -> str:
        """Return a link to the page of an article."""
        found = self.graph.graph["articles"][article]
        said = " ".join(filter(None, (found["publisher"], found["date"])))
        return page_link(self.articles[article], f"{self.title(article)} ({said})" if said else self.title(article))

    def source(self, article: str) -> list[str]:
        """Return a link to the address of an article, nothing where it has none."""
        link = web_link(self.word("source"), self.graph.graph["articles"][article]["url"])
        return [link] if link.startswith("[") else []
