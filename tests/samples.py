"""Small documents for tests, made from sentences, names and stated relations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import Deal, Document, DocumentEntity, Evidence, Mention, RelationMention, Status, by_position


@dataclass(frozen=True)
class Named:
    """An entity of a sample document: its type and the further names the text gives it."""

    type: str
    aliases: tuple[str, ...] = ()
    subtype: str | None = None


@dataclass(frozen=True)
class Stated:
    """A relation of a sample document between two names; the sentence that has `cue` is its evidence."""

    type: str
    subject: str
    object: str
    cue: str
    status: Status = "actual"
    date: str | None = None
    role: str | None = None
    deal: Deal | None = None
    confidence: float = 0.9


def document(text: str, names: Mapping[str, Named], stated: Sequence[Stated] = (), **fields: Any) -> Document:
    """Return a checked Document; every occurrence of a name is a mention."""
    ids = {name: f"e{index}" for index, name in enumerate(names)}
    mentions = [
        Mention(found.start(), found.end(), found.group(), named.type, ids[name])
        for name, named in names.items()
        for spelling in (name, *named.aliases)
        for found in re.finditer(re.escape(spelling), text)
    ]
    entities = [
        DocumentEntity(ids[name], name, named.type, named.aliases, named.subtype) for name, named in names.items()
    ]
    result = Document(
        id=fields.pop("id", "d1"),
        text=text,
        mentions=by_position(mentions),
        entities=tuple(entities),
        relations=tuple(_relation(text, ids, relation) for relation in stated),
        **fields,
    )
    result.check()
    return result


def _relation(text: str, ids: Mapping[str, str], stated: Stated) -> RelationMention:
    cue = text.index(stated.cue)
    start = text.rfind("\n", 0, cue) + 1
    end = text.find("\n", cue) if "\n" in text[cue:] else len(text)
    return RelationMention(
        type=stated.type,
        subject=ids[stated.subject],
        object=ids[stated.object],
        evidence=Evidence(start, end, text[start:end], (cue, cue + len(stated.cue))),
        status=stated.status,
        date=stated.date,
        role=stated.role,
        deal=stated.deal,
        confidence=stated.confidence,
        extractor="sample/1",
    )


ORGANIZATION = Named("Organization")

ALLIANCE = document(
    "오픈AI, 카카오와 제휴\n"
    "오픈AI(OpenAI)는 지난 2월 카카오와 전략적 제휴를 맺었다.\n"
    "한국산업은행(KDB)은 오픈AI에 2억달러를 댄다.",
    {
        "오픈AI": Named("Organization", ("OpenAI",), "Company"),
        "카카오": Named("Organization", (), "Company"),
        "한국산업은행": Named("Organization", ("KDB",), "FinancialInstitution"),
    },
    [
        Stated("partnersWith", "오픈AI", "카카오", "제휴를 맺었다", date="2025-02", confidence=0.8),
        Stated("finances", "한국산업은행", "오픈AI", "댄다", deal=Deal("2억달러", 200_000_000, "USD")),
    ],
    id="alliance",
    title="오픈AI, 카카오와 제휴",
    date="2025-05-27",
    publisher="한빛일보",
)
RUMOUR = document(
    "카카오, 오픈AI와 협력 확대\n"
    "카카오와 오픈AI가 손잡은 것은 지난 2월 4일이다.\n"
    "카카오가 멜론을 인수할 수 있다는 관측도 나온다.",
    {
        "카카오": Named("Organization", (), "Company"),
        "오픈AI": Named("Organization", (), "Company"),
        "멜론": ORGANIZATION,
    },
    [
        Stated("partnersWith", "카카오", "오픈AI", "손잡은", date="2025-02-04", confidence=0.95),
        Stated(
            *("acquires", "카카오", "멜론", "인수할 수 있다", "possible"),
            deal=Deal(stake=9.8, round="시리즈B", item="신주"),
            confidence=0.6,
        ),
    ],
    id="rumour",
    title="카카오, 오픈AI와 협력 확대",
    date="2025-06-02",
    publisher="새벽신문",
)
OFFICERS = document(
    "오픈AI 최고전략책임자 제이슨 권이 서울을 찾았다.\n오픈AI는 챗GPT를 만든다.",
    {
        "오픈AI": Named("Organization", (), "Company"),
        "제이슨 권": Named("Person"),
        "챗GPT": Named("Product", (), "Software"),
    },
    [
        Stated("holdsPosition", "제이슨 권", "오픈AI", "최고전략책임자", role="최고전략책임자"),
        Stated("produces", "오픈AI", "챗GPT", "만든다"),
    ],
    id="officers",
    date="2025-05-26",
)
SAMPLES = (ALLIANCE, RUMOUR, OFFICERS)
"""Three articles that share entities: an alliance told twice, a possible takeover, a post and a product."""
