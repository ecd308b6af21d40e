"""Generated graphs in the shape of those that newspapers give: communities around hubs, and many small groups apart.

The shares are those of a graph of 11,614 articles (13,158 joined entities, 18,664 relations): a third of the joined
entities in groups of two to five, communities of very unequal size, half of all relations a person's post, most
stated once and some dozens of times, sentences of 93 characters in the mean.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

import networkx as nx

from kg.contract import evidence_order
from kg.model import STATUSES, relation_id
from kg.schema import load_schema

SMALL_GROUPS = 0.25
"""Share of entities in groups that nothing ties to others."""
COMMUNITY = 90
"""Entities of a community in the mean; the largest has a tenth of all."""
SKEW = 0.85
"""The member of rank r in its community is drawn in proportion to r to the power of -SKEW."""
INSIDE = 0.78
"""Share of relations within a community; most others are with one of those close by."""
TYPES = {"Organization": 43, "Person": 49, "Place": 5, "Product": 3}
STATUS_WEIGHTS = dict(zip(STATUSES, (80, 6, 3, 1, 9), strict=True))
TIMES_STATED = (1,) * 72 + (2,) * 13 + (3,) * 5 + (4, 4, 5, 6, 7, 8, 10, 12, 16, 24)

SURNAMES = "김이박최정강조윤장임한오서신권황안송류홍"
GIVEN = "민서준하지우도윤예은수현재영진호성경혜미선동훈태상희연승철"
STEMS = "한빛 새움 동해 대양 미래 금강 서광 태평 나래 아람 세종 한울 두리 누리 보람 신성 유진 대한 삼정 코람 제일 온새 다온".split()
SUFFIXES = (
    "전자 은행 건설 제약 그룹 화학 통신 중공업 증권 자동차 협회 연구원 대학교 병원 노동조합 재단 항공 에너지".split()
)
PLACES = "시 군 구 동 읍".split()
PRODUCTS = "폰 카 페이 톡 워치 드라이브".split()
ROLES = "대표 사장 회장 교수 연구위원 본부장 위원장 대변인 의원 사무총장".split()

KINDS = {
    ("Person", "Organization"): (
        (70, "holdsPosition", "{s} {o} {role}이 발표를 맡았다고", "{role}"),
        (12, "memberOf", "{s}{은} {o} 소속으로 활동해 왔다고", "소속"),
        (4, "educatedAt", "{s}{은} {o}{을} 졸업했다고", "졸업했다"),
        (3, "criticizes", "{s}{은} {o}의 결정을 비판했다고", "비판했다"),
    ),
    ("Person", "Place"): (
        (5, "holdsPosition", "{s} {o} {role}이 현장을 찾았다고", "{role}"),
        (1, "bornIn", "{s}{은} {o}에서 태어났다고", "태어났다"),
    ),
    ("Person", "Person"): (
        (9, "meetsWith", "{s}{이} {o}{와} 만나 현안을 논의했다고", "만나"),
        (3, "criticizes", "{s}{은} {o}의 발언을 비판했다고", "비판했다"),
        (3, "supports", "{s}{은} {o}에 대한 지지를 선언했다고", "지지를 선언했다"),
        (2, "spouse", "{s}{은} {o}{와} 결혼했다고", "결혼했다"),
    ),
    ("Organization", "Organization"): (
        (6, "partnersWith", "{s}{이} {o}{와} 업무협약을 맺었다고", "업무협약을 맺었다"),
        (5, "subsidiaryOf", "{s}{은} {o}의 자회사로 편입됐다고", "자회사"),
        (3, "investigates", "{s}{이} {o}에 대한 조사에 들어갔다고", "조사에 들어갔다"),
        (2, "supplies", "{s}{이} {o}에 부품을 공급하기로 했다고", "공급하기로"),
        (1, "acquires", "{s}{이} {o}{을} 인수하기로 했다고", "인수하기로"),
    ),
    ("Organization", "Person"): ((3, "investigates", "{s}{이} {o}{을} 소환해 조사했다고", "조사했다"),),
    ("Organization", "Place"): (
        (6, "locatedIn", "{o}에 있는 {s}{이} 문을 열었다고", "있는"),
        (1, "operatesIn", "{s}{이} {o}에서 사업을 시작했다고", "사업을 시작했다"),
    ),
    ("Organization", "Product"): ((3, "produces", "{s}{이} {o}{을} 새로 출시했다고", "출시했다"),),
    ("Person", "Product"): ((1, "produces", "{s}{이} {o}{을} 개발했다고", "개발했다"),),
    ("Place", "Place"): ((1, "meetsWith", "{s}{와} {o}{이} 공동 회의를 열었다고", "공동 회의를 열었다"),),
}
"""By the types of subject and object: weight, relation, the clause, and its cue."""
OPENINGS = (
    "",
    "앞서 두 차례 연기됐던 발표가 이날 오후 늦게 나오면서 업계의 관심이 쏠린 가운데 ",
    "지난해 같은 기간보다 실적이 크게 나아졌다는 평가 속에 ",
    "업계에 따르면 최근 잇따른 규제 완화와 수요 회복에 힘입어 ",
    "이날 서울 중구에서 열린 기자간담회에는 취재진 오십여 명이 모인 가운데 ",
    "관계 부처와 여러 차례 협의를 거친 끝에 ",
    "국회 대정부질문을 하루 앞둔 상황에서 ",
)
ENDINGS = (
    " 밝혔다.",
    " 한 관계자가 전화 통화에서 전했다.",
    " 설명하며 이번 일이 지역 경제에 미칠 영향을 지켜봐야 한다고 덧붙였다.",
    " 전하면서 구체적인 일정과 조건은 다음 달 안에 확정될 것으로 내다봤다.",
    " 말했고, 이에 대해 전문가들은 당분간 시장의 관심이 이어질 것이라고 분석했다.",
)
PARTICLES = {"은": ("는", "은"), "이": ("가", "이"), "을": ("를", "을"), "와": ("와", "과")}
"""Each after a vowel and after a consonant."""


def made_news_graph(nodes: int, edges: int, seed: int = 11) -> nx.MultiDiGraph[Any]:
    """Return a graph that keeps the contract, every entity of which has a relation; `edges` must not be fewer."""
    numbers = random.Random(seed)
    schema = load_schema()
    articles = {f"{i % 40:03}-{i:010}": _article(i, numbers) for i in range(max(1, edges * 3 // 5))}
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(schema=schema.hash, articles=articles)
    groups = _groups(nodes, numbers)
    for number, group in enumerate(groups):
        for position, node in enumerate(group):
            # The first of a group can be joined to any other.
            kind = "Organization" if position == 0 else numbers.choices(list(TYPES), list(TYPES.values()))[0]
            graph.add_node(node, **_node(kind, number, numbers))
    ids = list(articles)
    left = edges
    for one, other, hub in _pairs(groups, numbers):
        if left == 0:
            break
        left -= _join(graph, one, other, ids, numbers) or _join(graph, one, hub, ids, numbers)
    _count_mentions(graph)
    return graph


def _groups(nodes: int, numbers: random.Random) -> list[list[str]]:
    """Return the entities of each group: communities, the largest first, then small groups."""
    names = [f"e{i:06}" for i in range(nodes)]
    numbers.shuffle(names)
    sizes = []
    left = round(nodes * (1 - SMALL_GROUPS))
    shares = [(rank + 2) ** -0.9 for rank in range(max(1, left // COMMUNITY))]
    sizes = [max(2, round(left * share / sum(shares))) for share in shares]
    while sum(sizes) < nodes - 1:
        sizes.append(min(numbers.choice((2,) * 8 + (3, 3, 4, 5)), nodes - sum(sizes)))
    ends = list(accumulate(sizes))
    groups = [names[end - size : end] for size, end in zip(sizes, ends, strict=True)]
    groups[-1] += names[ends[-1] :]
    return [group for group in groups if group]


def _pairs(groups: Sequence[Sequence[str]], numbers: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield two to join, and whom to join the first with instead: each with a better one of its group, then any."""
    for group in groups:
        for position, node in enumerate(group[1:], start=1):
            yield node, group[int(position * numbers.random() ** 3)], group[0]
    large = [group for group in groups if len(group) > 5] or list(groups)
    weights = [list(accumulate((rank + 1) ** -SKEW for rank in range(len(group)))) for group in large]
    sizes = list(accumulate(map(len, large)))
    while True:
        home = numbers.choices(range(len(large)), cum_weights=sizes)[0]
        away = home
        if numbers.random() > INSIDE:
            away = numbers.choices(range(len(large)), cum_weights=sizes)[0]
            if numbers.random() < 0.7:
                away = (home + numbers.choice((-2, -1, 1, 2))) % len(large)
        one = numbers.choices(large[home], cum_weights=weights[home])[0]
        other = numbers.choices(large[away], cum_weights=weights[away])[0]
        yield one, other, one


