"""Takes out of a text what is not its article, and finds the headline a page starts with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.ingest import bylines, captions, listings, notices
from kg.ingest.lines import SNIPPET, restore_lines
from kg.ingest.metadata import Kind, Removed, is_credit, is_information, split_masthead
from kg.ingest.normalise import normalise, one_line

_WORD = re.compile(r"\w")

TITLE_LIMIT = 100
"""Longest first line taken for a headline, in characters."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article without what surrounded it; `removed` keeps those pieces, where metadata is found."""

    text: str
    title: str | None
    removed: tuple[Removed, ...]


def clean(text: str, title: str | None = None) -> Cleaned:
    """Return the article in a text; cleaning it again, with the title found, changes nothing.

    A snippet (one line under SNIPPET characters) keeps all but an unmistakable byline or notice.
    """
    title = one_line(normalise(title)) if title is not None else None
    text = normalise(text)
    removed: list[Removed] = []
    while True:
        body, found = _once(text, title, removed)
        title = found
        if body == text:
            return Cleaned(body, title, tuple(removed))
        text = body


def _once(text: str, title: str | None, removed: list[Removed]) -> tuple[str, str | None]:
    if len(text) < SNIPPET and "\n" not in text.strip() and not notices.is_marked(text):
        return _snippet(text.strip(), removed), title
    lines = [line.strip() for line in restore_lines(text).split("\n")]
    lines = _without_surroundings(lines, removed)
    lines = _without_tail(lines, removed)
    lines = [_without_byline(line, removed) for line in lines]
    title, lines = _headline([line for line in lines if _WORD.search(line)], title)
    return "\n".join(line.replace("\t", " ") for line in lines), title


def _snippet(text: str, removed: list[Removed]) -> str:
    lead, rest = bylines.split_lead(text)
    if not (lead and rest):
        return text
    removed.append(Removed("byline", lead))
    return rest


def _without_surroundings(lines: list[str], removed: list[Removed]) -> list[str]:
    """Drop listings, menus, stamps, credits, notices and captions, wherever in the text they stand."""
    listed = listings.listing_lines(lines)
    prose = sum(len(line) for at, line in enumerate(lines) if at not in listed and len(line) >= 40)
    kept = []
    for at, line in enumerate(lines):
        kind: Kind | None = "listing" if at in listed else _kind(line) if line else None
        if kind is not None:
            removed.append(Removed(kind, line))
            continue
        rest, caption = captions.strip_caption(line) if line else ("", "")
        if caption and (rest or prose - len(line) >= 40):
            removed.append(Removed("caption", caption))
            line = rest
        kept.append(line)
    return kept


def _kind(line: str) -> Kind | None:
    if notices.is_menu(line):
        return "menu"
    if is_information(line):
        return "information"
    if is_credit(line):
        return "credit"
    if notices.is_notice(line):
        return "notice"
    if bylines.is_byline(line):
        return None  # it stays for now, since it marks where the article ends
    return "promotion" if notices.is_promotion(line) else None


def _without_tail(lines: list[str], removed: list[Removed]) -> list[str]:
    """Drop a closing byline with what follows it, as long as no prose does, and promotions at the end."""
    tail = len(lines)
    while tail and not listings.is_prose(lines[tail - 1]) and len(lines) - tail < 40:
        tail -= 1
    after = range(tail, len(lines)) if tail else range(0)
    signed = next((at for at in after if bylines.is_byline(lines[at])), None)
    closed = any(piece.kind in ("notice", "promotion") for piece in removed)
    if closed and after and bylines.is_name(lines[-1]):
        signed = len(lines) - 1 if signed is None else signed
    end = len(lines) if signed is None else signed
    while end > 1 and (not lines[end - 1] or (closed and notices.is_bulleted(lines[end - 1]))):
        end -= 1
    removed.extend(Removed("byline" if bylines.is_byline(line) else "promotion", line) for line in lines[end:] if line)
    lines = lines[:end]
    if closed and lines and (name := bylines.closing_name(lines[-1])):
        removed.append(Removed("byline", name))
        lines[-1] = lines[-1].removesuffix(name).rstrip()
    return lines


def _without_byline(line: str, removed: list[Removed]) -> str:
    if bylines.is_byline(line):
        removed.append(Removed("byline", line))
        return ""
    lead, rest = bylines.split_lead(line)
    if not lead:
        lead, rest = split_masthead(line)
    if lead:
        removed.append(Removed("byline", lead))
    return rest


def _headline(lines: list[str], title: str | None) -> tuple[str | None, list[str]]:
    """Take the first line for the title where none is given and it reads like a headline.

    A headline is short and not a sentence, and prose follows it. Lines that repeat the title are dropped.
    """
    if title is None and len(lines) >= 2 and any(listings.is_prose(line) for line in lines[1:]):
        first = lines[0]
        if len(first) <= TITLE_LIMIT and not listings.is_prose(first) and not first.endswith((".", ",")):
            title, lines = one_line(first), lines[1:]
    while title is not None and len(lines) > 1 and one_line(lines[0]) == title:
        lines = lines[1:]
    return title, lines
