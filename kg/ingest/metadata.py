"""Finds who published an article and when, in what cleaning took out of it and in its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from kg import resources
from kg.ingest.dates import DATE, parse_date

Kind = Literal["byline", "caption", "credit", "information", "listing", "menu", "notice", "promotion"]


class Removed(NamedTuple):
    """A piece that cleaning took out of an article, and why."""

    kind: Kind
    text: str


_LABELS = (
    r"(?:기사 ?)?(?:입력|등록|승인|송고|작성|게재|발행|보도|게시|최초 ?입력"
    r"|업데이트|수정|최종 ?수정|날짜|일자|Date)(?: ?(?:일시|시간|시각|일))?"
)
_STAMP = re.compile(
    rf"(?:{_LABELS} ?[:：.]? ?)?{DATE}(?: ?\([월화수목금토일]\))?,? ?"
    rf"(?:(?:오전|오후|AM|PM|am|pm)? ?\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?"
)
_INFORMATION = re.compile(
    rf"(?:{_STAMP.pattern}|조회 ?(?:수)? ?:? ?[\d,]+|댓글 ?:? ?\d+|추천 ?:? ?\d+"
    r"|지면 ?:? ?[A-Z]?\d+면|\d+판|[|ㅣ/·,\-\s])+"
)
_DATE = re.compile(DATE)
_ADDRESS = re.compile(r"@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,4})")
_SOURCE = re.compile(r"\[?(?:출처|언론사|매체|신문사|제공|원문)\]? ?[:：|=]? ?")
_MASTHEAD = re.compile(
    r"[\[<【(]([^\[\]<>【】()]{2,16})[\]>】)](?=.)|([가-힣A-Za-z0-9]{2,10}) [가-힣]{2,4} 기자 (?=\S)"
)
_STATED = re.compile(
    r"(?:[ⓒ©]|\([cC]\)|저작권자|Copyrights?) ?(?:[ⓒ©]|\([cC]\))? ?([가-힣A-Za-z0-9]{2,15})(?=[,.]| ?(?:무단|All))"
    r"|^[(【\[] ?[^=\n]{1,20}=([가-힣A-Za-z0-9]{2,12})[)】\]]"
)
_CHANGED = re.compile(r"수정|업데이트")
_STRONG: tuple[Kind, ...] = ("notice", "credit", "byline")


class Publishers(NamedTuple):
    """The table of publishers: canonical names by name or alias and by domain."""

    names: dict[str, str]
    domains: dict[str, str]
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def publishers() -> Publishers:
    """Return the shipped table seeds/ko/publishers.tsv."""
    names: dict[str, str] = {}
    domains: dict[str, str] = {}
    for row in resources.table("ko", "publishers.tsv"):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            names[name] = row["name"]
        for domain in filter(None, row["domains"].split("|")):
            domains[domain] = row["name"]
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return Publishers(names, domains, re.compile("|".join(re.escape(name) for name in ordered)))


def publisher_of_domain(address: str) -> str | None:
    """Return the publisher of an address or host such as "news.mt.co.kr", None when it is unknown."""
    host = (urlsplit(address).hostname or "") if "//" in address else address.lower()
    table = publishers().domains
    parts = host.split(".")
    return next((table[tail] for i in range(len(parts)) if (tail := ".".join(parts[i:])) in table), None)


def canonical_publisher(name: str | None) -> str | None:
    """Return the table's name for a publisher, the name itself where the table lacks it."""
    return publishers().names.get(name, name) if name else None


def is_credit(line: str) -> bool:
    """Say whether a line names a publisher and nothing else ("중앙일보", "출처: 중앙일보")."""
    return len(line) <= 40 and _SOURCE.sub("", line, count=1).strip(" []()<>-|") in publishers().names


def split_masthead(line: str) -> tuple[str, str]:
    """Return the publisher that a line starts with, in brackets or before its reporter, and the rest."""
    found = _MASTHEAD.match(line)
    if found and publishers().pattern.match(found[1] or found[2]):
        return found[0], line[found.end() :].lstrip()
    return "", line


def is_information(line: str) -> bool:
    """Say whether a line holds only publication dates and counts ("입력 2025.05.26 10:15 조회 12")."""
    return len(line) <= 120 and _DATE.search(line) is not None and _INFORMATION.fullmatch(line) is not None


def find_publisher(removed: Sequence[Removed], url: str | None) -> str | None:
    """Return the publisher that notices, credits and bylines name, else that of an e-mail or web address.

    One that the table lacks is taken from a copyright sign ("ⓒ 우리신문. 무단 …") or a dateline. Photo
    captions do not count: they credit agencies.
    """
    for kind in _STRONG:
        for piece in removed:
            found = publishers().pattern.search(piece.text) if piece.kind == kind else None
            if found:
                return publishers().names[found[0]]
    for piece in removed:
        if piece.kind in _STRONG:
            for address in _ADDRESS.findall(piece.text):
                if name := publisher_of_domain(address):
                    return name
    for piece in removed:
        stated = _STATED.search(piece.text) if piece.kind in ("notice", "byline") else None
        if stated:
            return stated[1] or stated[2]
    return publisher_of_domain(url) if url else None


def find_date(removed: Sequence[Removed]) -> str | None:
    """Return the date of publication: the first stamp ("입력 …") that is not of a change, else of a change.

    Without a stamp it is the newest date of the rows of a listing on the page, the best evidence of
    the day it was taken, and articles on such pages are of that day or the one before.
    """
    stamps = [piece.text for piece in removed if piece.kind == "information"]
    found = _dates(_CHANGED.split(text)[0] for text in stamps) or _dates(stamps)
    if found:
        return found[0]
    return max(_dates(piece.text for piece in removed if piece.kind == "listing"), default=None)


def _dates(texts: Iterable[str]) -> list[str]:
    found = (parse_date(stamp) for text in texts for stamp in _DATE.findall(text))
    return [date for date in found if date is not None]