def _join(graph: nx.MultiDiGraph[Any], one: str, other: str, ids: Sequence[str], numbers: random.Random) -> bool:
    """Add a relation that may join these types, if there is one and it is new; say whether."""
    types = graph.nodes[one]["type"], graph.nodes[other]["type"]
    if types not in KINDS:
        one, other, types = other, one, types[::-1]
    if one == other or types not in KINDS:
        return False
    choices = KINDS[types]
    _, kind, clause, cue = numbers.choices(choices, [weight for weight, *_ in choices])[0]
    if load_schema().relations[kind].symmetric:
        one, other = min(one, other), max(one, other)
    status = numbers.choices(STATUSES, [STATUS_WEIGHTS[name] for name in STATUSES])[0]
    key = relation_id(kind, one, other, status)
    if graph.has_edge(one, other, key=key):
        return False
    role = numbers.choice(ROLES) if kind == "holdsPosition" else None
    names = {"s": graph.nodes[one]["name"], "o": graph.nodes[other]["name"], "role": role or ""}
    evidence = [
        _evidence(article, clause, cue.format(role=role), names, numbers)
        for article in numbers.sample(ids, k=min(len(ids), numbers.choice(TIMES_STATED)))
    ]
    graph.add_edge(one, other, key=key, **_edge(kind, status, role, evidence, graph.graph["articles"]))
    return True


def _evidence(article: str, clause: str, cue: str, names: dict[str, str], numbers: random.Random) -> dict[str, Any]:
    said = clause
    for particle, forms in PARTICLES.items():
        for end in ("s", "o"):
            final = (ord(names[end][-1]) - 0xAC00) % 28 != 0
            said = said.replace(f"{{{end}}}{{{particle}}}", f"{{{end}}}{forms[final]}")
    opening = numbers.choice(OPENINGS)
    text = opening + said.format(**names) + numbers.choice(ENDINGS)
    start = numbers.randint(0, 1500)
    at = start + text.index(cue, len(opening))
    return {
        "article": article,
        "start": start,
        "end": start + len(text),
        "text": text,
        "cue": [at, at + len(cue)],
        "date": None,
        "role": names["role"] or None,
        "deal": None,
        "speaker": None,
        "confidence": round(numbers.uniform(0.4, 1), 2),
        "extractor": "made/1",
    }


def _edge(
    kind: str, status: str, role: str | None, evidence: list[dict[str, Any]], articles: dict[str, Any]
) -> dict[str, Any]:
    dates = sorted(articles[found["article"]]["date"] for found in evidence)
    return {
        "type": kind,
        "status": status,
        "date": dates[0] if len(dates) % 3 == 0 else None,
        "last_date": dates[-1] if len(dates) % 3 == 0 else None,
        "role": role,
        "deal": None,
        "confidence": max(found["confidence"] for found in evidence),
        "articles": len({found["article"] for found in evidence}),
        "sources": len({articles[found["article"]]["publisher"] for found in evidence}),
        "evidence": sorted(evidence, key=evidence_order),  # type: ignore[arg-type]
    }


def _count_mentions(graph: nx.MultiDiGraph[Any]) -> None:
    """Let every entity occur in the articles that state its relations."""
    for node, attributes in graph.nodes(data=True):
        around = [*graph.out_edges(node, data="evidence"), *graph.in_edges(node, data="evidence")]
        found = [one["article"] for *_, evidence in around for one in evidence]
        attributes["article_ids"] = sorted(set(found))
        attributes["articles"] = len(attributes["article_ids"])
        attributes["mentions"] = 2 * len(found)


def _node(kind: str, group: int, numbers: random.Random) -> dict[str, Any]:
    stem = STEMS[group % len(STEMS)] if numbers.random() < 0.4 else "".join(numbers.sample(GIVEN, 2))
    name = {
        "Person": numbers.choice(SURNAMES) + "".join(numbers.sample(GIVEN, 2)),
        "Organization": stem + numbers.choice(SUFFIXES),
        "Place": stem + numbers.choice(PLACES),
        "Product": stem + numbers.choice(PRODUCTS),
    }[kind]
    aliases = [name, *([stem] if kind == "Organization" and numbers.random() < 0.2 else [])]
    counts = {"mentions": 0, "articles": 0, "article_ids": [], "ids": []}
    return {"name": name, "type": kind, "subtype": None, "aliases": sorted(aliases), **counts}


def _article(i: int, numbers: random.Random) -> dict[str, Any]:
    date = f"202{numbers.randint(0, 5)}-{numbers.randint(1, 12):02}-{numbers.randint(1, 28):02}"
    stem, suffix = numbers.choice(STEMS), numbers.choice(SUFFIXES)
    return {
        "title": f"{stem}{suffix}, 새 사업 계획 발표… 시장 반응 엇갈려",
        "date": date,
        "publisher": f"{STEMS[i % 20]}신문",
        "url": f"https://news.example.com/articles/{i:010}",
        "language": "ko",
        "sha256": f"{i:064x}",
        "original": f"{i % 40:03}-{i:010}",
    }
